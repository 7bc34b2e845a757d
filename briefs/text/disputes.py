"""Two wordings at one place of a Markdown file: how they are marked, in words, and found again.

A marked place is three paragraphs of ours around a person's lines and the new ones. It stays until a person
deletes one of the wordings (or the marks): deleting either wording settles it, and the next merge takes the
marks away.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from typing import NamedTuple

YOURS = "**Two versions here. What was written into this file:**"
THEIRS = "**What the tool or the desk has now:**"
END = "**End of the two versions: delete the one that you do not want.**"
NOTHING = "*(left out)*"
"""Stands for a side that has no lines here."""
IN_TABLE = "*(stands in the table above)*"
"""Stands for the new rows of a table, which no mark may tear apart."""
_NO_WORD = re.compile(r"[\W_]+")


def _bare(line: str) -> str:
    """Return a line's words alone: programs that save Markdown may write the marks around them otherwise."""
    return _NO_WORD.sub(" ", line).strip().casefold()


_MARKS = {_bare(mark): mark for mark in (YOURS, THEIRS, END, NOTHING, IN_TABLE)}
_HINTS = ("two versions", "Two versions", "the tool or the desk", "left out", "in the table above")
"""Each mark has one of these: other lines are passed over fast."""
_LONGEST = max(map(len, _MARKS)) * 2


class Split(NamedTuple):
    """A person's lines without our marks."""

    lines: list[str]
    """Where a place is not settled, the person's wording alone; `NOTHING` where that has no lines."""
    disputed: set[int]
    """Indexes of the lines of places that are not settled."""
    offered: dict[int, list[str]]
    """The new wording that such a place shows, by the index of its first line."""


class Block(NamedTuple):
    """A marked place as it stands in a file: a half-open range of lines, our marks at both its ends."""

    start: int
    end: int
    yours: list[str]
    theirs: list[str]
    settled: bool
    """A person has deleted one of the two wordings."""


def mark_of(line: str) -> str | None:
    """Return which of our marks a line is; none if it is none."""
    if not line or len(line) > _LONGEST or not any(word in line for word in _HINTS):
        return None
    return _MARKS.get(_bare(line))


def blocks(lines: Sequence[str], known: Collection[str] = ()) -> list[Block]:
    """Return the marked places of a file that are whole; lines in `known` are no marks."""
    found: list[Block] = []
    places: dict[str, int] = {}
    for at, line in enumerate(lines):
        mark = mark_of(line)
        if mark is None or line in known:
            continue
        if mark == YOURS:
            places = {YOURS: at}
        elif mark == THEIRS and YOURS in places and THEIRS not in places:
            places[THEIRS] = at
        elif mark == END and THEIRS in places:
            yours, no_yours = _half(lines[places[YOURS] + 1 : places[THEIRS]])
            theirs, no_theirs = _half(lines[places[THEIRS] + 1 : at])
            settled = not (yours or no_yours) or not (theirs or no_theirs)
            found.append(Block(places[YOURS], at + 1, yours, theirs, settled))
            places = {}
    return found


def _half(lines: Sequence[str]) -> tuple[list[str], bool]:
    """Return one side's lines, and whether a mark says that it has none."""
    said = any(mark_of(line) in (NOTHING, IN_TABLE) for line in lines)
    return trimmed([line for line in lines if mark_of(line) is None]), said


def split(lines: Sequence[str], base: Sequence[str], key: Callable[[str], Hashable] = str) -> Split:
    """Take our marks out of a person's lines; a line that `base` has too is none of them.

    Where the new wording within the marks was edited too, both are the person's.
    """
    known = set(base)
    if not any(mark_of(line) and line not in known for line in lines):
        return Split(list(lines), set(), {})
    keys = {key(line) for line in base}
    kept: list[str] = []
    disputed: set[int] = set()
    offered: dict[int, list[str]] = {}
    at = 0
    for block in sorted([*blocks(lines, known), *_strays(lines, known)]):
        kept.extend(lines[at : block.start])
        at = block.end
        if kept and not kept[-1].strip():  # the blank lines around our marks are ours
            kept.pop()
        if at < len(lines) and not lines[at].strip():
            at += 1
        if block.settled:
            wording = block.yours or block.theirs
            following = lines[at] if at < len(lines) else ""
            kept.extend([*_gap(kept, wording or [following]), *wording, *_gap(wording, [following])])
            continue
        ours = all(key(line) in keys for line in block.theirs)
        wording = block.yours if ours else trimmed([*block.yours, "", *block.theirs])
        disputed.update(range(len(kept), len(kept) + max(1, len(wording))))
        offered[len(kept)] = block.theirs
        kept.extend(wording or [NOTHING])
    kept.extend(lines[at:])
    return Split(kept, disputed, offered)


def has_settled(lines: Sequence[str]) -> bool:
    """Tell whether marks stand where a person has chosen: a version is deleted, or both are one by now."""
    return any(b.settled or b.yours == b.theirs for b in (*blocks(lines), *_strays(lines, ())))


def _strays(lines: Sequence[str], known: Collection[str]) -> Iterator[Block]:
    """Yield our marks that stand in no whole place: a person has deleted the others."""
    whole = {at for block in blocks(lines, known) for at in range(block.start, block.end)}
    for at, line in enumerate(lines):
        if at not in whole and mark_of(line) is not None and line not in known:
            yield Block(at, at + 1, [], [], settled=True)


def _gap(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return the blank line that parts two wordings, unless they are items of one list."""
    if not before or not after or not before[-1].strip() or not after[0].strip():
        return []
    return [] if _in_list(before[-1]) and _in_list(after[0]) else [""]


def trimmed(lines: Sequence[str]) -> list[str]:
    """Return lines without blank ones at either end."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return list(lines[start:end])


def resolved(yours: Sequence[str], theirs: Sequence[str], key: Callable[[str], Hashable] = str) -> bool:
    """Tell whether two wordings are one, but for blank lines around them."""
    return [key(each) for each in trimmed(yours)] == [key(each) for each in trimmed(theirs)]


class Writer:
    """Writes a merged text line by line."""

    def __init__(self) -> None:
        self.conflicts = 0
        """How many places hold both wordings."""
        self._lines: list[str] = []
        self._rows: list[str] = []
        """A person's rows, until the table that they were written into has ended."""
        self._closed = False
        """The last line is a mark: a blank one must follow."""

    def plain(self, lines: Sequence[str]) -> None:
        """Write lines as they are."""
        for line in lines:
            if self._rows and not _is_row(line):
                self._after_table()
            if self._closed and line.strip():
                self._gap()
            self._closed = False
            self._lines.append(line)

    def added(self, yours: Sequence[str], theirs: Sequence[str]) -> None:
        """Write what both sides added at one place: once where they begin or end alike."""
        first, last, most = 0, 0, min(len(yours), len(theirs))
        while first < most and yours[first] == theirs[first]:
            first += 1
        while last < most - first and yours[-1 - last] == theirs[-1 - last]:
            last += 1
        mine, new = yours[first : len(yours) - last], theirs[first : len(theirs) - last]
        self.plain(yours[:first])
        self.plain(mine)
        self.plain([*_gap(mine, new), *new])
        self.plain(yours[len(yours) - last :])

    def both(self, yours: Sequence[str], theirs: Sequence[str]) -> None:
        """Write two wordings of one place."""
        mine, new = trimmed(yours), trimmed(theirs)
        in_table = bool(self._lines) and _is_row(self._lines[-1]) and all(map(_is_row, [*mine, *new]))
        if in_table and not mine:  # rows that a person deleted are new ones now
            self.plain(new)
            return
        self.conflicts += 1
        if in_table:
            self.plain(new)
            self._rows.extend(mine)
            return
        if self._rows:
            self._after_table()
        rows = not new and all(map(_is_row, mine))
        self._block(mine, new or [IN_TABLE if mine and rows else NOTHING])

    def finish(self) -> list[str]:
        """Return all lines."""
        if self._rows:
            self._after_table()
        return self._lines

    def _after_table(self) -> None:
        """Write a person's rows below the table whose rows are new, under its own head."""
        rows, self._rows = self._rows, []
        top = len(self._lines)
        while top > 0 and _is_row(self._lines[top - 1]):
            top -= 1
        head = self._lines[top : top + 2]
        self._block(rows if rows[:2] == head else [*head, *rows], [IN_TABLE])

    def _block(self, yours: Sequence[str], theirs: Sequence[str]) -> None:
        for part in ([YOURS], yours or [NOTHING], [THEIRS], theirs, [END]):
            self._gap()
            self._lines.extend(part)
        self._closed = True

    def _gap(self) -> None:
        if self._lines and self._lines[-1].strip():
            self._lines.append("")


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _in_list(line: str) -> bool:
    return line.lstrip().startswith(("- ", "* ", "|"))
