"""Flags about intervals that do not fit the dates they stand between, with the days or years counted."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.scan import DateMention
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.lexicon import alternatives, count, counts, words

_WAY = re.compile(
    r"\b(?P<unit>day|week|month|year)s?\s+(?P<way>earlier|later|before(?=,)|after(?=,))\b[\s,–—-]{1,3}",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?:(?P<about>[^\W\d_]+)\s+)?(?P<count>{alternatives(counts())}|\d{{1,3}})\s+\Z",
    re.IGNORECASE,
)
_UP_TO_DATE = re.compile(r"(?:(?:on|in)\s+)?(?:[^\W\d_]+day,?\s+)?", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7}
_MOST_ANCHORS = 8
_LONGEST = 200
"""Days between two dates without a year, at most: beyond, either may lie in another year."""
_SAME_YEAR = 365


def interval_misfit(context: Context) -> Iterator[Finding]:
    """Flag "a week earlier, on July 10" where the date that it counts from is not a week away."""
    dated = _Dated(context)
    for way in _WAY.finditer(context.text):
        before = max(0, way.start() - 40)
        stated = _COUNT.search(context.text[before : way.start()])
        up_to = _UP_TO_DATE.match(context.text, way.end())
        if stated is None or up_to is None:
            continue
        interval = _Interval(
            Span(start=before + stated.start("count"), end=way.end("way")),
            count(stated["count"]),
            way["unit"].lower(),
            way["way"].lower() in ("later", "after"),
            (stated["about"] or "").lower() in words("approximate_interval"),
            up_to.end(),
        )
        named = dated.at(interval.date_at)
        if named is not None:
            yield from _misfit(context, dated, interval, named)


class _Interval(NamedTuple):
    """An interval as the text states it: "about two weeks later"."""

    place: Span
    number: int
    unit: str
    later: bool
    loose: bool
    date_at: int
    """Where its own date starts, if one follows."""


class _Dated:
    """The dates of an article by place."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.dates = context.scan.dates
        self.starts = [d.start for d in self.dates]

    def at(self, offset: int) -> DateMention | None:
        """Return the date that starts at `offset`, give or take a weekday or comma."""
        near = self.dates[bisect_left(self.starts, offset - 10) : bisect_left(self.starts, offset + 5)]
        return next((d for d in near if d.start >= offset - 4 or d.end > offset), None)

    def before(self, offset: int, reach: int) -> list[DateMention]:
        """Return the last dates before `offset` within `reach` sentences, the nearest first."""
        sentence = self.context.segmentation.sentence_at(offset)
        position = bisect_left(self.starts, offset)
        if sentence is None or not position:
            return []
        earlier = self.context.before(sentence, reach)
        floor = earlier[-1].start if earlier else sentence.start
        near = reversed(self.dates[max(0, position - _MOST_ANCHORS) : position])
        return [each for each in near if each.end <= offset and each.start >= floor]


class _Apart(NamedTuple):
    """How far the date of an interval is from a date before it, in the interval's unit."""

    anchor: DateMention
    number: int


def _misfit(context: Context, dated: _Dated, interval: _Interval, named: DateMention) -> Iterator[Finding]:
    """Flag an interval that no date it may count from fits; the nearest one is shown."""
    measure = {"year": _years_apart, "month": _months_apart}.get(interval.unit, _days_apart)
    reach = 3 if measure is _days_apart else 1
    candidates = dated.before(interval.place.start, reach)
    apart = [_Apart(a, n) for a in candidates if (n := measure(named, a, interval)) is not None]
    per = _DAYS.get(interval.unit, 1)
    stated = interval.number * per
    slack = 1  # eight days are called a week, too
    if interval.unit == "day" or (interval.loose and interval.unit == "week"):
        slack = max(1, stated // 4) if interval.loose else 0
    if (
        not apart
        or apart[0].anchor is not candidates[0]
        or any(abs(a.number - stated) <= slack for a in apart)
    ):
        return
    nearest = apart[0]
    unit = "day" if measure is _days_apart else interval.unit
    note = (
        f"From “{context.words(nearest.anchor)}” to “{context.words(named)}” is {nearest.number} "
        f"{unit}{'' if nearest.number == 1 else 's'}; the text says “{context.words(interval.place)}”."
    )
    spans = (interval.place, named.place, nearest.anchor.place)
    yield context.finding(FlagKind.INTERVAL_MISFIT, note, spans)


def _days_apart(named: DateMention, anchor: DateMention, interval: _Interval) -> int | None:
    if not (_is_day(named) and _is_day(anchor)):
        return None
    return _days_between(named, anchor, later=interval.later)


def _years_apart(named: DateMention, anchor: DateMention, interval: _Interval) -> int | None:
    first, second = _year_of(named), _year_of(anchor)
    if first is None or second is None or interval.loose:
        return None
    apart = first - second if interval.later else second - first
    return apart if apart >= 1 else None


def _months_apart(named: DateMention, anchor: DateMention, interval: _Interval) -> int | None:
    """Return the months between two dates; those with a day are as far apart as their months."""
    first, second = _month_of(named), _month_of(anchor)
    if first is None or second is None or (_year_of(named) is None) != (_year_of(anchor) is None):
        return None
    apart = first - second if interval.later else second - first
    apart = apart % 12 if _year_of(named) is None else apart
    return apart if apart >= 1 and interval.number < 12 and not interval.loose else None


def _month_of(mention: DateMention) -> int | None:
    """Return a month's number, counted on through the years where the words state one."""
    if mention.kind not in ("date", "month") or mention.month is None:
        return None
    return 12 * (_year_of(mention) or 0) + mention.month


def _is_day(mention: DateMention) -> bool:
    """Tell whether a date names its day and month itself; "Thursday" was worked out, and may be off."""
    return mention.kind == "date" and mention.month is not None and mention.day is not None


def _year_of(mention: DateMention) -> int | None:
    """Return the year that a mention states in its own words."""
    stated = re.search(r"\b(?:1[5-9]|20)\d\d\b", mention.text)
    return int(stated.group()) if stated and mention.kind in ("year", "month", "date") else None


def _days_between(named: DateMention, anchor: DateMention, *, later: bool) -> int | None:
    first, second = (anchor, named) if later else (named, anchor)
    stated = _year_of(named) is not None and _year_of(anchor) is not None
    try:
        apart = (_as_date(second, stated) - _as_date(first, stated)).days
    except ValueError:
        return None
    # Without stated years the dates may lie either side of New Year.
    if apart < 0 and not stated:
        apart += _SAME_YEAR
    return apart if 0 <= apart < (_LONGEST if not stated else 10 * _SAME_YEAR) else None


def _as_date(mention: DateMention, stated: bool) -> date:
    # Any common year serves where only the distance counts; a leap day needs its own.
    year = (_year_of(mention) if stated else None) or (int(mention.iso[:4]) if mention.iso else 2001)
    return date(year, mention.month or 1, mention.day or 1)
