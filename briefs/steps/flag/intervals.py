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
from briefs.steps.flag.lexicon import alternatives, numbers, words

_WAY = re.compile(
    r"\b(?P<unit>day|week|month|year)s?\s+(?P<way>earlier|later|before(?=,)|after(?=,))\b[\s,–—-]{1,3}",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?:(?P<about>[^\W\d_]+)\s+)?(?P<count>{alternatives(tuple(numbers('counts')))}|\d{{1,3}})\s+\Z",
    re.IGNORECASE,
)
_UP_TO_DATE = re.compile(r"(?:(?:on|in)\s+)?(?:[^\W\d_]+day,?\s+)?", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "month": 30}
_LONGEST = 200
"""Days between two dates without a year, at most: beyond, either may lie in another year."""
_SAME_YEAR = 365


def interval_misfit(context: Context) -> Iterator[Finding]:
    """Flag "a week earlier, on July 10" where the date that it counts from is not a week away."""
    dated = _Dated(context)
    for way in _WAY.finditer(context.text):
        before = max(0, way.start() - 40)
        count = _COUNT.search(context.text[before : way.start()])
        up_to = _UP_TO_DATE.match(context.text, way.end())
        if count is None or up_to is None:
            continue
        interval = _Interval(
            Span(start=before + count.start("count"), end=way.end("way")),
            _count(count["count"]),
            way["unit"].lower(),
            way["way"].lower() in ("later", "after"),
            (count["about"] or "").lower() in words("approximate_interval"),
            up_to.end(),
        )
        if interval.unit == "month":
            yield from _months(context, dated, interval)
        if interval.unit == "year":
            yield from _years(context, dated, interval)
        else:
            yield from _days(context, dated, interval)


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

    def before(self, offset: int, reach: int) -> DateMention | None:
        """Return the last date before `offset` within `reach` sentences, or none."""
        sentence = self.context.segmentation.sentence_at(offset)
        position = bisect_left(self.starts, offset)
        if sentence is None or not position:
            return None
        earlier = self.context.before(sentence, reach)
        floor = earlier[-1].start if earlier else sentence.start
        # The interval's own words may have been read as a time of their own.
        for each in reversed(self.dates[max(0, position - 4) : position]):
            if each.end <= offset and each.start >= floor:
                return each
        return None


def _days(context: Context, dated: _Dated, interval: _Interval) -> Iterator[Finding]:
    named = dated.at(interval.date_at)
    anchor = dated.before(interval.place.start, 3)
    if named is None or anchor is None or not (_is_day(named) and _is_day(anchor)):
        return
    apart = _days_between(named, anchor, later=interval.later)
    stated = interval.number * _DAYS[interval.unit]
    slack = max(1, stated // 4) if interval.loose else 3 if interval.unit == "month" else 0
    if apart is not None and abs(apart - stated) > slack:
        yield _misfit(context, interval, named, anchor, f"{apart} {'day' if apart == 1 else 'days'}")


def _years(context: Context, dated: _Dated, interval: _Interval) -> Iterator[Finding]:
    """Flag "three years later, in 2019" after "in 2014"; a year more or less may be the months'."""
    named = dated.at(interval.date_at)
    anchor = dated.before(interval.place.start, 1)
    if named is None or anchor is None or interval.loose:
        return
    first, second = _year_of(named), _year_of(anchor)
    if first is None or second is None:
        return
    apart = first - second if interval.later else second - first
    if apart >= 1 and abs(apart - interval.number) > 1:
        yield _misfit(context, interval, named, anchor, f"{apart} {'year' if apart == 1 else 'years'}")


def _months(context: Context, dated: _Dated, interval: _Interval) -> Iterator[Finding]:
    """Flag "a month later, in June" after "in January"; a month more or less may be the days'."""
    named = dated.at(interval.date_at)
    anchor = dated.before(interval.place.start, 1)
    if named is None or anchor is None or interval.loose or not (named.kind == anchor.kind == "month"):
        return
    first, second = _month_of(named), _month_of(anchor)
    if first is None or second is None or (_year_of(named) is None) != (_year_of(anchor) is None):
        return
    apart = first - second if interval.later else second - first
    apart = apart % 12 if _year_of(named) is None else apart
    if apart >= 1 and abs(apart - interval.number) > 1 and interval.number < 12:
        yield _misfit(context, interval, named, anchor, f"{apart} {'month' if apart == 1 else 'months'}")


def _month_of(mention: DateMention) -> int | None:
    """Return a month's number, counted on through the years where the words state one."""
    return mention.month and 12 * (_year_of(mention) or 0) + mention.month


def _misfit(
    context: Context, interval: _Interval, named: DateMention, anchor: DateMention, apart: str
) -> Finding:
    note = (
        f"From “{context.words(anchor)}” to “{context.words(named)}” is {apart}; "
        f"the text says “{context.words(interval.place)}”."
    )
    spans = (interval.place, named.place, anchor.place)
    return context.finding(FlagKind.INTERVAL_MISFIT, note, spans)


def _is_day(mention: DateMention) -> bool:
    """Tell whether a date names its day and month itself; "Thursday" was worked out, and may be off."""
    return mention.kind == "date" and mention.month is not None and mention.day is not None


def _year_of(mention: DateMention) -> int | None:
    """Return the year that a mention states in its own words."""
    stated = re.search(r"\b(?:1[5-9]|20)\d\d\b", mention.text)
    return int(stated.group()) if stated and mention.kind in ("year", "month", "date") else None


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else numbers("counts")[word.lower()]


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
