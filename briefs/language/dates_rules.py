"""The rules that find dates and times: one regular expression a rule, the first that fits wins.

The rules are our own: libraries were measured to misread news phrases ("in October", "7 p.m."). All
quantifiers are bounded, so that matching is linear in the text.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefs.data import load


def _either(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


class Atoms(NamedTuple):
    """Pieces that the rules are built from, as regular expressions without groups."""

    month: str
    day: str
    year: str
    weekday: str
    unit: str
    units: str
    number: str
    ordinal: str
    season: str
    clock: str


@cache
def atoms() -> Atoms:
    """Return the pieces, built from `briefs/data/dates.toml`."""
    data = load("dates")
    months = [form for forms in data["months"] for form in forms]
    short = [form for form in months if len(form) <= 4 and form not in ("May", "June", "July")]
    # "may" and "march" are months only with a capital; other names in any case.
    safe = [form for form in months if form not in ("May", "March", "Mar")]
    month = rf"(?:(?:{_either(safe)}|(?-i:May|March|Mar|MAY|MARCH))\b(?:(?i:{_dotted(short)}))?)"
    ordinal = _either(data["ordinals"])
    tens, ones = (_either(list(load("numbers")[name])) for name in ("tens", "units"))
    zone = rf"(?:\s?(?-i:{_either(data['zones'])})\b)?"
    half = r"(?:a\.\s?m\.|p\.\s?m\.|am\b|pm\b)"
    number = (
        rf"(?:\d{{1,4}}(?:[.,]\d{{1,3}}|[½¼¾])?|(?:{tens}[ -]{ones}|{tens}|{_either(data['numbers'])}"
        rf"|(?:an?|one|two|three|four|five) hundred)(?:[ -](?:and[ -])?(?:a[ -])?half)?"
        rf"|{_either(data['vague_numbers'])})"
    )
    return Atoms(
        month=month,
        day=r"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%])(?![.,:]\d))",
        year=r"(?:(?:1[4-9]|20|21)\d\d(?![\w%])(?![.,]\d))",
        weekday=_either(data["weekdays"]),
        unit=_either(data["units"]),
        units=r"(?:centuries|" + _either(data["units"]) + r"s?)",
        number=number,
        ordinal=ordinal,
        season="(?:" + "|".join(data["seasons"]) + ")",
        clock=rf"(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d){{1,2}}\s?{half}{zone}|(?:[01]?\d|2[0-3])(?::[0-5]\d){{1,2}}(?![\d:]){zone}"
        rf"|(?:1[0-2]|0?[1-9])\s?{half}{zone}|\b(?:[01]\d|2[0-3])[0-5]\d\s(?:GMT|UTC|hours)\b)",
    )


def _dotted(short: list[str]) -> str:
    """Return a pattern for the full stop of an abbreviated month ("Sept.")."""
    return "|".join(rf"(?<={re.escape(form)})\." for form in sorted(short))


_PARTS = r"(?:morning|afternoon|evening|night|lunchtime)"
_WHICH = (
    r"(?:this (?:coming|past|upcoming)|this|last|next|past|previous|coming|upcoming|following|same|that"
    r"|the (?:same|previous|following|next|coming|past|last))"
)
_EDGE = (
    r"(?:(?:very )?(?:beginning|start|end|middle|turn|close|outset)|(?:first|last) (?:days|weeks|months)"
    r"|(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th) (?:day|week|weekend))"
)


class Rule(NamedTuple):
    """One way to write a date or time."""

    name: str
    pattern: str
    """A regular expression without named groups."""


def rules() -> Iterator[Rule]:
    """Yield the rules in the order in which they are tried."""
    yield from _days_and_months(atoms())
    yield from _stretches(atoms())
    yield from _relative(atoms())
    yield from _shortest(atoms())


_SHIFT = r"(?:,?\s+(?:of\s+)?(?:this|last|next) year\b)"
_WHEN = r"(?:(?:early|mid)[ -]to[ -](?:mid|late)|early|late|mid)"
_PART = rf"(?:{_WHEN}[ -]|the (?:beginning|start|end|middle) of )?"
_FISCAL = r"(?:financial|fiscal|calendar|academic|school)"


def _days_and_months(a: Atoms) -> Iterator[Rule]:
    """Yield the rules for days and months that name their month or weekday."""
    tail = rf"(?:\s?,?\s+(?:of\s+)?{a.year}|{_SHIFT})?"
    weekday = rf"(?:{a.weekday}|(?-i:{_either(load('dates')['weekdays_short'])})\.?),?\s+(?:the\s+)?"
    day_name = rf"(?:{weekday})?"
    to = r"(?:\s?[-–—]\s?|\s(?:to|until|through)\s)"
    yield Rule(
        "iso", r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])"
    )
    yield Rule(
        "numeric",
        r"(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{4})(?![\w/-])",
    )
    yield Rule("days", rf"{day_name}{a.month}\s+{a.day}{to}{a.day}{tail}(?!\s+{a.month})")
    yield Rule("iso", r"(?:19|20)\d\d/\d\d/\d\d(?![\w/-])")
    yield Rule("days", rf"{a.day}{to}(?:the )?{a.day}\s+(?:of\s+)?{a.month}{tail}")
    yield Rule("days", rf"{a.day} and (?:the )?{a.day}\s+(?:of\s+)?{a.month}{tail}")
    yield Rule("days", rf"{a.month}\s+{a.day} and {a.day}{tail}(?!\s+[\w-]+s\b)")
    yield Rule("days", rf"between (?:the )?{a.day} and (?:the )?{a.day}\s+(?:of\s+)?{a.month}{tail}")
    yield Rule("days", rf"between {a.month}\s+{a.day} and {a.day}{tail}(?!\s+{a.month})")
    yield Rule(
        "week_of",
        rf"(?:the\s+)?week (?:of|(?:starting|beginning|commencing|ending)(?: on)?)\s+"
        rf"(?:{a.weekday},?\s+)?(?:the\s+)?(?:{a.month}\s+{a.day}|{a.day}(?:\s+of)?\s+{a.month}){tail}"
        rf"|(?:the\s+)?week (?:starting|beginning|commencing|ending)(?: on)?\s+{a.weekday}\b",
    )
    yield Rule("date", rf"{day_name}{a.month}\s+(?:the\s+)?(?:{a.day}|{a.ordinal}\b){tail}")
    yield Rule(
        "date",
        rf"{day_name}(?:the\s+)?(?:{a.day}|{a.ordinal})(?:\s+(?:day\s+)?of)?[\s-]+{a.month}(?:-{a.year}"
        rf"|{tail})",
    )
    yield Rule("date", rf"{a.year}\s{a.month}\s{a.day}")
    yield Rule(
        "day_of_week",
        rf"{weekday}\d{{1,2}}(?:st|nd|rd|th)\b|{a.weekday},?\s+the\s+{a.ordinal}\b",
    )
    yield Rule(
        "weekday_of",
        rf"(?:the\s+)?(?:first|second|third|fourth|last) {a.weekday} (?:of|in) {a.month}(?:,?\s+{a.year})?",
    )
    yield Rule(
        "months",
        rf"{_PART}{a.month}{to}{_PART}{a.month}(?:,?\s+(?:of\s+)?{a.year}|(?!\s+{a.day}))(?![\w-])",
    )
    yield Rule("month", rf"{_PART}(?:the month of )?{a.month}(?:,?\s+(?:of\s+)?{a.year}|-{a.year}|{_SHIFT})")


def _stretches(a: Atoms) -> Iterator[Rule]:
    """Yield the rules for quarters, seasons, years and longer times."""
    words = load("numbers")
    ones, teens, tens = (_either(list(words[name])) for name in ("units", "teens", "tens"))
    yield Rule(
        "quarter",
        (
            rf"(?:(?:the\s+)?(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th)\s+(?:quarter"
            rf"|half)\s+of\s+"
            rf"(?:{_FISCAL}\s+)?(?:{a.year}|(?:the|this|last|next)\s+(?:{_FISCAL}\s)?year)"
            rf"|(?:the\s+)?(?:first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter(?:\s+{a.year})?"
            rf"|{a.year}[\s-](?:(?-i:H[12])|Q[1-4])\b"
            rf"|(?:(?-i:H[12])|Q[1-4])\s+(?:of\s+)?{a.year}|(?-i:H[12]|Q[1-4])(?=[\s,.;:)]|$))"
        ),
    )
    yield Rule(
        "season",
        rf"(?:(?:early|late|mid)[ -])?(?:the\s+)?{a.season}(?:\s+of)?,?\s+{a.year}|(?:this|last"
        rf"|next)\s+{a.season}\b",
    )
    yield Rule(
        "span_of",
        (
            rf"the (?:first|last|past|next|final) {a.number} (?:days|weeks|months|quarters"
            rf"|years)(?: of (?:the year|this year|last year|{a.year}))"
        ),
    )
    yield Rule(
        "edge",
        (
            rf"(?:the\s+)?{_EDGE}\s+of\s+(?:(?:the|this|last|next)\s+(?:{_FISCAL}\s+)?(?:year|month|week"
            rf"|century|decade|quarter)"
            rf"|the \d\d(?:st|nd|rd|th) century|{a.year}|{a.month}(?:\s+{a.year})?)\b"
            r"|(?:end of|the rest of (?:the|this)|the remainder of (?:the|this)) (?:year|month|week)\b"
            r"|(?:year|month)[- ]end\b|the year['’]s end\b"
            r"|(?:earlier|later|early|late) in the (?:year|month|week|day|decade|century)\b"
        ),
    )
    yield Rule(
        "year_words",
        (
            rf"(?:eighteen|nineteen|twenty)[ -](?:oh[ -]{ones}|{tens}(?:[ -]{ones})?|{teens})\b"
            r"(?![ -](?:hundred|thousand))"
        ),
    )
    yield Rule(
        "part_year",
        rf"{_WHEN}(?:[- ]|[ -]summer |[ -]winter ){a.year}"
        rf"|(?:fiscal|financial|(?-i:FY))[ -]?{a.year}(?:[-–/]\d\d(?![\w%]))?|(?-i:FY) ?['’]?\d\d(?![\w%])"
        rf"|{a.year}(?:[-–/](?:\d\d){{1,2}})? (?:fiscal|financial|academic|school) year\b",
    )
    yield Rule("years", rf"(?:1[4-9]|20|21)\d\d\s?[-–—/]\s?(?:{a.year}|\d\d(?![\w%]))(?![-–/]\d)")
    yield Rule(
        "decade",
        r"(?:(?:the\s+)?(?:early|late|mid)[ -])?(?:the\s+)?(?:(?:1[4-9]|20)\d0|['’][2-9]0)['’]?s\b"
        rf"|the\s+(?:{_WHEN}[ -])?[2-9]0['’]?s\b",
    )
    yield Rule(
        "decade_words", rf"the\s+(?:{_WHEN}[ -])?(?:nineteen[ -])?{_either(load('dates')['decades'])}\b"
    )
    yield Rule("century", r"(?:the\s+)?(?:(?:early|late|mid)[ -])?(?:1\d|20|21)(?:th|st)[ -]century\b")


def _relative(a: Atoms) -> Iterator[Rule]:
    """Yield the rules for times counted from the article's day or from another time."""
    yield Rule(
        "ago",
        (
            rf"(?:(?:more than|less than|almost|nearly|about|over)\s+)?(?:{a.number}|an?"
            rf"|half an?)\s+{a.units}\s+"
            r"(?:ago|earlier|later|from now|prior|beforehand|afterwards|previously)\b"
        ),
    )
    yield Rule(
        "day",
        (
            rf"(?:the day (?:before yesterday|after tomorrow)|the (?:day|night|week|month|year) (?:before"
            rf"|after)(?=[\s.,;:!?”\")]|$)(?!\s+the\b)"
            rf"|(?:late |early )?(?:yesterday|today|tomorrow)(?:\s+{_PARTS})?|tonight|(?:earlier"
            rf"|later) (?:today|that day|the same day))\b"
        ),
    )
    week = r"(?:this|last|next|the following|the previous) week"
    yield Rule(
        "weekday_week",
        rf"{week},?\s+(?:on\s+)?{a.weekday}\b|{a.weekday},?\s+(?:of\s+)?{week}\b",
    )
    yield Rule(
        "last_n",
        (
            rf"(?:the\s+)?(?:last|past|next|coming|previous|following|recent)\s+{a.number}\s+(?:days|weeks"
            rf"|months|quarters|years|hours|minutes|decades)\b"
            rf"|(?:the\s+)?{a.number}\s+(?:past|previous|coming|upcoming|next|following)\s+(?:days|weeks|months|quarters"
            rf"|years|decades)\b"
            r"|(?:(?:the\s+)?(?:past|last|coming|recent|next)|recent)\s+(?:days|weeks|months|years|decades)\b"
        ),
    )
    yield Rule(
        "this",
        (
            rf"(?:(?:earlier|later|early|late)\s+)?{_WHICH}\s+(?:{a.weekday}(?:\s+{_PARTS})?|{a.month}"
            rf"|{_PARTS}|(?:{_FISCAL}\s+)(?:year|quarter)"
            r"|day|weekend|week|fortnight|month|quarter|year|decade|century)\b|the weekend\b"
            rf"|(?:the )?current (?:{_FISCAL}\s+)?(?:week|month|quarter|year|decade)\b"
        ),
    )


def _shortest(a: Atoms) -> Iterator[Rule]:
    """Yield the rules for times of the day, then those for what no longer rule took: a month, a length."""
    hour = _either(load("dates")["numbers"][:12])
    yield Rule(
        "clock",
        a.clock + rf"|\b(?:noon|midnight)\b|(?:1[0-2]|[1-9]|{hour}) o['’]clock\b"
        rf"|(?:half|quarter) (?:past|to) {hour}\b"
        rf"|{hour}(?:[- ](?:fifteen|thirty|forty-five))? "
        r"(?:in the (?:early )?(?:morning|afternoon|evening)|at night)\b",
    )
    yield Rule("weekday", rf"{a.weekday}(?:\s+{_PARTS})?\b")
    yield Rule("month_alone", rf"{_PART}{a.month}(?![\w-])")
    yield Rule("season_alone", rf"(?:the\s+)?(?:{_WHEN}[ -])?{a.season}(?![\w-])")
    yield Rule(
        "duration",
        rf"(?:(?:between {a.number} and {a.number}|{a.number}(?: (?:to|or) |\s?[-–—]\s?){a.number}"
        rf"|{a.number}|half an?)"
        rf"[ -]{a.units}(?:[ -]long)?)(?!\w)(?![- ]+(?:old|of age)\b)"
        rf"(?:\s(?:and\s)?{a.number}\s(?:minutes|hours|days|weeks|months|seconds)\b"
        r"|\sand (?:a (?:half|quarter)|three[ -]quarters)\b)?"
        rf"|an? {a.unit} and (?:a (?:half|quarter)|three[ -]quarters)\b",
    )
    yield Rule("a_duration", r"an?\s+(?:minute|hour|day|night|week|fortnight|month|year|decade|century)\b")
    yield Rule("year", rf"(?:(?:(?:fiscal|financial|calendar)\s+)?year\s+)?{a.year}")
    yield Rule("holiday", rf"(?:{_either(load('dates')['holidays'])})(?:\s+{a.year})?\b")
