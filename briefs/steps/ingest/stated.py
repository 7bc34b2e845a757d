"""Stated: byline, outlet, origin and date as lines of the text state them; nothing is inferred."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.article import Block, BlockRole, FurnitureKind
from briefs.readers.dates import iso_date
from briefs.readers.names import one_form
from briefs.steps.ingest.furniture import Found

_DATELINE = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+(?: [A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+){0,3})(?:, [A-Z][\w.]+(?: [A-Z]\w+)?)??"
    r"(?:, (?P<date>(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?))?"
    r"(?: \((?P<agency>[^()]{2,40})\))? ?[—–-]{1,2} ?(?=\S)"
)
"""PLACE, Region, July 3, 2025 (Agency) — as news agencies open a report (AP Stylebook, "datelines")."""


class Stated(NamedTuple):
    """What the text says of itself outside its sentences; a field is none where it says nothing."""

    byline: str | None = None
    outlet: str | None = None
    origin: str | None = None
    published: str | None = None
    """ISO 8601; only from a date with its year."""


def read_stated(text: str, blocks: Sequence[Block], found: Sequence[Found]) -> Stated:
    """Return what furniture lines and the dateline state; of two statements the first holds."""
    lines = [item.stated for item in found if item.furniture.kind is FurnitureKind.BYLINE]
    dates = [iso_date(line.get("line", "")) for line in lines]
    dateline = _dateline(text, blocks)
    return Stated(
        byline=_first(found, "byline"),
        outlet=_first(found, "outlet") or dateline.outlet,
        origin=_first(found, "origin"),
        published=next((date for date in dates if date), None) or dateline.published,
    )


def _first(found: Sequence[Found], key: str) -> str | None:
    return next((one_form(item.stated[key]) for item in found if key in item.stated), None)


def _dateline(text: str, blocks: Sequence[Block]) -> Stated:
    """Read the dateline that opens the first paragraph; it stays article text."""
    first = next((block for block in blocks if block.role is BlockRole.BODY), None)
    match = _DATELINE.match(text, first.start, min(first.end, first.start + 160)) if first else None
    if match is None or not (match["date"] or match["agency"]):
        return Stated()
    agency = one_form(match["agency"]) if match["agency"] else None
    return Stated(outlet=agency, published=iso_date(match["date"] or ""))
