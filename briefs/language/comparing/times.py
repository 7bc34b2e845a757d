"""How the times that two figures are for stand to each other; a year that is not known stays unknown."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

_SHORTEST_MONTH = 28
_EVENT = 2
"""So many words in common make one event of "since the invasion began", "since the full-scale invasion"."""


class Shape(StrEnum):
    """What kind of time a figure is for."""

    NONE = "none"
    RATE = "rate"
    SPAN = "span"
    """From a first to a last day."""
    SINCE = "since"
    """From a first day, or from an event, to when it was written."""
    VAGUE = "vague"
    """"In recent months": nobody can say from when to when."""


class Day(NamedTuple):
    """A day of which the year may be unknown."""

    year: int | None
    month: int
    day: int


def day_of(iso: str | None) -> date | None:
    """Return the day of an ISO 8601 date or time; none where it gives none."""
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


class Ends(NamedTuple):
    """First and last day of a span, both within it."""

    first: Day
    last: Day


class Time(NamedTuple):
    """For which time a figure is."""

    shape: Shape
    words: str = ""
    first: Day | None = None
    last: Day | None = None
    """Last day of a span; of "since" the day the article appeared, where that is known."""
    per: str | None = None
    """What a rate is per: "month"."""
    steady: bool = False
    """A rate "every" or "each" time, and not "a month" on one occasion."""
    event: frozenset[str] = frozenset()
    """Stems of the words for what it is counted since: "since the invasion began"."""

    @property
    def months(self) -> int | None:
        """Return how many whole months a span covers, or none where it does not run from first to last."""
        ends = self.ends
        if ends is None or ends.first.day != 1 or ends.last.day < _SHORTEST_MONTH:
            return None
        years = (ends.last.year or 0) - (ends.first.year or 0)
        return 12 * years + ends.last.month - ends.first.month + 1

    @property
    def ends(self) -> "Ends | None":
        """Return the first and last day of a span."""
        if self.shape is not Shape.SPAN or self.first is None or self.last is None:
            return None
        return Ends(self.first, self.last)


class Times(StrEnum):
    """How the times of two figures stand to each other."""

    SAME = "same"
    SAME_BUT_YEAR = "same_but_year"
    """The same months, but one of the two does not say of which year."""
    SAME_START = "same_start"
    """Both begin on one day; they may run to different days."""
    WITHIN = "within"
    """One lies within the other."""
    RATE = "rate"
    """One is a rate, the other a count."""
    RATES = "rates"
    """Rates per different times."""
    OVERLAP = "overlap"
    APART = "apart"
    UNKNOWN = "unknown"


def compare_times(one: Time, other: Time) -> Times:
    """Compare the times of two figures; the order of the two makes no difference."""
    shapes = {one.shape, other.shape}
    if Shape.RATE in shapes:
        if shapes == {Shape.RATE}:
            return Times.SAME if one.per == other.per else Times.RATES
        return Times.UNKNOWN if Shape.NONE in shapes else Times.RATE
    if shapes == {Shape.SINCE}:
        return _of_starts(one, other)
    if shapes == {Shape.SINCE, Shape.SPAN}:
        since, span = (one, other) if one.shape is Shape.SINCE else (other, one)
        return _since_and_span(since, span)
    if shapes == {Shape.SPAN}:
        return _of_spans(one, other)
    return Times.UNKNOWN


def _of_starts(one: Time, other: Time) -> Times:
    if one.event and other.event:
        held = one.event <= other.event or other.event <= one.event
        return Times.SAME_START if len(one.event & other.event) >= _EVENT and held else Times.UNKNOWN
    if one.first is None or other.first is None:
        return Times.UNKNOWN
    return Times.SAME_START if _same_day(one.first, other.first) else Times.OVERLAP


def _since_and_span(since: Time, span: Time) -> Times:
    ends = span.ends
    if since.first is None or ends is None:
        return Times.UNKNOWN
    if _same_day(since.first, ends.first):
        return Times.SAME_START
    if since.first.year is None or ends.first.year is None:
        return Times.WITHIN if since.first[1:] <= ends.first[1:] else Times.UNKNOWN
    if ends.first >= since.first:
        return Times.WITHIN
    return Times.APART if ends.last < since.first else Times.OVERLAP


def _of_spans(one: Time, other: Time) -> Times:
    first, second = one.ends, other.ends
    if first is None or second is None:
        return Times.UNKNOWN
    missing = (first.first.year is None) != (second.first.year is None)
    a, b = (_yearless(first), _yearless(second)) if missing else (first, second)
    if a == b:
        return Times.SAME_BUT_YEAR if missing else Times.SAME
    if missing and (_years(first) > 1 or _years(second) > 1):
        return Times.UNKNOWN
    if _key(a.last) < _key(b.first) or _key(b.last) < _key(a.first):
        return Times.APART
    inside = _holds(a, b) or _holds(b, a)
    return Times.WITHIN if inside else Times.OVERLAP


def _holds(outer: Ends, inner: Ends) -> bool:
    return _key(outer.first) <= _key(inner.first) and _key(inner.last) <= _key(outer.last)


def _key(day: Day) -> Day:
    return day._replace(year=day.year or 0)


def _yearless(ends: Ends) -> Ends:
    return Ends(ends.first._replace(year=None), ends.last._replace(year=None))


def _years(ends: Ends) -> int:
    return (ends.last.year or 0) - (ends.first.year or 0) + 1


def _same_day(one: Day, other: Day) -> bool:
    return one[1:] == other[1:] and (one.year == other.year or None in (one.year, other.year))
