"""Dates and times, with their value against the dateline.

A mention covers the date with the words that make it a period ("since 2014", "between March and May",
"until Friday"), not the preposition or article of a plain date ("in October" gives "October"). A duration
("three
days") is a mention of its own; an age is not.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from briefs.data import load
from briefs.domain.scan import DateMention
from briefs.language import dates_grammar
from briefs.language.dates_calendar import names
from briefs.language.dates_grammar import Found, cells
from briefs.language.dates_relative import value
from briefs.language.dates_tense import direction
from briefs.language.dates_value import Base, Value
from briefs.language.parse import ParsedArticle, ParsedSentence


class _Dated(NamedTuple):
    start: int
    end: int
    value: Value
    rule: str


_YEARLESS = frozenset(
    {
        "date",
        "days",
        "day_of_week",
        "weekday",
        "this",
        "month",
        "month_alone",
        "months",
        "week_of",
        "edge",
        "season",
        "weekday_of",
    }
)
"""Rules whose value can hang on whether the sentence looks back or ahead."""
_OTHER_DAY = re.compile(r"\s(?:after|before|following)\b(?!\s(?:the|a|an|his|her|its|their)\b)")
"""After "the Thursday": a day reckoned from another day of the text."""
_WORD_BEFORE = re.compile(r"(\w+)\s$")
_LEAD = re.compile(
    r"\b(since|ever since|from|between|starting(?: in| on| from)?|beginning(?: in| on)?|until|till|up to"
    r"|before|after|by|prior to"
    r"|as of|no later than)(?: (?:at least|about|around))?(?: the)? $",
    re.IGNORECASE,
)
_RANGE_LEAD = re.compile(r"\b(?:from|between) (?:the )?$", re.IGNORECASE)
_RANGE_LINK = re.compile(r"\s?(?:to|and|until|till|through|-|–|—)\s?(?:the )?|\s?[-–—]\s?", re.IGNORECASE)
_CLOCK_LINK = re.compile(r",?\s(?:(?:at|around|about|on|by)\s)?(?:about )?", re.IGNORECASE)
_DAY_RULES = frozenset({"iso", "numeric", "date", "day", "weekday"})
_CALENDAR_RULES = frozenset({"iso", "numeric", "date", "month", "year", "quarter", "part_year"})
_RANGE_BARE = re.compile(r"\s?[-–—]\s?|\s(?:to|through|until|till)\s(?:the )?", re.IGNORECASE)
_ONWARDS = re.compile(
    r"\s(?:onwards?\b|or later\b(?!\sthan)|and (?:later|after|beyond)(?=[.,;:)]|$))", re.IGNORECASE
)
_BACKWARDS = re.compile(r"\s(?:or earlier\b(?!\sthan)|and (?:earlier|before)(?=[.,;:)]|$))", re.IGNORECASE)
_FROM_NOW = re.compile(r"\bbetween now and (?:the )?$", re.IGNORECASE)
_TO_NOW = re.compile(r"\s(?:and|to|until|till) (?:now|today|the present(?: day)?)\b", re.IGNORECASE)
_UNCERTAIN = frozenset({"before", "after", "by"})
_ONE_SIDED = frozenset({"since", "before", "after", "until", "till", "by"})
_NOUN = re.compile(r"\s(?!(?:and|or|but|when|as|to|with|was|is|were|that|which|in|for|the|a)\b)[A-Za-z]")
_POSSESSIVE = re.compile(r"['’]s?\b")
_BOTH_ENDS = frozenset({"days", "months", "years"})


def dates(parsed: ParsedArticle, published: str | None) -> tuple[DateMention, ...]:
    """Return the dates of the article, in order; `published` is the ISO 8601 dateline or none."""
    base = _dateline(published)
    found: list[DateMention] = []
    for sentence in parsed.sentences:
        found.extend(_mention(parsed.text, each) for each in _of_sentence(parsed.text, sentence, base))
    return tuple(found)


def _dateline(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def _of_sentence(text: str, sentence: ParsedSentence, base: date | None) -> list[_Dated]:
    start, end = sentence.sentence.start, sentence.sentence.end
    found = [
        each for cell in cells(text, start, end) for each in dates_grammar.find(text, cell.start, cell.end)
    ]
    if not found:
        return []
    items = [
        _Dated(f.start, f.end, value(f.rule, text[f.start : f.end], _base(text, sentence, f, base)), f.rule)
        for f in found
    ]
    return [_led(text, start, _now(text, start, each, base)) for each in _joined(text, start, items)]


def _base(text: str, sentence: ParsedSentence, found: Found, day: date | None) -> Base:
    """Return what a date is reckoned from; the parse is asked only where the words state no year."""
    if day is None or found.rule not in _YEARLESS:
        return Base(day)
    before = _WORD_BEFORE.search(text, max(sentence.sentence.start, found.start - 12), found.start)
    word = before[1].lower() if before else ""
    if found.rule == "weekday" and (
        word in load("dates")["any_day"] or (word == "the" and _OTHER_DAY.match(text, found.end))
    ):
        return Base(None)
    if word in load("dates")["back_before"]:
        return Base(day, "back")
    token = next((t for t in sentence.tokens if t.idx + sentence.offset >= found.start), None)
    looks = direction(token) if token is not None else None
    # "It is shut until Friday" looks ahead, where nothing says that it is over.
    return Base(day, "ahead" if looks is None and word in ("until", "till") else looks)


def _joined(text: str, start: int, items: list[_Dated]) -> list[_Dated]:
    """Join the two ends of a range, and a day with its time."""
    joined: list[_Dated] = []
    for item in items:
        before = joined[-1] if joined else None
        if before is None or item.start - before.end > 12:
            joined.append(item)
            continue
        gap = text[before.end : item.start]
        lead = _RANGE_LEAD.search(text, max(start, before.start - 16), before.start)
        if lead and _RANGE_LINK.fullmatch(gap) and before.rule != "range":
            joined[-1] = _Dated(
                lead.start(), item.end, _range(_with_year(text, before, item), item.value), "range"
            )
        elif {before.rule, item.rule} <= _CALENDAR_RULES and _RANGE_BARE.fullmatch(gap):
            joined[-1] = _Dated(
                before.start, item.end, _range(_with_year(text, before, item), item.value), "range"
            )
        elif (
            {before.rule, item.rule} & {"clock"}
            and {before.rule, item.rule} & _DAY_RULES
            and _CLOCK_LINK.fullmatch(gap)
        ):
            day = item if before.rule == "clock" else before
            joined[-1] = _Dated(before.start, item.end, day.value, day.rule)
        else:
            joined.append(item)
    return joined


def _with_year(text: str, first: _Dated, last: _Dated) -> Value:
    """Return the value of the first day or month of a range, the year that only its end states lent to it."""
    worth, end = first.value, last.value.first
    year = names().year
    if (
        worth.first is None
        or worth.month is None
        or end is None
        or last.value.month is None
        or year.search(text, first.start, first.end)
        or not year.search(text, last.start, last.end)
    ):
        return worth
    lent = int(end[:4]) - (worth.month > last.value.month)
    return worth._replace(first=f"{lent:04}{worth.first[4:]}")


def _range(first: Value, last: Value) -> Value:
    start = first.first
    # "from March to May 2025": the year of the end is the year of the beginning.
    if start is None and last.first and first.month and last.month:
        year = int(last.first[:4]) - (first.month > last.month)
        start = f"{year:04}-{first.month:02}-{first.day or 1:02}"
    if first.kind == last.kind == "time":
        return Value("time")
    last = _following(start, last)
    if start and last.last and last.last < start:
        start = None
    return Value("period", None, start, last.last, first.month, first.day)


def _following(start: str | None, last: Value) -> Value:
    """Return the end of a range on or after its beginning: "from next Monday to Friday"."""
    if not (start and last.first and last.last and last.last < start):
        return last
    if last.kind == "relative" and last.first == last.last:
        apart = (date.fromisoformat(start) - date.fromisoformat(last.last)).days
        moved = _shifted(last.last, 7 * -(-apart // 7))
        return last._replace(first=moved, last=moved)
    if last.kind in ("date", "month") and int(last.last[:4]) + 1 == int(start[:4]):
        return last._replace(first=None, last=f"{start[:4]}{last.last[4:]}")
    return last


def _now(text: str, start: int, item: _Dated, day: date | None) -> _Dated:
    """Take "between now and" and "and now" into the mention that they make a range of."""
    today, worth = day.isoformat() if day else None, item.value
    if item.rule in _LENGTHS:
        return item
    if lead := _FROM_NOW.search(text, max(start, item.start - 24), item.start):
        last = worth._replace(kind="period", iso=None, first=today)
        return _Dated(lead.start(), item.end, last, "range")
    opened = _RANGE_LEAD.search(text, max(start, item.start - 16), item.start)
    if opened and (tail := _TO_NOW.match(text, item.end)):
        first = worth._replace(kind="period", iso=None, last=today)
        return _Dated(opened.start(), tail.end(), first, "range")
    return item


_LENGTHS = frozenset({"range", "duration", "a_duration", "clock", "ago"})


def _led(text: str, start: int, item: _Dated) -> _Dated:
    """Take "since", "until", "before" and the like into the mention, and bound it on one side only."""
    if item.rule in _LENGTHS:
        return item
    if bounded := _trailed(text, start, item):
        return bounded
    lead = _LEAD.search(text, max(start, item.start - 30), item.start)
    word = lead.group(1).lower().split()[0] if lead else ""
    if lead is None or _names_an_event(text, item, word, lead.group()):
        return item
    if item.rule in _BOTH_ENDS:
        item = item._replace(start=lead.start()) if word in ("from", "between") else item
        if word not in _ONE_SIDED:
            return item
    elif word in ("from", "between", "as"):
        return item
    return _Dated(lead.start(), item.end, _open(word, item.value), "led")


def _names_an_event(text: str, item: _Dated, word: str, lead: str) -> bool:
    """Tell whether the date only says which: "before Friday's vote", "before the 2014 protests"."""
    if word in _UNCERTAIN and _POSSESSIVE.match(text, item.end):
        return True
    told = item.rule == "year" and word != "since" and lead.lower().endswith("the ")
    return told and _NOUN.match(text, item.end) is not None


def _open(word: str, worth: Value) -> Value:
    """Return what is open on one side: "since 2014" and "after 2014" have a beginning, the rest an end."""
    first, last = None, worth.last
    if word in ("since", "ever", "starting", "beginning"):
        first, last = worth.first, None
    elif word == "after":
        first, last = _shifted(worth.last, 1), None
    elif word in ("before", "prior"):
        last = _shifted(worth.first, -1)
    return Value("period", None, first, last, worth.month, worth.day)


def _trailed(text: str, start: int, item: _Dated) -> _Dated | None:
    """Take "onwards", "or later", "or earlier" into the mention, and a "from" before it."""
    if tail := _ONWARDS.match(text, item.end):
        lead = _FROM.search(text, max(start, item.start - 9), item.start)
        return _Dated(lead.start() if lead else item.start, tail.end(), _open("since", item.value), "led")
    if tail := _BACKWARDS.match(text, item.end):
        return _Dated(item.start, tail.end(), _open("until", item.value), "led")
    return None


_FROM = re.compile(r"\bfrom (?:the )?$", re.IGNORECASE)


def _shifted(day: str | None, days: int) -> str | None:
    """Return the day after or before: "after 2010" begins with 2011."""
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat() if day else None
    except OverflowError:
        return None


def _mention(text: str, item: _Dated) -> DateMention:
    worth = item.value
    return DateMention(
        start=item.start,
        end=item.end,
        text=text[item.start : item.end],
        iso=worth.iso,
        from_date=worth.first,
        to_date=worth.last,
        kind=worth.kind,
        month=worth.month,
        day=worth.day,
    )
