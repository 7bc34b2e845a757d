"""How two claims stand to each other, judged by both claims and the heads of their articles alone."""

from briefs.domain.relations import Relation
from briefs.steps.relate.certainty import called_possible, holds_back
from briefs.steps.relate.dating import happened, in_its_year
from briefs.steps.relate.denial import denied, negated, reported
from briefs.steps.relate.extremes import records
from briefs.steps.relate.figured import figured
from briefs.steps.relate.head import Head, kinship
from briefs.steps.relate.profile import Profile
from briefs.steps.relate.topic import on_topic
from briefs.steps.relate.wording import alike, worded


def judge(one: Profile, other: Profile, first: Head, second: Head) -> Relation | None:
    """Return the relation of two claims in canonical order, or none; `first` and `second` are their heads.

    A conflict comes before everything else, then what is the same, then what is related.
    """
    kin = kinship(first, second)
    if not kin:
        return None
    pair = (one, other)
    apart = bool(one.places and other.places and one.places.isdisjoint(other.places))
    copies = alike(one, other)
    if copies and copies.same:
        return worded(pair, copies, kin)
    figures = None if apart else figured(pair, first, second)
    if figures and figures.kind != "related":
        return figures
    if copies and (found := negated(pair, copies) or happened(pair, copies, first, second)):
        return found
    return (
        in_its_year(pair, first, second)
        or (None if apart else _without_copies(pair, first, second))
        or (holds_back(pair, copies) if copies else None)
        or figures
        or (None if copies or apart else on_topic(pair, first, second))
    )


def _without_copies(pair: tuple[Profile, Profile], first: Head, second: Head) -> Relation | None:
    return denied(pair) or reported(pair) or records(pair, first, second) or called_possible(pair)
