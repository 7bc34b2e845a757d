"""Figures in a text: numerals with currency, unit, range and bounding words.

Works on characters alone. What is no figure is left out here: dates and times (handed in), labels
("Article 5", "No. 10"), model names, telephone numbers, addresses on the web, list numbers.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.spans import Span
from briefs.language import numbers
from briefs.language.numbers import Numeral
from briefs.language.quantities_figure import Figure
from briefs.language.quantities_pairs import joined_pairs
from briefs.language.units import UnitMatch, currency_before, unit_after

_MASKS = re.compile(
    r"https?://\S{1,500}|www\.\S{1,300}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|[@#]\w{1,80}"
    r"|\+[0-9]{1,3}[\s.-]?(?:\([0-9]{1,4}\)[\s.-]?)?[0-9]{2,4}(?:[\s./-][0-9]{2,4}){1,4}"
    r"|\(?[0-9]{3}\)?[ -][0-9]{3}-[0-9]{4}|[0-9]{3}-[0-9]{2}-[0-9]{4}|(?:tel|phone"
    r"|fax)\.?:? ?[0-9][0-9 ()./-]{5,20}"
    r"|(?![0-9]{1,3}(?:\.[0-9]{3}){2}(?![.0-9]))[0-9]{1,4}(?:\.[0-9]{1,4}){2,8}|[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?",
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
    return [bounded(text, each, start, end) for each in joined_pairs(text, plain, start)]


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
_SPELL = re.compile(r"\s((?:month|week|day|hour)s?)\b(?!\sand\b)", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"[A-Z][\w'’-]+\s[A-Z][\w'’-]+,\s$|[\w’']+\s\($")


def _age(text: str, figure: Figure, before: str, end: int) -> Figure | None:
    """Return an age: "aged 34", "Ann Ellis, 52," - a small number set off by commas after a name."""
    if not isinstance(figure.low, int) or not 0 < figure.low < 115:
        return None
    closed = figure.end == end or text[figure.end] in ",.;)"
    named = text[figure.start - 2 : figure.start] == ", " and _NAME_BEFORE.search(before)
    if _AGED.search(before) and (spell := _SPELL.match(text, figure.end, end)):
        return figure._replace(end=spell.end(), kind="measure", unit=spell[1].lower(), bare_one=False)
    if _AGED.search(before) or (closed and named):
        return figure._replace(kind="measure", unit="years", bare_one=False)
    return None


def _glued(text: str, numeral: Numeral, end: int) -> bool:
    """Tell whether letters follow directly: "15th", "777F" are no figures."""
    at = numeral.end
    return at < end and (text[at].isalnum() or text[at] == "_") and not numeral.written


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
