"""Short exact slices of the article that a question can carry in quotation marks."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from briefs.domain.spans import Span
from briefs.steps.compose.phrases import words

LONGEST = 14
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
    waits: bool = False
    """Stands before the first comma and only opens: what is said comes after."""


class _Cut(NamedTuple):
    """A phrase cut from a piece, with what speaks against it."""

    span: Span
    faults: int


def excerpt(
    text: str,
    regions: Iterable[Span],
    about: Iterable[Span] = (),
    shortest: int = SHORTEST,
    dates: Iterable[Span] = (),
) -> Span | None:
    """Return a slice of three to fourteen words within `regions`, about a key word if one is given.

    The slice starts where a run of words between quotation marks, dashes or line breaks starts (or after
    a comma, if that reads better), so that a subject is never cut off from its verb and nobody's words are
    turned round. A run that is too long may lose one of the `dates` that it opens with, and is cut where a
    phrase ends, not between a verb and its particle or a noun and its "of". The first region is preferred.
    None where no such slice exists.
    """
    keys, dated = list(about), {(date.start, date.end) for date in dates}
    cuts = [
        (cut.faults + 3 * bool(number), number, cut.span)
        for number, region in enumerate(regions)
        for piece in _pieces(text, region)
        if (cut := _phrase(text, piece, keys, shortest, dated)) is not None
    ]
    return min(cuts, key=lambda cut: (*cut[:2], cut[2].start, -cut[2].end))[2] if cuts else None


def _pieces(text: str, region: Span) -> Iterator[_Piece]:
    """Yield the runs between hard breaks, and those between commas and brackets within them."""
    for start, end in _between(text, region.start, region.end, _HARD):
        yield _Piece(start, end, False, start == region.start)
        soft = list(_between(text, start, end, _SOFT))
        if len(soft) > 1:
            starts = [_start(text, first, last) for first, last in soft]
            opening = text[soft[0][0] : soft[0][1]].split()
            setting = starts[0] in words("subordinators") or starts[0].endswith("ing")
            aside = 1 if len(opening) < 3 or setting else 0
            if setting and len(soft) > 2 and len(text[soft[1][0] : soft[1][1]].split()) < 3:
                aside = 2  # "When it sank, he said, the crew …"
            later = any(start in words("auxiliaries") for start in starts[1:])
            for number, (first, last) in enumerate(soft):
                waits = number == 0 and (setting or later)
                yield _Piece(first, last, number > aside, first == region.start, waits)


def _start(text: str, first: int, last: int) -> str:
    word = _WORD.search(text, first, last)
    return _low(word) if word else ""


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


def _phrase(
    text: str, piece: _Piece, keys: list[Span], shortest: int, dated: set[tuple[int, int]]
) -> _Cut | None:
    """Trim a piece to a phrase from its start, and count what speaks against it."""
    # No more words than a phrase and its border need: a piece may be a whole page.
    found = list(islice(_WORD.finditer(text, piece.start, piece.end), LONGEST + 8))
    opened = bool(found) and _low(found[0]) in words("openers")
    if opened and piece.opens and _low(found[0]) == "that":
        opened = False  # "said that the boats sank": nothing is lost with it
    while len(found) > shortest and _low(found[0]) in words("openers"):
        found.pop(0)
    found = found[_frame(found) :]
    if len(found) > LONGEST:
        found = found[_opening_date(found, dated) :]
    whole, faults = len(found), 0
    if whole > LONGEST:
        found, faults = _cut(found, keys)
    elif found and _ENDS.match(text, found[-1].end()):
        found = _without(found, "unfinished")
    else:
        found = _without(found, "function")
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
    told = any(k.start < end and start < k.end for k in keys)
    against = [
        faults,
        2 * text.startswith(":", piece.end),  # what is announced stands after the colon
        2 * (piece.follows or opened),
        _of_start(_low(found[0]), whole),
        exact.count(",") + exact.count("("),
        3 * (len(found) < 4) + (len(found) < 5),
        3 * (bool(keys) and not told),
        4 * piece.waits,
    ]
    return _Cut(Span(start=start, end=end), sum(against))


def _of_start(first: str, whole: int) -> int:
    """Count what speaks against a phrase of `whole` words that starts with the word `first`."""
    held_back = first in words("subordinators") or first in words("auxiliaries")
    return (first in words("pronouns")) + 2 * held_back + 2 * (first.endswith("ing") and whole < 8)


_ENDS = re.compile(r"\s*(?:$|[\n.,;:!?)”\"’'])")
"""What follows the end of a clause, so that "in" and "to" before it are not waiting for anything."""


def _opening_date(found: list[re.Match[str]], dated: set[tuple[int, int]]) -> int:
    """Return how many words of a date a long run can lose at its start: "On the last Sunday of May …"."""
    if _low(found[0]) not in words("subordinators"):
        return 0
    starts = [word.start() for word in found[1:4]]
    for number, word in enumerate(found[1:8], 1):
        if any((start, word.start() + len(_low(word))) in dated for start in starts):
            following = found[number + 1] if number + 1 < len(found) else None
            goes_on = following is None or _low(following) in words("function") - {"a", "an", "the"}
            return 0 if goes_on else number + 1
    return 0


def _cut(found: list[re.Match[str]], keys: list[Span]) -> tuple[list[re.Match[str]], int]:
    """Return the part of a long run up to its best border, and what speaks against that."""
    best, least, fault = found[:LONGEST], float("inf"), 3
    for border in range(HALF + 1, min(LONGEST + 1, len(found))):
        kept, word = found[:border], _low(found[border])
        paused = kept[-1].group().endswith(",")
        if word not in words("borders") and not paused:
            continue
        bound = 2 * (word in words("auxiliaries")) if paused else _bound(kept, word)
        kept = _without(kept, "function", cut=True)
        lost = border - len(kept)
        keyless = bool(keys) and not any(k.start < kept[-1].end() for k in keys)
        cost = 2 * bound + 3 * lost + 2 * keyless + (LONGEST - border) / 2 - 2.5 * (word in words("clausal"))
        if cost <= least:
            best, least, fault = kept, cost, (not paused) + (bound > 1 or lost > 0)
    if least == float("inf"):
        best = _without(best, "function", cut=True)
    return best, fault


def _bound(kept: list[re.Match[str]], word: str) -> int:
    """Count what binds `word` to the words kept before it, or leaves the last of these in the air."""
    since = next((n for n, each in enumerate(reversed(kept)) if each.group().endswith(",")), len(kept))
    tail = max(0, 4 - since) if since < len(kept) and _low(kept[-since]) not in words("auxiliaries") else 0
    open_verb = word not in words("clausal") and word != "and" and _low(kept[-1]).endswith(("ed", "ing"))
    joined = any(_low(each) == "and" for each in kept[-3:-1])
    return 2 * (word in words("binding")) + (word == "that") + 2 * open_verb + joined + tail


def _without(found: list[re.Match[str]], name: str, *, cut: bool = False) -> list[re.Match[str]]:
    """Return a phrase without words at its end that cannot end one: those of the list `name`."""
    kept = list(found)
    while len(kept) > 1:
        last = _low(kept[-1])
        adverb = cut and last.endswith(("ly", "’s", "'s"))
        if not adverb and (last not in words(name) or (cut and last in words("objects"))):
            break
        kept.pop()
    return kept


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


def _low(word: re.Match[str]) -> str:
    return word.group().lower().strip(",()")
