"""Which lines of two texts answer to one another.

By those that are unique on both sides (patience, Cohen 2003), and between these by their longest common
subsequence (rapidfuzz, bit-parallel); a part too large for that counts as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

_LARGEST = 400_000_000
"""The most cells of one alignment: a bit each, so 50 MB."""


class Range(NamedTuple):
    """A half-open range of lines."""

    start: int
    end: int

    @property
    def empty(self) -> bool:
        """Tell whether it holds no line."""
        return self.start == self.end


class Match(NamedTuple):
    """A pair of lines, each by its index."""

    left: int
    right: int


def aligned(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Match]:
    """Return which lines of two texts answer to one another: index and index, both ever growing."""
    numbers: dict[Hashable, int] = {}
    one, other = ([numbers.setdefault(each, len(numbers)) for each in lines] for lines in (left, right))
    return list(_aligned(one, other))


def _aligned(left: list[int], right: list[int]) -> Iterator[Match]:
    """Yield the pairs of an alignment, in order."""
    work = [(Range(0, len(left)), Range(0, len(right)))]
    while work:
        one, other = work.pop()
        while one.start < one.end and other.start < other.end and left[one.start] == right[other.start]:
            yield Match(one.start, other.start)
            one, other = Range(one.start + 1, one.end), Range(other.start + 1, other.end)
        if one.empty or other.empty:
            continue
        tail = 0
        most = min(one.end - one.start, other.end - other.start)
        while tail < most and left[one.end - 1 - tail] == right[other.end - 1 - tail]:
            tail += 1
        if tail:
            work.append((Range(one.end - tail, one.end), Range(other.end - tail, other.end)))
            one, other = Range(one.start, one.end - tail), Range(other.start, other.end - tail)
        if one.empty or other.empty:
            continue
        anchors = _anchors(left, right, one, other)
        if not anchors:
            yield from _subsequence(left, right, one, other)
            continue
        parts = []
        at = (one.start, other.start)
        for anchor in anchors:
            parts.append((Range(at[0], anchor.left), Range(at[1], anchor.right)))
            parts.append((Range(anchor.left, anchor.left + 1), Range(anchor.right, anchor.right + 1)))
            at = (anchor.left + 1, anchor.right + 1)
        parts.append((Range(at[0], one.end), Range(at[1], other.end)))
        work.extend(reversed(parts))


def _anchors(left: list[int], right: list[int], one: Range, other: Range) -> list[Match]:
    """Return the longest ascending run of lines that stand once on either side."""
    in_one = Counter(left[one.start : one.end])
    in_other = Counter(right[other.start : other.end])
    places = {
        line: at for at, line in enumerate(right[other.start : other.end], other.start) if in_other[line] == 1
    }
    pairs = [
        Match(at, places[line])
        for at, line in enumerate(left[one.start : one.end], one.start)
        if in_one[line] == 1 and line in places
    ]
    return _ascending(pairs)


def _ascending(pairs: Iterable[Match]) -> list[Match]:
    """Return the longest run of pairs whose right sides ascend; the left ones do already."""
    ends: list[int] = []
    tops: list[Match] = []
    before: dict[Match, Match | None] = {}
    for pair in pairs:
        at = bisect_left(ends, pair.right)
        before[pair] = tops[at - 1] if at else None
        if at == len(tops):
            ends.append(pair.right)
            tops.append(pair)
        else:
            ends[at], tops[at] = pair.right, pair
    run: list[Match] = []
    last = tops[-1] if tops else None
    while last is not None:
        run.append(last)
        last = before[last]
    return run[::-1]


def _subsequence(left: list[int], right: list[int], one: Range, other: Range) -> Iterator[Match]:
    if (one.end - one.start) * (other.end - other.start) > _LARGEST:
        return
    for step in LCSseq.opcodes(left[one.start : one.end], right[other.start : other.end]):
        if step.tag == "equal":
            for ahead in range(step.src_end - step.src_start):
                yield Match(one.start + step.src_start + ahead, other.start + step.dest_start + ahead)
