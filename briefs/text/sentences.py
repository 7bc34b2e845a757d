"""Sentence borders of running text: nupunkt's vote, and rules of our own where news differs from it."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import nupunkt

from briefs.domain.spans import Span
from briefs.text.borders import STOP, Candidate, is_border, words

_BREAK = re.compile(r"\n[ \t\r\u00a0]*\n|\r[ \t]*\r|[\u2029\x0b\x0c\x85]")
"""An empty line, or a character that separates paragraphs."""
_BULLET = re.compile(r"(?<=\s)[•⁃▪‣◦●](?=\s*\S)")
_FIRST_ITEM = re.compile(r"(?P<value>\d{1,2}|[a-h])(?P<style>\.\)|\)|\.)\s")
_ASIDE = re.compile(r"\([^()]{0,400}\)")
_CREDIT = 100
"""Characters at the end of a paragraph among which a credit is looked for."""
_ENDS = frozenset(".!?…‽\"”’'»)]")


@cache
def _tokenizer() -> nupunkt.PunktSentenceTokenizer:
    return nupunkt.load("default")


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of `text[start:end]`, in order; white space at their ends is left out.

    Every other character is in exactly one of them. An empty line ends a sentence, a single line break
    does not. Borders are proposed by nupunkt 0.8, a Punkt tokenizer (Kiss and Strunk 2006), and decided by
    the rules of `briefs.text.borders`.
    """
    found: list[Span] = []
    position = start
    for match in (*_BREAK.finditer(text, start, end), None):
        last = match.start() if match else end
        found.extend(_merged(text, _region(text, position, last)))
        position = match.end() if match else end
    return found


def _region(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of a piece of text without empty lines, blank ones left out."""
    position = start
    for border in (*_borders(text, start, end), end):
        piece = text[position:border]
        if piece and not piece.isspace():
            first = position + len(piece) - len(piece.lstrip())
            yield Span(start=first, end=position + len(piece.rstrip()))
        position = max(position, border)


def _borders(text: str, start: int, end: int) -> list[int]:
    """Return where sentences end before the end of the text, in order."""
    if not STOP.search(text, start, end) and not _BULLET.search(text, start, end):
        return _items(text, start, end)
    votes = [start + last for _, last in _tokenizer().span_tokenize(text[start:end])]
    items = _items(text, start, end)
    asides = _asides(text, start, end)
    found: list[int] = []
    begin = _skip_space(text, start, end)
    upcoming = 0
    aside = 0
    for match in STOP.finditer(text, start, end):
        while upcoming < len(items) and items[upcoming] <= match.start():
            found.append(items[upcoming])
            begin = _skip_space(text, items[upcoming], end)
            upcoming += 1
        while aside < len(asides) and asides[aside].end <= match.start():
            aside += 1
        in_aside = (
            aside < len(asides) and asides[aside].start < match.start() < match.end() < asides[aside].end
        )
        if match.end() >= end or in_aside:
            continue
        voted = bisect_left(votes, match.start() + 1) < bisect_left(votes, match.end() + 1)
        if is_border(Candidate(text, match, begin, (start, end), voted)):
            found.append(match.end())
            begin = _skip_space(text, match.end(), end)
    found.extend(items[upcoming:])
    return found


def _asides(text: str, start: int, end: int) -> list[Span]:
    """Return the bracketed asides that open in the middle of a sentence: none ends inside them."""
    found = []
    for match in _ASIDE.finditer(text, start, end):
        before = text[max(start, match.start() - 5) : match.start()].rstrip()
        if before and before[-1] not in _ENDS:
            found.append(Span(start=match.start(), end=match.end()))
    return found


def _skip_space(text: str, place: int, end: int) -> int:
    while place < end and text[place].isspace():
        place += 1
    return place


def _items(text: str, start: int, end: int) -> list[int]:
    """Return where the items of a list begin that is set in one paragraph, but for its first item.

    The credit that ends a caption counts as one: "Boats at the quay  Photo: Bo Lund".
    """
    found = {match.start() for match in _BULLET.finditer(text, start, end)}
    credit = words().credit.search(text, max(start, end - _CREDIT), end)
    if credit is not None:
        found.add(credit.start())
    lead = _FIRST_ITEM.match(text, _skip_space(text, start, end), end)
    if lead is None:
        return sorted(found)
    value, style = lead["value"], lead["style"]
    place = lead.end()
    while True:
        value = str(int(value) + 1) if value.isdigit() else chr(ord(value) + 1)
        item = re.compile(rf"(?<=\s){value}{re.escape(style)}\s+(?=[^\W\d_])").search(text, place, end)
        if item is None:
            return sorted(found)
        found.add(item.start())
        place = item.end()


def _merged(text: str, pieces: Iterator[Span]) -> Iterator[Span]:
    """Yield the pieces, each that holds only marks or unseen characters joined to a neighbour."""
    held: Span | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif _is_bare(text, held) or _is_bare(text, piece):
            held = Span(start=held.start, end=piece.end)
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _is_bare(text: str, piece: Span) -> bool:
    """Tell whether a piece is punctuation, combining or unseen characters alone."""
    if piece.end - piece.start > 40:
        return False
    return all(unicodedata.category(char)[0] in "PMCZ" for char in piece.of(text))
