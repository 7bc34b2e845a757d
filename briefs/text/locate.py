"""Where words stand that somebody says are a text's: found by equality of words, or not at all.

Words are compared one by one, without regard to letter case, white space, punctuation, the shape of quotation
marks and apostrophes, invisible characters, and whether an accent is a character of its own. All else counts:
each digit, number word, negation, currency and per cent sign. A fuzzy score tells none of these ("18,000" and
"19,000" are 99 % alike), and what it could find and these checks would let pass, equality of words finds by
itself, in linear time. So what is found is cut through no word and no figure.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from briefs.domain.spans import Span

_PLAIN = re.compile(r"[A-Za-z0-9]++(?=[ ,.]?(?:[ \n]|\Z))")
"""A word of letters and digits alone that surely ends here: what comes next joins it to nothing."""
_BREAK = "\x1e"
"""Stands between regions: no words run across it."""
_APOSTROPHES = frozenset("'’‘ʼ＇`´‛")
_ELLIPSES = ("…", "...", ". . .")
_MOST_PLACES = 1000
"""The most places that are looked at for words that a text repeats without end."""


class Word(NamedTuple):
    """One word or sign, folded, and its place in the text."""

    text: str
    start: int
    end: int


class Found(NamedTuple):
    """Where words stand, and in which sentence they start."""

    span: Span
    sentence: int
    """Position, from 0, among the sentences given."""


Missed = Literal["not_in_article", "stitched", "too_short"]
"""Why words have no place: not here; made of pieces of two sentences; fewer than two words."""


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of `text` between two places, in order, and the signs of figures.

    "18,000" and "4.5" are one word each, "don’t" too; "well-known" is two, as is "4%".
    """
    place, stop = start, len(text) if end is None else end
    while place < stop:
        if plain := _PLAIN.match(text, place, stop):  # most are, and need no look at each character
            yield Word(plain.group().lower(), place, plain.end())
            place = plain.end() + 1
            continue
        kind = _kind(text[place])
        if kind == "sign":
            yield Word(_folded(text[place]), place, place + 1)
        elif kind == "word":
            last = _word_end(text, place, stop)
            folded = "".join(_folded(each) for each in text[place:last])
            yield Word(folded, place, last)
            place = last
            continue
        place += 1


class Locator:
    """The sentences of a text, made ready for words to be found in them.

    `sentences` are spans of `text`, in order; `joined[i]` tells whether words may run from sentence i - 1 on
    into sentence i, as in one paragraph with nothing between.
    """

    def __init__(self, text: str, sentences: Sequence[Span], joined: Sequence[bool]) -> None:
        self._words: list[Word] = []
        self._sentence: list[int] = []
        pieces: list[str] = [" "]
        self._places: list[int] = []
        length = 1
        for index, sentence in enumerate(sentences):
            if index and not joined[index]:
                pieces.append(f"{_BREAK} ")
                length += 2
            for word in words(text, sentence.start, sentence.end):
                self._words.append(word)
                self._sentence.append(index)
                self._places.append(length)
                pieces.append(f"{word.text} ")
                length += len(word.text) + 1
        self._folded = "".join(pieces)
        self._text = text

    def find(self, said: str, near: int | None = None, cut_off: bool = False) -> "Found | Missed":
        """Return where the words stand: within one sentence before across two, nearest to sentence `near`.

        An ellipsis in `said` stands for words of the same sentence, which the place then includes. With
        `cut_off`, the last word may be the beginning of one, and is then left out. Speech marks and stops at
        either end are not part of the place, save a stop that both have there.
        """
        wanted = [word.text for word in words(said)]
        if len(wanted) < 2:
            return "too_short"
        runs = (
            self._runs(wanted)
            or (cut_off and len(wanted) > 2 and self._runs(wanted[:-1]))
            or self._elided(said)
        )
        if not runs:
            return "stitched" if self._is_stitched(wanted) else "not_in_article"
        aim = near if near is not None else 0
        best = min(runs, key=lambda run: (self._spread(run), abs(self._sentence[run.first] - aim), run.first))
        return Found(self._span(best, said), self._sentence[best.first])

    def _runs(self, wanted: Sequence[str], first: int = 0, last: int | None = None) -> "list[_Run]":
        """Return where the words stand side by side, from the word at `first` on to before `last`."""
        needle = f" {' '.join(wanted)} "
        found: list[_Run] = []
        begin = self._places[first] - 1 if first < len(self._places) else len(self._folded)
        stop = len(self._folded) if last is None or last >= len(self._places) else self._places[last]
        place = self._folded.find(needle, begin, stop)
        while place >= 0 and len(found) < _MOST_PLACES:
            index = bisect_left(self._places, place + 1)
            found.append(_Run(index, index + len(wanted)))
            place = self._folded.find(needle, place + 1, stop)
        return found

    def _elided(self, said: str) -> "list[_Run]":
        """Return the run from the first piece to the last of words with ellipses, all in one sentence."""
        for mark in _ELLIPSES:
            said = said.replace(mark, _BREAK)
        pieces = [[word.text for word in words(piece)] for piece in said.split(_BREAK)]
        pieces = [piece for piece in pieces if piece]
        if len(pieces) < 2:
            return []
        found = []
        for begun in self._runs(pieces[0]):
            run: _Run | None = begun
            sentence = self._sentence[begun.first]
            beyond = bisect_right(self._sentence, sentence)
            for piece in pieces[1:]:
                following = self._runs(piece, run.end, beyond) if run else []
                run = _Run(begun.first, following[0].end) if run and following else None
            if run:
                found.append(run)
        return found

    def _is_stitched(self, wanted: Sequence[str]) -> bool:
        """Tell whether the words are two pieces that stand in the text, neither of them a single word."""
        low, high = 1, len(wanted) - 1
        while low < high:  # the longest beginning that stands in the text
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._runs(wanted[:middle]) else (low, middle - 1)
        return low >= 2 and len(wanted) - low >= 2 and bool(self._runs(wanted[low:]))

    def _spread(self, run: "_Run") -> int:
        return self._sentence[run.end - 1] - self._sentence[run.first]

    def _span(self, run: "_Run", said: str) -> Span:
        start, end = self._words[run.first].start, self._words[run.end - 1].end
        tail = said.rstrip()[-1:]
        if tail in (".", "!", "?") and self._text[end : end + 1] == tail:
            end += 1
        return Span(start=start, end=end)


class _Run(NamedTuple):
    """Words side by side: positions among all words, half-open."""

    first: int
    end: int


def _word_end(text: str, start: int, stop: int) -> int:
    place = end = start + 1
    while place < stop and not _is_ideograph(text[start]):
        kind = _kind(text[place])
        if kind == "word":
            end = place + 1
        elif kind != "unseen" and not _joins(text, place, stop):
            break
        place += 1
    return end


def _joins(text: str, place: int, stop: int) -> bool:
    """Tell whether the character between two others makes one word of them: "don’t", "18,000"."""
    if place + 1 >= stop:
        return False
    before, after = text[place - 1], text[place + 1]
    if text[place] in _APOSTROPHES:
        return before.isalnum() and after.isalnum()
    return text[place] in ".,٫٬" and before.isdigit() and after.isdigit()


@lru_cache(maxsize=4096)
def _kind(char: str) -> Literal["word", "sign", "unseen", "other"]:
    category = unicodedata.category(char)
    if char.isalnum() or category.startswith("M"):
        return "word"
    if category == "Sc" or char in "%‰°":
        return "sign"
    return "unseen" if category == "Cf" else "other"


def _is_ideograph(char: str) -> bool:
    """Tell whether the script writes no spaces between words, so that each character counts as one."""
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0e7f"


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if _kind(char) == "unseen":
        return ""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", char).casefold())
