"""What a person meant to select: whole words, without the blanks and stray marks at the ends."""

import unicodedata

from briefs.domain.spans import Span

_BEFORE = frozenset(",;:.!?…)]}»”›–—·•|")
"""Marks that begin nothing; a straight quotation mark may."""
_AFTER = frozenset(",;:([{«“‹–—·•|¿¡")
"""Marks that end nothing."""
_WITHIN_WORDS = frozenset("'’")
_WITHIN_FIGURES = frozenset(".,")


def whole_words(text: str, selected: Span) -> Span | None:
    """Return the place of the words that a selection touches; none where it touches no letter and no figure.

    Offsets are code points of `text` and may lie beyond its end.
    """
    start, end = min(selected.start, len(text)), min(selected.end, len(text))
    start, end = _stripped(text, start, end)
    if not any(_is_word(text[i]) for i in range(start, end)):
        return None
    while _cuts(text, start):
        start -= 1
    while _cuts(text, end):
        end += 1
    return Span(start=start, end=end)


def bare_words(text: str, place: Span) -> Span:
    """Return a place without anything at its ends that is no letter and no figure."""
    start, end = place.start, place.end
    while start < end and not _is_word(text[start]):
        start += 1
    while start < end and not _is_word(text[end - 1]):
        end -= 1
    return Span(start=start, end=end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in _BEFORE):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _AFTER):
        end -= 1
    return start, end


def _cuts(text: str, place: int) -> bool:
    """Tell whether a place stands within a word or a figure."""
    if not 0 < place < len(text):
        return False
    left, right = text[place - 1], text[place]
    if _is_word(left) and _is_word(right):
        return True
    if _is_mark(right):
        return True
    for mark, before, after in (
        (right, left, text[place + 1 : place + 2]),
        (left, text[place - 2 : place - 1], right),
    ):
        if mark in _WITHIN_WORDS and before.isalpha() and after.isalpha():
            return True
        if mark in _WITHIN_FIGURES and before.isdigit() and after.isdigit():
            return True
    return False


def _is_word(character: str) -> bool:
    return character.isalnum() or _is_mark(character)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
