"""Dates that differ: which year of its course something is in, and when something happened."""

from briefs.domain.relations import Aspect, Relation
from briefs.domain.scan import DateMention
from briefs.steps.relate.dated import Lasting
from briefs.steps.relate.head import Head
from briefs.steps.relate.notes import quoted, relation
from briefs.steps.relate.profile import Profile
from briefs.steps.relate.wording import Alike

_DAYS = {"year": 365, "month": 30, "week": 7, "day": 1}
_SLACK = 0.6
"""Of a unit: so far may counting in whole years be off between two dates of publication."""
_DAY = 10
"""Length of a day's ISO date."""


def in_its_year(pair: tuple[Profile, Profile], first: Head, second: Head) -> Relation | None:
    """Return how two claims stand that put one thing in a numbered year of its course."""
    one, other = pair
    for mine in one.lasting:
        for theirs in other.lasting:
            if (mine.thing, mine.unit) == (theirs.thing, theirs.unit) and _one_thing(pair, first, second):
                return _counted(pair, mine, theirs, _apart(first, second))
    return None


def _one_thing(pair: tuple[Profile, Profile], first: Head, second: Head) -> bool:
    """Tell whether the titles or the claims share a country, so that "the war" is one war."""
    if first.id == second.id:
        return True
    one, other = pair
    return bool((first.main | one.places) & (second.main | other.places))


def _counted(
    pair: tuple[Profile, Profile], mine: Lasting, theirs: Lasting, apart: int | None
) -> Relation | None:
    differ = theirs.ordinal - mine.ordinal
    words = (mine.words, theirs.words)
    if apart is not None and abs(apart / _DAYS[mine.unit] - differ) <= _SLACK:
        if differ:
            return None
        return relation(pair, "same", Aspect.DATE, f"Both say: {quoted(mine.words)}.", words)
    if apart is None and not differ:
        return relation(pair, "same", Aspect.DATE, f"Both say: {quoted(mine.words)}.", words)
    count = f"{abs(differ)} {mine.unit}s" if abs(differ) > 1 else f"a {mine.unit}"
    if apart is None:
        ends = f"both can hold only if the articles were written about {count} apart"
    else:
        ends = f"the articles were published {abs(apart)} days apart"
    note = f"{quoted(mine.words)} in one, {quoted(theirs.words)} in the other; {ends}."
    return relation(pair, "conflict", Aspect.DATE, note, words)


def _apart(first: Head, second: Head) -> int | None:
    """Return how many days after the first article the second was published, where both dates are known."""
    if first.id == second.id:
        return 0
    if first.day is None or second.day is None:
        return None
    return (second.day - first.day).days


def happened(pair: tuple[Profile, Profile], found: Alike, first: Head, second: Head) -> Relation | None:
    """Return that one sentence stands in two articles with another day.

    Only where both articles were published after both days: else the second may tell of the next such event.
    """
    if not (found.close and found.negated and found.held):
        return None
    one, other = pair
    mine, theirs = _day(one), _day(other)
    if mine is None or theirs is None or mine.iso == theirs.iso or one.undated != other.undated:
        return None
    later = max(mine.iso or "", theirs.iso or "")
    if not all(head.published and head.published[:_DAY] >= later for head in (first, second)):
        return None
    note = (
        f"One event on two days: {quoted(mine.text)} ({mine.iso}) in one, {quoted(theirs.text)} "
        f"({theirs.iso}) in the other."
    )
    return relation(pair, "conflict", Aspect.DATE, note, (mine.text, theirs.text))


def _day(claim: Profile) -> DateMention | None:
    """Return the one day that a claim names, or none where it names no day or several."""
    days = [d for d in claim.claim.dates if d.iso and len(d.iso) == _DAY and d.text in claim.core]
    return days[0] if len({d.iso for d in days}) == 1 else None
