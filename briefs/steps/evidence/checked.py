"""Earlier fact-checks: whether a claim that others have checked is this claim; what they say stays theirs."""

from briefs.domain.brief import Stance
from briefs.domain.documents import Review
from briefs.language.comparing.values import Agreement, agreement
from briefs.language.terms import content
from briefs.steps.evidence.bearing import Bearing
from briefs.steps.evidence.reading import read_passage
from briefs.steps.evidence.said import Said
from briefs.steps.evidence.sought import Sought
from briefs.steps.evidence.words import in_order

_SHARED = 0.6
"""So much of the shorter wording's content words must stand in the other."""
_LEAST = 3


def checked_before(claim: Sought, found: Bearing, review: Review) -> Said | None:
    """Return what was found of a claim like this one; none where it is another claim.

    Where one of them has figures, one of them must be the same: a check of "18,000" is none of "19,000".
    """
    reads = read_passage(found.passage)
    theirs = [figure for read in reads for figure in read.quantities if figure.kind != "ordinal"]
    if bool(theirs) != bool(claim.quantities):
        return None
    alike = any(
        one.kind == other.kind and agreement(one, other) is Agreement.AGREES
        for one in claim.quantities
        for other in theirs
    )
    here = content(found.passage.text)
    shared = len(frozenset(here).intersection(claim.content))
    fewer = min(len(frozenset(here)), len(claim.content))
    if (theirs and not alike) or shared < _LEAST or shared < _SHARED * fewer:
        return None
    if not theirs and in_order(claim.ordered, here) < _SHARED * fewer:
        return None
    dated = f" on {review.date}" if review.date else ""
    note = f"Rated “{review.rating}” by {review.by}{dated}; the rating is theirs."
    return Said(Stance.NOT_ENOUGH_INFO, note)
