"""Our own sentences with marked figures and dates, and the rule that tells what news writes."""

import pytest

from benchmarks import numbers_own
from benchmarks.numbers_news import bare, left_out


def test_our_own_sentences_are_read_as_marked() -> None:
    """A change of the grammar that loses a form of figure or date that news writes is seen here, by its words."""
    assert [line for line in numbers_own.report() if line.startswith("  ")] == []


@pytest.mark.parametrize(
    ("words", "kind", "timex", "kept"),
    [
        ("12 May 2021", "date", "2021-05-12", True),
        ("last week", "daterange", "2016-W44", True),
        ("2015-09", "daterange", "2015-09", False),
        ("lunchtime", "timerange", "T12", False),
        ("Easter", "date", "XXXX-04-12", False),
        ("two weeks before 4 May", "date", "2016-04-20", False),
        ("the week", "daterange", "2016-W45", False),
    ],
)
def test_what_news_writes_is_told_from_the_annotation(words: str, kind: str, timex: str, kept: bool) -> None:
    """The rule asks for type, value and words of an annotation alone, and keeps what a paper would print."""
    span = {
        "type": f"datetimeV2.{kind}",
        "start": 0,
        "end": len(words),
        "resolution": {"values": [{"timex": timex}]},
    }
    assert (left_out(words, span) is None) is kept


def test_only_words_of_the_closed_list_are_taken_off() -> None:
    """Normalising takes bounds and prepositions from both ends, and never a word that has a value."""
    text = "no more than about 40 boats or so"
    start, end = bare(text, 0, len(text))
    assert text[start:end] == "40 boats"
