"""Two claims of one subject that say something alike of it, without being the same."""

from briefs.domain.relations import Aspect, Relation
from briefs.steps.relate.notes import both, relation
from briefs.steps.relate.profile import Profile

_LEAST = 3
_SHARE = 0.6


def on_topic(pair: tuple[Profile, Profile]) -> Relation | None:
    """Return that two claims say something alike of one subject; none where they only share words.

    What tells is shared: nearly all telling words of the shorter, or most of both where a name is among them.
    """
    one, other = pair
    fewer, more = (one, other) if len(one.telling) <= len(other.telling) else (other, one)
    shared = fewer.telling & more.telling
    if len(shared) < _LEAST or len(shared) < _SHARE * len(fewer.telling):
        return None
    if one.places and other.places and not one.places & other.places:
        return None
    if len(shared) * 4 < len(more.telling):
        return None
    return relation(pair, "related", Aspect.TOPIC, f"Of one subject: {both(one.core, other.core)}.")
