"""What a relative date, a clock time or a duration is worth: "last month", "two weeks ago", "7 p.m.".

Without a dateline all of them stay unresolved. "A week earlier", "the same day" and "the following month"
lean on another date of the text, not on the dateline, and stay unresolved always. A weekday is the last such
day on or before the dateline, or the next one where the words around it look ahead.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from briefs.language.dates_calendar import month_span, names, year_span
from briefs.language.dates_value import CALENDAR, Base, Value, month_value


def value(rule: str, words: str, base: Base) -> Value:
    """Return the value of `words`, found by the grammar's `rule`."""
    resolve = CALENDAR.get(rule) or _RELATIVE.get(rule)
    try:
        return resolve(words, base) if resolve else Value("relative")
    except OverflowError:
        # Beyond the calendar's years 1 to 9999 nothing is reckoned.
        return Value("relative")


def _on(day: date) -> Value:
    iso = day.isoformat()
    return Value("relative", iso, iso, iso, day.month, day.day)


def _between(first: date, last: date) -> Value:
    return Value("relative", None, first.isoformat(), last.isoformat())


def _in_month(day: date) -> Value:
    first, last = month_span(day.year, day.month)
    return Value("relative", first[:7], first, last, day.month)


def _in_year(year: int) -> Value:
    return Value("relative", f"{year:04}", *year_span(year))


def _months_from(day: date, shift: int) -> date:
    at = day.year * 12 + day.month - 1 + shift
    year, month = min(max(at // 12, 1), 9999), at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _day(words: str, base: Base) -> Value:
    lower = words.lower()
    if base.day is None or "that day" in lower or "same day" in lower or " the " in f" {lower} ":
        shift = {"the day before yesterday": -2, "the day after tomorrow": 2}.get(lower)
        if base.day is None or shift is None:
            return Value("relative")
        return _on(base.day + timedelta(shift))
    shift = -1 if "yesterday" in lower else 1 if "tomorrow" in lower else 0
    return _on(base.day + timedelta(shift))


_HUNDRED, _TENS = 100, 20


def _number(words: str) -> float | None:
    digits = re.search(r"\d+(?:\.\d+)?", words)
    if digits:
        return float(digits.group())
    lower = words.lower()
    known = [names().numbers[word] for word in re.findall("[a-z]+", lower) if word in names().numbers]
    # "Thirty-five", "two hundred": the first number word, with the one that completes it.
    found = None if not known else known[0]
    if found is not None and len(known) > 1:
        found = found * 100 if known[1] == _HUNDRED else found + known[1] * (found >= _TENS > known[1])
    if (
        found is None
        and re.match(r"(?:[a-z ]+ )?an? ", lower)
        and "few" not in lower
        and "couple" not in lower
    ):
        return 0.5 if "half" in lower else 1
    return found


_UNIT = re.compile(
    r"(second|minute|hour|day|night|week|fortnight|month|quarter|year|decade|centur)", re.IGNORECASE
)


def _unit(words: str) -> str:
    match = _UNIT.search(words)
    return match.group().lower() if match else ""


def _ago(words: str, base: Base) -> Value:
    lower = words.lower()
    number = _number(words)
    ahead = lower.endswith("from now")
    if base.day is None or number is None or number > 3000 or not (lower.endswith("ago") or ahead):
        return Value("relative")
    sign = 1 if ahead else -1
    unit = _unit(words)
    if unit in ("day", "night") and number == int(number):
        return _on(base.day + timedelta(sign * int(number)))
    if unit == "week":
        middle = base.day + timedelta(int(sign * number * 7))
        return _between(middle - timedelta(3), middle + timedelta(3))
    if unit == "month":
        return _in_month(_months_from(base.day, sign * int(number)))
    if unit == "year":
        year = base.day.year + sign * int(number)
        return _in_year(year) if 1 <= year <= 9999 else Value("relative")
    return Value("relative")


def _last_n(words: str, base: Base) -> Value:
    number = _number(words)
    if base.day is None or number is None or number > 3000:
        return Value("relative")
    unit = _unit(words)
    ahead = re.search(r"\b(?:next|(?:up)?coming|following)\b", words, re.IGNORECASE) is not None
    sign = 1 if ahead else -1
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    if months:
        other = _months_from(base.day, sign * int(number) * months)
    elif days:
        other = base.day + timedelta(sign * int(number) * days)
    else:
        return Value("relative")
    return _between(*sorted((other, base.day)))


def _this(words: str, base: Base) -> Value:
    """Return the value of "last month", "next Monday", "this year", "last October"."""
    lower = words.lower()
    month = names().month.search(words)
    if month:
        found = month_value(words, base)
        return found if base.day else found._replace(iso=None, first=None, last=None)
    if base.day and (window := _WINDOW.search(lower)):
        return _last_n(f"{window[1]} 1 {window[2]}", base)
    bare = re.sub(r"\bthis (?=coming|upcoming|past)", "", lower)
    hangs = bare == lower and re.search(r"\b(?:same|that|previous|following|past|coming|upcoming)\b", lower)
    # A fiscal year need not be a calendar year.
    if base.day is None or hangs or re.search(r"\b(?:fiscal|financial|academic|school)\b", lower):
        return Value("relative")
    shift = 1 if "next" in lower else -1 if "last" in lower else 0
    weekday = _weekday_in(lower)
    if weekday is not None:
        if "past" in lower or "coming" in lower:
            shift = -1 if "past" in lower else 1
        return _on(_nearest_weekday(weekday, base.day, shift, future=base.looks == "ahead"))
    return _unit_from(lower, base.day, shift)


_WINDOW = re.compile(r"\b(past|next(?= fortnight)) (fortnight|week|month|quarter|year|decade)\b")
"""Stretches that end or begin with the dateline, not a week or month of the calendar."""


def _unit_from(lower: str, day: date, shift: int) -> Value:
    if "week" in lower and "weekend" not in lower:
        monday = day - timedelta(day.weekday()) + timedelta(7 * shift)
        return _between(monday, monday + timedelta(6))
    if "month" in lower:
        return _in_month(_months_from(day.replace(day=1), shift))
    if "quarter" in lower:
        return _in_quarter(day, shift)
    if "year" in lower and 1 <= day.year + shift <= 9999:
        return _in_year(day.year + shift)
    if re.search(r"night|morning|afternoon|evening", lower) and shift <= 0:
        return _on(day + timedelta(shift))
    return Value("relative")


def _day_of_week(words: str, base: Base) -> Value:
    """Return the day of "Wednesday the 13th": the nearest such day within a year of the dateline."""
    number, lower = re.search(r"\d+", words), words.lower()
    weekday = next((at for name, at in names().weekdays.items() if lower.startswith(name[:3])), None)
    spoken = next((at for word, at in names().ordinals.items() if lower.endswith(f" {word}")), 0)
    wanted = int(number.group()) if number else spoken
    if base.day is None or weekday is None or not wanted:
        return Value("date")
    shifts = range(-365 if base.looks != "ahead" else 0, 366 if base.looks != "back" else 1)
    days = (base.day + timedelta(shift) for shift in sorted(shifts, key=abs))
    found = next((day for day in days if day.day == wanted and day.weekday() == weekday), None)
    return _on(found)._replace(kind="date") if found else Value("date")


def _in_quarter(day: date, shift: int) -> Value:
    first = _months_from(day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1), 3 * shift)
    start, end = month_span(first.year, first.month, first.month + 2)
    return Value("relative", None, start, end)


def _weekday_of_week(words: str, base: Base) -> Value:
    """Return the day of "Tuesday next week"; weeks begin on Monday."""
    lower = words.lower()
    weekday = _weekday_in(lower)
    if base.day is None or weekday is None or "following" in lower or "previous" in lower:
        return Value("relative")
    shift = 1 if "next" in lower else -1 if "last" in lower else 0
    return _on(base.day + timedelta(weekday - base.day.weekday() + 7 * shift))


def _weekday_in(lower: str) -> int | None:
    return next((at for name, at in names().weekdays.items() if name in lower), None)


def _nearest_weekday(weekday: int, day: date, shift: int, *, future: bool) -> date:
    back = (day.weekday() - weekday) % 7
    if shift > 0 or (shift == 0 and future):
        ahead = (weekday - day.weekday()) % 7
        return day + timedelta(ahead or 7)
    return day - timedelta(back or (7 if shift < 0 else 0))


def _weekday(words: str, base: Base) -> Value:
    weekday = _weekday_in(words.lower())
    if base.day is None or weekday is None:
        return Value("relative")
    return _on(_nearest_weekday(weekday, base.day, 0, future=base.looks == "ahead"))


def _edge(words: str, base: Base) -> Value:
    """Return the bounds of "the beginning of the year", "the end of 2024": the whole of what they name."""
    whole = _whole(words, base)
    return _week_in(words, whole) or whole


_WEEK = re.compile(r"(?:the )?(first|1st|second|2nd|third|3rd|fourth|4th|last|final) week of", re.IGNORECASE)
_WEEKS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}
_THURSDAY = 3


def _week_in(words: str, whole: Value) -> Value | None:
    """Return the bounds of "the first week of May"; a week is of what its Thursday is of, after ISO 8601."""
    match = _WEEK.match(words)
    if match is None or whole.first is None or whole.last is None:
        return None
    first, last = date.fromisoformat(whole.first), date.fromisoformat(whole.last)
    if match[1].lower() in _WEEKS:
        thursday = first + timedelta((_THURSDAY - first.weekday()) % 7 + 7 * _WEEKS[match[1].lower()])
    else:
        thursday = last - timedelta((last.weekday() - _THURSDAY) % 7)
    week = _between(thursday - timedelta(_THURSDAY), thursday + timedelta(_THURSDAY))
    return week._replace(kind="period", month=whole.month)


def _whole(words: str, base: Base) -> Value:
    stated = names().year.search(words)
    if stated and not names().month.search(words):
        return Value("period", None, *year_span(int(stated.group())))
    if names().month.search(words):
        return month_value(words, base)._replace(iso=None)
    lower = words.lower()
    if base.day is None or "the year" in lower[:-9] or "century" in lower or "decade" in lower:
        return Value("relative")
    shift = 1 if "next" in lower else -1 if "of last" in lower else 0
    return _unit_from(lower.rpartition(" of ")[2], base.day, shift)._replace(iso=None)


def _part_of_year(words: str, base: Base) -> Value:
    """Return the bounds of "the first three months of 2024", "the last two weeks of this year"."""
    lower, number = words.lower(), _number(words.lower().rpartition(" of ")[0])
    stated = names().year.search(words)
    shift = -1 if "last year" in lower else 0
    year = int(stated.group()) if stated else base.day.year + shift if base.day else None
    ahead = re.match(r"(?:the )?(?:first|next)", lower)
    ends = re.match(r"(?:the )?(?:last|final)", lower)
    if year is None or number is None or not (ahead or ends) or "next" in lower:
        return Value("period")
    first, last = date(year, 1, 1), date(year, 12, 31)
    months = {"month": 1, "quarter": 3}.get(_unit(lower))
    days = {"day": 1, "week": 7}.get(_unit(lower))
    count = int(number)
    if months and count * months <= _MONTHS:
        begin, stop = (1, count * months) if ahead else (_MONTHS + 1 - count * months, _MONTHS)
        return Value("period", None, *month_span(year, begin, stop))
    if days and count * days < last.timetuple().tm_yday:
        length = timedelta(count * days - 1)
        begin_day, stop_day = (first, first + length) if ahead else (last - length, last)
        return Value("period", None, begin_day.isoformat(), stop_day.isoformat())
    return Value("period")


_MONTHS = 12


def _century(words: str, _base: Base) -> Value:
    number = int(re.findall(r"\d+", words)[0])
    return Value("period", None, f"{(number - 1) * 100 + 1:04}-01-01", f"{number * 100:04}-12-31")


_RELATIVE: dict[str, Callable[[str, Base], Value]] = {
    "day": _day,
    "ago": _ago,
    "last_n": _last_n,
    "this": _this,
    "weekday": _weekday,
    "weekday_week": _weekday_of_week,
    "day_of_week": _day_of_week,
    "season_alone": lambda _words, _base: Value("period"),
    "edge": _edge,
    "century": _century,
    "clock": lambda _words, _base: Value("time"),
    "duration": lambda _words, _base: Value("duration"),
    "a_duration": lambda _words, _base: Value("duration"),
    "span_of": _part_of_year,
}
