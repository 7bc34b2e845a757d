"""What two figures have to do with each other: value, thing, happening and time, each for itself."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_text import parsed_lines

from briefs.domain.scan import Quantity
from briefs.language.comparing.happenings import happening
from briefs.language.comparing.periods import time_of
from briefs.language.comparing.things import Counted, compare_things, thing_of
from briefs.language.comparing.times import Shape, Time, Times, compare_times
from briefs.language.comparing.values import Agreement, agreement, bounds_of, difference
from briefs.language.dates import dates
from briefs.language.quantities import quantities

AGREES, DIFFERS, UNSETTLED = Agreement.AGREES, Agreement.DIFFERS, Agreement.UNSETTLED


@cache
def figure(words: str) -> Quantity:
    """Return the figure of "They saw … clerks." as the extractor reads it."""
    (found,) = quantities(parsed_lines(f"They saw {words} clerks."))
    return found


VALUES = [
    ("21,602", "21,600", AGREES),
    ("21,602", "more than 21,000", AGREES),
    ("2,310", "more than 2,300", AGREES),
    ("about 1.2 million", "1,214,000", AGREES),
    ("at least four", "four", AGREES),
    ("1,500 to 1,800", "1,500–1,800", AGREES),
    ("nearly 2,000", "1,950", AGREES),
    ("up to 40", "38", AGREES),
    ("at least four", "five", UNSETTLED),
    ("20,000", "21,600", UNSETTLED),
    ("300", "312", UNSETTLED),
    ("about 250,000", "230,000", UNSETTLED),
    ("tens of thousands", "180,000", UNSETTLED),
    ("from 9,000 to 19,000", "10,900", UNSETTLED),
    ("more than 21,000", "20,990", UNSETTLED),
    ("15,000 to 18,000", "21,602", DIFFERS),
    ("four", "five", DIFFERS),
    ("40", "44", DIFFERS),
    ("2,310", "1,120", DIFFERS),
    ("21,600", "21,500", DIFFERS),
    ("more than 19,500", "10,900", DIFFERS),
    ("from 9,000 to 19,000", "more than 19,900", DIFFERS),
]


@pytest.mark.parametrize(("one", "other", "expected"), VALUES, ids=str)
def test_values_are_compared_by_bounds_and_rounding(one: str, other: str, expected: Agreement) -> None:
    """Rounding is no conflict, and a floor is none with what lies above it."""
    assert agreement(figure(one), figure(other)) is expected
    assert agreement(figure(other), figure(one)) is expected


@given(st.integers(1, 10**9), st.integers(0, 3))
@settings(deadline=None)
def test_a_number_agrees_with_itself_rounded(value: int, digits: int) -> None:
    """Newspapers round to two or three digits; that is one figure, whichever stands first."""
    rounded = float(f"{value:.{digits + 2}g}")
    one, other = (_plain(each) for each in (value, rounded))
    assert agreement(one, other) is not DIFFERS
    assert agreement(one, other) is agreement(other, one)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
@settings(deadline=None)
def test_ranges_with_a_value_in_common_never_differ(a: int, b: int, c: int, d: int) -> None:
    """What both ranges allow, both can say."""
    one, other = _plain(min(a, b), max(a, b)), _plain(min(c, d), max(c, d))
    shared = max(min(a, b), min(c, d)) <= min(max(a, b), max(c, d))
    if shared:
        assert agreement(one, other) is not DIFFERS
    assert difference(bounds_of(one), bounds_of(other)) == difference(bounds_of(other), bounds_of(one))


def _plain(low: float, high: float | None = None) -> Quantity:
    return Quantity(start=0, end=1, text="1", low=low, high=low if high is None else high)


THINGS = [
    ("soldiers", "Ukrainian soldiers", Counted.SAME),
    ("service members", "soldiers", Counted.SAME),
    ("deserters", "soldiers", Counted.SAME),
    ("others", "people", Counted.SAME),
    ("members of staff", "employees", Counted.SAME),
    ("people", "nurses", Counted.WIDER),
    ("workers", "nurses", Counted.WIDER),
    ("workers", "night-shift workers", Counted.WIDER),
    ("nurses", "resignation notices", Counted.MEASURE),
    ("criminal cases", "complaints", Counted.MEASURE),
    ("nurses", None, Counted.UNKNOWN),
    ("nurses", "doctors", Counted.APART),
    ("villages", "posts", Counted.APART),
    ("cases of fraud", "criminal cases", Counted.APART),
]


@pytest.mark.parametrize(("one", "other", "expected"), THINGS, ids=str)
def test_what_is_counted_is_told_apart(one: str, other: str | None, expected: Counted) -> None:
    """Nurses are people, notices are not; a group within a group is no other group."""
    first, second = (thing_of(_plain(1).model_copy(update={"unit": unit})) for unit in (one, other))
    turned = {Counted.WIDER: Counted.NARROWER, Counted.NARROWER: Counted.WIDER}
    assert compare_things(first, second) is expected
    assert compare_things(second, first) is turned.get(expected, expected)


def test_shares_and_money_are_compared_by_what_they_are_of() -> None:
    """A percentage of nobody knows what can neither agree nor differ."""
    percent = _plain(42).model_copy(update={"unit": "%", "kind": "percent"})
    nurses, doctors = (percent.model_copy(update={"denominator": each}) for each in ("nurses", "doctors"))
    euros = _plain(42).model_copy(update={"unit": "EUR", "kind": "money"})
    assert compare_things(thing_of(nurses), thing_of(nurses)) is Counted.SAME
    assert compare_things(thing_of(nurses), thing_of(doctors)) is Counted.APART
    assert compare_things(thing_of(nurses), thing_of(percent)) is Counted.UNKNOWN
    assert compare_things(thing_of(euros), thing_of(percent)) is Counted.APART


def test_happenings_are_classes_of_words() -> None:
    """To quit and to desert are one, to be killed is another; a strike is no leaving."""
    told = {
        "Nurses: 40 people quit.": "leave",
        "The wards lost 40 nurses, and 31 nurses deserted.": "leave",
        "In all 40 people were killed.": "die",
        "40 people had been treated for injuries.": "injure",
        "40 people had been treated for flu.": "treat",
        "40 nurses walked out over pay.": "strike",
        "40 people have not returned.": "not return",
        "It has cost 40 lives.": "die",
    }
    for line, expected in told.items():
        found = quantities(parsed_lines(line))[-1]
        assert happening(found, line[found.end :]) == expected, line


TIMES = [
    ("in October", "In October 2024", Times.SAME_BUT_YEAR),
    ("in October", "in October alone", Times.SAME),
    ("in October 2023", "in October 2024", Times.APART),
    ("in October", "in November", Times.APART),
    ("in October 2024", "in the first ten months of 2024", Times.WITHIN),
    ("in October 2024", "in 2024", Times.WITHIN),
    ("since January 2023", "since February 2022", Times.OVERLAP),
    ("since the beginning of the year", "so far this year", Times.SAME_START),
    ("since the beginning of the year", "in the first ten months of the year", Times.SAME_START),
    ("since the beginning of the year", "in October", Times.WITHIN),
    ("since the full-scale invasion began", "since the invasion began", Times.SAME_START),
    ("since February 2022", "since the invasion began", Times.UNKNOWN),
    ("every month", "monthly", Times.SAME),
    ("every month", "a year", Times.RATES),
    ("every month", "in October", Times.RATE),
    ("in recent months", "in October", Times.UNKNOWN),
]


@pytest.mark.parametrize(("one", "other", "expected"), TIMES, ids=str)
def test_times_are_laid_on_one_calendar(one: str, other: str, expected: Times) -> None:
    """Figures for two times are no conflict, and a year that nobody states is not made up."""
    first, second = _time(one), _time(other)
    assert compare_times(first, second) is expected
    assert compare_times(second, first) is expected


def _time(words: str) -> Time:
    parsed = parsed_lines(f"Some 4,000 clerks left {words}.")
    figure = _plain(4000).model_copy(update={"period": words})
    return time_of(figure, dates(parsed, None))


def test_the_articles_date_gives_the_year_and_nothing_else_does() -> None:
    """Today's date is never the base: an old article keeps its year."""
    figure = _plain(1).model_copy(update={"period": "since the beginning of the year"})
    dated, undated = time_of(figure, (), "2019-05-02"), time_of(figure, ())
    assert dated.shape is undated.shape is Shape.SINCE
    assert dated.first is not None
    assert undated.first is not None
    assert (dated.first.year, undated.first.year) == (2019, None)


def test_no_order_of_times_matters() -> None:
    """A relation has no direction."""
    every = [_time(words) for words in dict.fromkeys(t for case in TIMES for t in case[:2])]
    for one, other in product(every, repeat=2):
        assert compare_times(one, other) is compare_times(other, one)
