"""For which time a figure is, read from its period, the dates near it and the article's date.

A year that neither the words nor the article's date fix stays unknown; nothing is guessed. "Since the
beginning of the year" and "so far this year" begin on 1 January of the year in which the article appeared.
"""

import re
from collections.abc import Iterable
from functools import cache

from briefs.data import load
from briefs.domain.scan import DateMention, Quantity
from briefs.language.comparing.times import Day, Ends, Shape, Time
from briefs.text.stems import stem

_RATE = re.compile(
    r"\b(?:(?P<each>every|each)\s+(?:single\s+)?|(?:per|an?)\s+)(?P<unit>hour|day|night|week|month|quarter|year)\b"
    r"|\b(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annually)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(r"\bin\s+(?:an?|one)\b", re.IGNORECASE)
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
_NEW_YEAR = re.compile(
    r"\bsince the (?:beginning|start) of (?:the|this) (?:calendar )?year\b|\bso far this year\b|\bthis year\b"
    r"|\byear to date\b|\bsince January\b(?!\s+\d)|\bsince new year\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_FIRST_MONTHS = re.compile(
    r"\bfirst\s+(?P<count>\w+)\s+months\s+of\s+(?:the|this)\s+year\b"
    r"|\bfirst\s+(?P<quarter>quarter|half)\s+of\s+(?:the|this)\s+year\b",
    re.IGNORECASE,
)
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def time_of(quantity: Quantity, dates: Iterable[DateMention] = (), published: str | None = None) -> Time:
    """Return for which time a figure is, from its period, the dates near it and the article's date (ISO)."""
    words = quantity.period
    if not words:
        return Time(Shape.NONE)
    rate = _RATE.search(words)
    if rate is not None and not _ONCE.search(words):
        unit = (
            rate["unit"] or _ADVERBS.get(rate["adverb"].lower() if rate["adverb"] else "", "year")
        ).lower()
        return Time(Shape.RATE, words, per=unit, steady=bool(rate["each"] or rate["adverb"]))
    appeared = _day(published)
    if _NEW_YEAR.search(words):
        return Time(Shape.SINCE, words, Day(appeared.year if appeared else None, 1, 1), appeared)
    mention = _mention(words, dates)
    found = _of_mention(words, mention, appeared) if mention is not None else None
    return found or _of_words(words, appeared)


def time_of_date(mention: DateMention, published: str | None = None) -> Time | None:
    """Return the time that a date names by itself, or none where that cannot be laid on a calendar."""
    return _of_mention(mention.text, mention, _day(published))


def _mention(words: str, dates: Iterable[DateMention]) -> DateMention | None:
    """Return the longest date mention that stands in the period's words, or that they stand in."""
    lower = words.lower()
    near = [each for each in dates if each.text.lower() in lower or lower in each.text.lower()]
    return max(near, key=lambda each: len(each.text), default=None)


def _of_mention(words: str, mention: DateMention, appeared: Day | None) -> Time | None:
    first, last = _day(mention.from_date), _day(mention.to_date)
    if _SINCE.search(words):
        if first is None and mention.month is not None:
            first = Day(None, mention.month, mention.day or 1)
        return Time(Shape.SINCE, words, first, appeared) if first else None
    if first is not None and last is not None:
        return Time(Shape.SPAN, words, first, last)
    if mention.iso and (ends := _whole(mention.iso)):
        return Time(Shape.SPAN, words, ends.first, ends.last)
    # "On the last Sunday of October" is a day that nobody can name.
    if mention.month is not None and (mention.kind == "month" or (mention.kind == "date" and mention.day)):
        begin, end = mention.day or 1, mention.day or _LAST_DAYS[mention.month - 1]
        return Time(Shape.SPAN, words, Day(None, mention.month, begin), Day(None, mention.month, end))
    return None


def _of_words(words: str, appeared: Day | None) -> Time:
    year = appeared.year if appeared else None
    counted = _FIRST_MONTHS.search(words)
    if counted is not None:
        months = {"quarter": 3, "half": 6}.get(counted["quarter"] or "") or _count(counted["count"] or "")
        if months and months <= 12:
            return Time(Shape.SPAN, words, Day(year, 1, 1), Day(year, months, _last_day(year, months)))
    if _SINCE.search(words):
        return Time(Shape.SINCE, words, None, appeared, event=_event(words))
    return Time(Shape.VAGUE, words)


def _event(words: str) -> frozenset[str]:
    stop = _stop()
    return frozenset(stem(w) for w in re.findall(r"[^\W\d_]+", words.lower()) if w not in stop)


def _day(iso: str | None) -> Day | None:
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", iso) if iso else None
    return Day(int(match[1]), int(match[2]), int(match[3])) if match else None


def _whole(iso: str) -> Ends | None:
    """Return the first and last day of a year, a month or a day."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", iso)
    if match is None:
        return None
    year, last = int(match[1]), int(match[2] or 12)
    begins = Day(year, int(match[2] or 1), int(match[3] or 1))
    return Ends(begins, Day(year, last, int(match[3] or _last_day(year, last))))


def _last_day(year: int | None, month: int) -> int:
    leap = month == 2 and year is not None and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LAST_DAYS[month - 1] + leap


@cache
def _stop() -> frozenset[str]:
    return frozenset(load("stopwords")["words"]) | {"since"}


def _count(word: str) -> int:
    numbers: list[str] = load("dates")["numbers"]
    if word.isdigit():
        return int(word)
    return numbers.index(word.lower()) + 1 if word.lower() in numbers else 0
