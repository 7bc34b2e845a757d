"""Words as claims and passages are compared by: figures in digits, words that deny, words in their order."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz.distance import LCSseq

from briefs.data import load

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")


def figures_of(text: str) -> Iterator[str]:
    """Yield the figures written in digits, without what groups thousands: "1,120" and "1120" are one."""
    for each in _FIGURE.findall(text):
        yield each.replace(",", "") if _GROUPED.match(each) else each


def denials(text: str) -> int:
    """Return how many words of a text deny."""
    found = [each.lower().replace("’", "'") for each in _WORD.findall(text)]
    return sum(word in _negations() or word.endswith("n't") for word in found)


def in_order(some: Sequence[str], others: Sequence[str]) -> int:
    """Return how many of some words stand among others in the same order."""
    return int(LCSseq.similarity(some, others))


@cache
def _negations() -> frozenset[str]:
    return frozenset(load("stopwords")["negations"])
