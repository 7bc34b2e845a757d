"""The desk's fields: what an editor fills in under each claim, in Markdown and on the page.

In Markdown each field is one list item `- LABEL: VALUE` under the line `**Desk**` of a claim's section;
nothing after the colon means that it is not filled in, and further lines of a value are indented. A section
belongs to the brief whose id stands in the `<a id="…">` before its heading. "Said so" and "Is it so" take
open, confirmed or not confirmed; "Status" takes open, usable, needs correction, soften or cut; the others
take any words. A rating and a dismissal have a line only where there is one; a person adds it. An answer is a
line `- Answer: VALUE` indented under its question.
"""

from typing import NamedTuple

from briefs.domain.desk import Desk
from briefs.domain.desk_events import DeskField
from briefs.steps.render.wording import CHECKS, STATUSES

LABELS = {
    DeskField.SAID: "Said so",
    DeskField.SO: "Is it so",
    DeskField.STATUS: "Status",
    DeskField.CHECKER: "Checker",
    DeskField.DATE: "Date",
    DeskField.SOURCE_CONSULTED: "Source consulted",
    DeskField.ARCHIVE_URL: "Archive link",
    DeskField.CORRECTED_WORDING: "Corrected wording",
    DeskField.NOTE: "Note",
    DeskField.RATING: "Rating",
}
DISMISSED = "Not a claim, because"
ANSWER, ANSWERED_BY = "Answer", "Answered by"
CHANGED = "Open again"
READ_OTHERWISE = "Read otherwise"
ADDED_BY = "Added by"
GONE = "No longer found"
LOG = "Log"
TOLD = (CHANGED, READ_OTHERWISE, ADDED_BY, GONE, LOG)
"""Lines that the tool alone writes."""
_GONE = "the tool no longer calls these words a claim; kept as it was decided"


class Field(NamedTuple):
    """A field of the desk with its label; the value is empty where nobody has filled it in."""

    label: str
    value: str


def fields(desk: Desk) -> tuple[Field, ...]:
    """Return the desk's fields in the order in which a checker fills them in, what changed before them."""
    return (
        *(Field(CHANGED, reason) for reason in desk.changed),
        *(Field(READ_OTHERWISE, note) for note in desk.read_otherwise),
        *([Field(ADDED_BY, desk.added_by)] if desk.added_by else []),
        *([Field(GONE, _GONE)] if desk.gone else []),
        *([Field(DISMISSED, desk.dismissed)] if desk.dismissed is not None else []),
        Field(LABELS[DeskField.SAID], CHECKS[desk.said]),
        Field(LABELS[DeskField.SO], CHECKS[desk.so]),
        Field(LABELS[DeskField.STATUS], STATUSES[desk.status]),
        *(
            Field(label, getattr(desk, field.value) or "")
            for field, label in LABELS.items()
            if field not in (DeskField.SAID, DeskField.SO, DeskField.STATUS, DeskField.RATING)
        ),
        *([Field(LABELS[DeskField.RATING], desk.rating)] if desk.rating else []),
        *(Field(LOG, entry) for entry in desk.log),
    )


def answer_fields(answer: str | None, answered_by: str | None) -> tuple[Field, ...]:
    """Return what stands under a question that somebody has answered or ticked off."""
    return (
        *([Field(ANSWER, answer)] if answer else []),
        *([Field(ANSWERED_BY, answered_by)] if answered_by else []),
    )
