"""Short exact slices of the article that a question can carry in quotation marks."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from briefs.domain.spans import Span
from briefs.steps.compose.phrases import words

LONGEST = 9
"""Most words of an excerpt: longer ones cannot be spoken in a question."""
SHORTEST = 3

_BREAK = re.compile(
    r"[\n\r\t,;:!?…—–()\[\]\"“”„«»‘<>`*_|\\]|[.](?=\s|$|[\"”’])|’(?=\s|$)|(?<=\s)'|'(?=\s|$)| - "
)
_WORD = re.compile(r"\S+")


class _Piece(NamedTuple):
    start: int
    end: int


def excerpt(
    text: str, regions: Iterable[Span], about: Iterable[Span] = (), shortest: int = SHORTEST
) -> Span | None:
    """Return a slice of three to nine words within `regions`, at `about` if one is given and fits.

    The slice crosses no comma, bracket, quotation mark or line break, and neither starts nor ends
    with a function word, so that it reads as a phrase. None where no such slice exists.
    """
    pieces = [piece for region in regions for piece in _pieces(text, region)]
    keys = list(about)
    cut = [span for piece in pieces if (span := _phrase(text, piece, keys, shortest)) is not None]
    if not cut:
        return None
    for key in keys:
        for span in cut:
            if span.overlaps(key):
                return span
    return max(cut, key=lambda s: (min(len(s.of(text).split()), 6), -s.start))


def _pieces(text: str, region: Span) -> list[_Piece]:
    found: list[_Piece] = []
    start = region.start
    for stop in _BREAK.finditer(text, region.start, region.end):
        found.append(_Piece(start, stop.start()))
        start = stop.end()
    found.append(_Piece(start, region.end))
    return [piece for piece in found if piece.end > piece.start]


def _phrase(text: str, piece: _Piece, keys: list[Span], shortest: int) -> Span | None:
    """Trim a piece to a phrase; where it is too long, keep the part that holds a key word."""
    found = [_Piece(m.start(), m.end()) for m in _WORD.finditer(text, piece.start, piece.end)]
    skip = words("openers") | words("pronouns")
    while len(found) > SHORTEST and text[found[0].start : found[0].end].lower() in skip:
        found.pop(0)
    first = 0
    for place, word in enumerate(found):
        if any(key.start < word.end and word.start < key.end for key in keys):
            first = _opening(text, found, place)
            break
    found = found[first:]
    if len(found) > LONGEST:
        borders = [i for i in range(SHORTEST, LONGEST + 1) if _low(text, found[i]) in words("borders")]
        found = found[: borders[-1] if borders else LONGEST]
    while found and _low(text, found[-1]) in words("function"):
        found.pop()
    while found and _low(text, found[0]) in words("openers"):
        found.pop(0)
    if len(found) < shortest:
        return None
    return Span(start=found[0].start, end=found[-1].end)


def _opening(text: str, found: list[_Piece], place: int) -> int:
    """Return where a phrase about the word at `place` starts: at the piece's start if that is near."""
    if place < LONGEST - 2:
        return 0
    for back in range(place, max(place - LONGEST + 3, 0), -1):
        if _low(text, found[back]) in words("borders"):
            return back + 1 if back + 1 <= place else back
    return place


def _low(text: str, word: _Piece) -> str:
    return text[word.start : word.end].lower()
