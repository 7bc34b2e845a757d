"""What a row of a table is about: the time that it names, and the names in it that are no figures."""

import calendar
import re
from functools import cache, lru_cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.documents import Passage
from briefs.language.comparing.times import Day, Shape, Time
from briefs.readers.tables import number_of
from briefs.steps.evidence.reading import read_words
from briefs.steps.evidence.timing import time_of_date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_QUARTER = re.compile(r"Q([1-4])[\s/-]*(\d{4})\Z|(\d{4})[\s/-]*Q([1-4])\Z", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_LONGEST = 40


class Keys(NamedTuple):
    """What a row is about."""

    time: Time
    names: tuple[str, ...]


def keys_of(passage: Passage) -> Keys | None:
    """Return what a row is about; none for one that names neither a time nor a thing."""
    if passage.cells is None:
        return None
    dated: list[str] = []
    names: list[str] = []
    for column, cell in zip(passage.columns, passage.cells, strict=True):
        if cell and is_dated(column, cell):
            dated.append(cell)
        elif number_of(cell, passage.decimal) is None and any(char.isalpha() for char in cell):
            names.append(cell)
    return Keys(_time(tuple(dated), passage.source.heading), tuple(names)) if dated or names else None


def is_dated(column: str, cell: str) -> bool:
    """Tell whether a cell names a time: by its column's name, or as a month."""
    if not _dated().isdisjoint(re.findall(r"[a-z]+", column.lower())):
        return True
    first = re.match(r"[A-Za-z]+", cell)
    return len(cell) <= _LONGEST and first is not None and first[0].lower() in _months()


@cache
def _dated() -> frozenset[str]:
    return frozenset(load("comparing")["tables"]["dated"])


@cache
def _months() -> frozenset[str]:
    names = (*calendar.month_name[1:], *calendar.month_abbr[1:])
    return frozenset(name.lower() for name in names) | {"sept"}


@lru_cache(maxsize=4_000)
def _time(dated: tuple[str, ...], title: str) -> Time:
    """Return the time that a row's cells name; a year that they leave out is the title's, if it has one."""
    years = set(_YEAR.findall(title))
    if not dated:
        return _span(int(min(years)), 1, 12) if len(years) == 1 else Time(Shape.NONE)
    words = " ".join(sorted(dated, key=lambda cell: bool(_YEAR.fullmatch(cell))))
    if iso := _ISO.match(words):
        year, month, day = (int(part) if part else None for part in iso.groups())
        return _span(year or 0, month or 1, month or 12, day)
    if quarter := _QUARTER.match(words):
        last = 3 * int(quarter[1] or quarter[4])
        return _span(int(quarter[2] or quarter[3]), last - 2, last)
    if not _YEAR.search(words) and len(years) == 1:
        words = f"{words} {min(years)}"
    found = [date for read in read_words(f"In {words}.", None) for date in read.dates]
    return time_of_date(found[0]) if found else Time(Shape.VAGUE, words)


def _span(year: int, first: int, last: int, day: int | None = None) -> Time:
    """Return whole months of a year, or one day of its first month; none where there is no such date."""
    try:
        end = calendar.monthrange(year, last)[1]
    except (ValueError, calendar.IllegalMonthError):
        return Time(Shape.VAGUE, str(year))
    months = calendar.month_name
    if day:
        words = f"{day} {months[first]} {year}"
    elif first == last:
        words = f"{months[first]} {year}"
    else:
        words = str(year) if last - first > 9 else f"{months[first]} to {months[last]} {year}"
    return Time(Shape.SPAN, words, Day(year, first, day or 1), Day(year, last, day or end))
