"""Flags about the year of a war or an anniversary that does not fit its beginning or another sentence."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.lexicon import alternatives, months, ordinals, words

_ORDINAL = rf"(?P<ordinal>{alternatives(ordinals())}|\d{{1,3}}(?:st|nd|rd|th))"
_ITS_YEAR = re.compile(rf"\b(?:its|their|his|her)\s+{_ORDINAL}\s+(?P<what>year|anniversary)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\b(?P<subject>[^\W\d_]{3,})(?:,\s[^,.;!?\n]{3,80},\s|,?\s)"
    rf"(?:{alternatives(words('turning'))})[^\W\d_]*\s+(?:[^\W\d_]+\s+){{0,3}}\Z",
    re.IGNORECASE,
)
"""What stands before "its third year": "the strike enters", "the strike, which began in 2021, enters"."""
_REACH = 140
_YEAR_OF = re.compile(
    rf"\b{_ORDINAL}\s+(?P<what>year|anniversary)\s+of\s+(?:the|this)\s+(?:[^\W\d_]+\s+)?"
    r"(?P<subject>[^\W\d_]{3,})\b",
    re.IGNORECASE,
)
_STARTED = re.compile(
    rf"\b(?P<subject>[^\W\d_]{{3,}})\b(?:,\s(?:(?:which|that)\s)?|\s(?:that|which)\s|\s(?:has|have)\s[^\W\d_]+\s(?:\w+\s)?|"
    r"\s)"
    rf"(?:{alternatives(words('beginnings'))})\s+(?:(?P<month>{alternatives(months())})\s+)?(?P<year>(?:18|19|20)\d\d)\b",
    re.IGNORECASE,
)
_SINCE_YEAR = re.compile(
    r"\b(?:since|(?:began|begun|started|founded|opened|launched|established|broke out) in)\s+"
    r"(?:[^\W\d_]+\s+)?(?:18|19|20)\d\d\b"
)
_FOLLOWING = re.compile(r",\s+(?:the|this)\s+(?P<subject>[^\W\d_]{3,})\b", re.IGNORECASE)
_NOW = re.compile(
    r"\b(?:as of|so far in|this year,|now, in)\s+(?:[^\W\d_]+\s+)?(?P<year>20\d\d)\b", re.IGNORECASE
)


class _Turn(NamedTuple):
    """A subject with the ordinal that the text gives it, as in "the strike enters its third year"."""

    subject: str
    number: int
    what: str
    place: Span


def year_misfit(context: Context) -> Iterator[Finding]:
    """Flag an ordinal year or anniversary that another sentence, or start and dateline, contradict."""
    turns = [turn for turn in _turns(context) if not _of_another_time(context, turn)]
    yield from _against_each_other(context, turns)
    yield from _against_dateline(context, turns)


def _against_each_other(context: Context, turns: list[_Turn]) -> Iterator[Finding]:
    first_of: dict[tuple[str, str], _Turn] = {}
    for turn in turns:
        first = first_of.setdefault((turn.subject, turn.what), turn)
        if first.number == turn.number or _past(context, first) or _past(context, turn):
            continue
        # "The war in one country" is not "the war in another".
        if _names(context, first) != _names(context, turn):
            continue
        note = f"{context.excerpt(first.place)} and {context.excerpt(turn.place)} cannot both hold."
        yield context.finding(FlagKind.YEAR_MISFIT, note, (first.place, turn.place), article_wide=True)


def _names(context: Context, turn: _Turn) -> frozenset[str]:
    """Return the capitalised words with which a subject is told from others of its kind."""
    around = context.text[max(0, turn.place.start - 30) : turn.place.end]
    same_line = around.rsplit("\n", 1)[-1]
    return frozenset(re.findall(r"(?<=\w )[A-Z]\w+", same_line))


def _past(context: Context, turn: _Turn) -> bool:
    return re.search(r"\b(?:\w+ed|was|were|had|will|began)\b", turn.place.of(context.text)) is not None


def _of_another_time(context: Context, turn: _Turn) -> bool:
    """Tell whether the sentence speaks of an ordinal that was or will be: "next year", "in 2015"."""
    sentence = context.segmentation.sentence_at(turn.place.start)
    if sentence is None:
        return True
    after = _SINCE_YEAR.sub("", context.text[turn.place.end : sentence.end])
    return re.search(r"\b(?:19|20)\d\d\b|\b(?:next|last) (?:year|month)\b", after) is not None


def _turns(context: Context) -> Iterator[_Turn]:
    text = context.text
    for match in _ITS_YEAR.finditer(text):
        before = max(0, match.start() - _REACH)
        subject = _subject(text[before : match.start()])
        if subject is not None:
            yield _turn(match, subject["subject"], before + subject.start())
            continue
        after = _FOLLOWING.match(text, match.end())
        if after is not None:
            yield _turn(match, after["subject"], match.start(), after.end())
    if re.search(r"\b(?:year|anniversary)\s+of\b", text):
        for match in _YEAR_OF.finditer(text):
            yield _turn(match, match["subject"], match.start())


def _subject(before: str) -> re.Match[str] | None:
    """Return the nearest noun that may be the subject of "enters its third year"."""
    nouns = re.finditer(r"\b[^\W\d_]{3,}", before)
    found = (_SUBJECT.match(before, noun.start()) for noun in nouns)
    return next(
        (each for each in found if each and each["subject"].lower() not in words("no_subjects")), None
    )


def _turn(match: re.Match[str], subject: str, start: int, end: int | None = None) -> _Turn:
    ordinal = match["ordinal"].lower()
    number = ordinals().get(ordinal) or int(re.sub(r"\D", "", ordinal))
    return _Turn(subject.lower(), number, match["what"].lower(), Span(start=start, end=end or match.end()))


class _Now(NamedTuple):
    """When the article speaks, and the words that say so."""

    year: int
    month: int | None
    words: str


def _now(context: Context) -> _Now | None:
    published = context.article.published
    if published and published[:4].isdecimal():
        month = int(published[5:7]) if len(published) >= 7 else None
        return _Now(int(published[:4]), month, f"the article's own date ({published[:7]})")
    stated = _NOW.search(context.text)
    return _Now(int(stated["year"]), None, f"“{stated.group()}”") if stated else None


def _against_dateline(context: Context, turns: list[_Turn]) -> Iterator[Finding]:
    now = _now(context)
    if now is None or not turns:
        return
    starts = {match["subject"].lower(): match for match in _STARTED.finditer(context.text)}
    for turn in turns:
        start = starts.get(turn.subject)
        if start is None:
            continue
        fitting = _fitting(now.year - int(start["year"]), _month_number(start["month"]), now.month, turn.what)
        if turn.number in fitting or max(fitting) < 1:
            continue
        since = Span(start=start.start(), end=start.end())
        makes = " or ".join(f"{number}" for number in sorted(fitting))
        note = (
            f"{context.excerpt(turn.place)}; but counted from {start['year']} to {now.words}, "
            f"it would be {turn.what} {makes}."
        )
        yield context.finding(FlagKind.YEAR_MISFIT, note, (turn.place, since), article_wide=True)


def _fitting(passed: int, start_month: int | None, now_month: int | None, what: str) -> set[int]:
    """Return the ordinals that fit; both neighbours where a month is not known."""
    if what == "anniversary":
        return {passed - 1, passed, passed + 1}  # it may be told before its day or after it
    if start_month is None or now_month is None or start_month == now_month:
        return {passed, passed + 1}
    return {passed + 1} if now_month > start_month else {passed}


def _month_number(name: str | None) -> int | None:
    return months().index(name.capitalize()) + 1 if name else None
