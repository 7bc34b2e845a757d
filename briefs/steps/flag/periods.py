"""The time that a figure is for: a rate, one month, or a stretch of whole months that the text fixes."""

import re
from typing import NamedTuple

from briefs.steps.flag.context import Context
from briefs.steps.flag.figure import Figure, number
from briefs.steps.flag.lexicon import alternatives, count, counts, months

_MONTHS = alternatives(months())
_UNITS = {"day": 12 / 365.25, "week": 12 * 7 / 365.25, "month": 1.0, "year": 12.0}
"""Lengths in months."""
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year"}
_RATE = re.compile(
    r"\b(?:(?:every|each|per|a|an)\s+(?P<unit>day|week|month|year)|(?P<adverb>daily|weekly|monthly|annually|"
    r"yearly))\b",
    re.IGNORECASE,
)
_ONE_MONTH = re.compile(
    rf"\b(?:in|during|for|over|throughout)\s+(?:the month of\s+)?(?:{_MONTHS})\b|\blast month\b",
    re.IGNORECASE,
)
_SINCE_NEW_YEAR = re.compile(
    r"\b(?:since the (?:beginning|start) of (?:the|this) year|so far this year|this year|year to date|"
    r"since January)\b(?!\s+\d)",
    re.IGNORECASE,
)
_RANGE_OF_MONTHS = re.compile(
    rf"\b(?P<first>{_MONTHS})\s+(?:to|through|until|and|–)\s+(?P<last>{_MONTHS})\b(?!\s+\d)"
)
_COUNTED = re.compile(
    r"\b(?:in|over|during|for|within)\s+(?:the\s+)?(?:first|last|past)\s+"
    rf"(?P<count>{alternatives(counts())}|\d{{1,3}})\s+(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\bsince\s+(?:(?P<month>{_MONTHS})\s+)?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_IN_YEAR = re.compile(r"\b(?:in|during|throughout)\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)


class Stretch(NamedTuple):
    """How long a total was gathered, in months, as far as the text fixes it."""

    least: float
    most: float
    words: str
    """The time in words for a note."""


class Rate(NamedTuple):
    """The time that a rate is per."""

    unit: str
    months: float


def rate_of(figure: Figure) -> Rate | None:
    """Return what time a figure is per, or none where it is no rate."""
    found = _RATE.search(figure.quantity.period or "")
    if found is None:
        return None
    unit = found["unit"] or _ADVERBS[found["adverb"].lower()]
    return Rate(unit.lower(), _UNITS[unit.lower()])


def one_month(figure: Figure, context: Context) -> bool:
    """Tell whether a figure is for one month, by its own words or by the one time its sentence names."""
    period = figure.quantity.period or ""
    if rate_of(figure) is not None or stretch_of(figure, context) is not None:
        return False
    return bool(_ONE_MONTH.search(period) or _ONE_MONTH.search(figure.sentence.of(context.text)))


def stretch_of(figure: Figure, context: Context) -> Stretch | None:
    """Return the time that a total was gathered in, or none where the text does not fix it.

    "Since the beginning of the year" runs to the last whole month that the article speaks of; a time that
    began in the past runs to the article's own date, and is not computed without one.
    """
    period = figure.quantity.period or ""
    if rate_of(figure) is not None:
        return None
    between = _RANGE_OF_MONTHS.search(period)
    if between:
        first, last = months().index(between["first"]), months().index(between["last"])
        words = f"{between['first']} to {between['last']}"
        return Stretch(last - first + 1, last - first + 1, words) if first < last else None
    counted = _COUNTED.search(period)
    if counted:
        length = count(counted["count"]) * _UNITS[counted["unit"].lower()]
        return Stretch(length, length, counted.group())
    if _SINCE_NEW_YEAR.search(period):
        return _since_new_year(context)
    return _from_year(period, context)


def _since_new_year(context: Context) -> Stretch | None:
    published = context.article.published
    if published and len(published) >= 7:
        ended = int(published[5:7]) - 1
        # The month that the article appeared in may be counted or not.
        return Stretch(ended, ended + 1, f"January to {months()[ended]}") if ended else None
    ended = context.months_over
    return Stretch(ended, ended, f"January to {months()[ended - 1]}") if ended >= 2 else None


def _from_year(period: str, context: Context) -> Stretch | None:
    published = context.article.published
    if not published or not re.match(r"\d{4}-\d\d", published):
        return None
    now = int(published[:4]) * 12 + int(published[5:7]) - 1
    since = _SINCE.search(period)
    if since:
        start = int(since["year"]) * 12
        earliest = latest = start + months().index(since["month"].capitalize()) if since["month"] else start
        latest += 0 if since["month"] else 11
        words = f"since {since['month'] + ' ' if since['month'] else ''}{since['year']}"
        return Stretch(max(now - latest, 0), now - earliest + 1, words) if now > latest else None
    whole = _IN_YEAR.search(period)
    if whole and int(whole["year"]) < int(published[:4]):
        return Stretch(12, 12, f"the year {whole['year']}")
    return None


def times(stretch: Stretch, rate: Rate) -> str:
    """Return in words how many of a rate's periods a stretch holds: "10 months (January to October)"."""
    least, most = stretch.least / rate.months, stretch.most / rate.months
    low, high = round(least), round(most)
    span = number(low) if low == high else f"{number(low)} to {number(high)}"
    return f"{span} {rate.unit}{'' if span == '1' else 's'} ({stretch.words})"
