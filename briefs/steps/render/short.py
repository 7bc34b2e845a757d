"""A claim in a few words, for headings and tables. It is our wording, not a quotation."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.claims import Claim
from briefs.domain.scan import Attribution, Speech
from briefs.domain.spans import Span
from briefs.language.denials import denial
from briefs.steps.render.anchors import anchored
from briefs.steps.render.wording import upperfirst

SHORT = 100
"""The most characters of a short wording."""
_HEDGE = 25
"""Characters between two pieces of attributed words that are a hedge or adverb, not a "she said"."""
_STATEMENT = 6
"""Words that attributed words must have to be taken for a whole statement."""
_LEAD = 14
"""Words that an "According to X," before the statement has at most."""
_BACK = frozenset({"he", "she", "it", "they", "his", "her", "their", "its"})
_ASIDE = re.compile(
    r"([^,:;]{3,60}), (?:who|which|whose|including|\w+ed (?:as|by|in|only|on|to|for|with|at|from)"
    r"|\w+ing (?:a|an|the|on|in|for|to))\b[^,:;]*, (?=[a-z])"
)
"""What stands between a subject and its verb, between commas; a short wording goes without it."""
_SUBJECT = 8
"""Words of a subject; more are likely to be a clause."""
_RELATIVE = ("who ", "which ")
_DATELINE = re.compile(r"[A-Z][A-Z .’'-]{2,40}(?:, [^\W\d_][\w .]{1,30})?(?: \([^()]{2,40}\))? [—–-] (?=\S)")
_POINTS = re.compile(r"\b(?:it|its|they|them|their|he|him|his|she|her)\b")
_EDGES = " \t\n.,;:–—“”‘’\"'«»"
_MARKS = re.compile(r"(?P<opens>“|(?<![^\s(\[—–-])\")|[”\"]")
"""A double quotation mark; a straight one opens where nothing, white space or a bracket is before it."""
_NO_MARKS = str.maketrans("", "", '“”"')


def short(claim: Claim, attribution: Attribution, text: str) -> str:
    """Return a claim in a few words: what is claimed without the "X said that", cut at a word.

    Where what is claimed would lose its subject or a hedge, the quoted words are used from their start. Where
    a later sentence of it denies what others say, that one is used.
    """
    quote = claim.quote
    pieces = _pieces(attribution.content, quote)
    denying = _pieces(_denying(attribution.content, quote, text), quote)
    words: list[str] = []
    if denying or (pieces and _begins(quote, attribution.cue, pieces[0], text)):
        pieces = denying or pieces
        for piece in pieces:
            more = piece.of(text).strip(_EDGES)
            if len(words) >= _STATEMENT and not more[:1].islower():  # a sentence of its own
                break
            aside = text[quote.start : piece.start].rstrip().endswith(",")
            if (
                0 < len(words) < _STATEMENT and not aside
            ):  # a subject: "has been described by some as" follows
                words = []
                break
            words += ["…"] * bool(words) + more.split()
    paraphrased = attribution.speech is Speech.INDIRECT
    said = words[1:] if words and words[0].lower() == "that" else words
    if len(words) < _STATEMENT or (paraphrased and said[0].lower() in _BACK):
        words = quote.text.split()
    if words and quote.text.startswith(_RELATIVE) and claim.standalone.startswith("["):
        subject, _, _ = claim.standalone[1:].partition("]")
        words = [*subject.split(), *words[1:]]
    line = " ".join(words).strip(_EDGES).removeprefix("that ")
    dateline = _DATELINE.match(line)
    line = _direct(line[dateline.end() :] if dateline else line)
    if len(line) > SHORT:
        told = _announced(line)
        line = told if told and not _POINTS.search(told[:60]) else line
    if len(line) > SHORT:
        line = _without_aside(line)
    line, after = anchored(line, claim, attribution, text)
    return _unquoted(_cut(upperfirst(line)) + after)


def _announced(line: str) -> str | None:
    """Return what an opening announces with a colon ("… of a worse case: the crew had …"), if whole."""
    opening, _, rest = line.partition(": ")
    whole = rest[:1].islower() and len(rest.split()) > _STATEMENT and len(opening) > SHORT // 3
    return rest if whole else None


def _without_aside(line: str) -> str:
    """Return a line without what stands, between commas, after a subject; a clause keeps it."""
    aside = _ASIDE.match(line)
    subject = aside.group(1).lower().split() if aside else []
    bare = 0 < len(subject) <= _SUBJECT and _lists().auxiliaries.isdisjoint(subject)
    return f"{line[: aside.end(1)]} {line[aside.end() :]}" if aside and bare else line


class _Lists(NamedTuple):
    function: frozenset[str]
    auxiliaries: frozenset[str]
    borders: frozenset[str]
    links: tuple[str, ...]


@cache
def _lists() -> _Lists:
    given = load("phrases")
    return _Lists(
        frozenset(given["function"]),
        frozenset(given["auxiliaries"]),
        frozenset(given["borders"]),
        tuple(given["links"]),
    )


def _direct(words: str) -> str:
    """Return words without an opening that only ties them to the sentence before: "In addition, "."""
    low = words[:40].lower()
    opening = next((link for link in _lists().links if low.startswith((f"{link}, ", f"{link} the "))), "")
    rest = words[len(opening) :].lstrip(", ")
    return rest if opening and len(rest.split()) >= _STATEMENT else words


def _pieces(content: Sequence[Span], quote: Span) -> list[Span]:
    """Return the attributed words within the quotation, joined where only a hedge parts them."""
    pieces: list[Span] = []
    for span in content:
        if not span.overlaps(quote):
            continue
        inside = Span(start=max(span.start, quote.start), end=min(span.end, quote.end))
        if pieces and inside.start - pieces[-1].end <= _HEDGE:
            inside = Span(start=pieces.pop().start, end=inside.end)
        pieces.append(inside)
    return pieces


def _denying(content: Sequence[Span], quote: Span, text: str) -> Sequence[Span]:
    """Return the attributed words from a later sentence that denies something; none where none does."""
    found = denial(text, quote)
    inside = [span for span in content if span.overlaps(quote)]
    at = next((i for i, span in enumerate(inside) if found and span.contains(found)), 0)
    return inside[at:] if at and inside[at].of(text).strip(_EDGES)[:1].isupper() else ()


def _begins(quote: Span, cue: Span | None, piece: Span, text: str) -> bool:
    """Tell whether a statement begins where the attributed words do, so that its subject is in them."""
    before = text[quote.start : piece.start].rstrip()
    if not before.strip(_EDGES) or piece.of(text).startswith("that "):
        return True
    if before.endswith(","):
        return cue is not None and cue.start - quote.start <= 1 and len(before.split()) <= _LEAD
    return before.endswith((" that", "“", "‘", '"', " '"))


def _opens(word: str) -> bool:
    return word.lower() in _lists().borders


def _cut(words: str) -> str:
    """Cut words to `SHORT` characters: at the end of a clause if one is near, never after a small word."""
    if len(words) <= SHORT:
        return words
    head = words[: SHORT + 1]
    clause = max(head.rfind(mark) for mark in (", ", "; ", ": ", " – ", "—"))
    if clause >= SHORT * 3 // 5:
        return head[:clause].rstrip(_EDGES) + "\u00a0…"
    kept = head.rsplit(" ", 1)[0].split() if " " in head else [words[:SHORT]]
    # "… suffered by the Ukrainian": a phrase that has just begun is left out whole.
    begun = next(
        (i for i in range(len(kept) - 1, len(kept) - 4, -1) if i > _STATEMENT and _opens(kept[i])), 0
    )
    kept = kept[:begun] if begun else kept
    while len(kept) > _STATEMENT and (
        kept[-1].strip(_EDGES).lower() in _lists().function or kept[-1].endswith(",")
    ):
        kept.pop()
    return " ".join(kept).rstrip(_EDGES) + "\u00a0…"


def _unquoted(words: str) -> str:
    """Return words without double quotation marks, unless each has its partner: a lone one misleads."""
    depth = 0
    for mark in _MARKS.finditer(words):
        depth += 1 if mark["opens"] else -1
        if not 0 <= depth <= 1:
            break
    return words if depth == 0 else words.translate(_NO_MARKS)
