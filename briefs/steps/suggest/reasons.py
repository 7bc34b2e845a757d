"""Whether the reason given with a line says anything; else a plain one of ours stands in its place."""

import re

from briefs.domain.scan import SourceKind
from briefs.domain.spans import Span
from briefs.steps.suggest.answered import Asks, answered, asks
from briefs.steps.suggest.page import Page
from briefs.steps.suggest.words import content, documents, listed, lowered, stem, stems

_QUOTED = re.compile(r"\bquot(?:e|ed|es|ation)\b", re.IGNORECASE)
_MARK = re.compile(r"[“”\"‘«„]")
_CLAUSE = re.compile(r"\b(?:who|whom|whose|when|where|how|why|what|which)\b.*", re.IGNORECASE)
_NUMBER = re.compile(r"\bthe (?:number|amount|count|share|date|time|place|name|cause) of\b.*", re.IGNORECASE)


def empty_reason(page: Page, claim: Span, kind: SourceKind, line: str, reason: str) -> str | None:
    """Return the check that `reason`, given with `line` about `claim`, does not pass, if any.

    `kind` is the kind of source that the claim has.
    """
    around = page.around(claim)
    said = around.of(page.text)
    words = set(lowered(reason))
    if words & listed("empty_reasons") - set(lowered(said)):
        return "empty_reason"
    if "unnamed" in words and kind is not SourceKind.ANONYMOUS:
        return "empty_reason"
    if _QUOTED.search(reason) and not _MARK.search(said):
        return "empty_reason"
    held = content(said) | content(line)
    if {stem(word) for word in words} & documents() - held:
        return "empty_reason"
    if not content(reason) & (held | stems("generic") | stems("behind")):
        return "empty_reason"
    return "answered_reason" if _tells_what_is_told(page, claim, reason) else None


def _tells_what_is_told(page: Page, claim: Span, reason: str) -> bool:
    """Tell whether what the line "would show" stands in the article: "who warned the office"."""
    found = _CLAUSE.search(reason) or _NUMBER.search(reason)
    if not found:
        return False
    question = found.group()
    if question.lower().startswith("the number"):
        question = f"what is {question}"
    return asks(question) is not Asks.YES_OR_NO and answered(page, f"{question}?", claim)
