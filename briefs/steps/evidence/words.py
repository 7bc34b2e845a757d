"""Words as claims and passages are compared by: words that deny, words in their order."""

import re
from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import LCSseq

from briefs.data import load

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


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
