"""Timing: whether a claim and a passage speak of one time, with what the document says above the passage."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from briefs.domain.documents import Passage
from briefs.domain.scan import DateMention, Quantity
from briefs.language.comparing import periods
from briefs.language.comparing.times import Day, Shape, Time, Times, compare_times, day_of
from briefs.steps.evidence.reading import Read, read_words

_BEFORE = timedelta(days=92)
_AFTER = timedelta(days=31)
"""A figure without a time is of the article's if its document is of so long before or after it."""


class Apart(NamedTuple):
    """Why two figures are not known to be of one time."""

    why: str
    """In words for people; empty where they are of one time."""
    yearless: bool = False
    """Their months agree, and a year is not stated."""


TOGETHER = Apart("")


def time_of_date(mention: DateMention) -> Time:
    """Return the time that a date names by itself."""
    return periods.time_of_date(mention) or Time(Shape.VAGUE, mention.text)


def times_above(passage: Passage) -> tuple[Time, ...]:
    """Return the times that stand above a passage: a date on a line of its own, the heading, the title."""
    for words in (passage.lead, passage.heading, passage.source.title or ""):
        found = tuple(_fixed(mention for read in read_words(words, None) for mention in read.dates))
        if found:
            return found
    return ()


def times_within(reads: Iterable[Read]) -> tuple[Time, ...]:
    """Return the times of those sentences of a passage that are nothing but a date: "14 March 2024."."""
    return tuple(time for read in reads if _is_date(read) for time in _fixed(read.dates))


def _is_date(read: Read) -> bool:
    rest = read.text
    for each in read.dates:
        rest = rest.replace(each.text, "")
    return bool(read.dates) and sum(char.isalpha() for char in rest) <= len("on the")


def _fixed(dates: Iterable[DateMention]) -> Iterator[Time]:
    return (time for each in dates if (time := time_of_date(each)).shape is Shape.SPAN)


def same_ends(
    one: Quantity, these: Sequence[DateMention], other: Quantity, those: Sequence[DateMention]
) -> bool:
    """Tell whether two figures are for the time up to one day ("by Wednesday", "by 7 May")."""
    mine, theirs = _mention(one, these), _mention(other, those)
    if mine is None or theirs is None or mine.to_date is None:
        return False
    return (mine.from_date, mine.to_date) == (theirs.from_date, theirs.to_date)


def _mention(figure: Quantity, dates: Sequence[DateMention]) -> DateMention | None:
    words = (figure.period or "").lower()
    return next((each for each in dates if words and each.text.lower() in words), None)


def counted_on(above: Sequence[Time], published: str | None) -> str:
    """Return the day on which a document counts, in its words, where it is not the article's own day."""
    appeared = day_of(published)
    for time in above:
        ends = time.ends
        if ends is not None and ends.first == ends.last and _known(ends.first) not in (None, appeared):
            return time.words
    return ""


class Near(NamedTuple):
    """The other times around two figures."""

    beside: Sequence[Time]
    """Those of the claim's sentence."""
    above: Sequence[Time]
    """Those that the document gives around its figure."""
    published: str | None
    """When the article appeared."""


def apart(claimed: Time, documented: Time, near: Near, *, agrees: bool) -> Apart:
    """Say why two figures are not known to be of one time.

    A figure without a time takes one of those near it only where it is the other figure's very time. Where
    the values differ, a year that neither states, or a day to which neither counts, leaves it open.
    """
    if claimed.shape is Shape.NONE or documented.shape is Shape.NONE:
        return Apart(_silent(claimed, documented, near))
    meet = compare_times(claimed, documented)
    yearless = claimed.first is not None and claimed.first.year is None
    if meet is Times.SAME_BUT_YEAR or (meet is Times.SAME and yearless and not agrees):
        return Apart(f"the year of “{claimed.words}” is not stated in both", yearless=True)
    if meet is Times.SAME or (meet is Times.SAME_START and agrees):
        return TOGETHER
    if meet is Times.SAME_START:
        return Apart(f"“{documented.words}” and “{claimed.words}” may run to different days")
    return Apart(f"the document speaks of “{documented.words}”, the claim of “{claimed.words}”")


def _silent(claimed: Time, documented: Time, near: Near) -> str:
    """Say why figures of which one names no time, or neither does, are not known to be of one time."""
    if claimed.shape is documented.shape:
        return _old(near.above, near.published)
    if claimed.shape is Shape.NONE:
        one = any(compare_times(each, documented) is Times.SAME for each in near.beside)
        return "" if one else f"the document speaks of “{documented.words}”, the claim names no time"
    one = any(compare_times(claimed, each) is Times.SAME for each in near.above)
    return "" if one else f"the claim speaks of “{claimed.words}”, the document names no time"


def _old(above: Sequence[Time], published: str | None) -> str:
    """Say that a document is of another time than the article, where both are dated."""
    spans = [(ends, time.words) for time in above if (ends := time.ends) is not None]
    appeared = day_of(published)
    if not spans or appeared is None:
        return ""
    for ends, _ in spans:
        first, last = _known(ends.first), _known(ends.last)
        if first is None or last is None or (first <= appeared + _AFTER and last >= appeared - _BEFORE):
            return ""
    return f"the document speaks of “{spans[0][1]}”, the article appeared on {appeared.isoformat()}"


def _known(day: Day) -> date | None:
    try:
        return date(day.year, day.month, day.day) if day.year else None
    except ValueError:
        return None
