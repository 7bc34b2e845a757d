"""How two claims stand to each other: each pair is judged once, by the words of both alone."""

from briefs.domain.relations import Aspect, Relation
from briefs.steps.relate.head import Head, kinship
from briefs.steps.relate.profile import Profile
from briefs.steps.relate.wording import alike


def judge(one: Profile, other: Profile, first: Head, second: Head) -> Relation | None:
    """Return the relation of two claims in canonical order, or none; `first` and `second` are their heads."""
    if not kinship(first, second):
        return None
    found = alike(one, other)
    if found is None or not (found.numbers and found.negated):
        return None
    if not found.held:
        return None
    return Relation(
        one=one.claim.id,
        other=other.claim.id,
        kind="same",
        aspect=Aspect.WORDING,
        note="Both are worded alike, with the same figures.",
    )
