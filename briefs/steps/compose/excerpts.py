"""Short exact slices of the article that a question can carry in quotation marks."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from briefs.domain.spans import Span
from briefs.steps.compose.borders import LONGEST, SPOKEN, cut, halved, low, states, trails, turned, without
from briefs.steps.compose.phrases import words

SHORTEST = 3

# What no excerpt may hold: line breaks, quotation marks, anything with a meaning in Markdown, and sentence
# ends. A full stop inside a number or an abbreviation is no sentence end, an apostrophe no quotation mark.
_HARD = re.compile(
    r"[\n\r\t;!?…—–\[\]\"“”„«»<>`*_|\\]"
    r"|[.:](?<!\bNo[.:])(?<!\.[A-Za-z][.:])(?<!\bDr\.)(?<!\bM[rs]\.)(?<!\bMrs\.)(?<!\bSt\.)(?=\s|$|[\"”’'])"
    r"|[‘'](?<!\w[‘'])|[’'](?!\w)| - "
)
_INNER = re.compile(r"(?<!\w)(?:‘[^‘’“”\n]{1,30}’|'[^'“”\n]{1,30}')(?!\w)")
_OPENING = re.compile(r"(?<!\w)[‘']")
_ASIDE = re.compile(r"(?<=\w)(\s?[—–]\s?)[^—–.;:!?\n“”\"‘]{1,60}?\1(?=[a-z])")
"""Words between two dashes after which the clause goes on."""
_ANTECEDENT = re.compile(r"(?<= )(?:an?|the)(?: [\w’'-]+){1,2} (?:that|who|which) (?=\w)")
"""A noun and the clause about it: "a war that has …" is quoted where nothing else with the key is whole."""
_FACT = re.compile(r"\bthe fact that (?=\w)")
"""What is said of a fact may be long: the fact itself is what can be checked."""
_DASH = re.compile("[—–]")
_OWNERS = re.compile(r"(?<=s)[’'](?= \w)")
_SOFT = re.compile(r",(?=\s|$)|[()]")
_WORD = re.compile(r"\S+")


class _Piece(NamedTuple):
    start: int
    end: int
    late: int
    """What speaks against starting here: after a comma or bracket the subject may stand before it."""
    opens: bool
    """Starts where its region starts."""
    waits: int = 0
    """Up to here it only opens, before a comma: what is said comes after."""


class _Phrase(NamedTuple):
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

    It is stretched to eighteen where it would else end before its point. The slice starts where a run of
    words between quotation marks, dashes or line breaks starts (or after a comma, if that reads better), so
    that a subject is never cut off from its verb and nobody's words are turned round. A run that is too long
    may lose one of the `dates` that it opens with, and is cut where a phrase ends, not between a verb and its
    particle or a noun and its "of". The first region is preferred.
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
        soft, waits = list(_between(text, start, end, _SOFT)), 0
        if len(soft) > 1:
            starts = [_start(text, first, last) for first, last in soft]
            opening = text[soft[0][0] : soft[0][1]].split()
            setting = starts[0] in words("subordinators") or starts[0].endswith("ing")
            aside = 1 if len(opening) < 3 or setting else 0
            said = len(soft) > 2 and len(text[soft[1][0] : soft[1][1]].split()) < 3
            if setting and (said or (len(soft) > 2 and starts[1].endswith(("ed", "ing")))):
                aside = 2  # "When it sank, he said, the crew …"; "Under the terms, printed below, …"
            later = any(start in words("auxiliaries") for start in starts[1:])
            waits = soft[max(aside - 1, 0)][1] if setting or later else 0
            for number, (first, last) in enumerate(soft):
                held = number > max(aside, 1) and _interrupts(text[slice(*soft[number - 1])])
                late = 2 * (number > aside) + 2 * held
                yield _Piece(first, last, late, first == region.start, waits)
        yield _Piece(start, end, 0, start == region.start, waits)
        for fact in _FACT.finditer(text, start, end):
            yield _Piece(fact.end(), end, 1, False)
        for noun in _ANTECEDENT.finditer(text, start, end):
            yield _Piece(noun.start(), end, 5, False)


def _interrupts(between: str) -> bool:
    """Tell words between two commas over which a clause goes on: "the boats, according to Berg, sank"."""
    said = between.split()
    return len(said) < 4 or said[0] == "according"


def _start(text: str, first: int, last: int) -> str:
    word = _WORD.search(text, first, last)
    return low(word) if word else ""


def _between(text: str, start: int, end: int, stops: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    whole = {mark for m in _INNER.finditer(text, start, end) for mark in (m.start(), m.end() - 1)}
    for aside in _ASIDE.finditer(text, start, end):
        whole.update(range(aside.start(), aside.end()))
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
) -> _Phrase | None:
    """Trim a piece to a phrase from its start, and count what speaks against it."""
    # No more words than a phrase and its border need: a piece may be a whole page.
    found = list(islice(_WORD.finditer(text, piece.start, piece.end), LONGEST + 8))
    found = [word for word in found if low(word)]  # a bracket alone is no word
    opened = bool(found) and low(found[0]) in words("openers")
    if opened and piece.opens and low(found[0]) == "that":
        opened = False  # "said that the boats sank": nothing is lost with it
    gap = opened and low(found[0]) in _GAPS
    while len(found) > shortest and low(found[0]) in words("openers"):
        found.pop(0)
    found = found[_frame(found, keys) :]
    if len(found) > SPOKEN:
        found = found[_opening_date(found, dated) :]
    whole, faults = len(found), 0
    if whole > SPOKEN:
        found, faults = cut(found, keys)
    elif found and _ENDS.match(text, found[-1].end()):
        found = without(found, "unfinished")
    else:
        found = without(found, "function")
        faults = whole - len(found)  # "was described by some as", before a quotation mark
    if len(found) < shortest:
        return None
    start, end = found[0].start(), found[-1].end()
    while end > start and text[end - 1] in ",(":
        end -= 1
    if end - start > 2 and text[start] in "‘'" and text[end - 1] in "’'":
        start, end = start + 1, end - 1  # a headline's quotation marks
    exact = text[start:end]
    aside = len(_DASH.findall(exact)) % 2 or exact.count("(") != exact.count(")")
    if aside or _cut_inside(text, start, end):
        return None
    told = any(k.start < end and start < k.end for k in keys)
    against = [
        faults,
        2 * text.startswith(":", piece.end),  # what is announced stands after the colon
        max(piece.late, 2 * opened) + 2 * gap,
        _of_start(found[0].group(), whole),
        exact.count(",") + exact.count("("),
        3 * (len(found) < 4) + max(0, 6 - len(found)) + trails(found),
        3 * (bool(keys) and not told),
        4 * (end <= piece.waits),
        3 * turned(exact, text[end : piece.end]) + 4 * _denies(exact, text[end : end + 6]),
        2 * (not states(found, keys)) + 2 * halved(found),
    ]
    return _Phrase(Span(start=start, end=end), sum(against))


def _denies(said: str, after: str) -> bool:
    """Tell "did not begin this year" before ", but grew slowly": what is so stands after it."""
    return after.startswith(", but ") and _NOT.search(said) is not None


_NOT = re.compile(r"\bnot\b|n[’']t\b")


def _of_start(word: str, whole: int) -> int:
    """Count what speaks against a phrase of `whole` words that starts with `word`."""
    first = word.lower().strip(",()")
    held_back = first in words("subordinators") or first in words("auxiliaries")
    participle = (first.endswith("ing") and whole < 8) or (word.endswith("ed") and word.islower())
    return (first in words("pronouns")) + 2 * held_back + 2 * participle


_GAPS = frozenset({"which", "who", "whom", "or"})
"""Words without which their clause lacks its subject, its object or its other half."""
_ENDS = re.compile(r"\s*(?:$|[\n.,;:!?)”\"’'])")
"""What follows the end of a clause, so that "in" and "to" before it are not waiting for anything."""


def _opening_date(found: list[re.Match[str]], dated: set[tuple[int, int]]) -> int:
    """Return how many words of a date a long run can lose at its start: "On the last Sunday of May …"."""
    if low(found[0]) not in words("subordinators"):
        return 0
    starts = [word.start() for word in found[1:4]]
    for number, word in enumerate(found[1:8], 1):
        if any((start, word.start() + len(low(word))) in dated for start in starts):
            following = found[number + 1] if number + 1 < len(found) else None
            goes_on = following is None or low(following) in words("function") - {"a", "an", "the"}
            return 0 if goes_on else number + 1
    return 0


def _frame(found: list[re.Match[str]], keys: list[Span]) -> int:
    """Return how many words at the start only frame what is said: "it is important to note that".

    "It is the first time that" frames nothing: it is what is said.
    """
    if not found or low(found[0]) != "it":
        return 0
    said = [low(word) for word in found[:8]]
    framed = len(said) > 2 and said[1] in {"is", "was"} and "that" in said
    last = said.index("that") + 1 if framed else 0
    if last and any(k.start < found[last - 1].end() and found[0].start() < k.end for k in keys):
        return 0
    return last if len(found) - last >= SHORTEST else 0


def _cut_inside(text: str, start: int, end: int) -> bool:
    """Tell whether a phrase ends within a word or name in single quotation marks."""
    return any(
        m.end() > end for m in _INNER.finditer(text, start, min(end + 32, len(text))) if m.start() < end
    )
