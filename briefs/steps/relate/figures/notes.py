"""One sentence about two figures, with both wordings and the arithmetic; the same from either side.

A conflict names the articles and quotes both at length, since it is shown by itself. All else stands beside
both quotations: there the figures and their times are enough.
"""

from datetime import date
from typing import NamedTuple

from briefs.language.comparing.times import Shape, Times
from briefs.language.comparing.values import Bounds, difference, number
from briefs.steps.relate.figures.couple import Accrual, Couple, Pairing, Why
from briefs.steps.relate.figures.reading import Figure, Figures

_UNDATED = "9999"
_TIMED = frozenset({Why.PERIODS, Why.MEASURES, Why.RATES, Why.ACCRUED})
"""Notes in which the time of each figure matters."""


class _Side(NamedTuple):
    """One figure as the sentence names it."""

    published: str
    label: str
    shown: str
    figure: Figure
    mine: bool


def note(pairing: Pairing) -> str:
    """Return the sentence about a pairing; whichever claim came first, it is the same. It judges nobody."""
    couple = pairing.couple
    sides = (_side(couple.one, couple.mine, mine=True), _side(couple.other, couple.theirs, mine=False))
    first, second = sorted(sides, key=lambda side: side[:3])
    opening = f"In {first.label}, " if couple.within else ""
    dated = pairing.why is Why.COUNTED_LATER
    names = [_named(each, within=couple.within) for each in (first, second)]
    if pairing.kind != "conflict":
        opening, names = "", [_short(each, timed=pairing.why in _TIMED) for each in (first, second)]
    elif dated:
        names[1] = names[1].removesuffix(")") + f"{_days_later(first, second)})"
    if pairing.accrual is not None:
        worked_first = first.mine is pairing.accrual.of_mine
        worked, given = (first, second) if worked_first else (second, first)
        return f"{opening}{_accrued(pairing.accrual, worked, given, names if worked_first else names[::-1])}."
    return f"{opening}{names[0]} and {names[1]} {_said(pairing)}."


def _side(claim: Figures, figure: Figure, *, mine: bool) -> _Side:
    words = figure.time.words
    shown = f"{figure.shown}, “{words}”" if words and words not in figure.shown else figure.shown
    return _Side((claim.frame.published or _UNDATED)[:10], claim.frame.label, shown, figure, mine)


def _named(side: _Side, *, within: bool) -> str:
    return side.shown if within else f"{side.shown} ({side.label})"


def _short(side: _Side, *, timed: bool) -> str:
    words = side.figure.time.words
    return f"{side.figure.short} (“{words}”)" if timed and words else side.figure.short


def _days_later(first: _Side, second: _Side) -> str:
    if _UNDATED in (first.published, second.published):
        return ""
    days = (date.fromisoformat(second.published) - date.fromisoformat(first.published)).days
    return f", {days} {'day' if days == 1 else 'days'} later" if days else ""


def _said(pairing: Pairing) -> str:
    couple, why = pairing.couple, pairing.why
    gap = difference(couple.mine.bounds, couple.theirs.bounds)
    if why is Why.EQUAL:
        return f"agree: {_agreeing(couple.mine.bounds, couple.theirs.bounds)}{_year(couple)}"
    if why is Why.WIDER_LESS:
        wide, narrow = sorted(couple.figures, key=lambda each: (len(each.thing.wider), len(each.thing.extra)))
        among = f"{narrow.quantity.unit} are among {wide.quantity.unit}"
        return f"are for one time, and the part is the larger: {among}, yet {gap}{_year(couple)}"
    if why is Why.MEASURES:
        return _measures(couple)
    if why is Why.PERIODS:
        return _periods(couple, gap)
    if why is Why.DIFFERENT and couple.times is Times.UNKNOWN:
        return f"say different things of one event: {gap}"
    return _SAYING[why].format(
        gap=gap, gaps=f"; {gap}" if gap else "", units=_units(couple), year=_year(couple)
    )


_SAYING = {
    Why.DIFFERENT: "read as one thing at one time, and differ: {gap}{year}",
    Why.COUNTED_LATER: "differ: {gap}; a later count may explain it",
    Why.PART_MORE: "differ: {gap}, though the time of the larger lies within that of the smaller",
    Why.OPEN: "are for one time, and both can hold{gaps}{year}",
    Why.ONE_NUMBER: "give one number for two things, {units}: the unit may be wrong in one of them",
    Why.UNSAID: "give one number, and one of them does not say what it counts",
    Why.RATES: "are two rates, and neither says for which time{gaps}",
}


def _agreeing(one: Bounds, other: Bounds) -> str:
    """Return why two values agree."""
    if (one.low, one.high) == (other.low, other.high):
        return "one figure"
    if one.exact and other.exact:
        blur = "within “about”" if one.approximate or other.approximate else "within rounding"
        return f"{difference(one, other)}, {blur}"
    if one.floor != other.floor:
        floor, value = (one, other) if one.floor else (other, one)
        if value.low == floor.low:
            return f"one gives {number(floor.low)} as the least"
        return f"{number(value.low)} is not below {number(floor.low)}, and close to it"
    return "their bounds lie close together"


def _year(couple: Couple) -> str:
    return "; only one of them says of which year" if couple.times is Times.SAME_BUT_YEAR else ""


def _units(couple: Couple) -> str:
    units = {each.quantity.unit or "" for each in couple.figures}
    return " and ".join(sorted(units, key=lambda unit: (unit.lower(), unit)))


def _measures(couple: Couple) -> str:
    shapes = {each.time.shape for each in couple.figures}
    also = ", and one is a rate" if Shape.RATE in shapes and len(shapes) > 1 else ""
    return f"count different things{also}, so they need not match"


def _periods(couple: Couple, gap: str) -> str:
    if couple.times is not Times.RATE:
        return "are for different times, so they need not match"
    rate, count = sorted(couple.figures, key=lambda each: each.time.shape is not Shape.RATE)
    one_month = rate.time.per == "month" and count.time.months == 1
    return f"are a rate and a count{f' ({gap})' if gap and one_month else ''}, so they need not match"


def _accrued(found: Accrual, worked: _Side, given: _Side, names: list[str]) -> str:
    gap = difference(found.result, given.figure.bounds)
    made = _range(found.result)
    if worked.figure.time.shape is Shape.RATE:
        return (
            f"{names[0]} makes {made} in {found.times}, against {names[1]}: {gap or 'the two can both hold'}"
        )
    return f"{names[0]} makes {made} in {found.times} at that pace, against {names[1]}: {gap}"


def _range(bounds: Bounds) -> str:
    if bounds.exact:
        return number(round(bounds.low))
    if bounds.floor:
        return f"more than {number(round(bounds.low))}"
    if bounds.ceiling:
        return f"up to {number(round(bounds.high))}"
    return f"{number(round(bounds.low))} to {number(round(bounds.high))}"
