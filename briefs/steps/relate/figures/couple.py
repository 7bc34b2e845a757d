"""One figure of a claim and one of another, with what was found of thing, time and value."""

from enum import StrEnum
from typing import NamedTuple

from briefs.domain.relations import Aspect, RelationKind
from briefs.language.comparing.things import Counted, compare_things
from briefs.language.comparing.times import Times, compare_times
from briefs.language.comparing.values import Agreement, Bounds, compare_bounds
from briefs.steps.relate.figures.reading import Figure, Figures


class Couple(NamedTuple):
    """Two figures of two claims; nothing that is asked of it depends on which comes first."""

    one: Figures
    mine: Figure
    other: Figures
    theirs: Figure
    counted: Counted
    times: Times
    values: Agreement

    @classmethod
    def of(cls, one: Figures, mine: Figure, other: Figures, theirs: Figure) -> "Couple | None":
        """Return two figures compared in part, or none where they count different things."""
        counted = compare_things(mine.thing, theirs.thing)
        if counted is Counted.APART:
            return None
        times = compare_times(mine.time, theirs.time)
        return cls(one, mine, other, theirs, counted, times, compare_bounds(mine.bounds, theirs.bounds))

    @property
    def figures(self) -> tuple[Figure, Figure]:
        """Return both figures."""
        return self.mine, self.theirs

    @property
    def within(self) -> bool:
        """Tell whether both stand in one article."""
        return self.one.claim.article == self.other.claim.article

    @property
    def one_happening(self) -> bool:
        """Tell whether both say what happens to what they count, and it is one thing."""
        return self.mine.event is not None and self.mine.event == self.theirs.event

    @property
    def one_number(self) -> bool:
        """Tell whether both have the same bounds."""
        a, b = self.mine.bounds, self.theirs.bounds
        return (a.low, a.high) == (b.low, b.high)


class Why(StrEnum):
    """What a note has to say."""

    EQUAL = "equal"
    DIFFERENT = "different"
    COUNTED_LATER = "counted_later"
    WIDER_LESS = "wider_less"
    """A wider group has the smaller figure."""
    PART_MORE = "part_more"
    """A part of the time has the larger figure."""
    OPEN = "open"
    """Both can hold, and they do not say the same."""
    ONE_NUMBER = "one_number"
    """One number, of two things."""
    UNSAID = "unsaid"
    """One number; one of the two does not say what it counts."""
    MEASURES = "measures"
    PERIODS = "periods"
    RATES = "rates"
    ACCRUED = "accrued"


class Accrual(NamedTuple):
    """A figure worked up to the time of another."""

    times: str
    """For how long, in words: "10 months"."""
    result: Bounds
    conflicts: bool
    of_mine: bool
    """The first of the two figures is the one that was worked up."""


class Pairing(NamedTuple):
    """How two figures stand."""

    kind: RelationKind
    aspect: Aspect
    why: Why
    rank: int
    """Among pairings of one kind the smallest is shown."""
    couple: Couple
    accrual: Accrual | None = None
