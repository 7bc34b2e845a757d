"""When words count as the article's: white space collapsed, and nothing else forgiven."""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from functools import cached_property

_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
"""What no Markdown file can hold: a NUL (CommonMark 2.3) and half characters."""
_WORD = re.compile(r"[^ \n]+")
_LONG = 20_000
"""Characters from which on it pays to know where each word stands."""
_FIGURE_BEFORE = re.compile(r"\d[.,]\Z")
_FIGURE_AFTER = re.compile(r"[.,]\d")


def collapsed(text: str) -> str:
    """Return `text` with every run of white space as one space and none at its ends.

    A NUL and half characters become U+FFFD, as in every Markdown parser. Nothing else changes: no
    quotation mark, no dash, no letter case, no combining or unseen character.
    """
    return " ".join(_UNPRINTABLE.sub("\ufffd", text).split())


class Words:
    """Texts in which words are looked for, as `collapsed` leaves them; none are found across two of them."""

    def __init__(self, *texts: str) -> None:
        self._text = "\n".join(map(collapsed, texts))  # a line end stands in no collapsed words

    def hold(self, words: str) -> bool:
        """Tell whether the exact words stand here whole: cut through no word, accent or figure."""
        needle = collapsed(words)
        if not needle:
            return False
        return any(self._is_whole(place, place + len(needle)) for place in self._places(needle))

    def _places(self, needle: str) -> Iterator[int]:
        """Yield where the text has `needle`, by its rarest word if the text is long."""
        inner = needle.split(" ")[1:-1] if len(self._text) > _LONG else []
        if not inner:
            place = self._text.find(needle)
            while place >= 0:
                yield place
                place = self._text.find(needle, place + 1)
            return
        # Words with white space on both sides in the needle have it in the text, too.
        rarest = min(inner, key=lambda word: len(self._words.get(word, ())))
        before = needle.index(f" {rarest} ") + 1
        for place in self._words.get(rarest, ()):
            if place >= before and self._text.startswith(needle, place - before):
                yield place - before

    @cached_property
    def _words(self) -> dict[str, "array[int]"]:
        """Where each word stands."""
        found: dict[str, array[int]] = {}
        for match in _WORD.finditer(self._text):
            found.setdefault(match.group(), array("l")).append(match.start())
        return found

    def _is_whole(self, start: int, end: int) -> bool:
        before, after = self._text[max(0, start - 2) : start], self._text[end : end + 2]
        first, last = self._text[start], self._text[end - 1]
        if before and _joins(before[-1], first):
            return False
        if after and _joins(last, after[0]):
            return False
        if first.isdigit() and _FIGURE_BEFORE.search(before):
            return False
        return not (last.isdigit() and _FIGURE_AFTER.match(after))


def _joins(left: str, right: str) -> bool:
    """Tell whether two characters side by side belong to one word or one letter."""
    if unicodedata.category(right).startswith("M"):
        return True
    return (left.isalnum() or unicodedata.category(left).startswith("M")) and right.isalnum()
