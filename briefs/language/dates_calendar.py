"""Names of months, days and numbers in dates, and plain facts of the calendar."""

import re
from calendar import monthrange
from datetime import date
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.language.dates_rules import atoms


class Names(NamedTuple):
    """Patterns and look-up tables for the names in a date."""

    month: re.Pattern[str]
    months: dict[str, int]
    day: re.Pattern[str]
    year: re.Pattern[str]
    weekdays: dict[str, int]
    ordinals: dict[str, int]
    numbers: dict[str, int]


@cache
def names() -> Names:
    """Return the patterns and look-up tables of `briefs/data/dates.toml`."""
    data, a = load("dates"), atoms()
    words = "|".join(sorted(data["ordinals"], key=len, reverse=True))
    return Names(
        month=re.compile(rf"\b{a.month}", re.IGNORECASE),
        months={form.lower(): at + 1 for at, forms in enumerate(data["months"]) for form in forms},
        day=re.compile(rf"(?<!\d)(?:(\d{{1,2}})(?:st|nd|rd|th)?(?!\w)|({words})\b)", re.IGNORECASE),
        year=re.compile(r"(?<!\d)(?:1[4-9]|20|21)\d\d(?!\d)"),
        weekdays={name.lower(): at for at, name in enumerate(data["weekdays"])},
        ordinals={word: at + 1 for at, word in enumerate(data["ordinals"])},
        numbers={
            **load("numbers")["tens"],
            **{word: at + 1 for at, word in enumerate(data["numbers"])},
            "hundred": 100,
        },
    )


def year_span(year: int) -> tuple[str, str]:
    """Return the first and last day of a year."""
    return f"{year:04}-01-01", f"{year:04}-12-31"


def month_span(year: int, month: int, last: int | None = None) -> tuple[str, str]:
    """Return the first day of a month and the last day of it, or of month `last` in the same season."""
    end_year, end_month = (year, last or month) if (last or month) >= month else (year + 1, last or month)
    return f"{year:04}-{month:02}-01", f"{end_year:04}-{end_month:02}-{monthrange(end_year, end_month)[1]:02}"


def real_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or none for the thirtieth of February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
