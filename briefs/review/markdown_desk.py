"""What a person changed in the desk's fields of one section, against the file as it was generated.

A field is taken over where it means one thing, nobody has changed it elsewhere since, and the decision may
stand. Anything else stays in the file as it was written, and a note says why.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.brief import Brief
from briefs.domain.desk import Check, Desk, Status
from briefs.domain.desk_events import Change, DeskField
from briefs.review.markdown_items import DISMISSAL, DeskPart, Item
from briefs.review.markdown_parts import key_of
from briefs.review.markdown_values import Value, meant
from briefs.review.rules import refusal
from briefs.steps.render.desk import DISMISSED, LABELS
from briefs.steps.render.entered import holdable

_FIELDS: dict[str, DeskField | None] = {each.value: each for each in DeskField} | {DISMISSAL: None}
_TITLES = {field.value: label for field, label in LABELS.items()} | {DISMISSAL: DISMISSED}
_KINDS = {"said": Check, "so": Check, "status": Status}
_OPEN = "open"


class Remark(NamedTuple):
    """Something that a person should know of a line; `at` is its index within the section."""

    at: int
    what: str


class Turned(NamedTuple):
    """A field's value before and after a person's edit; null stands for one that is not filled in."""

    name: str
    before: str | None
    after: str | None


class DeskRead(NamedTuple):
    """What a section's desk came to."""

    changes: tuple[Change, ...] = ()
    dismissal: Turned | None = None
    remarks: tuple[Remark, ...] = ()
    left: frozenset[str] = frozenset()
    """Names of the fields whose lines stay as a person wrote them."""


class _Field(NamedTuple):
    """One field's change, or why there is none."""

    turned: Turned | None = None
    remark: Remark | None = None


def read_desk(edited: DeskPart, base: DeskPart | None, brief: Brief, article: Article) -> DeskRead:
    """Return what a person changed; `brief` holds its desk as it is now, whoever changed it last."""
    changes: dict[str, Turned] = {}
    remarks: list[Remark] = []
    left: set[str] = set()
    for name in _FIELDS:
        items = [item for item in edited.items if item.name == name]
        then = next((item.raw for item in base.items if item.name == name), "") if base else ""
        found = _read(name, items, then, _present(brief.desk, name), edited.start)
        if found.turned is not None:
            changes[name] = found.turned
        if found.remark is not None:
            remarks.append(found.remark)
            left.update([name] if items else [])
    places = {item.name: item.start for item in edited.items}
    for name, why in list(_refused(changes, brief.desk, article)):
        del changes[name]
        left.add(name)
        remarks.append(Remark(places.get(name, edited.start), f"{_TITLES[name]} is not taken over: {why}"))
    dismissal = changes.pop(DISMISSAL, None)
    edits = tuple(Change(field=DeskField(e.name), before=e.before, after=e.after) for e in changes.values())
    return DeskRead(edits, dismissal, tuple(sorted(remarks)), frozenset(left))


def rebuilt(
    lines: Sequence[str], edited: DeskPart, old: Sequence[str], base: DeskPart, read: DeskRead
) -> list[str]:
    """Return a desk's lines as they were generated, with a person's own lines and what was not taken over.

    `lines` are those of the edited section, `old` those of the generated one.
    """
    made = list(old[base.start : base.end])
    if [key_of(line) for line in lines[edited.start : edited.end]] == [key_of(line) for line in made]:
        return made
    own = _own_lines(lines, edited, made)
    first = base.items[0].start if base.items else base.end
    result = [*old[base.start : first], *own.pop(None, [])]
    written: set[int] = set()
    placed: set[str] = set()
    for item in base.items:
        here = [each for each in edited.items if each.name == item.name]
        if item.name in read.left:
            result.extend(_as_written(lines, here, written) if item.name not in placed else [])
        else:
            result.extend(old[item.start : item.end])
        if item.name not in placed:
            result.extend(own.pop(item.name, []))
        placed.add(item.name)
    for name in _FIELDS:
        if name not in placed and name in read.left:
            result.extend(_as_written(lines, [each for each in edited.items if each.name == name], written))
    for rest in own.values():
        result.extend(rest)
    while result and not result[-1].strip():
        result.pop()
    tail = next((at for at in range(len(made), 0, -1) if made[at - 1].strip()), 0)
    return [*result, *made[tail:]]


def _read(name: str, items: Sequence[Item], then: str, now: str | None, desk: int) -> _Field:
    """Read one field: `then` is its Markdown as generated, `now` its present value."""
    field, title = _FIELDS[name], _TITLES[name]
    before = meant(field, then, soft=" ")
    if not items:
        deleted = before.value not in (None, _OPEN)
        what = f"the line “{title}” was deleted, which changes nothing: leave nothing after its colon instead"
        return _Field(remark=Remark(desk, what)) if deleted else _Field()
    changed = [item for item in items if meant(field, item.raw, soft=" ") != before and item.raw != then]
    why = _ambiguous(field, items, changed, before)
    if why is not None:
        return _Field(remark=Remark(items[0].start, f"{title} {why}"))
    if not changed:
        return _Field()
    place, value = changed[0].start, meant(field, changed[0].raw)
    if value.reason is not None:
        return _Field(remark=Remark(place, f"{title} is not taken over: {value.reason}"))
    if value.value != now and now not in (before.value, meant(None, then).value):
        what = f"{title} was changed elsewhere since: both are in the file; delete one of them"
        return _Field(remark=Remark(place, what))
    return _Field(turned=Turned(name, now, value.value)) if value.value != now else _Field()


def _ambiguous(
    field: DeskField | None, items: Sequence[Item], changed: Sequence[Item], before: Value
) -> str | None:
    """Return why a field's lines do not say one thing; none where they do."""
    if any(item.disputed for item in items):
        return "stands in two versions: delete one of them"
    beside = len(changed) < len(items) and before.value not in (None, _OPEN)
    if len({meant(field, item.raw) for item in changed}) > 1 or (changed and beside):
        return "stands there more than once: keep one line of it"
    return None


def _present(desk: Desk, name: str) -> str | None:
    value = getattr(desk, name)
    words = holdable(str(value)) if value is not None else None
    return words if words and words.strip() else None


class _Refused(NamedTuple):
    name: str
    why: str


def _refused(changes: Mapping[str, Turned], desk: Desk, article: Article) -> Iterator[_Refused]:
    """Yield the changes that may not be made: first confirmations, then what these rest on."""
    wanted = dict(changes)
    for names in (("said", "so"), ("checker", "source_consulted"), tuple(changes)):
        why = refusal(_after(desk, wanted.values()), article)
        if why is None:
            return
        for name in names:
            confirms = names[0] != "said" or (name in wanted and wanted[name].after == Check.CONFIRMED)
            if name in wanted and name != DISMISSAL and confirms:
                del wanted[name]
                yield _Refused(name, why)


def _after(desk: Desk, changes: Iterable[Turned]) -> Desk:
    update: dict[str, object] = {}
    for change in changes:
        kind = _KINDS.get(change.name)
        update[change.name] = kind(change.after or _OPEN) if kind else change.after
    return desk.model_copy(update=update)


def _as_written(lines: Sequence[str], items: Iterable[Item], written: set[int]) -> list[str]:
    kept: list[str] = []
    for item in items:
        if item.start not in written:
            written.add(item.start)
            kept.extend(
                ["", *lines[item.start : item.end], ""] if item.disputed else lines[item.start : item.end]
            )
    return kept


def _own_lines(lines: Sequence[str], edited: DeskPart, made: Sequence[str]) -> dict[str | None, list[str]]:
    """Return a person's own lines of a desk, by the field that they stand behind."""
    known = {key_of(line) for line in made}
    inside = {at: item for item in edited.items if item.name in _FIELDS for at in range(item.start, item.end)}
    found: dict[str | None, list[str]] = {}
    behind: str | None = None
    for at in range(edited.start, edited.end):
        item = inside.get(at)
        if item is not None:
            behind = item.name
        elif not lines[at].strip():
            if behind in found:
                found[behind].append("")
        elif key_of(lines[at]) not in known:
            blank = at > 0 and not lines[at - 1].strip()
            found.setdefault(behind, [""] if blank else []).append(lines[at])
    return found
