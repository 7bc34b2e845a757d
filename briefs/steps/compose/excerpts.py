"""Short exact slices of the article that a question can carry in quotation marks."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from briefs.domain.spans import Span
from briefs.steps.compose.phrases import words

LONGEST = 12
"""Most words of an excerpt: longer ones cannot be spoken in a question."""
SHORTEST = 3
HALF = 5
"""An excerpt is cut at no border before this word: what is left would say too little."""

# What no excerpt may hold: line breaks, quotation marks, anything with a meaning in Markdown, and sentence
# ends. A full stop inside a number or an abbreviation is no sentence end, an apostrophe no quotation mark.
_HARD = re.compile(
    r"[\n\r\t;!?…—–\[\]\"“”„«»<>`*_|\\]"
    r"|[.:](?<!\bNo[.:])(?<!\.[A-Za-z][.:])(?=\s|$|[\"”’'])"
    r"|[‘'](?<!\w[‘'])|[’'](?!\w)| - "
)
_INNER = re.compile(r"(?<!\w)(?:‘[^‘’“”\n]{1,30}’|'[^'“”\n]{1,30}')(?!\w)")
_OPENING = re.compile(r"(?<!\w)[‘']")
_OWNERS = re.compile(r"(?<=s)[’'](?= \w)")
_SOFT = re.compile(r",(?=\s|$)|[()]")
_WORD = re.compile(r"\S+")


class _Piece(NamedTuple):
    start: int
    end: int
    follows: bool
    """Comes after a comma or bracket: its subject may stand before it."""
    opens: bool
    """Starts where its region starts."""


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
    turned round. It does not end with a function word. The first region is preferred. None where no such
    slice exists.
    """
    keys = list(about)
    cuts = [
        cut._replace(faults=cut.faults + 2) if number and cut else cut
        for number, region in enumerate(regions)
        for piece in _pieces(text, region)
        if (cut := _phrase(text, piece, keys, shortest)) is not None
    ]
    return min(cuts, key=lambda cut: (cut.faults, cut.span.start, -cut.span.end)).span if cuts else None


def _pieces(text: str, region: Span) -> Iterator[_Piece]:
    """Yield the runs between hard breaks, and those between commas and brackets within them."""
    for start, end in _between(text, region.start, region.end, _HARD):
        yield _Piece(start, end, False, start == region.start)
        soft = list(_between(text, start, end, _SOFT))
        if len(soft) > 1:
            opening = text[soft[0][0] : soft[0][1]].split()
            aside = 1 if len(opening) < 3 or opening[0].lower() in words("subordinators") else 0
            for number, (first, last) in enumerate(soft):
                yield _Piece(first, last, number > aside, first == region.start)


def _between(text: str, start: int, end: int, stops: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    whole = {mark for m in _INNER.finditer(text, start, end) for mark in (m.start(), m.end() - 1)}
    if not _OPENING.search(text, start, end):
        whole |= {m.start() for m in _OWNERS.finditer(text, start, end)}
    for stop in stops.finditer(text, start, end):
        if stop.start() in whole:
            continue
        if stop.start() > start:
            yield start, stop.start()
        start = stop.end()
    if end > start:
        yield start, end


def _phrase(text: str, piece: _Piece, keys: list[Span], shortest: int) -> _Cut | None:
    """Trim a piece to a phrase from its start, and count what speaks against it."""
    # No more words than a phrase and its border need: a piece may be a whole page.
    found = list(islice(_WORD.finditer(text, piece.start, piece.end), LONGEST + 5))
    opened = bool(found) and _low(found[0]) in words("openers")
    if opened and piece.opens and _low(found[0]) == "that":
        opened = False  # "said that the boats sank": nothing is lost with it
    while len(found) > shortest and _low(found[0]) in words("openers"):
        found.pop(0)
    found = found[_frame(found) :]
    whole = len(found)
    if whole > LONGEST:
        borders = (i for i in range(LONGEST, HALF, -1) if _low(found[i]) in words("borders"))
        found = found[: next(borders, LONGEST)]
    while len(found) > 1 and _dangles(_low(found[-1]), whole > LONGEST):
        found.pop()
    if len(found) < shortest:
        return None
    start, end = found[0].start(), found[-1].end()
    while end > start and text[end - 1] in ",(":
        end -= 1
    if end - start > 2 and text[start] in "‘'" and text[end - 1] in "’'":
        start, end = start + 1, end - 1  # a headline's quotation marks
    exact = text[start:end]
    if exact.count("(") != exact.count(")") or _cut_inside(text, start, end):
        return None
    first = _low(found[0])
    faults = [
        first in words("pronouns"),
        2 * (first in words("subordinators")),
        2 * (piece.follows or opened),
        2 * (first in words("auxiliaries")),
        2 * (first.endswith("ing") and whole < 8),
        exact.count(",") + exact.count("("),
        whole > LONGEST,
        2 * text.startswith(":", piece.end),  # what is announced stands after the colon
        2 * (len(found) < 4) + (len(found) < 5),
        3 * (bool(keys) and not any(k.start < end and start < k.end for k in keys)),
    ]
    return _Cut(Span(start=start, end=end), sum(faults))


def _frame(found: list[re.Match[str]]) -> int:
    """Return how many words at the start only frame what is said: "it is important to note that"."""
    if not found or _low(found[0]) != "it":
        return 0
    said = [_low(word) for word in found[:8]]
    framed = len(said) > 2 and said[1] in {"is", "was"} and "that" in said
    last = said.index("that") + 1 if framed else 0
    return last if len(found) - last >= SHORTEST else 0


def _cut_inside(text: str, start: int, end: int) -> bool:
    """Tell whether a phrase ends within a word or name in single quotation marks."""
    return any(
        m.end() > end for m in _INNER.finditer(text, start, min(end + 32, len(text))) if m.start() < end
    )


def _dangles(word: str, cut: bool) -> bool:
    """Tell whether a phrase cannot end with `word`."""
    return word in words("function") or (cut and word.endswith(("ly", "’s", "'s")))


def _low(word: re.Match[str]) -> str:
    return word.group().lower().strip(",()")
