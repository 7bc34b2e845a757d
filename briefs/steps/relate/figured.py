"""Figures of two claims held against each other, where there are any in both."""

from briefs.domain.relations import Relation
from briefs.steps.relate.figures import compare_figures
from briefs.steps.relate.head import Head
from briefs.steps.relate.profile import Profile


def figured(pair: tuple[Profile, Profile], first: Head, second: Head) -> Relation | None:
    """Return how the figures of two claims stand, or none where they are of different things."""
    one, other = pair
    if not one.claim.quantities or not other.claim.quantities:
        return None
    found = compare_figures(one.claim, other.claim, first.frame, second.frame)
    if found is None:
        return None
    return Relation(
        one=one.claim.id,
        other=other.claim.id,
        kind=found.kind,
        aspect=found.aspect,
        note=found.note,
        one_words=found.one_words,
        other_words=found.other_words,
    )
