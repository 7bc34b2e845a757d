"""Who changed what and when, in words for people: the lines of a claim's log."""

from datetime import UTC, datetime

from briefs.domain.desk import Check, Desk, Status
from briefs.domain.desk_events import (
    Added,
    Answered,
    Change,
    DeskEvent,
    DeskField,
    Dismissed,
    Door,
    Edited,
    Kept,
    Moved,
    Reopened,
)
from briefs.steps.render.desk import LABELS as FIELD_LABELS
from briefs.steps.render.tame import visible
from briefs.steps.render.wording import CHECKS, STATUSES, listing, stop

LABELS = {field: label[:1].lower() + label[1:] for field, label in FIELD_LABELS.items()}
"""What the fields are called within a sentence."""
_MOST = 80
"""Characters of a person's words that a line repeats; the field itself has all of them."""
_DOORS = {Door.DESK: "", Door.MARKDOWN: " (in the Markdown)", Door.RUN: ""}


def log_lines(event: DeskEvent, before: Desk) -> tuple[str, ...]:
    """Return the line that an event leaves in its claim's log; none for what concerns places alone.

    `before` is the desk as it was.
    """
    said = _said(event, before)
    if not said:
        return ()
    return (f"{_time(event.at)}, {_one_line(event.who, 200)}{_DOORS[event.door]}: {said}",)


def value_words(field: DeskField, value: str | None) -> str:
    """Return a field's value in words for people, a decision by its name, other words in quotation marks."""
    if field in (DeskField.SAID, DeskField.SO):
        return CHECKS[Check(value or "open")]
    if field is DeskField.STATUS:
        return STATUSES[Status(value or "open")]
    return f"“{_one_line(value)}”" if value else "nothing"


def _said(event: DeskEvent, before: Desk) -> str:  # noqa: PLR0911 - one a kind of event
    what = event.what
    match what:
        case Edited(taken_over=Desk()):
            return "taken over from the files of the briefs"
        case Edited():
            return "; ".join(_changed(each, before) for each in what.changes)
        case Answered():
            return _answered(what)
        case Added():
            # Its places moved with the text: that says nothing about the claim.
            if event.door is not Door.RUN:
                return "added this claim"
            return "" if before.added_by else "kept this claim, which is found no longer"
        case Dismissed():
            return f"dismissed it: “{_one_line(what.reason)}”" if what.reason else "took the dismissal back"
        case Reopened():
            return _reopened(what, before)
        case Kept() | Moved():
            return ""


def _changed(change: Change, before: Desk) -> str:
    # What the field held, not what the event says it held: between two doors these may differ.
    held = getattr(before, change.field.value)
    old, new = value_words(change.field, held), value_words(change.field, change.after)
    label = LABELS[change.field]
    return f"{label} {old} → {new}" if held else f"{label} {new}"


def _answered(what: Answered) -> str:
    question = f"“{_one_line(what.text)}”"
    if not what.done:
        return f"{question} is open again"
    return f"{question} answered: “{_one_line(what.answer)}”" if what.answer else f"{question} ticked off"


def _reopened(what: Reopened, before: Desk) -> str:
    lost = []
    if before.said is not Check.OPEN:
        lost.append(f"{LABELS[DeskField.SAID]} {CHECKS[before.said]}")
    if before.so is not Check.OPEN:
        lost.append(f"{LABELS[DeskField.SO]} {CHECKS[before.so]}")
    if before.status is not Status.OPEN:
        lost.append(f"{LABELS[DeskField.STATUS]} {STATUSES[before.status]}")
    if before.dismissed is not None:
        lost.append(f"dismissed, “{_one_line(before.dismissed)}”")
    was = f" (it was: {listing(lost)})" if lost else ""
    if what.basis is None:  # its words stand beside the line
        return f"no longer in the article{was}"
    head = "open again" if lost or before.changed else "the article has changed"
    return f"{head}: {' '.join(_sentence(_one_line(each, 300)) for each in what.reasons)}{was}"


def _sentence(reason: str) -> str:
    return reason if reason.endswith((".”", "?”", "!”")) else stop(reason)


def _time(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _one_line(words: str | None, most: int = _MOST) -> str:
    line = visible(words or "")
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
