"""What a date expression is worth: an ISO value or bounds, against the dateline where there is one.

Today is never the base. Without a dateline a year that the words do not state stays unknown; month and day
are given all the same. With one, a day or month without a year is the last one on or before it
where the words look back, the first on or after it where they look ahead, and else the one nearest to it; a
weekday is the last one unless the words look ahead. All bounds are inclusive dates.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from briefs.data import load
from briefs.language.dates_calendar import month_span, names, real_date, year_span

Kind = Literal["date", "month", "year", "period", "relative", "time", "duration"]


class Base(NamedTuple):
    """What a value is reckoned from."""

    day: date | None
    """The dateline, or none."""
    looks: Literal["back", "ahead"] | None = None
    """Where the words around the date look; none where they do not tell."""


class Value(NamedTuple):
    """ISO 8601 value, inclusive bounds, and the month and day that the words name."""

    kind: Kind
    iso: str | None = None
    first: str | None = None
    last: str | None = None
    month: int | None = None
    day: int | None = None


def _stated_year(words: str, base: Base) -> int | None:
    """Return the year that the words state, or name against the dateline ("October last year")."""
    if match := names().year.search(words):
        return int(match.group())
    if base.day is None:
        return None
    lower = words.lower()
    for phrase, shift in (("this year", 0), ("last year", -1), ("next year", 1)):
        if phrase in lower:
            return base.day.year + shift
    return None


def _month_of(words: str) -> tuple[int | None, int]:
    """Return the first month named in `words` and where its name ends."""
    match = names().month.search(words)
    if match is None:
        return None, 0
    return names().months.get(match.group().rstrip(".").lower()), match.end()


def _days_of(words: str) -> list[int]:
    n = names()
    bare = n.year.sub(" ", n.month.sub(" ", words))
    return [int(m[1]) if m[1] else n.ordinals[m[2].lower()] for m in n.day.finditer(bare)]


def _nearest(month: int, day: int, base: Base) -> date | None:
    """Return the day of that month and day that the words mean, in the years around the dateline."""
    if base.day is None:
        return None
    now = base.day
    found = [each for year in (now.year, now.year - 1, now.year + 1) if (each := real_date(year, month, day))]
    if base.looks == "back":
        found = [each for each in found if each <= now]
    elif base.looks == "ahead":
        found = [each for each in found if each >= now]
    return min(found, key=lambda each: abs((each - now).days), default=None)


def _date(words: str, base: Base) -> Value:
    month, _ = _month_of(words)
    days = _days_of(words)
    if month is None or not days:
        return Value("date")
    year = _stated_year(words, base)
    found = real_date(year, month, days[0]) if year else _nearest(month, days[0], base)
    iso = found.isoformat() if found else None
    return Value("date", iso, iso, iso, month, days[0])


def _days(words: str, base: Base) -> Value:
    month, _ = _month_of(words)
    days = _days_of(words)
    if month is None or len(days) < 2:
        return Value("period", month=month)
    year = _stated_year(words, base)
    first = real_date(year, month, days[0]) if year else _nearest(month, days[0], base)
    last = real_date(first.year, month, days[1]) if first else None
    if first is None or last is None:
        return Value("period", month=month, day=days[0])
    return Value("period", None, first.isoformat(), last.isoformat(), month, days[0])


def _iso(words: str, _base: Base) -> Value:
    found = real_date(int(words[:4]), int(words[5:7]), int(words[8:10]))
    if found is None:
        return Value("date")
    day = found.isoformat()
    return Value("date", words.replace(" ", "T").replace("/", "-"), day, day, found.month, found.day)


def _numeric(words: str, _base: Base) -> Value:
    one, two, year = (int(part) for part in re.split(r"[/.-]", words))
    if year < 100:
        year += 2000 if year < 70 else 1900
    # Points are European: the day comes first. Elsewhere only a part above 12 tells.
    readings = (
        [real_date(year, two, one)]
        if "." in words
        else [real_date(year, one, two), real_date(year, two, one)]
    )
    dates = sorted({each for each in readings if each})
    if not dates:
        return Value("date")
    if len(dates) == 1:
        day = dates[0].isoformat()
        return Value("date", day, day, day, dates[0].month, dates[0].day)
    return Value("date", None, dates[0].isoformat(), dates[-1].isoformat())


def month_value(words: str, base: Base) -> Value:
    """Return the value of a month, with or without its year."""
    month, _ = _month_of(words)
    if month is None:
        return Value("month")
    year = _stated_year(words, base) or _year_of_month(month, words, base)
    if year is None:
        return Value("month", month=month)
    first, last = month_span(year, month)
    return Value("month", f"{year:04}-{month:02}", first, last, month)


def _year_of_month(month: int, words: str, base: Base) -> int | None:
    if base.day is None:
        return None
    lower = words.lower()
    now, year = base.day.month, base.day.year
    if base.looks == "ahead" or lower.startswith("next "):
        return year + (month < now)
    if base.looks == "back" or lower.startswith("last "):
        # "last October" said in October is a year ago.
        return year - (month > now or (month == now and lower.startswith("last ")))
    # The nearest; half a year either way, the one that has been.
    return year - 1 if month - now >= _HALF_A_YEAR else year + (now - month > _HALF_A_YEAR)


_HALF_A_YEAR = 6


def _months(words: str, base: Base) -> Value:
    first, at = _month_of(words)
    second, _ = _month_of(words[at:])
    year = _stated_year(words, base)
    if first is None or second is None:
        return Value("period", month=first)
    if year is None and (end_of := _year_of_month(second, words, base)):
        year = end_of
    if year is None:
        return Value("period", month=first)
    start, end = month_span(year if second >= first else year - 1, first, second)
    return Value("period", None, start, end, first)


def _quarter(words: str, base: Base) -> Value:
    year = _stated_year(words, base) or (base.day.year if base.day and "the year" in words else None)
    lower = words.lower()
    order = next((at for at, forms in enumerate(_ORDER, 1) if any(form in lower for form in forms)), None)
    if year is None or order is None:
        return Value("period")
    length = 6 if "half" in lower or lower.startswith("h") else 3
    order = 12 // length if order == 5 else order
    first, last = month_span(year, (order - 1) * length + 1, order * length)
    return Value("period", None, first, last)


_ORDER = (
    ("first", "1st", "q1", "h1"),
    ("second", "2nd", "q2", "h2"),
    ("third", "3rd", "q3"),
    ("fourth", "4th", "q4"),
    ("final", "last"),
)


def _season(words: str, base: Base) -> Value:
    year = _stated_year(words, base)
    lower = words.lower()
    if year is None and base.day and lower.startswith("this "):
        year = base.day.year
    months = next((span for name, span in load("dates")["seasons"].items() if name in lower), None)
    if year is None or months is None:
        return Value("period")
    first, last = month_span(year, months[0], months[1])
    return Value("period", None, first, last)


def _year(words: str, _base: Base) -> Value:
    year = words[-4:]
    # A fiscal year need not be a calendar year.
    if "fiscal" in words.lower() or "financial" in words.lower():
        return Value("year")
    return Value("year", year, *year_span(int(year)))


def _part_year(words: str, _base: Base) -> Value:
    """Return the whole year of "mid-2021": which part is meant is not told; a fiscal year has no dates."""
    year = names().year.search(words)
    if year is None or re.search("fiscal|financial|academic|school|fy", words, re.IGNORECASE):
        return Value("year")
    return Value("year", None, *year_span(int(year.group())))


def _week_of(words: str, base: Base) -> Value:
    """Return the seven days that begin, or with "week ending" end, on the day that is named."""
    named = _date(words, base)
    if named.iso is None:
        return Value("period", month=named.month, day=named.day)
    day, ends = date.fromisoformat(named.iso), re.search(r"\bending\b", words, re.IGNORECASE)
    try:
        other = (day + timedelta(-6 if ends else 6)).isoformat()
    except OverflowError:
        return Value("period")
    first, last = sorted((named.iso, other))
    return Value("period", None, first, last, named.month, named.day)


def _year_words(words: str, _base: Base) -> Value:
    data = load("numbers")
    known = {**data["units"], **data["teens"], **data["tens"]}
    century, *rest = re.split(r"[ -]", words.lower())
    year = known[century] * 100 + sum(known.get(word, 0) for word in rest)
    return Value("year", str(year), *year_span(year))


def _weekday_of(words: str, base: Base) -> Value:
    """Return the day of "the last Sunday of October"."""
    month, _ = _month_of(words)
    lower = words.lower()
    weekday = next((at for name, at in names().weekdays.items() if name in lower), None)
    if month is None or weekday is None:
        return Value("date")
    year = _stated_year(words, base) or _year_of_month(month, words, base)
    if year is None:
        return Value("date", month=month)
    first = date(year, month, 1).weekday()
    days = range(1 + (weekday - first) % 7, monthrange(year, month)[1] + 1, 7)
    order = ("first", "second", "third", "fourth", "last").index(lower.removeprefix("the ").split()[0])
    day = date(year, month, days[-1] if order == 4 else days[order])
    return Value("date", day.isoformat(), day.isoformat(), day.isoformat(), month, day.day)


def _years(words: str, _base: Base) -> Value:
    first, last = re.findall(r"\d+", words)
    full = last if len(last) == 4 else first[:2] + last
    if int(full) < int(first):
        return Value("period")
    return Value("period", None, year_span(int(first))[0], year_span(int(full))[1])


def _decade(words: str, _base: Base) -> Value:
    digits = re.findall(r"\d+", words)[0]
    start = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return Value("period", None, year_span(start)[0], year_span(start + 9)[1])


def _decade_words(words: str, _base: Base) -> Value:
    """Return the bounds of "the seventies", of the twentieth century."""
    tens = next(at for at, name in enumerate(load("dates")["decades"], 2) if words.lower().endswith(name))
    return Value("period", None, year_span(1900 + 10 * tens)[0], year_span(1909 + 10 * tens)[1])


CALENDAR: dict[str, Callable[[str, Base], Value]] = {
    "iso": _iso,
    "numeric": _numeric,
    "days": _days,
    "date": _date,
    "months": _months,
    "month": month_value,
    "month_alone": month_value,
    "quarter": _quarter,
    "season": _season,
    "year": _year,
    "part_year": _part_year,
    "week_of": _week_of,
    "years": _years,
    "year_words": _year_words,
    "weekday_of": _weekday_of,
    "decade": _decade,
    "decade_words": _decade_words,
}
"""The resolver of each of the grammar's rules that names a place in the calendar."""
