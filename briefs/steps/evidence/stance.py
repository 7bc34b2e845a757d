"""Stance: what a passage of prose says to a claim: by arithmetic with figures and dates, else by equal words.

SUPPORTS and REFUTES need one thing, one place and one time; what differs is said instead, and leaves it open.
"""

from briefs.domain.brief import Stance
from briefs.domain.scan import Quantity
from briefs.language.comparing.values import Agreement, bounds_of, difference
from briefs.language.terms import content
from briefs.steps.evidence.bearing import Bearing
from briefs.steps.evidence.dated import of_dates, other_date
from briefs.steps.evidence.figures import Pair, pairs
from briefs.steps.evidence.reading import Read, read_passage
from briefs.steps.evidence.said import Said
from briefs.steps.evidence.sought import Sought
from briefs.steps.evidence.words import denials, in_order

_WORDS = 0.8
"""So much of a claim's content words must stand in one sentence, in their order, for the words to agree."""
_LEAST_WORDS = 4
_WORTH_READING = 0.6
"""So much of a claim's content words must stand in a passage that settles nothing."""
_BEARS = 0.5
"""So much of a claim's content words must stand in a passage whose figures bear it out."""


def stance(claim: Sought, found: Bearing) -> Said | None:
    """Return what a passage says to a claim; none where it does not bear on it after all."""
    reads = read_passage(found.passage)
    said = of_pairs(claim, pairs(claim, reads, found), found)
    if said := said or of_dates(claim, reads) or _of_words(claim, reads):
        return said
    dated = other_date(claim, reads)
    if found.share >= (_BEARS if dated else _WORTH_READING) and len(claim.content) >= _LEAST_WORDS:
        return Said(Stance.NOT_ENOUGH_INFO, f"It bears on the claim{dated}.", settled=False)
    return None


def of_pairs(claim: Sought, paired: list[Pair], found: Bearing) -> Said | None:
    """Return what figures of one thing, place and time come to; none where nothing is to be said."""
    agreeing = [p for p in paired if not p.apart and p.agreement is Agreement.AGREES]
    sentences = {p.sentence for p in agreeing}
    # "11 votes to six": a bare number beside one that agrees counts the same.
    agreeing += [
        p
        for p in paired
        if p.apart
        and p.claimed.unit is None
        and p.documented.unit is None
        and p.agreement is Agreement.AGREES
        and p.sentence in sentences
    ]
    differing = [p for p in paired if not p.apart and p.agreement is Agreement.DIFFERS]
    if differing:
        return _refuted(differing[0], agreeing)
    if agreeing:
        return _borne_out(claim, agreeing, found)
    if not paired:
        return None
    pair = max(paired, key=lambda p: p.agreement is Agreement.AGREES)
    if pair.apart and pair.agreement is not Agreement.AGREES and not pair.near:
        return None
    if pair.apart:
        same = pair.agreement is Agreement.AGREES and pair.claimed.low == pair.documented.low
        given = "the same figure" if same else shown(pair.documented)
        return Said(Stance.NOT_ENOUGH_INFO, f"It gives {given}, but {pair.apart}.", exact=same)
    return Said(
        Stance.NOT_ENOUGH_INFO,
        f"It gives {shown(pair.documented)}; that neither bears out nor contradicts {shown(pair.claimed)}.",
    )


def _refuted(pair: Pair, agreeing: list[Pair]) -> Said:
    sum_ = difference(bounds_of(pair.claimed), bounds_of(pair.documented))
    arithmetic = f" ({sum_})" if sum_ else ""
    also = f" Both give {listed(agreeing)}." if agreeing else ""
    return Said(
        Stance.REFUTES,
        f"The document gives {shown(pair.documented)}, the claim {shown(pair.claimed)}{arithmetic}.{also}",
    )


def _borne_out(claim: Sought, agreeing: list[Pair], found: Bearing) -> Said:
    held = [p.claimed for p in agreeing]
    silent = [q for q in claim.quantities if q not in held and not _within_another(q, held)]
    note = f"Both give {listed(agreeing)}"
    if silent:
        return Said(Stance.NOT_ENOUGH_INFO, f"{note}; on “{silent[0].text}” it settles nothing.", exact=True)
    if claim.hedged:
        return Said(Stance.NOT_ENOUGH_INFO, f"{note}; the claim itself holds back.", exact=True)
    if found.share < _BEARS:
        return Said(Stance.NOT_ENOUGH_INFO, f"{note}; the rest has to be read.", exact=True)
    return Said(Stance.SUPPORTS, f"{note}{_loose(agreeing)}.")


def _within_another(figure: Quantity, held: list[Quantity]) -> bool:
    """Tell whether a figure is only what another is a part of: the 180 of "13 of the 180 members"."""
    return any(each.denominator and figure.text in each.denominator for each in held)


def listed(agreeing: list[Pair]) -> str:
    """Return the documented figures of some pairs, in words for people."""
    return " and ".join(shown(pair.documented) for pair in agreeing)


def _loose(agreeing: list[Pair]) -> str:
    """Say which figure of the claim is the document's rounded, or bounds it."""
    for pair in agreeing:
        if (pair.claimed.low, pair.claimed.high) != (pair.documented.low, pair.documented.high):
            return f"; the claim has {_bounded(pair.claimed)}"
    return ""


def _bounded(figure: Quantity) -> str:
    words = shown(figure)
    if figure.low is not None and figure.high is None:
        return f"{words} or more"
    if figure.high is not None and figure.low is None:
        return f"{words} or fewer"
    return f"{'about ' if figure.approximate else ''}{words}"


def shown(figure: Quantity) -> str:
    """Return a figure with what it counts, in words for people."""
    words = figure.text[:1].lower() + figure.text[1:] if figure.text[:2].istitle() else figure.text
    unit = figure.unit or ""
    return words if not unit or unit in figure.text or unit in ("%", "share") else f"{words} {unit}"


def _of_words(claim: Sought, reads: tuple[Read, ...]) -> Said | None:
    """Compare words alone: only a sentence that holds nearly all of the claim's, in order, says anything."""
    if claim.quantities or len(claim.ordered) < _LEAST_WORDS or claim.hedged:
        return None
    for read in reads:
        here = content(read.text)
        if in_order(claim.ordered, here) < _WORDS * len(claim.ordered) or len(here) > 2 * len(claim.ordered):
            continue
        denied = denials(read.text)
        if denied == claim.denials:
            return Said(Stance.SUPPORTS, "The document says it in nearly the same words.")
        if not denied or not claim.denials:
            return Said(Stance.REFUTES, "One of the two says that it is so, the other that it is not.")
    return None
