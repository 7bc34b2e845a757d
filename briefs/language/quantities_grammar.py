"""Figures in a text: numerals with currency, unit, range and bounding words.

Works on characters alone. What is no figure is left out here: dates and times (handed in), labels
("Article 5", "No. 10"), model names, telephone numbers, addresses on the web, list numbers.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from briefs.data import load
from briefs.domain.scan import Number
from briefs.domain.spans import Span
from briefs.language import numbers
from briefs.language.numbers import Numeral, whole
from briefs.language.units import UnitMatch, currency_before, unit_after

Kind = Literal["count", "money", "percent", "measure", "ordinal", "multiple", "score"]


class Figure(NamedTuple):
    """A figure at `start`..`end` with its bounds; `from_`..`to` also covers the words that bound it."""

    start: int
    end: int
    low: Number | None
    high: Number | None
    kind: Kind = "count"
    unit: str | None = None
    approximate: bool = False
    lead: int = 0
    """Where the words before the figure begin ("more than"); `start` where there are none."""
    tail: int = 0
    """Where the words after the figure end ("or more"); `end` where there are none."""
    vague: bool = False
    bare_one: bool = False
    """The word "one" by itself: a figure only before a noun."""
    scale: int = 1


_MASKS = re.compile(
    r"https?://\S{1,500}|www\.\S{1,300}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|[@#]\w{1,80}"
    r"|\+[0-9]{1,3}[\s.-]?(?:\([0-9]{1,4}\)[\s.-]?)?[0-9]{2,4}(?:[\s./-][0-9]{2,4}){1,4}"
    r"|\(?[0-9]{3}\)?[ -][0-9]{3}-[0-9]{4}|[0-9]{3}-[0-9]{2}-[0-9]{4}|(?:tel|phone"
    r"|fax)\.?:? ?[0-9][0-9 ()./-]{5,20}"
    r"|[0-9]{1,4}(?:\.[0-9]{1,4}){2,8}|[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"\s*\(?[0-9]{1,2}[.)]\s")
_ORDINAL_SUFFIX = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_RATE_BASE = re.compile(r"\b(?:per|for every|for each|out of every)\s$", re.IGNORECASE)
"""The second number of "12 cases per 100,000 people" is the denominator of the first."""
_IDENTIFIER = re.compile(r"(?:\b[A-Z][A-Za-z]*[A-Z0-9][\w-]*|#|§|№)\s?$")


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load("units")["labels"]["words"])
    return re.compile(rf"(?<!\w)({words})\s?$", re.IGNORECASE)


class _Bounds(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]
    effect: dict[str, str]


@cache
def _bounds() -> _Bounds:
    data = load("numbers")

    def pattern(side: str) -> str:
        words = sorted((word for group in data[side].values() for word in group), key=len, reverse=True)
        return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words)

    return _Bounds(
        before=re.compile(rf"(?:(?<!\w)(?:{pattern('before')})\s|[~≈])(?:the\s|an?\s)?$", re.IGNORECASE),
        after=re.compile(rf"\s?(?:{pattern('after')})(?!\w)", re.IGNORECASE),
        effect={
            word: effect
            for side in ("before", "after")
            for effect, words in data[side].items()
            for word in words
        },
    )


def figures(text: str, start: int, end: int, dated: Iterable[Span]) -> list[Figure]:
    """Return the figures of `text` between `start` and `end`, in order, none overlapping another.

    `dated` are the places of dates and times there: a numeral in one of them is no figure.
    """
    numerals = list(numbers.find(text, start, end))
    if not numerals:
        return []
    masked = [(span.start, span.end) for span in dated]
    masked += [match.span() for match in _MASKS.finditer(text, start, end)]
    listed = _LIST_NUMBER.match(text, start, end)
    if listed:
        masked.append(listed.span())
    plain = [
        figure
        for numeral in _clear(numerals, sorted(masked))
        if (figure := _figure(text, numeral, start, end)) is not None
    ]
    return [bounded(text, each, start, end) for each in _joined(text, plain, start)]


def _clear(numerals: list[Numeral], masked: list[tuple[int, int]]) -> Iterator[Numeral]:
    """Yield the numerals that share no character with a masked place."""
    at = 0
    for numeral in numerals:
        while at < len(masked) and masked[at][1] <= numeral.start:
            at += 1
        if at == len(masked) or masked[at][0] >= numeral.end:
            yield numeral


def _figure(text: str, numeral: Numeral, start: int, end: int) -> Figure | None:
    before = text[max(start, numeral.start - 24) : numeral.start]
    if _RATE_BASE.search(before):
        return None
    money = currency_before(text, start, numeral.start)
    if money is None and _is_label(before, written=numeral.written):
        return None
    scaled = numeral.scale > 1 or numeral.vague
    unit = unit_after(text, numeral.end, end, scaled=scaled)
    if unit is None and _glued(text, numeral, end):
        return None
    figure = Figure(
        numeral.start,
        numeral.end,
        numeral.low,
        numeral.high,
        approximate=numeral.vague,
        vague=numeral.vague,
        scale=numeral.scale,
        bare_one=text[numeral.start : numeral.end].lower() == "one",
    )
    age = None if money or unit else _age(text, figure, before, end)
    return age or _with_unit(figure, money, unit, share=numeral.share)


def _is_label(before: str, *, written: bool) -> bool:
    """Tell whether the words before a number make it a name: "Article 5", "clause four", "document 24"."""
    label = _label().search(before)
    if written:
        return label is not None and label[1].lower() in load("units")["labels"]["written"]
    return label is not None or _IDENTIFIER.search(before) is not None


def _with_unit(
    figure: Figure, money: tuple[int, str] | None, unit: UnitMatch | None, *, share: bool
) -> Figure:
    if money:
        stop = unit.end if unit and unit.kind == "money" else figure.end
        return figure._replace(start=money[0], end=stop, kind="money", unit=money[1], bare_one=False)
    if unit:
        # A 34-year-old is 34 years.
        name = (
            unit.unit.lower().replace("-", " ").removesuffix(" old").removesuffix(" of age")
            if _OLD.search(unit.unit)
            else unit.unit
        )
        return figure._replace(end=unit.end, kind=unit.kind, unit=name, bare_one=False)
    return figure._replace(kind="percent", unit="share") if share else figure


_OLD = re.compile(r"[- ](?:old|of age)$", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged?|ages)\s(?:of\s)?$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"[A-Z][\w'’-]+\s[A-Z][\w'’-]+,\s$|[\w’']+\s\($")


def _age(text: str, figure: Figure, before: str, end: int) -> Figure | None:
    """Return an age: "aged 34", "Ann Ellis, 52," - a small number set off by commas after a name."""
    if not isinstance(figure.low, int) or not 0 < figure.low < 115:
        return None
    closed = figure.end == end or text[figure.end] in ",.;)"
    named = text[figure.start - 2 : figure.start] == ", " and _NAME_BEFORE.search(before)
    if _AGED.search(before) or (closed and named):
        return figure._replace(kind="measure", unit="years", bare_one=False)
    return None


def _glued(text: str, numeral: Numeral, end: int) -> bool:
    """Tell whether letters follow directly: "15th", "777F" are no figures."""
    at = numeral.end
    return at < end and (text[at].isalnum() or text[at] == "_") and not numeral.written


_CHANGE = re.compile(
    r"\b(?:rose|risen|rise|rises|rising|fell|fallen|fall|falls|falling|grew|grown|grow|increase[ds]?"
    r"|increasing|decrease[ds]?|drop(?:s|ped|ping)?"
    r"|cut|cuts|up|down|climb(?:s|ed|ing)?|jump(?:s|ed)?|declin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)"
    r"|rais(?:e|es|ed|ing)|went|gone|expand(?:s|ed)?"
    r"|chang(?:e|es|ed|ing)|soar(?:s|ed)?|shr[aiu]nk|doubled|surged|slid|dipped|lower(?:s|ed)?|moved"
    r"|swelled)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?<!\w)(from|between|either)\s(?:about\s|around\s|some\s)?$", re.IGNORECASE)
_DASH = re.compile(r"\s?[-–—‑]\s?")
_TO = re.compile(r"\s(?:to|through)\s(?:about\s|around\s|as many as\s)?")
_AND = re.compile(r"\sand\s(?:about\s|around\s)?")
_OR = re.compile(r"\sor\s(?:even\s|perhaps\s|maybe\s)?")
_OUT_OF = re.compile(r"\s(?:in|out of|of)\s(?:every\s|each\s)?")
_CONTEST = re.compile(
    r"\b(?:win|wins|won|beat|beats|beaten|beating|defeat\w*|lost|lose|loses|lead|leads|led|draw|drew|drawn"
    r"|vote[ds]?|voting|score[ds]?|margin|ruled|ruling"
    r"|pass(?:es|ed)?|approve[ds]?|reject(?:s|ed)?|victory|goal|goals|game|match|final|half-time|trail\w*"
    r"|thrash\w*|decision|split|record)\b",
    re.IGNORECASE,
)


def _joined(text: str, plain: list[Figure], start: int) -> list[Figure]:
    """Join the two ends of a range or score, and the two numbers of "one in five"."""
    joined: list[Figure] = []
    skip = False
    for one, two in pairwise([*plain, None]):
        if skip or one is None:
            skip = False
            continue
        both = _pair(text, one, two, start) if two and two.start - one.end <= 16 else None
        joined.append(both or one)
        skip = both is not None
    return joined


def _pair(text: str, one: Figure, two: Figure, start: int) -> Figure | None:
    gap = text[one.end : two.start]
    lead = _LEAD.search(text, max(start, one.start - 18), one.start)
    if _OUT_OF.fullmatch(gap):
        return _one_in(one, two, gap)
    if _DASH.fullmatch(gap) and (score := _score(text, one, two, start)):
        return score
    # "Passed by 88 to 79": a contest's figures fall, a range's rise.
    if _TO.fullmatch(gap) and _falls(one, two) and (score := _score(text, one, two, start, sure=True)):
        return score
    links = _DASH.fullmatch(gap) or _TO.fullmatch(gap) or _OR.fullmatch(gap)
    if lead and lead[1].lower() == "between":
        links = links or _AND.fullmatch(gap)
    if not links or (lead and _CHANGE.search(text[max(start, lead.start() - 70) : lead.start()])):
        return None
    if lead is None and _TO.fullmatch(gap) and _CHANGE.search(text[max(start, one.start - 40) : one.start]):
        return None
    return _range(one, two, lead.start() if lead else one.start)


def _range(one: Figure, two: Figure, begin: int) -> Figure | None:
    if one.low is None or two.low is None or one.kind not in ("count", two.kind):
        return None
    low, high = one.low, two.high
    # "15 to 18 thousand": the magnitude is written once.
    if two.scale > 1 and one.scale == 1 and low * two.scale < two.low:
        low = whole(low * two.scale)
    if (high is not None and low >= high) or (one.unit and two.unit and one.unit != two.unit):
        return None
    return two._replace(start=begin, low=low, unit=two.unit or one.unit, approximate=one.vague or two.vague)


def _one_in(one: Figure, two: Figure, gap: str) -> Figure | None:
    """Return "one in five", "nine out of ten" as a share; "12 of the 40" stays two figures."""
    if (
        one.kind != "count"
        or two.kind != "count"
        or one.low is None
        or two.low is None
        or gap.strip() == "of"
    ):
        return None
    usual = two.low in (3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10_000, 100_000, 1_000_000)
    if not (0 < one.low < two.low and usual and isinstance(one.low, int)):
        return None
    share = one.low / two.low
    return two._replace(start=one.start, low=share, high=share, kind="percent", unit="share", bare_one=False)


def _falls(one: Figure, two: Figure) -> bool:
    return isinstance(one.low, int) and isinstance(two.low, int) and one.low > two.low


def _score(text: str, one: Figure, two: Figure, start: int, *, sure: bool = False) -> Figure | None:
    """Return the score of two numbers; `sure` asks for a word of contest beside them."""
    plain = one.kind == two.kind == "count" and isinstance(one.low, int) and isinstance(two.low, int)
    if not plain or one.scale > 1 or two.scale > 1 or two.low is None or one.low is None or one.low < 0:
        return None
    around = text[max(start, one.start - 60) : one.start], text[two.end : two.end + 30]
    contested = any(_CONTEST.search(piece) for piece in around) and max(one.low, two.low) < 1000
    if (sure or one.low < two.low) and not contested:
        return None
    if sure and _CHANGE.search(around[0]):
        return None
    low, high = sorted((one.low, two.low))
    return two._replace(start=one.start, low=low, high=high, kind="score")


def bounded(text: str, figure: Figure, start: int, end: int) -> Figure:
    """Return `figure` with the bounds that the words around it set."""
    figure = figure._replace(lead=figure.start, tail=figure.end)
    before = _bounds().before.search(text, max(start, figure.start - 30), figure.start)
    after = _bounds().after.match(text, figure.end, min(end, figure.end + 20))
    if before:
        words = " ".join(before.group().lower().split())
        words = words if words in _bounds().effect else re.sub(r" (?:the|an?)$", "", words)
        figure = _effect(figure, _bounds().effect.get(words, "about"))._replace(lead=before.start())
    if after:
        figure = _effect(figure, _bounds().effect[" ".join(after.group().lower().split())])._replace(
            tail=after.end()
        )
    blurred = _ESTIMATE.search(text, max(start, figure.start - 70), figure.start)
    return figure._replace(approximate=True) if blurred else figure


_ESTIMATE = re.compile(r"\b(?:estimat(?:e|es|ed|ing)|guess(?:es|ed)?)\b[^.;:,]{0,60}$", re.IGNORECASE)


def _effect(figure: Figure, effect: str) -> Figure:
    if figure.low != figure.high:
        return figure._replace(approximate=figure.approximate or effect == "about")
    if effect == "least":
        return figure._replace(high=None)
    if effect == "most":
        return figure._replace(low=None)
    return figure._replace(approximate=True)
