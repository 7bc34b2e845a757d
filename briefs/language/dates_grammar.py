"""Where dates and times stand in a text: one regular expression a rule, the first that fits wins.

Nothing here knows what a date is worth; `dates_value` does. The rules are our own: libraries were
measured to misread news phrases ("in October", "7 p.m."). All quantifiers are bounded, so that matching is
linear in the text.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.spans import Span


class Found(NamedTuple):
    """A date expression at `start`..`end` of the text, found by `rule`."""

    rule: str
    start: int
    end: int


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
    zone = rf"(?:\s?(?-i:{_either(data['zones'])})\b)?"
    half = r"(?:a\.\s?m\.|p\.\s?m\.|am\b|pm\b)"
    number = (
        rf"(?:\d{{1,4}}(?:[.,]\d{{1,3}})?|{_either(data['numbers'])}(?:[ -](?:and[ -])?(?:a[ -])?half)?"
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
    r"(?:this|last|next|past|previous|coming|following|same|that"
    r"|the (?:same|previous|following|next|coming|past|last))"
)
_EDGE = (
    r"(?:(?:very )?(?:beginning|start|end|middle|turn|close|outset)|(?:first|last) (?:days|weeks|months)"
    r"|(?:first|second|third|fourth|last|final) (?:day|week|weekend))"
)


def _rules() -> Iterator[tuple[str, str]]:
    a = atoms()
    shift = r"(?:,?\s+(?:of\s+)?(?:this|last|next) year\b)"
    tail = rf"(?:\s?,?\s+(?:of\s+)?{a.year}|{shift})?"
    part = r"(?:(?:early|late|mid)[ -]|the (?:beginning|start|end|middle) of )?"
    day_name = rf"(?:(?:{a.weekday}|(?-i:{_either(load('dates')['weekdays_short'])})\.?),?\s+(?:the\s+)?)?"
    words = load("numbers")
    ones, teens, tens = (_either(list(words[name])) for name in ("units", "teens", "tens"))
    hour = rf"(?:{_either(load('dates')['numbers'][:12])})"
    to = r"(?:\s?[-–—]\s?|\s(?:to|until|through)\s)"
    yield "iso", r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])"
    yield (
        "numeric",
        r"(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.\d{4})(?![\w/-])",
    )
    yield "days", rf"{day_name}{a.month}\s+{a.day}{to}{a.day}{tail}(?!\s+{a.month})"
    yield "days", rf"{a.day}{to}{a.day}\s+(?:of\s+)?{a.month}{tail}"
    yield "date", rf"{day_name}{a.month}\s+(?:the\s+)?(?:{a.day}|{a.ordinal}\b){tail}"
    yield (
        "date",
        rf"{day_name}(?:the\s+)?(?:{a.day}|{a.ordinal})(?:\s+(?:day\s+)?of)?[\s-]+{a.month}(?:{tail}"
        rf"|-{a.year})",
    )
    yield "date", rf"{a.year}\s{a.month}\s{a.day}"
    yield "day_of_week", rf"{a.weekday},?\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)\b"
    yield (
        "weekday_of",
        rf"(?:the\s+)?(?:first|second|third|fourth|last) {a.weekday} (?:of|in) {a.month}(?:,?\s+{a.year})?",
    )
    yield "months", rf"{a.month}{to}{a.month},?\s+(?:of\s+)?{a.year}"
    yield "month", rf"{part}(?:the month of )?{a.month}(?:,?\s+(?:of\s+)?{a.year}|-{a.year}|{shift})"
    yield (
        "quarter",
        (
            rf"(?:(?:the\s+)?(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th)\s+(?:quarter"
            rf"|half)\s+of\s+"
            rf"(?:{a.year}|(?:the|this|last|next)\s+(?:financial |fiscal |calendar )?year)"
            rf"|(?:the\s+)?(?:first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter(?:\s+{a.year})?"
            rf"|{a.year}\s(?-i:[QH][1-4])\b|(?-i:[QH][1-4])(?:\s+(?:of\s+)?{a.year}|(?=[\s,.])))"
        ),
    )
    yield (
        "season",
        rf"(?:(?:early|late|mid)[ -])?(?:the\s+)?{a.season}(?:\s+of)?,?\s+{a.year}|(?:this|last"
        rf"|next)\s+{a.season}\b",
    )
    yield (
        "span_of",
        (
            rf"the (?:first|last|past|next|final) {a.number} (?:days|weeks|months|quarters"
            rf"|years)(?: of (?:the year|this year|last year|{a.year}))"
        ),
    )
    yield (
        "edge",
        (
            rf"(?:the\s+)?{_EDGE}\s+of\s+(?:(?:the|this|last|next)\s+(?:(?:financial|fiscal"
            rf"|calendar)\s+)?(?:year|month|week|century|decade|quarter)"
            rf"|the \d\d(?:st|nd|rd|th) century|{a.year}|{a.month}(?:\s+{a.year})?)\b"
        ),
    )
    yield (
        "year_words",
        (
            rf"(?:eighteen|nineteen|twenty)[ -](?:oh[ -]{ones}|{tens}(?:[ -]{ones})?|{teens})\b"
            r"(?![ -](?:hundred|thousand))"
        ),
    )
    yield "years", rf"(?:1[4-9]|20|21)\d\d\s?[-–—/]\s?(?:{a.year}|\d\d(?![\w%]))(?![-–/]\d)"
    yield (
        "decade",
        r"(?:(?:the\s+)?(?:early|late|mid)[ -])?(?:the\s+)?(?:(?:1[4-9]|20)\d0|['’][2-9]0)['’]?s\b",
    )
    yield "century", r"(?:the\s+)?(?:(?:early|late|mid)[ -])?(?:1\d|20|21)(?:th|st)[ -]century\b"
    yield (
        "ago",
        (
            rf"(?:(?:more than|less than|almost|nearly|about|over)\s+)?(?:{a.number}|an?"
            rf"|half an?)\s+{a.units}\s+"
            r"(?:ago|earlier|later|from now|prior|beforehand|afterwards|previously)\b"
        ),
    )
    yield (
        "day",
        (
            rf"(?:the day (?:before yesterday|after tomorrow)|the (?:day|night|week|month|year) (?:before"
            rf"|after)(?= )(?!\s+the\b)"
            rf"|(?:late |early )?(?:yesterday|today|tomorrow)(?:\s+{_PARTS})?|tonight|(?:earlier"
            rf"|later) (?:today|that day|the same day))\b"
        ),
    )
    yield (
        "last_n",
        (
            rf"(?:the\s+)?(?:last|past|next|coming|previous|following|recent)\s+{a.number}\s+(?:days|weeks"
            rf"|months|quarters|years|hours|minutes|decades)\b"
            r"|(?:(?:the\s+)?(?:past|last|coming|recent|next)|recent)\s+(?:days|weeks|months|years|decades)\b"
        ),
    )
    yield (
        "this",
        (
            rf"(?:(?:earlier|later|early|late)\s+)?{_WHICH}\s+(?:{a.weekday}(?:\s+{_PARTS})?|{a.month}"
            rf"|{_PARTS}"
            r"|day|weekend|week|fortnight|month|quarter|year|decade|century)\b|the weekend\b"
        ),
    )
    yield (
        "clock",
        a.clock + rf"|\b(?:noon|midnight)\b|(?:1[0-2]|[1-9]|{hour}) o['’]clock\b"
        rf"|(?:half|quarter) (?:past|to) {hour}\b"
        rf"|{hour}(?:[- ](?:fifteen|thirty|forty-five))? "
        r"(?:in the (?:early )?(?:morning|afternoon|evening)|at night)\b",
    )
    yield "weekday", rf"{a.weekday}(?:\s+{_PARTS})?\b"
    yield "month_alone", rf"{part}{a.month}(?![\w-])"
    yield (
        "duration",
        rf"(?:(?:{a.number}|half an?)[ -]{a.units}(?:[ -]long)?)(?!\w)(?![- ]+(?:old|of age)\b)"
        rf"(?:\s(?:and\s)?{a.number}\s(?:minutes|hours|days|weeks|months|seconds)\b)?",
    )
    yield "a_duration", r"an?\s+(?:minute|hour|day|night|week|fortnight|month|year|decade|century)\b"
    yield "year", rf"(?:(?:(?:fiscal|financial|calendar)\s+)?year\s+)?{a.year}"
    yield "holiday", rf"(?:{_either(load('dates')['holidays'])})(?:\s+{a.year})?\b"


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    parts: list[str] = []
    for at, (name, rule) in enumerate(_rules()):
        names[f"r{at}"] = name
        parts.append(f"(?P<r{at}>{rule})")
    joined = "|".join(parts)
    return re.compile(rf"(?<![\w$€£¥#.])(?<!\d[,.:/-])(?:{joined})", re.IGNORECASE), names


_WORD = re.compile(r"[A-Za-z]+|[0-9]+|['’](?=[2-9]0)")


@cache
def _openers() -> frozenset[str]:
    """Return the lower-case words that an expression can start with."""
    data = load("dates")
    phrases = [form for forms in data["months"] for form in forms]
    for key in (
        "weekdays",
        "weekdays_short",
        "ordinals",
        "numbers",
        "vague_numbers",
        "seasons",
        "holidays",
        "openers",
    ):
        phrases.extend(data[key])
    return frozenset(re.split("[ -]", phrase)[0].lower() for phrase in phrases)


_TAB = re.compile(r"\t")


def cells(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the cells of a table row, or the whole of a sentence: no date and no figure runs over a tab."""
    for border in (*(match.start() for match in _TAB.finditer(text, start, end)), end):
        if border > start:
            yield Span(start=start, end=border)
        start = border + 1


def find(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield the date expressions of `text` between `start` and `end`, in order, none overlapping another."""
    pattern, names = _pattern()
    openers, free = _openers(), start
    # The rules are tried only where an expression can start: most words are dismissed by one look-up.
    for word in _WORD.finditer(text, start, end):
        at = word.start()
        if at < free or not (word.group()[0] in _DIGITS or word.group().lower() in openers):
            continue
        match = pattern.match(text, at, end)
        if match and _fits(names[match.lastgroup or ""], text, match, start, end):
            yield _found(names[match.lastgroup or ""], text, match)
            free = match.end()


def _found(rule: str, text: str, match: re.Match[str]) -> Found:
    """Return the mention without an article before it ("the third quarter"), or a full stop after it."""
    start, end = match.span()
    if rule != "day" and text[start : start + 4].lower() == "the ":
        start += 4
    # An abbreviated month at the end of a sentence: the stop is the sentence's.
    if text[end - 1] == "." and rule != "clock":
        after = text[end : end + 40].lstrip()[:1]
        end -= not after or after.isupper()
    return Found(rule, start, end)


_DIGITS = frozenset("0123456789'’")
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|to|of|during|before|after|through|throughout|between|and|or|for"
    r"|every|each|late|early|mid"
    r"|as of|on|around|last|this|next|past|the|that|over|at|-|–)[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|before|after|during|early|late|mid|year|years|fiscal|FY|circa|the|its"
    r"|his|her|their|our|this|through|from|a|for|between|of|to|and|or|than|around|back)"
    r"|['’]s|[(\[,;:–—/-]|\b[A-Z][\w’'.-]*)[\s-]*$"
)
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:about|some|than|nearly|almost|around|of|to|for|and|or|least|most|over|approximately)|\bNo\."
    r"|\d)\s*$",
    re.IGNORECASE,
)
_PLURAL_AFTER = re.compile(r"\s[a-z-]{2,}s\b")
_AGE_BEFORE = re.compile(r"\b(?:aged?|ages) (?:of )?$", re.IGNORECASE)
_COMPOUND_AFTER = re.compile(r"-(?!long\b)[a-z]", re.IGNORECASE)
_DURATION_BEFORE = re.compile(
    r"\b(?:for|in|within|after|over|than|about|of|last|lasts|lasted|took|take|takes|spent|spend|until|half"
    r"|nearly|almost|least|only|just|once)\s$",
    re.IGNORECASE,
)


def _fits(rule: str, text: str, match: re.Match[str], start: int, end: int) -> bool:
    before = text[max(start, match.start() - 24) : match.start()]
    if rule == "year":
        return _is_year(before, text[match.end() : min(end, match.end() + 40)])
    if rule == "month_alone":
        return _is_month(before, match.group())
    if rule == "duration":
        # "Two night-shift workers" are not two nights.
        compound = " " in match.group() and _COMPOUND_AFTER.match(text, match.end())
        return _AGE_BEFORE.search(before) is None and not compound
    if rule == "a_duration":
        return _DURATION_BEFORE.search(before) is not None
    return True


def _is_year(before: str, after: str) -> bool:
    if not before.strip():
        return _PLURAL_AFTER.match(after) is None
    counted = _PLURAL_AFTER.match(after) is not None and _COUNT_BEFORE.search(before) is not None
    return not counted and _YEAR_BEFORE.search(before) is not None


def _is_month(before: str, words: str) -> bool:
    """Tell whether a bare month name is one: "may" and "March" also are other words, and April a name."""
    if not words[0].isupper() and " " not in words and "-" not in words:
        return _MONTH_BEFORE.search(before) is not None and len(words) > 3
    ambiguous = words.rstrip(".").lower() in (
        "may",
        "march",
        "mar",
        "april",
        "june",
        "august",
        "jan",
        "sep",
        "dec",
    )
    return not ambiguous or _MONTH_BEFORE.search(before) is not None
