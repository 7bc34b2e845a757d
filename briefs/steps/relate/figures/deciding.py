"""Which of all pairs of figures of two claims says how the claims stand."""

from briefs.domain.relations import KINDS
from briefs.language.comparing.values import Agreement, compare_bounds
from briefs.steps.relate.figures.couple import Pairing
from briefs.steps.relate.figures.finding import Finding
from briefs.steps.relate.figures.notes import note
from briefs.steps.relate.figures.pairing import pair
from briefs.steps.relate.figures.reading import Figures
from briefs.steps.relate.figures.scope import apart


def decide(one: Figures, other: Figures) -> Finding | None:
    """Return the strongest of what the figures of two claims have to do with each other, or none."""
    if not one.figures or not other.figures or apart(one, other):
        return None
    pairings = (pair(one, mine, other, theirs) for mine in one.figures for theirs in other.figures)
    found = [each for each in pairings if each is not None]
    agreed = [each for each in found if each.kind == "same"]
    found = [each for each in found if each.kind != "conflict" or not _answered(each, agreed)]
    if not found:
        return None
    best = min(((_order(each), each) for each in found), key=lambda each: each[0])[1]
    return Finding(
        kind=best.kind,
        aspect=best.aspect,
        note=note(best),
        one_words=best.couple.mine.place,
        other_words=best.couple.theirs.place,
    )


def _answered(conflict: Pairing, agreed: list[Pairing]) -> bool:
    """Tell whether one of two conflicting figures stands in the other claim too: nothing is denied then."""
    mine, theirs = conflict.couple.figures
    return any(
        each.couple.mine is mine
        or each.couple.theirs is theirs
        or (
            each.couple.mine.event == mine.event
            and compare_bounds(each.couple.mine.bounds, mine.bounds) is Agreement.AGREES
        )
        for each in agreed
    )


def _order(found: Pairing) -> tuple[int, int, list[float], list[str], str]:
    """Return a sort key that is the same whichever claim came first."""
    sizes = sorted(-each.bounds.low for each in found.couple.figures)
    words = sorted(each.shown for each in found.couple.figures)
    return KINDS.index(found.kind), found.rank, sizes, words, note(found)
