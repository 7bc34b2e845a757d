"""The desk's fields: what an editor fills in under each claim, in Markdown and on the page.

In Markdown each field is one list item `- LABEL: VALUE` under the line `**Desk**` of a claim's section;
nothing after the colon means that it is not filled in. A section belongs to the brief whose id stands in
the `<a id="…">` before its heading. "Said so" and "Is it so" take open, confirmed or not confirmed;
"Status" takes open, usable, needs correction, soften or cut; the others take any one line of words.
"""

from typing import NamedTuple

from briefs.domain.desk import Desk
from briefs.steps.render.wording import CHECKS, STATUSES


class Field(NamedTuple):
    """A field of the desk with its label; the value is empty where nobody has filled it in."""

    label: str
    value: str


def fields(desk: Desk) -> tuple[Field, ...]:
    """Return the desk's fields in the order in which a checker fills them in."""
    return (
        Field("Said so", CHECKS[desk.said]),
        Field("Is it so", CHECKS[desk.so]),
        Field("Status", STATUSES[desk.status]),
        Field("Checker", desk.checker or ""),
        Field("Date", desk.date or ""),
        Field("Source consulted", desk.source_consulted or ""),
        Field("Archive link", desk.archive_url or ""),
        Field("Corrected wording", desk.corrected_wording or ""),
        Field("Note", desk.note or ""),
        *(Field("Log", entry) for entry in desk.log),
    )
