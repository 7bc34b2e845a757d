"""A figure as the rules look at it: what it counts, in which sentence, and whose it is."""

import re
from typing import Literal, NamedTuple

from briefs.domain.scan import Attribution, Quantity
from briefs.domain.segmentation import Sentence
from briefs.steps.flag.lexicon import alternatives, singular, words

UnitClass = Literal["people", "cases"]
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_PHRASE = re.compile(r"\b(?:of|in|from|for|by|who|that)\b")
_ELLIPSIS = re.compile(
    rf"\s+(?:(?:{alternatives(words('noun_left_out'))})\s+)?(?:{alternatives(words('after_noun_left_out'))})\b"
)
"""What follows a number that leaves its noun to the sentence before: "more than 700 have gone"."""
_REACH = 2
"""A noun left out stands at most this many sentences before."""


class Figure(NamedTuple):
    """A quantity in its sentence, with whose figure it is."""

    quantity: Quantity
    sentence: Sentence
    attribution: Attribution | None
    """None in the article's own voice."""
    unit: str | None
    """Singular head noun of what is counted; from the figure before it where the text leaves it out."""
    counts: UnitClass | None
    """Whether it counts people or cases."""

    @property
    def low(self) -> float:
        """Return the lower bound, infinite where open."""
        return float("-inf") if self.quantity.low is None else self.quantity.low

    @property
    def high(self) -> float:
        """Return the upper bound, infinite where open."""
        return float("inf") if self.quantity.high is None else self.quantity.high

    @property
    def is_floor(self) -> bool:
        """Tell whether it is a floor: "more than", "over", "surpassed"."""
        return self.quantity.low is not None and self.quantity.high is None


def unit_head(unit: str | None) -> str | None:
    """Return the singular head noun of a unit ("criminal cases" → "case"), or none."""
    if not unit:
        return None
    if unit == "%":
        return unit
    found = _WORD.findall(_BEFORE_PHRASE.split(unit, maxsplit=1)[0])
    return singular(found[-1]) if found else None


def unit_class(unit: str | None) -> UnitClass | None:
    """Tell whether a unit counts people or cases about them; none where it counts neither."""
    head = unit_head(unit)
    if head is None:
        return None
    if head in words("people") or (unit or "").lower() in words("people"):
        return "people"
    return "cases" if head in words("cases") else None


class Placed(NamedTuple):
    """A quantity with its sentence and its attribution, before its unit is settled."""

    quantity: Quantity
    sentence: Sentence
    attribution: Attribution | None


def figures(text: str, placed: list[Placed]) -> list[Figure]:
    """Return figures with what they count; "700 have gone" counts what the figure before it counts."""
    found: list[Figure] = []
    counted: Figure | None = None
    for quantity, sentence, attribution in placed:
        unit, counts = unit_head(quantity.unit), unit_class(quantity.unit)
        if quantity.kind == "count" and counts is None and _ELLIPSIS.match(text, quantity.end):
            unit = None
            if counted is not None and sentence.index - counted.sentence.index <= _REACH:
                unit, counts = counted.unit, counted.counts
        figure = Figure(quantity, sentence, attribution, unit, counts)
        found.append(figure)
        if counts is not None and quantity.kind == "count":
            counted = figure
    return found


def same_thing(one: Figure, other: Figure) -> bool:
    """Tell whether two figures count the same thing by their nouns; "people" may stand for any people."""
    if one.quantity.kind != other.quantity.kind or one.quantity.low == other.quantity.low is None:
        return False
    if one.unit is not None and one.unit == other.unit:
        return True
    people = one.counts == "people" == other.counts
    return people and (one.unit in words("anyone") or other.unit in words("anyone"))


def same_kind(one: Figure, other: Figure) -> bool:
    """Tell whether two figures count the same kind of thing: both people, or both cases."""
    same_class = one.counts is not None and one.counts == other.counts
    return same_thing(one, other) or (same_class and one.quantity.kind == other.quantity.kind)


def overlap(one: Figure, other: Figure, slack: float = 0) -> bool:
    """Tell whether the bounds of two figures meet, give or take `slack`."""
    return one.low - slack <= other.high and other.low <= one.high + slack


def number(value: float) -> str:
    """Return a number with thousands separators and no needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
