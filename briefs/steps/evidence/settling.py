"""Whether a passage may say anything to a claim, told from its bare words: what may not is never parsed.

Most passages that are found share names and a year with a claim, and nothing else: parsing them would take
nearly all of the time. Refused is only what the comparison after the parse would refuse as well.
"""

import re

from briefs.domain.scan import Quantity
from briefs.language.terms import content
from briefs.steps.evidence.bearing import Bearing, terms_in
from briefs.steps.evidence.sought import Sought
from briefs.steps.evidence.words import in_order
from briefs.text.figures import figures_of

_HALF = 0.5
"""A passage with so much of a claim's words is shown whatever its figures are."""
_NEARLY = 0.8
"""So much of a short sentence must stand in the claim for its date to be the claim's."""
_OF_A_DATE = 3
"""Terms that a date has at most: "early", "Friday", "May"."""
_LEAST = 2
_STOP = re.compile(r"[.!?;\n]+\s")


def may_settle(claim: Sought, found: Bearing) -> bool:
    """Tell whether a passage of prose may say anything to a claim once it is parsed."""
    if found.share >= _HALF:
        return True
    text = found.passage.text
    if claim.quantities:
        digits = frozenset(figures_of(text))
        return any(_may_meet(each, terms_in(text), digits) for each in claim.quantities)
    return bool(claim.dates) and any(_may_date(claim, piece) for piece in (text, *_STOP.split(text)))


def _may_meet(figure: Quantity, terms: frozenset[str], digits: frozenset[str]) -> bool:
    """Tell whether a passage may hold a figure of the same thing: of a count, its unit or the very figure."""
    unit = frozenset(content(figure.unit or ""))
    if figure.kind != "count" or not unit:
        return True
    return not unit.isdisjoint(terms) or not digits.isdisjoint(figures_of(figure.text))


def _may_date(claim: Sought, sentence: str) -> bool:
    here = content(sentence)
    return in_order(claim.ordered, here) >= max(_LEAST, _NEARLY * (len(here) - _OF_A_DATE))
