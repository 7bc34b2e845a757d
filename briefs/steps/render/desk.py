"""The desk's fields: what an editor fills in under each claim, in Markdown and on the page.

In Markdown each field is one list item `- LABEL: VALUE` under the line `**Desk**` of a claim's section;
nothing after the colon means that it is not filled in, and further lines of a value are indented. A section
belongs to the brief whose id stands in the `<a id="…">` before its heading. "Said so" and "Is it so" take
open, confirmed or not confirmed; "Status" takes open, usable, needs correction, soften or cut; the others
take any words. A rating and a dismissal have a line only where there is one; a person adds it. An answer is a
line `- Answer: VALUE` indented under its question.
"""

from typing import NamedTuple

from briefs.domain.brief import FormerClaim
from briefs.domain.desk import Check, Desk, Status
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


FORMER_TITLE = "No longer in the article"
"""Heading of what editors decided about words that this version of the article does not have."""
FORMER_LEDE = "Editors decided about these claims; this version of the article does not have their words."


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


def filled_in(desk: Desk) -> tuple[Field, ...]:
    """Return the fields that somebody has filled in, for where nobody is to fill in any more."""
    opened = (CHECKS[Check.OPEN], "")
    without = (GONE, CHANGED) if desk.gone else (GONE,)  # the heading says so
    return tuple(field for field in fields(desk) if field.value not in opened and field.label not in without)


def standing(desk: Desk) -> str:
    """Return in a few words where a claim stands; empty where nobody has done anything about it.

    The two checks are always named: that its source said it is never shown as if it were so.
    """
    said = (
        "open again" if desk.changed else "",
        "not a claim" if desk.dismissed is not None else "",
        STATUSES[desk.status] if desk.status is not Status.OPEN else "",
        f"said so: {CHECKS[desk.said]}" if desk.said is not Check.OPEN else "",
        f"is it so: {CHECKS[desk.so]}" if desk.so is not Check.OPEN else "",
        "read otherwise" if desk.read_otherwise else "",
        "added" if desk.added_by else "",
        "no longer found" if desk.gone else "",
    )
    return "; ".join(filter(None, said))


def former_words(former: FormerClaim) -> str:
    """Return what a claim said that is no longer in the article, and whose words these were."""
    words = (
        " ".join((former.words or "").split())
        or "A claim that has other words now, and had not been decided about"
    )
    return f"{words} ({former.name})" if former.name else words


def answer_fields(answer: str | None, answered_by: str | None) -> tuple[Field, ...]:
    """Return what stands under a question that somebody has answered or ticked off."""
    return (
        *([Field(ANSWER, answer)] if answer else []),
        *([Field(ANSWERED_BY, answered_by)] if answered_by else []),
    )
