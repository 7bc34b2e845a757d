"""One claim says that it is so, the other that it is not.

Only where the statement denied is recognisably the other one: the same words with a "not", or "denied that"
before them. A denial of "these reports" is held only against claims of its own article.
"""

from briefs.domain.relations import Aspect, Relation
from briefs.language.terms import common
from briefs.steps.relate.denied import called_false, reports_of
from briefs.steps.relate.notes import both, relation
from briefs.steps.relate.profile import Profile, times
from briefs.steps.relate.wording import Alike

_RECOGNISED = 0.8
_LEAST = 3


def negated(pair: tuple[Profile, Profile], found: Alike) -> Relation | None:
    """Return that a negation stands in one of two otherwise equal sentences."""
    one, other = pair
    if found.negated or not found.close or not (found.numbers and found.named and found.held):
        return None
    if one.content != other.content:
        return None
    note = f"One says that it is so, the other that it is not: {both(one.core, other.core)}."
    return relation(pair, "conflict", Aspect.DENIAL, note, (one.core, other.core))


def denied(pair: tuple[Profile, Profile]) -> Relation | None:
    """Return that one denies in so many words what the other states."""
    one, other = pair
    for denial, statement in ((one, other), (other, one)):
        what = denial.denied
        if what is None or statement.denied is not None:
            continue
        if _recognised(what, statement):
            note = f"One denies what the other states: {both(one.core, other.core)}."
            return relation(pair, "conflict", Aspect.DENIAL, note, (one.core, other.core))
    return None


def _recognised(what: tuple[str, ...], statement: Profile) -> bool:
    telling = {word for word in what if not common(word)} - times()
    if len(telling) < _LEAST or statement.negations % 2:
        return False
    held = telling & statement.content
    return len(held) >= _RECOGNISED * len(telling) and len(held) >= 0.5 * len(statement.content)


def reported(pair: tuple[Profile, Profile]) -> Relation | None:
    """Return that one calls the reports of something false that the other, in its article, speaks of."""
    one, other = pair
    if one.claim.article != other.claim.article:
        return None
    for denial, statement in ((one, other), (other, one)):
        what = called_false(denial.claim.quote.text)
        if not what or called_false(statement.claim.quote.text):
            continue
        if any(set(what) <= set(of) for of in reports_of(statement.claim.quote.text)):
            note = f"One calls such reports false, the other speaks of them: {both(one.core, other.core)}."
            return relation(pair, "conflict", Aspect.DENIAL, note)
    return None
