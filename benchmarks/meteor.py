"""METEOR, exact and stem modules, and the best one-to-one matching of two lists by it.

The score is that of nltk's `single_meteor_score` (its parameters of the same names and its greedy alignment
from the last word to the first) without the synonyms of WordNet: Lavie and Agarwal 2007. Words are cut as in
treebanks: punctuation and the endings "'s", "n't" and their like are tokens of their own.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from snowballstemmer import stemmer

ALPHA = 0.9
"""How much more recall weighs than precision in their mean: 1 is recall alone."""
BETA = 3.0
"""How fast the penalty grows with the number of chunks."""
GAMMA = 0.5
"""The greatest share of the score that the penalty takes."""

_TOKEN = re.compile(
    r"\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\d+(?:[.,:]\d+)*|\w+(?:[-.]\w+)*|[^\w\s]",
    re.IGNORECASE,
)


_PORTER = stemmer("porter")


@cache
def stem(word: str) -> str:
    """Return the stem of a word in lower case (Porter 1980)."""
    return str(_PORTER.stemWord(word))


class Match(NamedTuple):
    """A word of a hypothesis and the word of the reference that it is matched with, by their places."""

    mine: int
    theirs: int


def tokens(text: str) -> tuple[str, ...]:
    """Return the words and marks of a text in lower case."""
    return tuple(_TOKEN.findall(text.lower()))


def meteor(hypothesis: str, reference: str) -> float:
    """Return how well a hypothesis renders a reference, from 0 to 1."""
    mine, theirs = tokens(hypothesis), tokens(reference)
    exact = _aligned(mine, theirs, lambda word: word, (), ())
    matches = sorted(exact + _aligned(mine, theirs, stem, [m.mine for m in exact], [m.theirs for m in exact]))
    if not matches:
        return 0.0
    precision, recall = len(matches) / len(mine), len(matches) / len(theirs)
    mean = precision * recall / (ALPHA * precision + (1 - ALPHA) * recall)
    chunks = 1 + sum(b.mine - a.mine != 1 or b.theirs - a.theirs != 1 for a, b in pairwise(matches))
    penalty: float = GAMMA * (chunks / len(matches)) ** BETA
    return (1 - penalty) * mean


def _aligned(
    mine: Sequence[str],
    theirs: Sequence[str],
    form: Callable[[str], str],
    taken: Sequence[int],
    given: Sequence[int],
) -> list[Match]:
    """Match words of one form, the last first, none of those that are `taken` or `given` away already."""
    free: dict[str, list[int]] = {}
    for place, word in enumerate(theirs):
        if place not in given:
            free.setdefault(form(word), []).append(place)
    found = []
    for place in range(len(mine) - 1, -1, -1):
        held = free.get(form(mine[place])) if place not in taken else None
        if held:
            found.append(Match(place, held.pop()))
    return found


def best_matching(scores: Sequence[Sequence[float]]) -> tuple[Match, ...]:
    """Return the one-to-one matching of rows and columns with the greatest sum; every row or column is in it.

    The Hungarian method with potentials, exact, in cubic time (Kuhn 1955; Jonker and Volgenant 1987).
    """
    if not scores or not scores[0]:
        return ()
    if len(scores) > len(scores[0]):
        turned = best_matching([list(column) for column in zip(*scores, strict=True)])
        return tuple(sorted(Match(match.theirs, match.mine) for match in turned))
    rows, columns = len(scores), len(scores[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_at = [0] * (columns + 1)
    """The row that each column is matched with, from 1; 0 for none."""
    for row in range(1, rows + 1):
        row_at[0], column = row, 0
        least, before = [float("inf")] * (columns + 1), [0] * (columns + 1)
        done = [False] * (columns + 1)
        while row_at[column]:
            done[column] = True
            at, step, following = row_at[column], float("inf"), 0
            for other in range(1, columns + 1):
                if done[other]:
                    continue
                cost = -scores[at - 1][other - 1] - of_row[at] - of_column[other]
                if cost < least[other]:
                    least[other], before[other] = cost, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(columns + 1):
                if done[other]:
                    of_row[row_at[other]] += step
                    of_column[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            row_at[column] = row_at[before[column]]
            column = before[column]
    return tuple(sorted(Match(row - 1, column - 1) for column, row in enumerate(row_at) if row and column))
