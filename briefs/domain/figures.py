"""Which figures of an article are one figure, and whose it is where one place alone gives a source."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from briefs.domain.scan import Attribution, Quantity, Scan
from briefs.domain.spans import How

_SMALLEST = 20
"""Smaller numbers without a noun meet by chance."""
_ODD = 4
"""From so many significant digits on, two equal numbers are one number whatever each is said to count."""
_NOUN = re.compile(r"[^\W\d_]+|[%$€£]")
_ENDING = re.compile(r"(?<=\w{3})(?:es|e|(?<!s)s)$")
_BEFORE = re.compile(r"\s(?:of|in|from|for|by|who|that|per|a|at|on)\s")


_RATES = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"} | {
    "yearly": "year",
    "annually": "year",
    "annual": "year",
}
_OF_PERIODS = frozenset({"in", "per", "every", "each", "a", "an", "the", "of", "alone", "during", "on", "by"})


class Owned(NamedTuple):
    """A figure with the attribution that it stands in."""

    figure: Quantity
    attribution: Attribution


class Owners:
    """The figures of one article that somebody is given for; asked by figure, answered in constant time."""

    def __init__(self, owned: Iterable[Owned]) -> None:
        """Take figures with their attributions; those whose source is none, or only possible, are dropped."""
        self._by_value: dict[float, list[Owned]] = {}
        for each in owned:
            value = _value(each.figure)
            known = each.attribution.source is not None and each.attribution.how is not How.POSSIBLE
            held = self._by_value.setdefault(value, []) if known and value is not None else None
            if held is not None and not any(_told(each, other) for other in held):
                held.append(each)

    def of(self, figure: Quantity) -> Attribution | None:
        """Return the first attribution of the article that gives this figure, or none."""
        value = _value(figure)
        held = self._by_value.get(value, ()) if value is not None else ()
        return next((each.attribution for each in held if same_figure(each.figure, figure)), None)


def owned(scan: Scan) -> tuple[Owned, ...]:
    """Return every figure of a scan that stands in attributed words, with its attribution."""
    starts = [q.start for q in scan.quantities]
    return tuple(
        Owned(figure, each)
        for each in scan.attributions
        for piece in each.content
        for figure in scan.quantities[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]
    )


def same_figure(one: Quantity, other: Quantity) -> bool:
    """Tell whether two figures are one: the same value, of the same thing, for the same time.

    A headline leaves out "more than", and often what is counted. So a floor is the same figure as the
    number that it starts from, and a number without a noun is the same as one with a noun if it is too
    large to meet by chance.
    """
    value = _value(one)
    if value is None or value != _value(other) or "ordinal" in {one.kind, other.kind}:
        return False
    if one.period and other.period and not _meet(_time(one.period), _time(other.period)):
        return False
    mine, theirs = _nouns(one.unit), _nouns(other.unit)
    apart = bool(mine and theirs) and mine.isdisjoint(theirs)
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and (apart or not kinds <= {"count", "money", "measure"}):
        return False
    if mine and theirs and not apart:
        return True
    large = abs(value) > _SMALLEST or value != int(value)
    return _odd(value) or (large and not apart)


def _told(one: Owned, other: Owned) -> bool:
    """Tell whether a figure is there already in the same form, so that a list stays short."""
    mine, theirs = one.figure, other.figure
    return (mine.unit, mine.period, mine.kind) == (theirs.unit, theirs.period, theirs.kind)


def _value(figure: Quantity) -> float | None:
    return figure.low if figure.low is not None else figure.high


def _odd(value: float) -> bool:
    digits = str(int(value)) if value == int(value) else f"{value}".replace(".", "")
    return len(digits.strip("-0")) >= _ODD


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _time(period: str) -> frozenset[str]:
    """Return the words of a period that tell it from others: "monthly" and "every month" are one."""
    found = _NOUN.findall(period.lower()) + re.findall(r"\d+", period)
    return frozenset(_RATES.get(word, word) for word in found) - _OF_PERIODS


def _nouns(unit: str | None) -> frozenset[str]:
    """Return what is counted, without plurals and what follows a preposition: "criminal cases in May"."""
    found = _NOUN.findall(_BEFORE.split(unit, maxsplit=1)[0].lower()) if unit else []
    return frozenset(_ENDING.sub("", word) for word in found)
