"""A Markdown file of briefs cut into its parts: the first screen, a section a claim, what stands behind.

A section belongs to the brief whose id stands in the `<a id="…">` before its heading. Where a program or a
person has taken the anchor away, the heading as it was generated tells. Nothing here reads what a part says.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from briefs.seal import MARK, body
from briefs.steps.render.entered import entered, holdable

HEAD = ""
"""Key of what stands before the first part."""
_ANCHOR = re.compile(
    r"""\\?<a\s[^>]{0,100}?\b(?:id|name)\s{0,9}=\s{0,9}[\\"'“”„«»]{0,4}(?P<id>[\w-]{1,80})""", re.IGNORECASE
)
_BRACED = re.compile(r"\{#(?P<id>[\w-]{1,80})[}\s]")
_OWN = re.compile(r'<a id="(?P<id>b[0-9a-f]{12})"></a>')
_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})(?:[ \t]|$)")
_LEADING = re.compile(r"\s*(?:[-*+•–—·‣▪◦]|[0-9]{1,9}[.)])\s+")
_SPACES = re.compile(r"\s+")
_MOST_SEALS = 20
"""So many copies of a seal are taken out of a file."""
_LONGEST = 400
"""A line with more characters than these is no heading and no anchor of ours."""


class Part(NamedTuple):
    """A half-open range of lines."""

    key: str
    """A brief's id, the words of a heading of the second level, or `HEAD`."""
    start: int
    end: int


class Heads(NamedTuple):
    """What a generated file says of its parts."""

    titles: Mapping[str, str]
    """A brief's id to its section's heading, as `plain` leaves it."""
    chapters: Collection[str]
    """The headings of the second level, as `plain` leaves them."""


class Cut(NamedTuple):
    """A file with its parts."""

    lines: list[str]
    parts: tuple[Part, ...]
    """In the file's order; together they cover it."""
    repeated: Mapping[str, tuple[int, ...]]
    """Ids of briefs whose anchor stands more than once, with the indexes of the lines."""

    def of(self, key: str) -> list[str]:
        """Return a part's lines; none where the file does not have it."""
        part = next((each for each in self.parts if each.key == key), None)
        return self.lines[part.start : part.end] if part else []


def text_lines(markdown: str) -> list[str]:
    """Return a file's lines, however they end, without its seal and without a byte order mark."""
    text = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for _ in range(_MOST_SEALS):
        if MARK not in text:
            break
        text = body(text)
    return holdable(text).rstrip().split("\n")


def heads(lines: Sequence[str]) -> Heads:
    """Return what a generated file says of its parts: only there is every such line ours."""
    titles: dict[str, str] = {}
    chapters: list[str] = []
    waiting: str | None = None
    for line in lines:
        own = _OWN.fullmatch(line)
        if own is not None:
            waiting = own["id"]
        elif waiting is not None and line.startswith("### "):
            titles[waiting] = plain(line)
            waiting = None
        elif line.startswith("## "):
            chapters.append(plain(line))
    return Heads(titles, tuple(chapters))


def cut(lines: list[str], known: Heads) -> Cut:
    """Cut a file into parts; of a section that stands twice the first counts as it."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        for name in _anchors(line):
            if name in known.titles:
                places.setdefault(name, []).append(at)
    repeated = {name: tuple(found) for name, found in places.items() if len(found) > 1}
    starts = {found[0]: name for name, found in places.items()}
    for at, name in _by_heading(lines, known, places.keys()).items():
        starts.setdefault(at, name)
    keys = [Part(HEAD, 0, 0)]
    taken = set(starts.values())
    for at, line in enumerate(lines):
        key = starts.get(at)
        if key is None and line.startswith("## ") and (words := plain(line)) in known.chapters:
            key = words if words not in taken else None
        if key is not None:
            taken.add(key)
            keys[-1] = keys[-1]._replace(end=at)
            keys.append(Part(key, at, at))
    keys[-1] = keys[-1]._replace(end=len(lines))
    return Cut(lines, tuple(keys), repeated)


def heading_level(line: str) -> int | None:
    """Return the level of the heading that a line is; none if it is none."""
    match = _HEADING.match(line)
    return len(match["level"]) if match else None


def plain(line: str) -> str:
    """Return a line's words alone, without what a program that saves Markdown may write otherwise."""
    if len(line) > 20 * _LONGEST:
        return line
    words = entered(line, soft=" ").replace("*", "").replace("_", "").replace("#", "")
    return _SPACES.sub(" ", words).strip()


def key_of(line: str) -> str:
    """Return what two spellings of one line have in common: bullets, escapes and white space are nothing."""
    if not line.strip():
        return ""
    bare = _LEADING.sub("- ", line, count=1) if _LEADING.match(line[:60]) and "- " not in line[:2] else line
    depth = "  " if line[:1] in " \t" else ""
    return depth + _SPACES.sub(" ", entered(bare, soft=" ")).strip()


def _anchors(line: str) -> list[str]:
    if "<a" not in line and "<A" not in line and "{#" not in line:
        return []
    line = line[:_LONGEST]
    return [match["id"] for match in (*_ANCHOR.finditer(line), *_BRACED.finditer(line))]


def _by_heading(lines: Sequence[str], known: Heads, anchored: Collection[str]) -> dict[int, str]:
    """Return where sections begin of which the anchor is gone and the heading still stands, once."""
    lost = {title: name for name, title in known.titles.items() if name not in anchored}
    if not lost:
        return {}
    all_titles = list(known.titles.values())
    found: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if heading_level(line) and (words := plain(line)) in lost and all_titles.count(words) == 1:
            found.setdefault(words, []).append(at)
    return {places[0]: lost[words] for words, places in found.items() if len(places) == 1}
