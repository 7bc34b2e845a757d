"""Flags about dates that the calendar or the article's own date contradicts."""

import re
from collections.abc import Iterator
from datetime import date

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.scan import DateMention
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.lexicon import alternatives, months, phrase_pattern, weekdays, words

_DAY = re.compile(
    rf"\b(?P<weekday>{'|'.join(weekdays())}),?\s+(?:the\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>"
    rf"{alternatives(months())})|(?P<named>{alternatives(months())})\s+(?P<numbered>\d{{1,2}})(?:st|nd|rd|th)?)\b"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
)
_YEAR = re.compile(
    r"\b(?P<how>in|since|from|during|back in)\s+(?P<year>(?:19|20)\d\d)\b(?!\s*(?:[-–/%]|to\s+\d))"
)
_STRETCH = re.compile(
    r"\b(?:from|between|since)\s+(?P<first>(?:1[5-9]|20)\d\d)\s+(?:to|until|and|through)\s+(?P<last>(?:1[5-9]|20)\d\d)\b"
    r"(?!\s*(?:%|per|[a-z]+s\b))"
)
_SINCE = re.compile(r"since\s", re.IGNORECASE)
_COPULA = re.compile(r"\b(?:was|were)\s+\Z")
_STATED_YEAR = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:last|previous|earlier) (?:year|month)\b|\byears? (?:ago|earlier)\b"
)
_PAST = re.compile(rf"\b(?:\w{{2,}}ed|{alternatives(words('past_verbs'))})\b", re.IGNORECASE)
_CLAUSE_START = re.compile(r"[,;:—–(]\s|\b(?:that|which|who|but|and)\s")
_AIM = re.compile(r"\b(?:so that|in order to|so as to|to avoid|to allow)\b")
"""What something was done for; it may well lie ahead, the deed does not."""
_LONG_AGO = 275
"""Days back from which on a day of the past is not told without its year: nine months."""
_LATEST = 60
"""Years ahead up to which a number after "in" or "since" is a year that may have been mistyped."""


def weekday_misfit(context: Context) -> Iterator[Finding]:
    """Flag "Friday, 12 March 2024" where that day was no Friday."""
    for found in _DAY.finditer(context.text):
        month = months().index(found["month"] or found["named"]) + 1
        day = int(found["day"] or found["numbered"])
        year = found["year"]
        middle = int(year or (context.article.published or "0")[:4])
        if not middle:
            continue
        reach = 0 if year else 1
        fitting = [_weekday(y, month, day) for y in range(middle - reach, middle + reach + 1)]
        if None in fitting or found["weekday"] in fitting:
            continue
        place = Span(start=found.start(), end=found.end())
        known = f"in {middle}" if year else f"in {middle}, the year of the article"
        note = (
            f"“{context.words(place)}”: the calendar has {fitting[reach]} for that day {known}. "
            "The weekday or the date is off."
        )
        yield context.finding(FlagKind.DATE_MISFIT, note, (place,))


def _weekday(year: int, month: int, day: int) -> str | None:
    try:
        return weekdays()[date(year, month, day).weekday()]
    except ValueError:
        return None


def date_ahead(context: Context) -> Iterator[Finding]:
    """Flag a year that is told as past and lies after the article's own date."""
    published = context.article.published
    if published is None:
        return
    now = int(published[:4])
    for found in _YEAR.finditer(context.text):
        year = int(found["year"])
        sentence = context.segmentation.sentence_at(found.start())
        if not now < year <= now + _LATEST or sentence is None or sentence.furniture is not None:
            continue
        if found["how"] != "since" and not _told_as_past(context, sentence, found.start()):
            continue
        place = Span(start=found.start(), end=found.end())
        note = (
            f"“{context.words(place)}” is told as past, and lies after the article’s own date "
            f"({published[:10]}). The year is off, or the tense is."
        )
        yield context.finding(FlagKind.DATE_MISFIT, note, (place,))


def years_backwards(context: Context) -> Iterator[Finding]:
    """Flag "from 2017 to 2009": a stretch of years that ends before it begins."""
    for found in _STRETCH.finditer(context.text):
        if int(found["first"]) <= int(found["last"]):
            continue
        place = Span(start=found.start(), end=found.end())
        note = f"“{context.words(place)}” ends before it begins: one of the years is off."
        yield context.finding(FlagKind.DATE_MISFIT, note, (place,))


def _told_as_past(context: Context, sentence: Sentence, at: int) -> bool:
    """Tell whether the clause before a date is in the past tense, and nothing in the sentence looks ahead."""
    if _looks_ahead(context, sentence, at) or "?" in sentence.of(context.text):
        return False
    before = context.text[sentence.start : at]
    borders = [found.end() for found in _CLAUSE_START.finditer(before)]
    clause = before[borders[-1] :] if borders else before
    if not clause.strip() and not borders:  # "In 2031, the mill burned."
        clause = context.text[at : sentence.end]
    return _PAST.search(clause) is not None


def _looks_ahead(context: Context, sentence: Sentence, at: int) -> bool:
    """Tell whether a sentence may speak of a day to come, apart from what the deed told at `at` was for."""
    aim = _AIM.search(context.text, at, sentence.end)
    told = context.text[sentence.start : aim.start() if aim else sentence.end]
    return phrase_pattern("looking_ahead").search(told) is not None


def year_left_out(context: Context) -> Iterator[Finding]:
    """Flag a day told as past, without a year, that is yet to come or, counted back, is long ago."""
    published = context.article.published
    if published is None or len(published) < len("2024-03-14"):
        return
    now = date.fromisoformat(published[:10])
    for mention in context.scan.dates:
        day = _day_without_year(mention, now)
        sentence = context.segmentation.sentence_at(mention.start)
        if day is None or sentence is None or sentence.furniture is not None:
            continue
        gap = (now - day).days
        far = ""
        if gap >= _LONG_AGO:
            months_back = round(gap / 30.4)
            far = f"has no year: counted back it is {day}, {months_back} months before the article’s own date"
        elif gap < -1 and _is_over(context, sentence, mention.start):
            far = f"lies {-gap} days after the article’s own date"
        if far and not _has_year_beside(context, sentence, mention.start, published[:4]):
            note = (
                f"“{context.words(mention)}” is told as past and {far} ({now}). The month or the year is off."
            )
            yield context.finding(FlagKind.DATE_MISFIT, note, (mention.place,))


def _has_year_beside(context: Context, sentence: Sentence, at: int, own: str) -> bool:
    """Tell whether another year than the article's stands near, or the sentence looks ahead."""
    near = (context.before(sentence, 2) or (sentence,))[-1].start
    told = _STATED_YEAR.findall(context.text, near, sentence.end)
    return _looks_ahead(context, sentence, at) or any(year != own for year in told)


def _is_over(context: Context, sentence: Sentence, at: int) -> bool:
    """Tell whether what a day is told of is over; "the date was 12 May" does not say so."""
    copula = _COPULA.search(context.text, max(sentence.start, at - 12), at)
    return not (copula or sentence.quote_depth) and _told_as_past(context, sentence, at)


def _day_without_year(mention: DateMention, now: date) -> date | None:
    """Return the day of a mention that states no year; "since 9 August" can only be one that has been."""
    if mention.month is None or mention.day is None or re.search(r"\d{4}", mention.text):
        return None
    try:
        if mention.kind == "period" and _SINCE.match(mention.text):
            this_year = date(now.year, mention.month, mention.day)
            return this_year if this_year <= now else this_year.replace(year=now.year - 1)
        return date.fromisoformat((mention.iso or "")[:10]) if mention.kind == "date" else None
    except ValueError:  # 29 February, or no day at all
        return None
