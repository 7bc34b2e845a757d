"""Annotated and found spans of one input in one form, and whether their values are the same."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from briefs.domain.article import BlockRole
from briefs.domain.scan import DateMention, Quantity
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence
from briefs.language.dates import dates
from briefs.language.parse import parse
from briefs.language.quantities import quantities

_GROUPS = {
    "number": "number",
    "numberrange": "range",
    "currency": "money",
    "percentage": "percent",
    "dimension": "measure",
    "temperature": "measure",
    "age": "age",
    "datetimeV2.date": "date",
    "datetimeV2.daterange": "date",
    "datetimeV2.duration": "duration",
}


class Bounds(NamedTuple):
    """A value as two bounds, inclusive: numbers or ISO dates as text, none where open."""

    low: str | None
    high: str | None
    unit: str = ""
    """ISO 4217 code of an amount, where known."""


class Place(NamedTuple):
    """A span of one input with its group and what it may be worth; none where that cannot be reckoned."""

    group: str
    start: int
    end: int
    values: tuple[Bounds, ...] = ()


def found(text: str, published: str | None) -> Iterator[Place]:
    """Yield what our grammar finds in `text`."""
    parsed = parse(text, _segmented(text))
    dated = dates(parsed, published)
    figures = quantities(parsed, dated)
    lengths = {each.start: each for each in figures}
    for mention in dated:
        length = lengths.get(mention.start)
        yield _of_date(mention, length if length and length.end >= mention.end else None)
    lasting = {mention.start for mention in dated if mention.kind == "duration"}
    yield from (_of_figure(each) for each in figures if each.start not in lasting)


def _segmented(text: str) -> Segmentation:
    sentence = Sentence(start=0, end=len(text), index=0, paragraph=0)
    paragraph = Paragraph(start=0, end=len(text), index=0, role=BlockRole.BODY, first=0, last=0)
    return Segmentation(sentences=(sentence,), paragraphs=(paragraph,), chunks=())


def _of_date(mention: DateMention, length: Quantity | None) -> Place:
    if mention.kind == "duration":
        unit = (length.unit or "")[:2].replace("ni", "da") if length else ""
        worth = (Bounds(_number(length.low), _number(length.high), unit),) if length else ()
        return Place("duration", mention.start, mention.end, worth)
    group = "time" if mention.kind == "time" else "date"
    return Place(group, mention.start, mention.end, (Bounds(mention.from_date, mention.to_date),))


def _of_figure(quantity: Quantity) -> Place:
    group: str = quantity.kind if quantity.unit != "share" else "number"
    if group in ("count", "score", "number"):
        group = "number" if quantity.low == quantity.high else "range"
    if group == "measure" and re.match(r"(?:year|month|week|day)s?\b", quantity.unit or ""):
        group = "age"
    unit = (quantity.unit or "") if group == "money" else ""
    worth = Bounds(_number(quantity.low), _number(quantity.high), unit)
    return Place(group, quantity.start, quantity.end, (worth,))


def _number(value: float | None) -> str | None:
    return None if value is None else f"{float(value):.9g}"


def annotated(text: str, span: dict[str, Any]) -> Place | None:
    """Return an annotation of `text`, or none for a type that we do not look for."""
    group = _GROUPS.get(span["type"] or "")
    if group is None:
        return None
    resolution = span.get("resolution") or {}
    words = text[span["start"] : span["end"]].lower()
    if group == "date":
        values = tuple(_dates(words, resolution.get("values") or []))
    elif group == "duration":
        values = tuple(_length(words, resolution.get("values") or []))
    else:
        values = tuple(_numbers(group, resolution))
    return Place(group, span["start"], span["end"], values)


_HANGS = re.compile(r"\b(?:following|previous|coming|past|same|recent|the (?:next|day|week|month|year))\b")
_VAGUE = re.compile(
    r"\b(?:earlier|later|early|late|mid|middle|beginning|start|end)\b(?! than)|\b(?:months?|years?) ago\b"
)

_NEXT = re.compile(r"\b(?:next|coming|upcoming) \w+ \w+s\b|\w+ (?:next|coming|upcoming) \w+s\b")


def _dates(words: str, values: list[dict[str, Any]]) -> Iterator[Bounds]:
    """Yield the bounds that a date may have.

    Their end of a range is exclusive, or a day that is named ("until 27 April"); ours is inclusive. An end
    that is the first day of the year or month named last ("2014 to 2018") is the end of that one to us.
    "The next five days" begin on the morrow to them, on the dateline to us; either is right.
    Not valued: "the following week" (hangs on the dateline to them, on the text to us), "the end of 2000"
    (theirs begins in September, ours is the year), "two months ago" (theirs is a day, ours the month).
    """
    if _HANGS.search(words) or _VAGUE.search(words):
        return
    for value in values:
        if value.get("type") == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value.get("value", "")):
            yield Bounds(value["value"], value["value"])
            continue
        point = value.get("sourceEntity") == "datetimepoint"
        first, stop = value.get("start"), value.get("end")
        starts = [first, _day_from(first, 1)] if point and first else [first]
        starts += [_day_from(first, -1)] if first and _NEXT.search(words) else []
        stops = [stop] if stop is None else [_day_from(stop, -1), *([stop] if point or first else [])]
        if stop and first and value["timex"].startswith("("):
            stops += [f"{stop[:5]}12-31"] if stop.endswith("01-01") else []
            stops += [f"{stop[:8]}{day}" for day in (28, 29, 30, 31)] if stop.endswith("-01") else []
        if first or stop:
            yield from (Bounds(one, two) for one in starts for two in stops)


def _day_from(day: str, shift: int) -> str:
    return (date.fromisoformat(day) + timedelta(shift)).isoformat()


def _length(words: str, values: list[dict[str, Any]]) -> Iterator[Bounds]:
    if re.search("few|several|couple", words):
        return
    for value in values:
        match = re.fullmatch(r"P(T?)([0-9.]+)([YMWDHS])", value.get("timex", ""))
        if match:
            unit = {"Y": "ye", "M": "mi" if match[1] else "mo", "W": "we", "D": "da", "H": "ho", "S": "se"}[
                match[3]
            ]
            number = _number(float(match[2]))
            yield from (Bounds(number, number, unit), Bounds(number, None, unit), Bounds(None, number, unit))


def _numbers(group: str, resolution: dict[str, Any]) -> Iterator[Bounds]:
    worth = str(resolution.get("value"))
    if group == "range":
        low, high = (_float(part) for part in re.sub(r"[\[\]()]", "", worth).split(","))
        yield Bounds(low, high)
        return
    number, unit = _float(worth.rstrip("%")), resolution.get("isoCurrency") or ""
    if number is not None:
        yield from (Bounds(number, number, unit), Bounds(number, None, unit), Bounds(None, number, unit))


def _float(words: str) -> str | None:
    try:
        return _number(float(words))
    except ValueError:
        return None


def same_value(gold: Place, ours: Place) -> bool | None:
    """Return whether ours is worth one of the annotation's values; none where there is none to compare.

    A plain figure that the words beside it bound ("more than 5") is right with either open bound.
    """
    if not gold.values or not ours.values:
        return None
    (mine,) = ours.values
    return any(
        (mine.low, mine.high) == (each.low, each.high) and (not each.unit or mine.unit.startswith(each.unit))
        for each in gold.values
    )
