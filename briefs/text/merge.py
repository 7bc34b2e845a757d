"""Three-way merge of texts by lines: what a person changed and what was made anew, both against one base.

The algorithm is diff3 (Khanna, Kunal & Pierce 2007, "A formal investigation of diff3"): lines that stand in
all three texts part them into chunks, and in each chunk the side that changed wins. Two rules are added for
texts of which a line is a whole paragraph or list item: where both sides only add, both additions stand; and
where both replaced as many lines as there were, line is held against line. Where both changed the same line
otherwise, both wordings stay, marked in words (`briefs.text.disputes`). Nothing that a person wrote is lost.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from briefs.text.disputes import NOTHING, Writer, resolved, split
from briefs.text.lines import Range, aligned


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

    @property
    def ranges(self) -> tuple[Range, Range, Range]:
        """Return its lines in the base, the person's text and the new one."""
        return self.base, self.yours, self.theirs


class Merged(NamedTuple):
    """A merged text."""

    text: str
    conflicts: int
    """How many places hold both wordings, earlier ones that nobody has settled included."""


def merge(base: str, yours: str, theirs: str, key: Callable[[str], Hashable] = str) -> Merged:
    """Return `theirs` with what a person changed from `base` to `yours`.

    Lines end with a line feed. Lines are equal where their keys are; of equal lines that of `theirs` is
    taken. Places that an earlier merge marked and nobody has settled stay marked, once.
    """
    old, new = base.split("\n"), theirs.split("\n")
    found = split(yours.split("\n"), old, key)
    mine = found.lines
    writer = Writer()
    made_anew = {key(line) for line in new}
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
            if open_still and not (kept or made):  # the new wording answers to another line: still to choose
                shown = [line for at in lines for line in found.offered.get(at, ())]
                made = shown if {key(line) for line in shown} <= made_anew else made
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
    parts = [part for whole in _chunks(*rows) for part in _beside(whole, *rows)]
    return [part for whole in parts for part in _line_by_line(whole, *rows)]


def _chunks(base: list[int], yours: list[int], theirs: list[int]) -> Iterator[Chunk]:
    in_theirs = dict(aligned(base, theirs))
    stable = [
        (match.left, match.right, in_theirs[match.left])
        for match in aligned(base, yours)
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


def _beside(chunk: Chunk, base: list[int], yours: list[int], theirs: list[int]) -> Iterator[Chunk]:
    """Yield a conflict in which one side only added, above or below, as a change and an addition."""
    old = base[slice(*chunk.base)]
    at, length = [part.start for part in chunk.ranges], len(old)
    ends = [part.end for part in chunk.ranges]
    found: tuple[int, bool] | None = None
    for side, lines in ((2, theirs), (1, yours)):
        have = lines[slice(*chunk.ranges[side])]
        if chunk.outcome is Outcome.CONFLICT and len(have) > length:
            if have[:length] == old:
                found = (side, False)
            elif have[-length:] == old:
                found = (side, True)
    if found is None:
        yield chunk
        return
    side, above = found
    changed, added = (Outcome.YOURS, Outcome.THEIRS) if side == 2 else (Outcome.THEIRS, Outcome.YOURS)
    border = [start if above else end for start, end in zip(at, ends, strict=True)]
    border[side] = ends[side] - length if above else at[side] + length
    yield _chunk(added if above else changed, at, border)
    yield _chunk(changed if above else added, border, ends)


def _line_by_line(chunk: Chunk, base: list[int], yours: list[int], theirs: list[int]) -> Iterator[Chunk]:
    """Yield a conflict in which every line was replaced by one, line for line; any other chunk as it is."""
    lengths = {part.end - part.start for part in chunk.ranges}
    if chunk.outcome is not Outcome.CONFLICT or len(lengths) > 1:
        yield chunk
        return
    starts = [part.start for part in chunk.ranges]
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
