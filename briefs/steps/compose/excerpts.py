"""Short exact slices of the article that a question can carry in quotation marks."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefs.domain.spans import Span
from briefs.steps.compose.phrases import words

LONGEST = 12
"""Most words of an excerpt: longer ones cannot be spoken in a question."""
SHORTEST = 3

# What no excerpt may hold: line breaks, quotation marks, anything with a meaning in Markdown, and sentence
# ends. A full stop inside a number or an abbreviation is no sentence end, an apostrophe no quotation mark.
_HARD = re.compile(r"[\n\r\t;!?…—–\[\]\"“”„«»<>`*_|\\]|[.:](?=\s|$|[\"”’'])|(?<!\w)[‘']|[’'](?!\w)| - ")
_SOFT = re.compile(r",(?=\s|$)|[()]")
_WORD = re.compile(r"\S+")


class _Piece(NamedTuple):
    start: int
    end: int
    follows: bool
    """Comes after a comma or bracket: its subject may stand before it."""


class _Cut(NamedTuple):
    """A phrase cut from a piece, with what speaks against it."""

    span: Span
    faults: int


def excerpt(
    text: str, regions: Iterable[Span], about: Iterable[Span] = (), shortest: int = SHORTEST
) -> Span | None:
    """Return a slice of three to twelve words within `regions`, about a key word if one is given.

    The slice starts where a run of words between quotation marks, dashes or line breaks starts (or after
    a comma, if that reads better), so that a subject is never cut off from its verb and nobody's words are
    turned round. It does not end with a function word. None where no such slice exists.
    """
    keys = list(about)
    cuts = [
        cut
        for region in regions
        for piece in _pieces(text, region)
        if (cut := _phrase(text, piece, keys, shortest)) is not None
    ]
    return min(cuts, key=lambda cut: (cut.faults, cut.span.start)).span if cuts else None


def _pieces(text: str, region: Span) -> Iterator[_Piece]:
    """Yield the runs between hard breaks, and those between commas and brackets within them."""
    for start, end in _between(text, region.start, region.end, _HARD):
        yield _Piece(start, end, False)
        soft = list(_between(text, start, end, _SOFT))
        if len(soft) > 1:
            for number, (first, last) in enumerate(soft):
                yield _Piece(first, last, number > 0)


def _between(text: str, start: int, end: int, stops: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for stop in stops.finditer(text, start, end):
        if stop.start() > start:
            yield start, stop.start()
        start = stop.end()
    if end > start:
        yield start, end


class _Word(NamedTuple):
    start: int
    end: int
    low: str


def _phrase(text: str, piece: _Piece, keys: list[Span], shortest: int) -> _Cut | None:
    """Trim a piece to a phrase from its start, and count what speaks against it."""
    found = [
        _Word(m.start(), m.end(), m.group().lower().strip(",()"))
        for m in _WORD.finditer(text, piece.start, piece.end)
    ]
    opened = bool(found) and found[0].low in words("openers")
    while len(found) > shortest and found[0].low in words("openers"):
        found.pop(0)
    whole = len(found)
    if whole > LONGEST:
        borders = [i for i in range(SHORTEST + 1, LONGEST + 1) if found[i].low in words("borders")]
        found = found[: borders[-1] if borders else LONGEST]
    while len(found) > 1 and found[-1].low in words("function"):
        found.pop()
    if len(found) < shortest:
        return None
    start, end = found[0].start, found[-1].end
    while end > start and text[end - 1] in ",(":
        end -= 1
    exact = text[start:end]
    if exact.count("(") != exact.count(")"):
        return None
    first = found[0].low
    faults = [
        first in words("pronouns"),
        2 * (first in words("subordinators")),
        2 * (piece.follows or opened),
        2 * (first.endswith("ing") and whole < 8),
        exact.count(",") + exact.count("("),
        whole > LONGEST,
        2 * (len(found) < 4),
        3 * (bool(keys) and not any(k.start < end and start < k.end for k in keys)),
    ]
    return _Cut(Span(start=start, end=end), sum(faults))
