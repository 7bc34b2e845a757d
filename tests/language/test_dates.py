"""Dates: exact places, values with and without a dateline, and what is never guessed."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_text import parsed_lines

from briefs.domain.scan import DateMention
from briefs.language.dates import dates


def read(text: str, published: str | None = None) -> list[DateMention]:
    """Return the dates of one invented sentence."""
    return list(dates(parsed_lines(text), published))


class Case(NamedTuple):
    """A sentence, its one date, and its value without a dateline."""

    sentence: str
    text: str
    kind: str
    iso: str | None = None
    first: str | None = None
    last: str | None = None
    month: int | None = None
    day: int | None = None


D = "2025-07-18"
UNDATED = [
    Case("The ferry sank on July 18, 2025.", "July 18, 2025", "date", D, D, D, 7, 18),
    Case("The ferry sank on 18 July 2025.", "18 July 2025", "date", D, D, D, 7, 18),
    Case("The ferry sank on 2025-07-18.", "2025-07-18", "date", D, D, D, 7, 18),
    Case("The ferry sank on 07/18/2025.", "07/18/2025", "date", D, D, D, 7, 18),
    Case("The ferry sank on 18.07.2025.", "18.07.2025", "date", D, D, D, 7, 18),
    Case("The ferry sank on 07/08/2025.", "07/08/2025", "date", None, "2025-07-08", "2025-08-07"),
    Case("The ferry sank on November 9th.", "November 9th", "date", month=11, day=9),
    Case("The ferry sank on July 18.", "July 18", "date", month=7, day=18),
    Case("The ferry sank on the first of May.", "first of May", "date", month=5, day=1),
    Case("It closed on February 30, 2024.", "February 30, 2024", "date", month=2, day=30),
    Case("It rained in October.", "October", "month", month=10),
    Case("It rained in May.", "May", "month", month=5),
    Case("It rained in October 2024.", "October 2024", "month", "2024-10", "2024-10-01", "2024-10-31", 10),
    Case("The mill opened in 2014.", "2014", "year", "2014", "2014-01-01", "2014-12-31"),
    Case("It has stood since 2014.", "since 2014", "period", None, "2014-01-01"),
    Case("It has stood since February 2022.", "since February 2022", "period", None, "2022-02-01", None, 2),
    Case("All will be gone by 2030.", "by 2030", "period", None, None, "2030-12-31"),
    Case(
        "Sales fell in the third quarter of 2024.",
        "third quarter of 2024",
        "period",
        None,
        "2024-07-01",
        "2024-09-30",
    ),
    Case("Prices rose between March and May.", "between March and May", "period", month=3),
    Case(
        "It ran from March to May 2025.",
        "from March to May 2025",
        "period",
        None,
        "2025-03-01",
        "2025-05-31",
        3,
    ),
    Case("It ran from 2010 to 2015.", "from 2010 to 2015", "period", None, "2010-01-01", "2015-12-31"),
    Case("He led the 2014-15 season.", "2014-15", "period", None, "2014-01-01", "2015-12-31"),
    Case("They met July 18-20, 2025.", "July 18-20, 2025", "period", None, "2025-07-18", "2025-07-20", 7, 18),
    Case("It was built in the 1990s.", "1990s", "period", None, "1990-01-01", "1999-12-31"),
    Case("He left last month.", "last month", "relative"),
    Case("He left a week earlier.", "a week earlier", "relative"),
    Case("He left on the same day.", "same day", "relative"),
    Case("He left earlier this year.", "earlier this year", "relative"),
    Case("He left on Monday.", "Monday", "relative"),
    Case("He left at 7 p.m.", "7 p.m.", "time"),
    Case("The fire lasted three days.", "three days", "duration"),
    Case("The trial should last three weeks.", "three weeks", "duration"),
    Case(
        "It rained in the week of March 4, 2024.",
        "week of March 4, 2024",
        "period",
        None,
        "2024-03-04",
        "2024-03-10",
        3,
        4,
    ),
    Case("It shut in mid-2021.", "mid-2021", "year", None, "2021-01-01", "2021-12-31"),
    Case("Sales fell in fiscal 2023.", "fiscal 2023", "year"),
    Case("Sales fell in FY2022-23.", "FY2022-23", "year"),
    Case("The 2023/24 financial year was poor.", "2023/24 financial year", "year"),
    Case(
        "Sales fell in the third quarter of fiscal 2024.",
        "third quarter of fiscal 2024",
        "period",
        None,
        "2024-07-01",
        "2024-09-30",
    ),
    Case(
        "They met between 3 and 9 May 2024.",
        "between 3 and 9 May 2024",
        "period",
        None,
        "2024-05-03",
        "2024-05-09",
        5,
        3,
    ),
    Case(
        "They met on 3 and 4 May 2024.", "3 and 4 May 2024", "period", None, "2024-05-03", "2024-05-04", 5, 3
    ),
    Case(
        "They met Nov 18-Dec 19, 2015.",
        "Nov 18-Dec 19, 2015",
        "period",
        None,
        "2015-11-18",
        "2015-12-19",
        11,
        18,
    ),
    Case(
        "It ran from Nov. 18 to Jan. 3, 2016.",
        "from Nov. 18 to Jan. 3, 2016",
        "period",
        None,
        "2015-11-18",
        "2016-01-03",
        11,
        18,
    ),
    Case("It has run from 2016 onwards.", "from 2016 onwards", "period", None, "2016-01-01"),
    Case("All left before May 2023.", "before May 2023", "period", None, None, "2023-04-30", 5),
    Case("All left after 2010.", "after 2010", "period", None, "2011-01-01"),
    Case("All left after the 2010 fire.", "2010", "year", "2010", "2010-01-01", "2010-12-31"),
    Case("It was dry in the late seventies.", "late seventies", "period", None, "1970-01-01", "1979-12-31"),
    Case("It was dry in the 90s.", "90s", "period", None, "1990-01-01", "1999-12-31"),
    Case("The plan is due by summer.", "by summer", "period"),
    Case("It is shut for the rest of the week.", "rest of the week", "relative"),
    Case("All left by year-end.", "by year-end", "period"),
    Case("Thirty-five years later he left.", "Thirty-five years later", "relative"),
    Case("The fire lasted 10–15 minutes.", "10–15 minutes", "duration"),
    Case("The fire lasted an hour and a half.", "an hour and a half", "duration"),
    Case("He got between three and five years.", "between three and five years", "duration"),
]


@pytest.mark.parametrize("case", UNDATED, ids=lambda case: case.text)
def test_without_a_dateline_only_what_is_stated_is_known(case: Case) -> None:
    """No year is guessed and today is never the base; month and day are given all the same."""
    found = read(case.sentence)
    assert [(d.text, d.kind) for d in found] == [(case.text, case.kind)]
    date = found[0]
    assert (date.iso, date.from_date, date.to_date) == (case.iso, case.first, case.last)
    assert (date.month, date.day) == (case.month, case.day)


# 22 November 2025 is a Saturday.
DATED = [
    ("The ferry sank on Monday.", "2025-11-17", "2025-11-17", "2025-11-17"),
    ("The ferry sank on Saturday.", "2025-11-22", "2025-11-22", "2025-11-22"),
    ("The ferry sank last Saturday.", "2025-11-15", "2025-11-15", "2025-11-15"),
    ("The ferry will sail on Monday.", "2025-11-24", "2025-11-24", "2025-11-24"),
    ("The ferry sails next Monday.", "2025-11-24", "2025-11-24", "2025-11-24"),
    ("The ferry sank on December 3.", "2024-12-03", "2024-12-03", "2024-12-03"),
    ("The ferry sank on November 9.", "2025-11-09", "2025-11-09", "2025-11-09"),
    ("The ferry will sail on December 3.", "2025-12-03", "2025-12-03", "2025-12-03"),
    ("It rained in October.", "2025-10", "2025-10-01", "2025-10-31"),
    ("It rained in December.", "2024-12", "2024-12-01", "2024-12-31"),
    ("He left yesterday.", "2025-11-21", "2025-11-21", "2025-11-21"),
    ("He left on Tuesday last week.", "2025-11-11", "2025-11-11", "2025-11-11"),
    ("He will leave next week on Tuesday.", "2025-11-25", "2025-11-25", "2025-11-25"),
    ("It rained in the first week of January.", None, "2024-12-30", "2025-01-05"),
    ("It rained in the last week of October.", None, "2025-10-27", "2025-11-02"),
    ("Sales fell last quarter.", None, "2025-07-01", "2025-09-30"),
    ("Sales fell over the past year.", None, "2024-11-22", "2025-11-22"),
    ("It will run from next Monday to Friday.", None, "2025-11-24", "2025-11-28"),
    ("It will happen between now and December 3.", None, "2025-11-22", "2025-12-03"),
    ("It sank on Thursday the 13th.", "2025-11-13", "2025-11-13", "2025-11-13"),
    ("He spent the last three months of this year there.", None, "2025-10-01", "2025-12-31"),
    ("He left forty days ago.", "2025-10-13", "2025-10-13", "2025-10-13"),
    ("He left last month.", "2025-10", "2025-10-01", "2025-10-31"),
    ("He left last year.", "2024", "2024-01-01", "2024-12-31"),
    ("It fell in the two previous years.", None, "2023-11-22", "2025-11-22"),
    ("He left two months ago.", "2025-09", "2025-09-01", "2025-09-30"),
    ("He left three days ago.", "2025-11-19", "2025-11-19", "2025-11-19"),
    ("He left last week.", None, "2025-11-10", "2025-11-16"),
    ("It grew over the past three months.", None, "2025-08-22", "2025-11-22"),
    ("It has grown since the beginning of the year.", None, "2025-01-01", None),
    ("He left a week earlier.", None, None, None),
]


@pytest.mark.parametrize(("sentence", "iso", "first", "last"), DATED)
def test_with_a_dateline_relative_dates_are_reckoned(
    sentence: str, iso: str | None, first: str | None, last: str | None
) -> None:
    """The past is the default, the future where the sentence speaks of it, other anchors stay open."""
    date = read(sentence, "2025-11-22")[0]
    assert (date.iso, date.from_date, date.to_date) == (iso, first, last)


# 14 March 2024 is a Thursday.
LOOKING = [
    ("The school said it would hold a further meeting on Friday.", "2024-03-15"),
    ("The mayor resigned on Friday.", "2024-03-08"),
    ("The mayor said on Friday that the ferry will be sold.", "2024-03-08"),
    ("Test results were due on 28 March.", "2024-03-28"),
    ("A hearing is set for 28 March.", "2024-03-28"),
    ("The council is to meet on 2 April.", "2024-04-02"),
    ("Prices are the lowest since 28 March.", None),
    ("We had a date in mind, which was 28 March.", "2024-03-28"),
    ("The log is dated 28 March.", "2023-03-28"),
    ("She left on 28 March.", "2023-03-28"),
    ("Work starts on 2 May.", "2024-05-02"),
    ("The fair opens on Monday.", "2024-03-18"),
    ("The bread came on a Sunday.", None),
    ("The bread came on the Sunday after.", None),
    ("The shop is open every Sunday.", None),
    ("On the last Sunday of October 2023 the ferry sank.", "2023-10-29"),
    ("The first Monday in May will be free.", "2024-05-06"),
    ("She was born in nineteen eighty-four.", "1984"),
]


@pytest.mark.parametrize(("sentence", "iso"), LOOKING)
def test_a_date_without_a_year_goes_where_its_verb_looks(sentence: str, iso: str | None) -> None:
    """News dates look back and plans look ahead, each date by its own verb; else the nearest is meant."""
    found = [date.iso for date in read(sentence, "2024-03-14")]
    assert found[0] == iso


@pytest.mark.parametrize("hour", ["eight o'clock", "three in the morning", "half past nine", "ten at night"])
def test_hours_in_words_are_times(hour: str) -> None:
    """An hour in words is a time of day, so that nobody takes it for a count."""
    assert [(d.text, d.kind) for d in read(f"They rang at {hour}.")] == [(hour, "time")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Two night-shift cooks left.",
        "About 2000 houses burned.",
        "The war is in its fourth year.",
        "He may march on the hall.",
        "April Petrel led the guild.",
        "August crowds of gulls stood about.",
        "She is 34 years old.",
        "They sell 20,000 barrels a year.",
        "The second half was better.",
        "Three quarters of the town left.",
        "A survey of 1709 schoolchildren was lost.",
        "A 2000 year old vase broke.",
        "Summer school is out.",
        "The fall of Norvik was long ago.",
        "Boys aged 8–10 years sang.",
    ],
)
def test_what_is_no_date_is_left_alone(sentence: str) -> None:
    """Counts, ordinals, ages, rates and verbs never become dates."""
    assert read(sentence) == []


def test_a_bad_dateline_is_no_dateline() -> None:
    """Metadata that is not a date never becomes a base."""
    assert read("He left yesterday.", "soon")[0].iso is None


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("0123456789-/.: JulyMayMondaysince2014of"),
            st.characters(exclude_categories=["Cs"]),
        ),
        max_size=60,
    ),
    st.sampled_from([None, "2024-02-29", "0001-01-01", "9999-12-31"]),
)
def test_any_text_and_dateline_keep_exact_places(text: str, published: str | None) -> None:
    """Whatever stands in an article, dates slice to their text, in order, without overlap or error."""
    found = read(text, published)
    assert all(text[d.start : d.end] == d.text for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_raise_no_error(published: str) -> None:
    """A dateline at the edge of what can be reckoned leaves values open."""
    text = "He left yesterday, last month, two years ago, 3000 days ago, last week and next Monday; it will end tomorrow."
    assert len(read(text, published)) >= 6
