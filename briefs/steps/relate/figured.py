"""Figures of two claims held against each other, where there are any in both."""

from briefs.domain.relations import Relation
from briefs.steps.relate.profile import Profile


def figured(pair: tuple[Profile, Profile]) -> Relation | None:
    """Return how the figures of two claims stand, or none where they are of different things."""
    one, other = pair
    if not one.claim.quantities or not other.claim.quantities:
        return None
    return None
