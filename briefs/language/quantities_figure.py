"""A figure as it is read from the characters, before the parse says what it counts."""

from typing import Literal, NamedTuple

from briefs.domain.scan import Number

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
