"""Whether two figures can both hold, by their bounds and by how far each was rounded."""

import re
from enum import StrEnum
from typing import NamedTuple

from briefs.domain.scan import Quantity

_CLOSE_FLOOR = 1.1
"""A floor ("more than 21,000") is taken for a figure up to so many times itself, no further."""
_ROUNDED = 0.025
"""Rounding changes a figure by so much at most for the two to be called one."""
_BLURRED = 0.05
"""The same for "about" and "nearly"."""
_ESTIMATED = 0.1
"""Beyond this an approximate figure and another cannot both hold."""
_SHARP = 100
"""Whole numbers below it are counted, not rounded."""
_TIGHT = 1.3
"""A range whose ends lie further apart does not say the same as a figure within it."""
_MILLION = 1_000_000
_DIGIT = re.compile(r"[0-9]")
_TRAILING = re.compile(r"0+$")


class Agreement(StrEnum):
    """How two values stand to each other."""

    AGREES = "agrees"
    """One value, perhaps rounded."""
    DIFFERS = "differs"
    """No one value satisfies both."""
    UNSETTLED = "unsettled"
    """Both can hold, but they do not say the same."""


class Bounds(NamedTuple):
    """A figure as far as its words bound it, with how finely it is given."""

    low: float
    high: float
    grain: float
    """The smallest step of its last digit that is not zero: 100 for 21,600."""
    approximate: bool
    vague: bool
    """In words that only name a size: "tens of thousands"."""

    @property
    def exact(self) -> bool:
        """Tell whether the words give one number."""
        return self.low == self.high

    @property
    def floor(self) -> bool:
        """Tell whether the words give a least value alone."""
        return self.high == float("inf")

    @property
    def ceiling(self) -> bool:
        """Tell whether the words give a greatest value alone."""
        return self.low == float("-inf")

    def times(self, factor: float) -> "Bounds":
        """Return the bounds of so many times the figure."""
        return self._replace(low=self.low * factor, high=self.high * factor, grain=self.grain * factor)


def bounds_of(quantity: Quantity) -> Bounds:
    """Return the bounds of a figure as numbers, open ones as infinities; a share in hundredths."""
    low = float("-inf") if quantity.low is None else float(quantity.low)
    high = float("inf") if quantity.high is None else float(quantity.high)
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    spelt = _DIGIT.search(quantity.text) is None
    vague = spelt and quantity.approximate and quantity.low != quantity.high
    grain = min((_grain(end) for end in ends), default=1.0)
    read = Bounds(low, high, grain, quantity.approximate, vague)
    return read.times(100) if quantity.unit == "share" else read


def agreement(one: Quantity, other: Quantity) -> Agreement:
    """Compare the values of two figures of one thing for one time; their units are not looked at."""
    return compare_bounds(bounds_of(one), bounds_of(other))


def compare_bounds(one: Bounds, other: Bounds) -> Agreement:
    """Compare two values by their bounds; the order of the two makes no difference."""
    if one.exact and other.exact:
        return _of_numbers(one, other)
    if _apart(one, other):
        return Agreement.DIFFERS
    if one.floor and other.floor:
        close = max(one.low, other.low) <= min(one.low, other.low) * _CLOSE_FLOOR
    elif one.ceiling and other.ceiling:
        close = max(one.high, other.high) <= min(one.high, other.high) * _CLOSE_FLOOR
    elif one.floor or other.floor:
        floor, value = (one, other) if one.floor else (other, one)
        close = floor.low > 0 and value.low >= _least(floor) and value.high <= floor.low * _CLOSE_FLOOR
    elif one.ceiling or other.ceiling:
        ceiling, value = (one, other) if one.ceiling else (other, one)
        close = value.low * _CLOSE_FLOOR >= ceiling.high and value.high <= ceiling.high
    else:
        close = _of_ranges(one, other)
    return Agreement.AGREES if close and not (one.vague or other.vague) else Agreement.UNSETTLED


def number(value: float) -> str:
    """Return a number for people: "2,310", "3.1", "15 million"; no needless decimals."""
    if abs(value) >= _MILLION and value % (_MILLION / 100) == 0:
        return f"{value / _MILLION:,.2f}".rstrip("0").rstrip(".") + " million"
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def difference(one: Bounds, other: Bounds) -> str:
    """Return in arithmetic by how much two values miss each other; the larger first, whichever came first."""
    upper, lower = (one, other) if (one.low, one.high) >= (other.low, other.high) else (other, one)
    least, most = upper.low, lower.high
    if upper.exact and lower.exact:
        return f"{number(least)} − {number(most)} = {number(least - most)}"
    if least == float("-inf") or most == float("inf") or least <= most:
        return ""
    if lower.exact:
        return f"{number(most)} lies {number(least - most)} below {number(least)}"
    return f"{number(least)} lies {number(least - most)} above {number(most)}"


def _of_numbers(one: Bounds, other: Bounds) -> Agreement:
    apart = abs(one.low - other.low)
    size = max(abs(one.low), abs(other.low))
    if not apart:
        return Agreement.AGREES
    blurred = one.approximate or other.approximate
    half = max(one.grain, other.grain) / 2
    if apart <= min(half, size * _ROUNDED) or (blurred and apart <= size * _BLURRED):
        return Agreement.AGREES
    settled = apart > half and apart > (size * _ESTIMATED if blurred else 0)
    return Agreement.DIFFERS if settled else Agreement.UNSETTLED


def _of_ranges(one: Bounds, other: Bounds) -> bool:
    """Tell whether two closed ranges, or a range and a number within it, say the same."""
    if one.exact or other.exact:
        wide = other if one.exact else one
        return wide.low > 0 and wide.high <= wide.low * _TIGHT
    spread = max(abs(one.low), abs(other.low), abs(one.high), abs(other.high)) * _ROUNDED
    return abs(one.low - other.low) <= spread and abs(one.high - other.high) <= spread


def _apart(one: Bounds, other: Bounds) -> bool:
    """Tell whether no value lies in both, rounding and "about" allowed for."""
    upper, lower = (one, other) if one.low >= other.low else (other, one)
    if upper.low == float("-inf") or lower.high == float("inf") or one.vague or other.vague:
        return False
    blurred = one.approximate or other.approximate
    slack = max(
        abs(upper.low) * (_ESTIMATED if blurred else 0),
        *(min(each.grain / 2, abs(upper.low) * _ROUNDED) for each in (one, other)),
    )
    return upper.low - lower.high > slack


def _least(floor: Bounds) -> float:
    return floor.low - (floor.low * _BLURRED if floor.approximate else 0)


def _grain(value: float) -> float:
    """Return the step of a number's last digit that says something; 1 for small whole numbers."""
    if value != int(value):
        decimals = len(f"{value:.6f}".rstrip("0").split(".")[1])
        return float(10**-decimals) if decimals <= 4 else 10.0**-4
    if abs(value) < _SHARP:
        return 1.0
    zeros = _TRAILING.search(f"{abs(value):.0f}")
    return float(10 ** len(zeros.group())) if zeros else 1.0
