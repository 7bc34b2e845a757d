"""Characters that look like others: digits of other alphabets, words of letters of two alphabets.

Only found and told, never changed: a figure in fullwidth digits is a figure, and a name may be meant to look
like another one (Unicode's confusables, UTS 39; mixed scripts, section 5.1).
"""

import re
import unicodedata
from typing import NamedTuple

_DIGITS = re.compile(r"(?:(?![0-9])\d)+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_ALIKE = re.compile("[\u0400-\u04ff\u0391-\u03a7\u03b1\u03b9\u03bd\u03bf\u03c1\u03c5\u0501-\u051d]")
"""Cyrillic letters, and Greek ones of the shapes of Latin ones."""


class Alike(NamedTuple):
    """What was found, each in the order of the text."""

    digits: tuple[str, ...]
    words: tuple[str, ...]


def lookalikes(text: str) -> Alike:
    """Return runs of digits other than 0 to 9, and words that mix Latin letters with others of their shapes.

    A text with few Latin letters writes its own digits, and gives none.
    """
    if text.isascii():
        return Alike((), ())
    sample = text[:20_000]
    latin = len(_LATIN.findall(sample)) * 2 > sum(map(str.isalpha, sample))
    digits = tuple(match[0] for match in _DIGITS.finditer(text)) if latin else ()
    mixed = (word for word in _WORD.findall(text) if not word.isascii())
    return Alike(digits, tuple(word for word in mixed if _LATIN.search(word) and _ALIKE.search(word)))


def spelled(words: str) -> str:
    """Return the first names of the characters of `words` that are not ASCII: "fullwidth digit one"."""
    names = dict.fromkeys(unicodedata.name(each, "unnamed") for each in words if not each.isascii())
    return ", ".join(list(names)[:3]).lower()
