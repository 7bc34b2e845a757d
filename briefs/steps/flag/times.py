"""Flags about time: an interval that does not fit its dates, a year or anniversary that does not fit."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.scan import DateMention
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context, words
from briefs.steps.flag.periods import MONTHS

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "fifteenth": 15, "twentieth": 20,
    "twenty-fifth": 25, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
}  # fmt: skip
_INTERVAL = re.compile(
    r"\b(?:(?P<about>\w+)\s+)?(?P<count>" + "|".join(_NUMBERS) + r"|\d{1,3})\s+"
    r"(?P<unit>day|week|month)s?\s+(?P<way>earlier|later)\b[\s,–—-]{1,3}(?:on\s+)?(?:\w+day,?\s+)?",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30}
_TURN = re.compile(
    r"\b(?P<subject>[^\W\d_]{3,})\s+(?:[^\W\d_]+\s+){0,3}?(?P<its>its|their|his|her)\s+"
    r"(?P<ordinal>" + "|".join(_ORDINALS) + r"|\d{1,3}(?:st|nd|rd|th))\s+(?P<what>year|anniversary)\b",
    re.IGNORECASE,
)
_STARTED = re.compile(
    r"\b(?P<subject>[^\W\d_]{3,})\b(?:[^.;!?\n]{0,60}?)\b(?:since|began in|started in|was founded in|"
    r"founded in|opened in|launched in|was launched in|was established in|broke out in|has run since)\s+"
    r"(?:(?P<month>[A-Z][a-z]+)\s+)?(?P<year>(?:18|19|20)\d\d)\b"
)


def interval_misfit(context: Context) -> Iterator[Finding]:
    """Flag "a week earlier, on July 10" where the date that it counts from is not a week away."""
    for phrase in _INTERVAL.finditer(context.text):
        named = _date_at(context, phrase.end())
        if named is None:
            continue
        anchor = _date_before(context, phrase.start(), named)
        if anchor is None:
            continue
        apart = _days_between(named, anchor, later=phrase["way"].lower() == "later")
        stated = _count(phrase["count"]) * _DAYS[phrase["unit"].lower()]
        loose = (phrase["about"] or "").lower() in words("approximate_interval")
        slack = max(1, stated // 4) if loose else 3 if phrase["unit"].lower() == "month" else 0
        if apart is None or abs(apart - stated) <= slack:
            continue
        place = Span(start=phrase.start("count"), end=phrase.end("way"))
        note = (
            f"From “{context.words(anchor)}” to “{context.words(named)}” is {apart} "
            f"{'day' if apart == 1 else 'days'}; the text says “{context.words(place)}”."
        )
        yield context.finding(FlagKind.INTERVAL_MISFIT, note, (place, named.place, anchor.place))


def _count(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]


def _date_at(context: Context, offset: int) -> DateMention | None:
    """Return the date with a day and a month that starts at `offset`, give or take a weekday or comma."""
    return next((d for d in _days(context) if abs(d.start - offset) <= 4), None)


def _days(context: Context) -> tuple[DateMention, ...]:
    return tuple(d for d in context.scan.dates if d.month and d.day)


def _date_before(context: Context, offset: int, named: DateMention) -> DateMention | None:
    """Return the nearest day-dated mention in the sentence at `offset` or the three before it."""
    sentence = context.segmentation.sentence_at(offset)
    if sentence is None:
        return None
    earlier = context.before(sentence, 3)
    floor = earlier[-1].start if earlier else sentence.start
    found = [d for d in _days(context) if floor <= d.start < offset and d.start != named.start]
    return found[-1] if found else None


def _days_between(named: DateMention, anchor: DateMention, *, later: bool) -> int | None:
    first, second = (anchor, named) if later else (named, anchor)
    try:
        apart = (_as_date(second) - _as_date(first)).days
    except ValueError:
        return None
    # Without stated years the dates may lie either side of New Year.
    if apart < 0 and not (named.iso and anchor.iso):
        apart += 365
    return apart if 0 <= apart < 200 else None


def _as_date(mention: DateMention) -> date:
    year = int(mention.iso[:4]) if mention.iso else 2001  # any common year: only the distance counts
    return date(year, mention.month or 1, mention.day or 1)


class _Turn(NamedTuple):
    """A subject with the ordinal that the text gives it, as in "the strike enters its third year"."""

    subject: str
    number: int
    what: str
    place: Span


def year_misfit(context: Context) -> Iterator[Finding]:
    """Flag an ordinal year or anniversary that another sentence, or start and dateline, contradict."""
    turns = list(_turns(context))
    by_subject: dict[tuple[str, str], _Turn] = {}
    for turn in turns:
        first = by_subject.setdefault((turn.subject, turn.what), turn)
        if first.number != turn.number:
            note = f"“{context.words(first.place)}” and “{context.words(turn.place)}” cannot both hold."
            yield context.finding(FlagKind.YEAR_MISFIT, note, (first.place, turn.place), article_wide=True)
    yield from _against_dateline(context, turns)


def _turns(context: Context) -> Iterator[_Turn]:
    for match in _TURN.finditer(context.text):
        ordinal = match["ordinal"].lower()
        number = _ORDINALS.get(ordinal) or int(re.sub(r"\D", "", ordinal))
        place = Span(start=match.start("subject"), end=match.end())
        yield _Turn(match["subject"].lower(), number, match["what"].lower(), place)


def _against_dateline(context: Context, turns: list[_Turn]) -> Iterator[Finding]:
    published = context.article.published
    if not published or not published[:4].isdecimal():
        return
    now_year, now_month = int(published[:4]), int(published[5:7]) if len(published) >= 7 else None
    starts = {match["subject"].lower(): match for match in _STARTED.finditer(context.text)}
    for turn in turns:
        start = starts.get(turn.subject)
        if start is None:
            continue
        passed = now_year - int(start["year"])
        fitting = _fitting(passed, _month_number(start["month"]), now_month, turn.what)
        if turn.number in fitting:
            continue
        since = Span(start=start.start(), end=start.end())
        note = (
            f"“{context.words(turn.place)}”, but from {start['year']} to the article's own date "
            f"({published[:7]}) makes it {' or '.join(map(str, sorted(fitting)))}."
        )
        yield context.finding(FlagKind.YEAR_MISFIT, note, (turn.place, since), article_wide=True)


def _fitting(passed: int, start_month: int | None, now_month: int | None, what: str) -> set[int]:
    """Return the ordinals that fit; both neighbours where a month is not known."""
    if what == "anniversary":
        return {passed, passed + 1} if now_month in (None, 11, 12) else {passed}
    if start_month is None or now_month is None or start_month == now_month:
        return {passed, passed + 1}
    return {passed + 1} if now_month > start_month else {passed}


def _month_number(name: str | None) -> int | None:
    return MONTHS.index(name) + 1 if name in MONTHS else None
