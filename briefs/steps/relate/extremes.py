"""Records of one thing, held against each other."""

from briefs.domain.relations import Aspect, Relation
from briefs.steps.relate.extreme import Extreme, record_terms
from briefs.steps.relate.head import Head
from briefs.steps.relate.notes import quoted, relation
from briefs.steps.relate.profile import Profile

_NEAR = 45
"""Days between two articles that speak of one record without saying since when."""


def records(pair: tuple[Profile, Profile], first: Head, second: Head) -> Relation | None:
    """Return how two claims stand that call one thing a record."""
    one, other = pair
    for mine in one.extremes:
        for theirs in other.extremes:
            if mine.way and theirs.way and mine.way != theirs.way:
                continue
            if not _one_thing(pair, mine, theirs):
                continue
            note = _spoken(mine, theirs)
            words = (mine.words, theirs.words)
            if mine.way == theirs.way and _one_time(mine, theirs, first, second):
                return relation(pair, "same", Aspect.FIGURE, note + ".", words)
            return relation(pair, "related", Aspect.TOPIC, note + ".", words)
    return None


def _spoken(mine: Extreme, theirs: Extreme) -> str:
    if mine.way == theirs.way:
        return "Both speak of a record"
    return f"One speaks of {quoted(mine.words)}, the other of {quoted(theirs.words)}"


def _one_thing(pair: tuple[Profile, Profile], mine: Extreme, theirs: Extreme) -> bool:
    scope = mine.scope | theirs.scope
    shared = (mine.about & theirs.about) - scope - record_terms()
    smaller = min(len(mine.about - scope - record_terms()), len(theirs.about - scope - record_terms()))
    return bool(shared) and len(shared) * 2 >= smaller and pair[0].negations % 2 == pair[1].negations % 2


def _one_time(mine: Extreme, theirs: Extreme, first: Head, second: Head) -> bool:
    if first.id == second.id:
        return True
    if first.day and second.day and abs((first.day - second.day).days) > _NEAR:
        return False
    if mine.scope and theirs.scope:
        return mine.scope == theirs.scope
    return bool(first.day and second.day)
