"""Quotation marks one by one: which characters can open a quotation, close one, or are apostrophes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from briefs.data import load
from briefs.domain.spans import Span

_MARK = re.compile(r"``|''|[“”„‟\"＂‘’‚‛'«»‹›「」『』]")
_DOUBLE = re.compile("[“”„‟\"＂«»「」『』]|``|''")
_DOUBLED = re.compile(rf"‘‘|’’|{_MARK.pattern}")
"""For paragraphs in which two single marks stand for a double one: ‘‘We left,’’ she said."""
_OPENING_BRACKETS = frozenset("([{<—–―-/¿¡")
_CLOSING_PUNCTUATION = frozenset(",.;:!?)]}>—–―-/…%*†‡")
_ENDS_SPEECH = frozenset(",.!?…;—–-)]")


class Family(Enum):
    """Marks that can belong to one quotation."""

    DOUBLE = "double"
    SINGLE = "single"
    GUILLEMET = "guillemet"
    ANGLE = "angle"
    CORNER = "corner"


_FAMILY = {
    **dict.fromkeys(("“", "”", "„", "‟", '"', "＂", "``", "''", "‘‘", "’’"), Family.DOUBLE),
    **dict.fromkeys(("‘", "’", "‚", "‛", "'"), Family.SINGLE),
    **dict.fromkeys(("«", "»"), Family.GUILLEMET),
    **dict.fromkeys(("‹", "›"), Family.ANGLE),
    **dict.fromkeys(("「", "」", "『", "』"), Family.CORNER),
}
_ONLY_OPEN = frozenset("„‟‚‛「『") | {"``", "‘‘"}
_ONLY_CLOSE = frozenset("」』")
_CURLY_OPEN = frozenset("“‘")
_CURLY_CLOSE = frozenset("”’")
_POINTED_OPEN = frozenset("«‹")


class Mark(NamedTuple):
    """A quotation mark with the parts it can play where it stands; apostrophes are no marks."""

    start: int
    end: int
    family: Family
    char: str
    opens: bool
    closes: bool
    doubtful: bool
    """A closing single mark that may as well be the apostrophe of a plural or a dropped letter."""
    after_stop: bool
    """Punctuation stands right before it, as before the mark that ends speech."""


class _Elisions(NamedTuple):
    whole: frozenset[str]
    dropped: tuple[str, ...]


@cache
def _elisions() -> _Elisions:
    data = load("quotation_marks")
    return _Elisions(frozenset(data["elided_words"]), tuple(data["dropped_endings"]))


def quotable(words: str) -> bool:
    """Tell whether words can stand between double quotation marks just as they are.

    Not if they hold such a mark themselves or an unseen character: what is quoted is held to the letter.
    """
    return words.isprintable() and not _DOUBLE.search(words)


def marks(text: str, paragraph: Span, skip: Sequence[Span] = ()) -> list[Mark]:
    """Return the quotation marks of a paragraph, in order, apostrophes left out.

    Marks inside `skip` (page furniture, in order) are left out too.
    """
    pattern = _DOUBLED if text.find("‘‘", paragraph.start, paragraph.end) >= 0 else _MARK
    found = list(pattern.finditer(text, paragraph.start, paragraph.end))
    if not found:
        return []
    ends = [piece.end for piece in skip]
    return [mark for mark in _classified(text, paragraph, found) if not _within(mark.start, skip, ends)]


def _within(place: int, pieces: Sequence[Span], ends: Sequence[int]) -> bool:
    """Tell whether a character stands in one of some pieces that are in order, with these ends."""
    following = bisect_right(ends, place)
    return following < len(pieces) and pieces[following].start <= place


def _classified(text: str, paragraph: Span, found: Sequence[re.Match[str]]) -> Iterator[Mark]:
    """Yield each mark with its parts; runs of marks ("‘, '”) share what stands around the run."""
    run: list[re.Match[str]] = []
    for match, following in pairwise([*found, None]):
        if match is None:
            break
        run.append(match)
        if following is not None and following.start() == match.end():
            continue
        first, last = run[0].start(), run[-1].end()
        before = text[first - 1] if first > paragraph.start else ""
        after = text[last] if last < paragraph.end else ""
        for piece in run:
            mark = _mark(text, piece, before, after)
            if mark is not None:
                yield mark
        run = []


def _mark(text: str, match: re.Match[str], before: str, after: str) -> Mark | None:
    char = match.group()
    family = _FAMILY[char]
    spaced_left = not before or before.isspace()
    spaced_right = not after or after.isspace()
    if family is Family.SINGLE and char not in _ONLY_OPEN:
        parts = _single(text, match, before, after)
    elif char in _ONLY_OPEN or char in _ONLY_CLOSE:
        parts = (char in _ONLY_OPEN, char in _ONLY_CLOSE)
    elif char in _CURLY_OPEN:
        parts = (not spaced_right or spaced_left, not spaced_left and _ends_word(after))
    elif char in _CURLY_CLOSE:
        parts = (spaced_left and not spaced_right, not spaced_left or spaced_right)
    elif family in (Family.GUILLEMET, Family.ANGLE):
        pointed = char in _POINTED_OPEN
        parts = (pointed or (spaced_left and not spaced_right), not pointed or not spaced_left)
    else:
        parts = _straight(before, after)
    if parts is None or not any(parts):
        return None
    doubtful = family is Family.SINGLE and parts[1] and _may_be_apostrophe(text, match.start(), before, after)
    if family is Family.DOUBLE and char == '"' and before.isdigit() and after.isspace():
        doubtful = True  # inches: 6'2" tall
    return Mark(
        match.start(), match.end(), family, char, *parts, doubtful, before in _ENDS_SPEECH and before != ""
    )


def _ends_word(after: str) -> bool:
    return not after or after.isspace() or after in _CLOSING_PUNCTUATION


def _straight(before: str, after: str) -> tuple[bool, bool]:
    """Tell whether a straight mark can open and close between these two characters."""
    spaced_left = not before or before.isspace()
    spaced_right = not after or after.isspace()
    if spaced_left or spaced_right:
        return (spaced_left, spaced_right)
    if before in _OPENING_BRACKETS:
        return (True, after in _CLOSING_PUNCTUATION)
    if after in _CLOSING_PUNCTUATION:
        return (False, True)
    return (True, True)


def _single(text: str, match: re.Match[str], before: str, after: str) -> tuple[bool, bool] | None:
    """Tell whether a single mark can open and close; none where it is an apostrophe."""
    char = match.group()
    if before.isalnum() and after.isalnum():
        return None
    opens, closes = _straight(before, after)
    if opens and _is_elision(text, match.end()):
        return None
    if before.isalnum():
        opens = False
    if char in _CURLY_CLOSE:
        # A closing mark opens only in a mistyped or Swedish quotation: never inside one.
        return (opens and not closes, closes or (opens and bool(before)))
    if char in _CURLY_OPEN:
        return (opens or not before.strip(), closes and not opens)
    return (opens, closes)


_WORD = re.compile(r"\w+")
_DECADE = re.compile(r"\d\d(?:s|er|ers)?\b(?![’'])")


def _is_elision(text: str, place: int) -> bool:
    """Tell whether the letters at `place` are a word that begins with an apostrophe: 'em, '90s."""
    if _DECADE.match(text, place):
        return True
    word = _WORD.match(text, place, place + 12)
    return word is not None and word.group().lower() in _elisions().whole


def _may_be_apostrophe(text: str, place: int, before: str, after: str) -> bool:
    """Tell whether a closing single mark may be a possessive (the soldiers' posts) or a dropped letter."""
    if not before.isalnum() or (after and not after.isspace()):
        return False
    if before in "szxSZX":
        return True
    word = text[max(0, place - 12) : place].split()[-1:]
    return bool(word) and word[0].lower().endswith(_elisions().dropped)
