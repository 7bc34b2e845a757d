"""Three-way merge of texts by lines: what a person changed and what was made anew, both against one base.

The algorithm is diff3 (Khanna, Kunal & Pierce 2007, "A formal investigation of diff3"): lines that stand in
all three texts part them into chunks, and in each chunk the side that changed wins. Two rules are added for
texts of which a line is a whole paragraph or list item: where both sides only add, both additions stand; and
where both replaced as many lines as there were, line is held against line. Where both changed the same line
otherwise, both wordings stay, marked in words (`briefs.text.disputes`). Nothing that a person wrote is lost.

Lines are aligned by those that are unique on both sides (patience, Cohen 2003), and between these by their
longest common subsequence (rapidfuzz, bit-parallel); a chunk too large for that counts as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from briefs.text.disputes import NOTHING, Writer, resolved, split

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


class Outcome(Enum):
    """What becomes of a chunk."""

    AGREED = "agreed"
    """Both sides have the same lines, whatever the base had."""
    YOURS = "yours"
    """Only the person changed it."""
    THEIRS = "theirs"
    """Only the new text has it otherwise."""
    ADDED = "added"
    """Both added lines at one place, and neither changed any."""
    CONFLICT = "conflict"
    """Both changed it, each otherwise."""


class Chunk(NamedTuple):
    """Lines of the three texts that answer to one another."""

    outcome: Outcome
    base: Range
    yours: Range
    theirs: Range


class Merged(NamedTuple):
    """A merged text."""

    text: str
    conflicts: int
    """How many places hold both wordings, earlier ones that nobody has settled included."""


class _Match(NamedTuple):
    left: int
    right: int


def merge(base: str, yours: str, theirs: str, key: Callable[[str], Hashable] = str) -> Merged:
    """Return `theirs` with what a person changed from `base` to `yours`.

    Lines end with a line feed. Lines are equal where their keys are; of equal lines that of `theirs` is
    taken. Places that an earlier merge marked and nobody has settled stay marked, once.
    """
    old, new = base.split("\n"), theirs.split("\n")
    found = split(yours.split("\n"), old, key)
    mine = found.lines
    writer = Writer()
    keys: list[list[Hashable]] = [[key(line) for line in lines] for lines in (old, mine, new)]
    for at in found.disputed:
        keys[1][at] = (at,)  # answers to no line, so that the place stays whole
    for chunk in chunks(*keys):
        lines = range(chunk.yours.start, chunk.yours.end)
        open_still = not found.disputed.isdisjoint(lines)
        kept = [mine[at] for at in lines if at not in found.disputed or mine[at] != NOTHING]
        made = new[chunk.theirs.start : chunk.theirs.end]
        if chunk.outcome is Outcome.AGREED:
            writer.plain(made)
        elif chunk.outcome is Outcome.CONFLICT or open_still:
            if resolved(kept, made, key):
                writer.plain(made)
            else:
                writer.both(kept, made)
        elif chunk.outcome is Outcome.YOURS:
            writer.plain(kept)
        elif chunk.outcome is Outcome.THEIRS:
            writer.plain(made)
        else:
            writer.added(kept, made)
    return Merged("\n".join(writer.finish()), writer.conflicts)


def chunks(base: Sequence[Hashable], yours: Sequence[Hashable], theirs: Sequence[Hashable]) -> list[Chunk]:
    """Return the chunks of three texts, given as a key a line, in order; together they cover all lines."""
    numbers: dict[Hashable, int] = {}
    rows = [[numbers.setdefault(each, len(numbers)) for each in lines] for lines in (base, yours, theirs)]
    return [part for whole in _chunks(*rows) for part in _line_by_line(whole, *rows)]


def aligned(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[_Match]:
    """Return which lines of two texts answer to one another: index and index, both ever growing."""
    numbers: dict[Hashable, int] = {}
    one, other = ([numbers.setdefault(each, len(numbers)) for each in lines] for lines in (left, right))
    return list(_aligned(one, other))


def _chunks(base: list[int], yours: list[int], theirs: list[int]) -> Iterator[Chunk]:
    in_theirs = dict(_aligned(base, theirs))
    stable = [
        (match.left, match.right, in_theirs[match.left])
        for match in _aligned(base, yours)
        if match.left in in_theirs
    ]
    at = (0, 0, 0)
    run: tuple[int, int, int] | None = None
    for place in [*stable, (len(base), len(yours), len(theirs))]:
        if place != at:
            if run is not None:
                yield _chunk(Outcome.AGREED, run, at)
                run = None
            yield _chunk(_outcome(base, yours, theirs, at, place), at, place)
        run = place if run is None else run
        at = (place[0] + 1, place[1] + 1, place[2] + 1)
    if run is not None and run[0] < len(base):
        yield _chunk(Outcome.AGREED, run, (len(base), len(yours), len(theirs)))


def _chunk(outcome: Outcome, start: Sequence[int], end: Sequence[int]) -> Chunk:
    return Chunk(outcome, *(Range(a, b) for a, b in zip(start, end, strict=True)))


def _outcome(
    base: list[int], yours: list[int], theirs: list[int], start: Sequence[int], end: Sequence[int]
) -> Outcome:
    old, mine, new = (lines[a:b] for lines, a, b in zip((base, yours, theirs), start, end, strict=True))
    if mine == new:
        return Outcome.AGREED
    if mine == old:
        return Outcome.THEIRS
    if new == old:
        return Outcome.YOURS
    return Outcome.CONFLICT if old else Outcome.ADDED


def _line_by_line(chunk: Chunk, base: list[int], yours: list[int], theirs: list[int]) -> Iterator[Chunk]:
    """Yield a conflict in which every line was replaced by one, line for line; any other chunk as it is."""
    lengths = {part.end - part.start for part in chunk[1:]}
    if chunk.outcome is not Outcome.CONFLICT or len(lengths) > 1:
        yield chunk
        return
    starts = [part.start for part in chunk[1:]]
    last: Outcome | None = None
    begun = 0
    length = lengths.pop()
    for at in range(length + 1):
        outcome = None
        if at < length:
            here, there = [start + at for start in starts], [start + at + 1 for start in starts]
            outcome = _outcome(base, yours, theirs, here, there)
        if outcome is not last:
            if last is not None:
                yield _chunk(last, [start + begun for start in starts], [start + at for start in starts])
            last, begun = outcome, at


def _aligned(left: list[int], right: list[int]) -> Iterator[_Match]:
    """Yield the pairs of an alignment, in order."""
    work = [(Range(0, len(left)), Range(0, len(right)))]
    while work:
        one, other = work.pop()
        while one.start < one.end and other.start < other.end and left[one.start] == right[other.start]:
            yield _Match(one.start, other.start)
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


def _anchors(left: list[int], right: list[int], one: Range, other: Range) -> list[_Match]:
    """Return the longest ascending run of lines that stand once on either side."""
    in_one = Counter(left[one.start : one.end])
    in_other = Counter(right[other.start : other.end])
    places = {
        line: at for at, line in enumerate(right[other.start : other.end], other.start) if in_other[line] == 1
    }
    pairs = [
        _Match(at, places[line])
        for at, line in enumerate(left[one.start : one.end], one.start)
        if in_one[line] == 1 and line in places
    ]
    return _ascending(pairs)


def _ascending(pairs: Iterable[_Match]) -> list[_Match]:
    """Return the longest run of pairs whose right sides ascend; the left ones do already."""
    ends: list[int] = []
    tops: list[_Match] = []
    before: dict[_Match, _Match | None] = {}
    for pair in pairs:
        at = bisect_left(ends, pair.right)
        before[pair] = tops[at - 1] if at else None
        if at == len(tops):
            ends.append(pair.right)
            tops.append(pair)
        else:
            ends[at], tops[at] = pair.right, pair
    run: list[_Match] = []
    last = tops[-1] if tops else None
    while last is not None:
        run.append(last)
        last = before[last]
    return run[::-1]


def _subsequence(left: list[int], right: list[int], one: Range, other: Range) -> Iterator[_Match]:
    if (one.end - one.start) * (other.end - other.start) > _LARGEST:
        return
    for step in LCSseq.opcodes(left[one.start : one.end], right[other.start : other.end]):
        if step.tag == "equal":
            for ahead in range(step.src_end - step.src_start):
                yield _Match(one.start + step.src_start + ahead, other.start + step.dest_start + ahead)
