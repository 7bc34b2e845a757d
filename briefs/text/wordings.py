"""When words of two versions of a text are the same words: white space and typography forgiven, nothing else.

Straight and curly quotation marks are one mark, as are the kinds of dashes, an ellipsis and three stops, and
letters however they are encoded: such a change is made by a publishing system, not by an author, and no claim
hangs on it. Whether there is a quotation mark at all does count, and so do single and double ones.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TOKEN = re.compile(rf"\d+(?:[.,٫٬]\d+)*[\w{_UNSEEN}]*|[\w\u0300-\u036f{_UNSEEN}]+|``|''|\.{{3}}|-{{2,3}}|\S")
_BREAK = re.compile(r"\n[ \t\r\u00a0]*\n|\r[ \t]*\r|[\u2029\x0b\x0c\x85]")
_SHAPES = {
    **dict.fromkeys(("“", "”", "„", "‟", "«", "»", "＂", "``", "''"), '"'),
    **dict.fromkeys(("‘", "’", "‚", "‛", "`", "´", "ʼ", "＇"), "'"),
    **dict.fromkeys(("–", "—", "−", "‐", "‑", "―", "--", "---"), "-"),
    "...": "…",
}
_STOPS = frozenset(".,;")
"""What may stand at the end of words without being theirs."""
_ENDS = frozenset('.!?…:"')
_GLUE = frozenset("-$€£¥%°+/")
"""Signs that make other words of those that they touch: "un-American", "4%"."""


class Token(NamedTuple):
    """One word, figure or sign of a text, its typography made plain, and its place."""

    text: str
    start: int
    end: int
    breaks: bool
    """A paragraph begins with it."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the words, figures and signs of a text in order: "18,000" is one, "4%" and "Ana's" are not."""
    breaks = True
    place = 0
    for match in _TOKEN.finditer(text):
        breaks = breaks or _BREAK.search(text, place, match.start()) is not None
        place = match.end()
        plain = _plain(match.group())
        if plain:
            yield Token(plain, match.start(), match.end(), breaks)
            breaks = False


def key_of(token: Token) -> str:
    """Return by what words are paired: without regard to letter case."""
    return token.text.casefold()


def trimmed(found: Sequence[Token], run: range) -> range:
    """Return a run of words without the stop at its end, unless it holds nothing else."""
    end = run.stop
    while end > run.start and found[end - 1].text in _STOPS:
        end -= 1
    return range(run.start, end) if end > run.start else run


Run = tuple[str, Sequence[Token], range]
"""A text, its words, and the numbers of some of them that stand side by side."""


def equal_words(one: Run, other: Run) -> bool:
    """Tell whether two runs of words of two texts are the same words, and touch nothing that alters them."""
    (_, old, here), (_, new, there) = one, other
    if len(here) != len(there):
        return False
    for n, (a, b) in enumerate(zip(here, there, strict=True)):
        if old[a].text != new[b].text and (n or not _by_position(old, a, new, b)):
            return False
    return _glue(one) == _glue(other) and _asks(old, here) == _asks(new, there)


def same_words(one: str, other: str) -> bool:
    """Tell whether two quotations are the same words."""
    old, new = tuple(tokens(one)), tuple(tokens(other))
    here, there = trimmed(old, range(len(old))), trimmed(new, range(len(new)))
    return [old[n].text for n in here] == [new[n].text for n in there] or (
        bool(here) and bool(there) and equal_words((one, old, here), (other, new, there))
    )


def _by_position(old: Sequence[Token], a: int, new: Sequence[Token], b: int) -> bool:
    """Tell whether two words differ by the capital alone that the beginning of a sentence gives."""
    one, other = old[a].text, new[b].text
    if one[1:] != other[1:] or one[:1].casefold() != other[:1].casefold():
        return False
    capital, found, place = (one, old, a) if one[:1].isupper() else (other, new, b)
    return capital[:1].isupper() and (place == 0 or found[place].breaks or found[place - 1].text in _ENDS)


def _glue(run: Run) -> tuple[str, str]:
    """Return the signs that touch a run from outside and make other words of it."""
    text, found, numbers = run
    start, end = found[numbers.start].start, found[numbers.stop - 1].end
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    left, right = _SHAPES.get(before, before), _SHAPES.get(after, after)
    # A dash that stands free is punctuation: "– the board said".
    return (left if left in _GLUE else ""), (right if right in _GLUE else "")


def _asks(found: Sequence[Token], numbers: range) -> bool:
    """Tell whether a question mark follows the words."""
    return numbers.stop < len(found) and found[numbers.stop].text == "?"


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    shape = _SHAPES.get(word)
    if shape is not None:
        return shape
    return unicodedata.normalize("NFC", word.translate(_DROPPED))


_DROPPED = {ord(char): None for char in _UNSEEN}
