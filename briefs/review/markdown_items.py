"""The lines of a section that are a person's to fill in: the desk's fields, and answers under questions.

People and programs write lists in many ways; a line is known by its label alone, whatever bullet, emphasis,
indentation or colon it has. What a value means is not decided here.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.review.markdown_parts import heading_level, plain
from briefs.steps.render.desk import ANSWER, ANSWERED_BY, DISMISSED, LABELS, TOLD
from briefs.text.disputes import blocks

DISMISSAL = "dismissed"
ANSWERING = "answer"
ANSWERER = "answered_by"
TOLD_NAME = "told"
"""Name of every line that the tool alone writes."""
_BULLET = r"(?:>\s?)?(?:[-*+•–—·‣▪◦]\s+|[0-9]{1,3}[.)]\s+)?(?:\\?\[[ xX]\\?\]\s+)?"
_QUESTION = re.compile(r"\s*" + _BULLET + r"[*_]{0,3}(?P<label>[A-Z][0-9]{1,4})\\?\.?[*_]{0,3}\\?\.?\s")
_FIRST_SCREEN = re.compile(r"\((?P<label>[A-Z][0-9]{1,4}), \\?\[?claim\b")
_INLINE = re.compile(r"\s[*_]{0,3}Answer[*_]{0,3}\s?:[*_]{0,3}\s")
_PARTING = frozenset(":：–—=-")
"""What may stand between a label and its value."""
_HEAD = 200
"""A label stands within so many characters of its line."""


class Item(NamedTuple):
    """A labelled line with the lines that go on with it: half-open indexes within the part's lines."""

    name: str
    """Name of the field in `Desk`, `DISMISSAL`, `ANSWERING`, `ANSWERER` or `TOLD_NAME`."""
    start: int
    end: int
    raw: str
    """Its Markdown behind the colon, further lines without their indentation."""
    disputed: bool = False
    """It stands between marks of a merge that nobody has settled: its lines are those of the whole place."""


class QuestionLine(NamedTuple):
    """A question with the answer lines under it."""

    label: str
    at: int
    items: tuple[Item, ...]
    inline: str | None
    """What somebody wrote behind "Answer:" at the end of the question's own line, as Markdown."""


class DeskPart(NamedTuple):
    """The desk of a section: half-open indexes of its lines, from its title on."""

    start: int
    end: int
    items: tuple[Item, ...]


def desk_part(lines: Sequence[str]) -> DeskPart | None:
    """Return where a section's desk stands and its items; none where it has none.

    It ends at the next heading: what was pasted behind it is somebody else's.
    """
    own = next((at for at, line in enumerate(lines) if heading_level(line)), -1)
    titled = next(
        (at for at in range(own + 1, len(lines)) if plain(lines[at][:_HEAD]).rstrip(":") == "Desk"), None
    )
    end = next(
        (at for at in range(own + 1, len(lines)) if heading_level(lines[at]) and at != titled), len(lines)
    )
    if titled is None or titled > end:
        decisions = ("said", "so", "status")
        titled = next(
            (at for at in range(own + 1, end) if (found := _labelled(lines[at])) and found.name in decisions),
            None,
        )
    if titled is None:
        return None
    return DeskPart(titled, end, tuple(_items(lines, titled, end)))


def question_lines(lines: Sequence[str], labels: frozenset[str]) -> list[QuestionLine]:
    """Return the questions of a part with what stands under them; `labels` are those that there are."""
    found: list[QuestionLine] = []
    for at, line in enumerate(lines):
        label = _label(line)
        if label not in labels:
            continue
        end = at + 1
        while end < len(lines) and not _ends_question(lines[end]):
            end += 1
        inline = None
        cut = _INLINE.search(line)
        if cut is not None:
            inline = line[cut.end() :].strip()
        items = tuple(each for each in _items(lines, at + 1, end) if each.name in (ANSWERING, ANSWERER))
        found.append(QuestionLine(label, at, items, inline))
    return found


def without_inline(line: str) -> str:
    """Return a question's line without what stands behind "Answer:" in it."""
    cut = _INLINE.search(line)
    return line[: cut.start()].rstrip() if cut else line


def _label(line: str) -> str:
    if not line:
        return ""
    match = _QUESTION.match(line[:_HEAD]) or (
        _FIRST_SCREEN.search(line[-4 * _HEAD :]) if line.endswith(")") else None
    )
    return match["label"] if match else ""


def _ends_question(line: str) -> bool:
    """Tell whether a line behind a question is no longer under it."""
    if not line.strip() or line[:1] in " \t":
        return bool(_QUESTION.match(line[:_HEAD]))
    labelled = _labelled(line)
    return labelled is None or labelled.name not in (ANSWERING, ANSWERER)


class _Labelled(NamedTuple):
    name: str
    depth: int
    value: str


def _labelled(line: str) -> _Labelled | None:
    bare = line.strip()
    if not bare or _PARTING.isdisjoint(bare[:_HEAD]):
        return None
    match = _pattern().match(bare[:_HEAD])
    if match is None:
        return None
    name = _names()[_folded(match["label"])]
    depth = len(line) - len(line.lstrip())
    return _Labelled(name, depth, bare[match.end() :].strip())


def _items(lines: Sequence[str], start: int, end: int) -> list[Item]:
    found: list[Item] = []
    disputed = {start + block.start: block for block in blocks(lines[start:end])}
    at = start
    while at < end:
        block = disputed.get(at)
        if block is not None and not block.settled:
            inner = _items(block.theirs, 0, len(block.theirs)) or _items(block.yours, 0, len(block.yours))
            found.extend(each._replace(start=at, end=start + block.end, disputed=True) for each in inner)
            at = start + block.end
            continue
        labelled = _labelled(lines[at])
        if labelled is None:
            at += 1
            continue
        last = _last_line(lines, at, end, labelled)
        more = [line.strip() if line.strip() else "" for line in lines[at + 1 : last]]
        ends = [_broken(line) for line in lines[at + 1 : last]]
        value = labelled.value + ("  " if _broken(lines[at]) else "")
        raw = "\n".join([value, *(line + "  " * broken for line, broken in zip(more, ends, strict=True))])
        found.append(Item(labelled.name, at, last, raw.strip()))
        at = last
    return found


def _broken(line: str) -> bool:
    return line.endswith("  ") and bool(line.strip())


def _last_line(lines: Sequence[str], at: int, end: int, labelled: _Labelled) -> int:
    """Return the end of an item: lines right below go on with it, after a blank one only indented ones."""
    last = at + 1
    behind = at + 1
    blank = False
    while behind < end:
        line = lines[behind]
        if not line.strip():
            blank = True
        elif _labelled(line) or heading_level(line) or plain(line[:_HEAD]).rstrip(":") == "Desk":
            break
        else:
            depth = len(line) - len(line.lstrip())
            listed = re.match(_BULLET + r"\S", line.lstrip()[:_HEAD])
            is_item = listed is not None and listed.end() > 1
            if depth <= labelled.depth and (blank or is_item):
                break
            blank = False
            last = behind + 1
        behind += 1
    return last


def _folded(label: str) -> str:
    return " ".join(label.casefold().replace(",", " ").split())


@cache
def _names() -> dict[str, str]:
    """Return every label, folded, with the name of its field."""
    names = {label: field.value for field, label in LABELS.items()}
    names |= {DISMISSED: DISMISSAL, ANSWER: ANSWERING, ANSWERED_BY: ANSWERER}
    names |= dict.fromkeys(TOLD, TOLD_NAME)
    for name, labels in load("desk_markdown")["labels"].items():
        names |= dict.fromkeys(labels, name)
    return {_folded(label): name for label, name in names.items()}


@cache
def _pattern() -> re.Pattern[str]:
    labels = sorted(_names(), key=len, reverse=True)
    said = "|".join(r",?\s+".join(map(re.escape, label.split())) for label in labels)
    return re.compile(
        rf"{_BULLET}[*_]{{0,3}}(?P<label>{said})[*_]{{0,3}}(?:\s?[:：][*_]{{0,3}}|\s[–—=-](?=\s|$))",
        re.IGNORECASE,
    )
