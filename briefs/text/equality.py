"""When words count as the article's: white space collapsed, and nothing else forgiven."""

import re
import unicodedata

_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
"""What no Markdown file can hold: a NUL (CommonMark 2.3) and half characters."""
_FIGURE_BEFORE = re.compile(r"\d[.,]\Z")
_FIGURE_AFTER = re.compile(r"[.,]\d")


def collapsed(text: str) -> str:
    """Return `text` with every run of white space as one space and none at its ends.

    A NUL and half characters become U+FFFD, as in every Markdown parser. Nothing else changes: no
    quotation mark, no dash, no letter case, no combining or unseen character.
    """
    return " ".join(_UNPRINTABLE.sub("\ufffd", text).split())


class Words:
    """A text in which words are looked for, as `collapsed` leaves it."""

    def __init__(self, text: str) -> None:
        self._text = collapsed(text)

    def hold(self, words: str) -> bool:
        """Tell whether the exact words stand here whole: cut through no word, accent or figure."""
        needle = collapsed(words)
        if not needle:
            return False
        place = self._text.find(needle)
        while place >= 0:
            if self._is_whole(place, place + len(needle)):
                return True
            place = self._text.find(needle, place + 1)
        return False

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
