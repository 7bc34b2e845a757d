"""The time that a figure is for: a rate a month, one month, or the months since a stated start."""

import re
from typing import NamedTuple

from briefs.steps.flag.context import Context, Figure

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(MONTHS) + ")"
_RATE = re.compile(r"\b(?:(?:every|each|per|a)\s+month|monthly)\b", re.IGNORECASE)
_ONE_MONTH = re.compile(
    rf"\b(?:in|during|for|over|throughout)\s+(?:the month of\s+)?{_MONTH}\b|\blast month\b"
)
_SINCE_NEW_YEAR = re.compile(
    r"\b(?:since the (?:beginning|start) of (?:the|this) year|so far this year|this year|year to date|"
    r"since January)\b",
    re.IGNORECASE,
)
_RANGE_OF_MONTHS = re.compile(
    rf"\b(?:from\s+|between\s+)?{_MONTH}\s+(?:to|through|until|and|–)\s+(?P<last>{'|'.join(MONTHS)})\b"
)


class Months(NamedTuple):
    """How many whole months a total covers, and which."""

    number: int
    words: str


def is_rate(figure: Figure) -> bool:
    """Tell whether a figure is for every month."""
    return bool(_RATE.search(figure.quantity.period or ""))


def one_month(figure: Figure) -> bool:
    """Tell whether a figure is for one month."""
    return bool(_ONE_MONTH.search(figure.quantity.period or "")) and not is_rate(figure)


def open_ended(figure: Figure) -> bool:
    """Tell whether a figure is a floor: "more than", "over", "surpassed"."""
    return figure.quantity.low is not None and figure.quantity.high is None


def months_covered(figure: Figure, context: Context) -> Months | None:
    """Return the whole months that a total covers, or none where the text does not fix them.

    "Since the beginning of the year" runs to the last whole month that the article speaks of: that of its
    own date, or else the latest month that it names.
    """
    period = figure.quantity.period or ""
    between = _RANGE_OF_MONTHS.search(period)
    if between:
        first, last = MONTHS.index(between["month"]), MONTHS.index(between["last"])
        if first < last:
            return Months(last - first + 1, f"{between['month']} to {between['last']}")
        return None
    if not _SINCE_NEW_YEAR.search(period):
        return None
    ended = _last_whole_month(context)
    return Months(ended, f"January to {MONTHS[ended - 1]}") if ended and ended >= 2 else None


def _last_whole_month(context: Context) -> int | None:
    published = context.article.published
    if published and len(published) >= 7:
        return int(published[5:7]) - 1
    # A day within a month shows that the month has begun; a month alone ("in October") that it is over.
    ended = [d.month - 1 if d.day else d.month for d in context.scan.dates if d.month and _recent(d.iso)]
    return max(ended, default=None)


def _recent(iso: str | None) -> bool:
    """Tell whether a date without a stated year is meant: a dated one may lie in any year."""
    return iso is None
