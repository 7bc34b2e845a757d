"""A rate over the months of a count, and two counts from one day: what the arithmetic says of them."""

from typing import NamedTuple

from briefs.language.comparing.times import Day, Shape, Time, Times
from briefs.language.comparing.values import Agreement, compare_bounds, number
from briefs.steps.relate.figures.couple import Accrual, Couple
from briefs.steps.relate.figures.reading import Figure, Figures

_IN_A_MONTH = {"day": 365.25 / 12, "week": 365.25 / 84, "month": 1.0, "quarter": 1 / 3, "year": 1 / 12}
"""How many of each a month holds."""
_LONG = 6
"""An average over fewer months says little of what happens "every month"."""
_FAR = 1.25
"""A rate and a count that miss each other by less may both be right about different months."""
_CURRENT = 3
"""So many months may lie between a stretch and the article that gives a rate."""
_YEAR = 12


class _Months(NamedTuple):
    """How many months a count was gathered in, as far as that is known."""

    least: int
    most: int


def accrual(couple: Couple) -> Accrual | None:
    """Return the arithmetic of a rate and a count, or of two counts from one day; none if it says nothing."""
    if couple.times is Times.RATE:
        return _of_rate(couple)
    if couple.times is Times.SAME_START:
        return _of_starts(couple)
    return None


def _of_rate(couple: Couple) -> Accrual | None:
    of_mine = couple.mine.time.shape is Shape.RATE
    rate, count = couple.figures if of_mine else couple.figures[::-1]
    per = _IN_A_MONTH.get(rate.time.per or "")
    months = _months(count.time)
    if per is None or months is None or months.most < 2 or rate.bounds.vague or count.bounds.vague:
        return None
    least, most = rate.bounds.times(per * months.least), rate.bounds.times(per * months.most)
    result = most._replace(low=least.low)
    apart = compare_bounds(result, count.bounds) is Agreement.DIFFERS
    far = count.bounds.low > result.high * _FAR or count.bounds.high * _FAR < result.low
    lasting = rate.time.steady and months.least >= _LONG and _is_current(couple, count.time)
    return Accrual(_many(per, months, rate.time.per or ""), result, apart and far and lasting, of_mine)


def _many(per: float, months: _Months, unit: str) -> str:
    low, high = (number(round(per * each)) for each in months)
    many = low if low == high else f"{low} to {high}"
    return f"{many} {unit}{'' if many == '1' else 's'}"


def _months(time: Time) -> _Months | None:
    """Return the months of a span, or from the first of a month to the day the article appeared."""
    if time.months is not None:
        return _Months(time.months, time.months)
    first, last = time.first, time.last
    since = time.shape is Shape.SINCE and first is not None and last is not None and first.day == 1
    if not since or first is None or last is None or first.year is None or last.year is None:
        return None
    # The month that the article appeared in may be counted or not.
    whole = (last.year - first.year) * _YEAR + last.month - first.month
    return _Months(whole, whole + 1) if whole >= 1 else None


def _is_current(couple: Couple, stretch: Time) -> bool:
    """Tell whether nothing known says that a rate is for another time than a count's stretch."""
    last = stretch.last
    if last is None or last.year is None:
        return False
    end = last.year * _YEAR + last.month
    known = [m for each in (couple.one, couple.other) if (m := _appeared(each)) is not None]
    return bool(known) and all(-1 <= month - end <= _CURRENT for month in known)


def _of_starts(couple: Couple) -> Accrual | None:
    """Return that a whole year at the pace of one count stays below another that began on the same day."""
    of_mine = couple.mine.bounds.high < couple.theirs.bounds.low
    small, large = couple.figures if of_mine else couple.figures[::-1]
    months, end = small.time.months, small.time.ends
    if months is None or end is None or months < _LONG or not _is_new_year(small.time.first):
        return None
    if large.time.shape is not Shape.SINCE or not _below(small, large):
        return None
    until, appeared = _YEAR, _appeared(couple.other if of_mine else couple.one)
    if appeared is not None and end.last.year is not None:
        until = min(_YEAR, max(months, appeared - end.last.year * _YEAR))
    result = small.bounds.times(round(until / months, 3))
    return (
        Accrual(f"{until} months", result, True, of_mine) if large.bounds.low > result.high * _FAR else None
    )


def _below(small: Figure, large: Figure) -> bool:
    vague = small.bounds.vague or large.bounds.vague
    return not vague and small.bounds.high < large.bounds.low


def _is_new_year(day: Day | None) -> bool:
    return day is not None and (day.month, day.day) == (1, 1)


def _appeared(claim: Figures) -> int | None:
    """Return the month in which a claim's article appeared, counted from year 0."""
    iso = claim.frame.published or ""
    known = len(iso) >= len("2024-11") and iso[:4].isdigit() and iso[5:7].isdigit()
    return int(iso[:4]) * _YEAR + int(iso[5:7]) if known else None
