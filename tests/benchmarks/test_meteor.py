"""The measure by which questions are compared: stems, METEOR, and the best one-to-one matching."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.meteor import best_matching, meteor, stem, tokens


@pytest.mark.parametrize(
    ("word", "expected"), [("ponies", "poni"), ("hopping", "hop"), ("relational", "relat")]
)
def test_stems_are_porter_s(word: str, expected: str) -> None:
    """Examples of Porter's paper come out as printed there."""
    assert stem(word) == expected


def test_words_and_marks_are_tokens() -> None:
    """Numbers and hyphened words stay whole, contractions and marks are apart."""
    assert tokens("Didn't Ola's 1,200 short-haul boats sink?") == (
        *("did", "n't", "ola", "'s", "1,200", "short-haul", "boats", "sink", "?"),
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("who sank the boat", "who sank the boat", 1 - 0.5 * (1 / 4) ** 3),
        ("the boat sinks", "the boat sinking", 1 - 0.5 * (1 / 3) ** 3),
        ("gulls", "who sank the boat", 0.0),
        ("", "who sank the boat", 0.0),
        # three of four words each, in two chunks
        ("boat who sank nets", "who sank the boat", 0.75 * (1 - 0.5 * (2 / 3) ** 3)),
        # a half of the reference, nothing wrong: recall weighs nine times as much as precision
        ("who sank", "who sank the boat", 0.5 / (0.9 + 0.1 * 0.5) * (1 - 0.5 * (1 / 2) ** 3)),
    ],
)
def test_meteor_by_hand(mine: str, theirs: str, expected: float) -> None:
    """Precision, recall and the penalty for chunks, worked out on paper."""
    assert meteor(mine, theirs) == pytest.approx(expected)


_TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.floats(0, 1, width=16), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(_TABLES)
def test_no_matching_is_better(table: list[list[float]]) -> None:
    """The matching found has the greatest sum of all, and uses no row or column twice."""
    found = best_matching(table)
    rows, columns = len(table), len(table[0])
    assert len(found) == min(rows, columns)
    assert len({m.mine for m in found}) == len({m.theirs for m in found}) == len(found)
    wide = table if rows <= columns else [list(column) for column in zip(*table, strict=True)]
    best = max(
        sum(wide[row][column] for row, column in enumerate(order))
        for order in permutations(range(len(wide[0])), len(wide))
    )
    assert sum(table[m.mine][m.theirs] for m in found) == pytest.approx(best)


def test_nothing_is_matched_with_nothing() -> None:
    """No rows or no columns make an empty matching."""
    assert best_matching([]) == ()
    assert best_matching([[], []]) == ()
