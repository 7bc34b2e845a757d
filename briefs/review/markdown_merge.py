"""An edited Markdown file and the one made anew, as one: a person's wording lives on around what changed.

Sections are merged with the section of the same claim, wherever it stands, so that no line of one claim lands
under another. The seal is the new file's: what it lists must be in the merged file too, and its own hash fits
only where no person's words are in it.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from briefs.review.markdown_numbers import Numbers, counted, freed, numbers
from briefs.review.markdown_parts import Cut, Heads, cut, heads, key_of, text_lines
from briefs.seal import MARK, read_seal
from briefs.steps.render.escape import escaped
from briefs.text.disputes import has_settled, trimmed
from briefs.text.merge import merge

_KEPT = "**Kept from a part that is no longer here ({}): what was written into it**"
_UNTICKED = re.compile(r"(\s{0,8}[-*+]\s{1,4})\\?\[ \\?\]")
_TICKED = re.compile(r"(\s{0,8}[-*+]\s{1,4})\\?\[[xX]\\?\]")
_PLACES = re.compile(r" \([0-9]{1,6} places?\)")
_NUMBER = re.compile(r"[0-9]{1,6}\. ")


class MergedFile(NamedTuple):
    """A merged Markdown file."""

    markdown: str
    conflicts: int
    """How many places hold two versions, for a person to choose from."""
    notes: tuple[str, ...]
    """Lines for a person."""


def merged(
    generated: str, wording: str, made: str, moved: Mapping[str, str] = MappingProxyType({})
) -> MergedFile:
    """Return `made`, a sealed file of briefs, with what a person changed from `generated` to `wording`.

    `wording` is what `read_back` gives: the desk's fields and the answers are those of `made`, except where a
    person's line could not be taken over. `moved` maps the ids of claims that go on under another one.
    """
    if not wording.strip():
        return MergedFile(made, 0, ())
    base_lines, new_lines = text_lines(generated), text_lines(made)
    base_numbers, new_numbers = numbers(base_lines), numbers(new_lines)
    old, new = heads(base_lines), heads(new_lines)
    known = Heads({**new.titles, **old.titles}, (*old.chapters, *new.chapters))
    base, mine, theirs = (cut(lines, known) for lines in (base_lines, wording.split("\n"), new_lines))
    whole = _Whole(
        _renamed(_parts(base, base_numbers), moved),
        _renamed(_parts(mine, base_numbers), moved),
        _parts(theirs, new_numbers),
        known.titles,
    )
    body = "\n".join(counted(whole.lines(), new_numbers, base_numbers)).strip("\n")
    seal = made[made.rindex(MARK) :] if MARK in made else ""
    return MergedFile(f"{body}\n\n{seal}".rstrip() + "\n", whole.conflicts, tuple(whole.notes))


def untidy(markdown: str) -> bool:
    """Tell whether a file must be written though nothing is new.

    It has lost its seal or everything, or marks of two versions stand where a person has chosen one.
    """
    return read_seal(markdown) is None or has_settled(text_lines(markdown))


_Parts = Mapping[str, list[str]]
"""A part's key to its lines, in the file's order, with what numbers stand for in their place."""


def _parts(file: Cut, known: Numbers) -> _Parts:
    found = {part.key: file.lines[part.start : part.end] for part in file.parts}
    for key, lines in found.items():
        if key in known.claims and not (lines and _is_anchor(lines[0], key)):
            found[key] = [f'<a id="{key}"></a>', "", *lines]
    return {key: freed(lines, known) for key, lines in found.items()}


def _is_anchor(line: str, key: str) -> bool:
    return key in line and "<a" in line


def _renamed(parts: _Parts, moved: Mapping[str, str]) -> _Parts:
    taken = parts.keys()
    return {
        moved[key] if key in moved and moved[key] not in taken else key: lines for key, lines in parts.items()
    }


class _Whole:
    """One file from three, part by part."""

    def __init__(self, base: _Parts, mine: _Parts, theirs: _Parts, titles: Mapping[str, str]) -> None:
        self.conflicts = 0
        self.notes: list[str] = []
        self._base, self._mine, self._theirs, self._titles = base, mine, theirs, titles

    def lines(self) -> list[str]:
        made: list[str] = []
        for key in self._order():
            part = trimmed(self._part(key))
            if part:
                made.extend(["", *part] if made else part)
        return made

    def _order(self) -> list[str]:
        """Return the parts' keys: in the new file's order, unless a person has moved one."""
        base, mine, theirs = list(self._base), list(self._mine), list(self._theirs)
        as_it_was = [key for key in mine if key in self._base] == [key for key in base if key in self._mine]
        return _woven(theirs, mine) if as_it_was else _woven(mine, theirs)

    def _part(self, key: str) -> list[str]:
        base, mine, theirs = self._base.get(key), self._mine.get(key), self._theirs.get(key)
        if theirs is None:
            return self._gone(key, base or [], mine or [])
        if base is None:
            return theirs
        if mine is None:
            return [] if list(map(key_of, base)) == list(map(key_of, theirs)) else theirs
        old, own, new = ("\n".join(_bare(lines)) for lines in (base, mine, theirs))
        ticked = _ticked(base, mine)
        own = "\n".join(
            _TICKED.sub(r"\1[ ]", line) if _item(line) in ticked else line for line in own.split("\n")
        )
        found = merge(old, own, new, key=key_of)
        self.conflicts += found.conflicts
        return [_tick(line, ticked) for line in found.text.split("\n")]

    def _gone(self, key: str, base: list[str], mine: list[str]) -> list[str]:
        """Return what a person wrote into a part that the new file does not have; none if nothing."""
        known = set(map(key_of, base))
        own = trimmed([line for line in mine if key_of(line) not in known or not line.strip()])
        if not own:
            return []
        title = _NUMBER.sub("", self._titles.get(key, key))
        self.notes.append(f"“{title}” is no longer here; what was written into it is kept")
        return [_KEPT.format(escaped(title)), "", *own]


def _ticked(base: Sequence[str], mine: Sequence[str]) -> set[str]:
    """Return the items of our checklists that a person has ticked off."""
    ours = {item for line in base if _UNTICKED.match(line) and (item := _item(line))}
    return {item for line in mine if _TICKED.match(line) and (item := _item(line)) in ours}


def _tick(line: str, ticked: set[str]) -> str:
    return _UNTICKED.sub(r"\1[x]", line) if ticked and _item(line) in ticked else line


def _item(line: str) -> str:
    """Return what an item of a checklist says, without how often that stands in the article."""
    match = _UNTICKED.match(line) or _TICKED.match(line)
    return key_of(_PLACES.sub("", line[match.end() :])) if match else ""


def _bare(lines: Sequence[str]) -> list[str]:
    """Return lines without blank ones at their end, which only part them from what follows."""
    end = len(lines)
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    return list(lines[:end])


def _woven(order: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return keys in one order, each that only another one has behind the key that stands before it there."""
    result = list(order)
    before: str | None = None
    for key in others:
        if key not in result:
            result.insert(result.index(before) + 1 if before is not None else 0, key)
        before = key
    return result
