"""One claim holds back where the other does not."""

from briefs.domain.relations import Aspect, Relation
from briefs.language.terms import common
from briefs.steps.relate.notes import quoted, relation
from briefs.steps.relate.profile import Profile
from briefs.steps.relate.wording import Alike, one_name

_SHARED = 2


def holds_back(pair: tuple[Profile, Profile], found: Alike) -> Relation | None:
    """Return that one of two near-copies holds back, and in which words."""
    if found.held or not (found.numbers and found.named and found.negated):
        return None
    one, other = pair
    hedge = (one.held or other.held)[0]
    firm = other if one.held else one
    note = (
        f"Nearly the same words, but one holds back ({quoted(hedge)}) and the other does not: "
        f"{quoted(firm.core)}."
    )
    return relation(
        pair, "related", Aspect.CERTAINTY, note, (hedge if one.held else "", hedge if other.held else "")
    )


def called_possible(pair: tuple[Profile, Profile]) -> Relation | None:
    """Return that one calls possible what the other states, where one speaker is given for both."""
    one, other = pair
    mine, theirs = one.possible, other.possible
    if bool(mine) == bool(theirs) or one.claim.article == other.claim.article:
        return None
    first, second = one.claim.attribution.source, other.claim.attribution.source
    if first is None or second is None or not one_name(first.name, second.name):
        return None
    shared = [word for word in one.content & other.content if not common(word)]
    if len(shared) < _SHARED or (one.held and other.held):
        return None
    word = mine or theirs
    doubtful, firm = (one, other) if mine else (other, one)
    if firm.held:
        return None
    note = (
        f"By {quoted(first.name)} in both: {quoted(firm.core)} in one, {quoted(doubtful.core)} in the other."
    )
    return relation(pair, "related", Aspect.CERTAINTY, note, (word if mine else "", word if theirs else ""))
