"""How two claims stand by their figures: the same, in conflict, or related by measure or period.

A conflict takes all of: one thing counted, one thing happening to it, one and the same time or event, nothing
that sets the places apart, and values that cannot both hold. Whatever is unknown keeps two figures from
conflicting. It never says which of two is right.
"""

from briefs.domain.relations import IndexedClaim
from briefs.steps.relate.figures.deciding import decide
from briefs.steps.relate.figures.finding import Finding, Frame
from briefs.steps.relate.figures.reading import read


def compare_figures(one: IndexedClaim, other: IndexedClaim, first: Frame, second: Frame) -> Finding | None:
    """Return how two claims stand by their figures, or none where the figures do not bear on each other.

    `first` and `second` are what is known of the articles of `one` and `other`. Swapped, kind, aspect and
    note are the same. A claim is never compared with itself.
    """
    if one.id == other.id or not one.quantities or not other.quantities:
        return None
    return decide(read(one, first), read(other, second))


__all__ = ["Finding", "Frame", "compare_figures"]
