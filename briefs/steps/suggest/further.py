"""Whether a question asks for something that the article has not: a record, a count, a way of knowing.

A question whose words all stand in its own claim is the claim with a question mark. What a checker asks
brings in a word of its own: for a document, for how something is counted or known, for a period or what is
included, for who was there, for what the accused answers, or for what two accounts differ in: the kinds of
question in question_bank.toml.
"""

import re

from briefs.domain.spans import Span
from briefs.steps.suggest.answered import Asks, answered, asks, asks_origin, holds_answer, is_form
from briefs.steps.suggest.halves import Half
from briefs.steps.suggest.page import Page
from briefs.steps.suggest.words import content, documents, listed, lowered, stem, stems

_STATEMENT = re.compile(
    r"\b(?:what|which) (?:\w+ ){0,2}(?:statements?|comments?|remarks?)\b.*\b(?:ma[dk]e|given?|issued?)\b",
    re.I,
)
_WHO_SAID = re.compile(
    r"^\W*who\b(?: (?:has|had|have))? (?:said|says|say|stated|claimed|claims|reported|reports"
    r"|announced|told)\b",
    re.I,
)
_IN_WHICH_WORDS = re.compile(
    r"\b(?:which|what|whose) (?:exact )?words\b|\boriginal\b|\bin full\b|\bmean by\b", re.I
)
_HEARD = re.compile(r"\b(?:recording|transcript|tape|audio)\b", re.I)
_SPOKE = re.compile(
    r"\b(?:say|said|tell|told|state|stated|speak|spoke|announce|announced|claim|claimed|confirm|reply|replied"
    r"|answer|answered|interview|interviewed|speech|briefing|call|accuse|accused|warn|warned|call)\b",
    re.I,
)
_SUPPOSED = re.compile(
    r"^\W*(?:on |in |from |by |with )?(?:what|which)\s+((?:[\w’'-]+\s+){1,4})", re.IGNORECASE
)
_KNOWS = re.compile(
    r"\bhow (?:does|do|did|was|were|is|are|has|have|had)\b.{0,80}\b(?:know|known|learn\w*|count\w*|measure\w*"
    r"|define\w*"
    r"|establish\w*|determine\w*|calculate\w*|arrive\w*|estimate\w*|check\w*|verif\w*|identif\w*|compare\w*|square"
    r"|fit|differ|corroborate\w*|explain\w*)\b"
    r"|\b(?:was|were|is|are) .{1,80}\b(?:present|there|told)\b.*\bor\b"
    r"|\b(?:of its own|in writing|on the record|at first hand|to whom|over (?:which|what|how)|by name"
    r"|more than (?:one|once)|twice|who alleges|per (?:month|year|day)|how far back|how long must)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:reported|reporting|noticed|listed)\b|(?<=\s)report(?= (?:any|that|this|it|the)\b)", re.IGNORECASE
)
"""Verbs with the stem of a document."""
_CHOICE = re.compile(
    r"\b(?:rather than|or (?:only|just|the|a|an|from|by|was|were|is|are|taken|did|to|full)\b)", re.I
)


NOTHING_FURTHER = "nothing_further"
"""The mildest of the checks: beside a half that stands, such a half may stay."""


def asks_further(page: Page, half: Half, claim: Span) -> str | None:  # noqa: PLR0911  one a check
    """Return the check that `half`, a part of a question about `claim`, does not pass, if any."""
    text = half.text
    around = page.around(claim)
    stated = content(around.of(page.text))
    if _asks_what_was_said(text):
        return "asks_what_was_said"
    if _supposes(text, stated):
        return "supposes_a_document"
    if half.bare and not leaves_a_trace(text, stated):
        return "bare_half"
    if _KNOWS.search(text):
        return None
    if answered(page, text, claim):
        return "repeats_claim" if asks(text) is Asks.YES_OR_NO else "answered_in_article"
    if leaves_a_trace(text, stated) or asks_origin(text):
        return None
    new = {w for w in content(_REPORTED.sub(" ", text)) - stated if not is_form(w, stated)}
    timed = asks(text) in {Asks.TIME, Asks.PLACE, Asks.REASON}
    wanted = stems("behind") | stems("further")
    if new & (wanted - stems("calendar") if timed else wanted | documents()):
        return None
    if _CHOICE.search(text) and len(new - stems("generic")) > 1:
        return None
    return None if _wants_a_bound(page, text, around) else NOTHING_FURTHER


def leaves_a_trace(text: str, stated: frozenset[str]) -> bool:
    """Tell whether `text` asks who did what leaves a trace (counted, signed) and is not `stated`."""
    if not re.search(r"\bwho(?:m|se)?\b", text, re.I):
        return False
    after = lowered(re.split(r"\bwho(?:m|se)?\b", text, maxsplit=1, flags=re.I)[1])[:6]
    traces = {word for word in after if word in listed("traces") and stem(word) not in stated}
    return bool(traces) and not _WHO_SAID.search(text)


def hears_nothing(question: str) -> bool:
    """Tell whether `question` wants a recording, and not of something that somebody said."""
    if not _HEARD.search(question):
        return False
    return not _SPOKE.search(_HEARD.sub(" ", question))


def _asks_what_was_said(text: str) -> bool:
    """Tell whether `text` asks for words that the article reports, and for nothing about them."""
    if _IN_WHICH_WORDS.search(text):
        return False
    if _WHO_SAID.search(text) or _STATEMENT.search(text):
        return True
    found = re.match(r"^\W*what\b(?:\s+\w+)?\s+(?:did|does|do|has|have|had)\s+(.*)", text, re.IGNORECASE)
    if not found:
        return False
    said = [word for word in lowered(found.group(1)) if word in listed("saying")]
    if not said:
        return False
    # "What does the log say" asks for what a document holds.
    before = lowered(re.split(rf"\b{said[0]}\b", found.group(1), maxsplit=1, flags=re.IGNORECASE)[0])
    return not {stem(word) for word in before} & documents()


def _supposes(text: str, stated: frozenset[str]) -> bool:
    """Tell whether `text` takes for granted a document that nobody spoke of, not asking what it shows."""
    found = _SUPPOSED.match(text)
    if not found or not {stem(word) for word in lowered(found.group(1))} & (documents() - stated):
        return False
    rest = set(lowered(text[found.end(1) :])) | set(lowered(found.group(1))[1:])
    return not rest & listed("showing")


def _wants_a_bound(page: Page, text: str, around: Span) -> bool:
    """Tell whether `text` asks when or how many of the claimed act itself, and the text has none."""
    kind = asks(text)
    if kind not in {Asks.TIME, Asks.COUNT} or set(lowered(text)) & listed("saying"):
        return False
    own = content(text) - content(around.of(page.text)) - stems("generic")
    return not own and not holds_answer(page, kind, page.beside(around), text)
