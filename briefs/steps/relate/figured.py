"""Figures of two claims held against each other, where there are any in both.

A conflict between two articles has to stand on more than the figures: tolls of a crash and of a fire in one
town on one day are of two events, and what is counted without a time may have changed by the next article.
"""

from functools import cache

from briefs.data import load
from briefs.domain.relations import Aspect, Relation
from briefs.domain.scan import Quantity
from briefs.domain.spans import Span
from briefs.language.comparing.things import thing_of
from briefs.language.terms import content
from briefs.steps.relate.figures import Finding, compare_figures
from briefs.steps.relate.head import Head
from briefs.steps.relate.profile import Profile, times

_DAYS = 3
"""So far apart two articles may count one thing without saying for when."""


def figured(pair: tuple[Profile, Profile], first: Head, second: Head) -> Relation | None:
    """Return how the figures of two claims stand, or none where they are of different things."""
    one, other = pair
    if not one.claim.quantities or not other.claim.quantities:
        return None
    found = compare_figures(one.claim, other.claim, first.frame, second.frame)
    if found is None or (found.kind != "related" and not _one_event(pair, found, first, second)):
        return None
    if found.kind == "conflict" and _may_have_changed(pair, found, first, second):
        note = (
            f"{found.note.rstrip('.')}; neither says for when, and it may have changed between the articles."
        )
        found = found._replace(kind="related", aspect=Aspect.PERIOD, note=note)
    return Relation(
        one=one.claim.id,
        other=other.claim.id,
        kind=found.kind,
        aspect=found.aspect,
        note=found.note,
        one_words=found.one_words,
        other_words=found.other_words,
    )


def _one_event(pair: tuple[Profile, Profile], found: Finding, first: Head, second: Head) -> bool:
    """Tell whether something beside the place and the toll shows that people died in one event.

    "People" are of any event; a title or the sentences have to share what it was.
    """
    one, other = pair
    if first.id == second.id or not (
        _of_anyone(one, found.one_words) and _of_anyone(other, found.other_words)
    ):
        return True
    names = first.names | second.names | one.named | other.named | times() | _tolls()
    titles = (first.title & second.title) - names
    return bool(titles or (one.telling & other.telling) - names)


def _of_anyone(claim: Profile, words: Span) -> bool:
    figure = _figure(claim, words)
    if figure is None:
        return False
    thing = thing_of(figure)
    return thing.kind == "unsaid" or (thing.kind == "people" and thing.head == "anyone")


def _may_have_changed(pair: tuple[Profile, Profile], found: Finding, first: Head, second: Head) -> bool:
    if first.day is None or second.day is None or abs((first.day - second.day).days) <= _DAYS:
        return False
    figures = (_figure(pair[0], found.one_words), _figure(pair[1], found.other_words))
    return all(each is not None and each.kind == "count" and not each.period for each in figures)


def _figure(claim: Profile, words: Span) -> Quantity | None:
    return next((each for each in claim.claim.quantities if each.overlaps(words)), None)


@cache
def _tolls() -> frozenset[str]:
    return frozenset(term for word in load("relating")["tolls"] for term in content(word))
