"""Answering: the checks that a model's stance must pass before an editor sees it."""

from briefs.domain.brief import ArticleBriefs, Brief, Evidence, Stance
from briefs.domain.scan import DateMention, Quantity
from briefs.domain.spans import Span
from briefs.language.comparing.times import Shape, Time, Times, compare_times
from briefs.language.comparing.values import Agreement, agreement
from briefs.steps.evidence.reading import Read, read_words
from briefs.steps.evidence.sought import Sought, sought
from briefs.steps.evidence.timing import time_of_date
from briefs.steps.evidence.words import denials
from briefs.text.locate import Word, words

_FEWEST = 3
"""Words that a stance must rest on."""


def check(result: ArticleBriefs, brief: Brief, evidence: Evidence, rests: str, stance: Stance) -> Span | str:
    """Return where in the passage the words stand that a stance rests on, or the check that it does not pass.

    The place is one of the evidence's quotation; a check is a lower-case name. The words stand there one
    after another. A passage agrees only with all of the claim's figures and none of its dates otherwise, and
    with denials where it has some; it differs not by equal figures.
    """
    rested = [word.text for word in words(rests)]
    if len(rested) < _FEWEST:
        return "too_short"
    place = _place(rested, list(words(evidence.quote)))
    if place is None:
        return "not_in_document"
    claim, reads = sought(result, brief), read_words(evidence.quote, None)
    agreeing = [_stands_in(figure, reads) for figure in claim.quantities]
    if stance is Stance.REFUTES:
        return "figures_agree" if agreeing and all(agreeing) else place
    return "figure_differs" if not all(agreeing) else _spoilt(claim, reads, rests) or place


def _stands_in(figure: Quantity, reads: tuple[Read, ...]) -> bool:
    theirs = (each for read in reads for each in read.quantities)
    return any(figure.kind == each.kind and agreement(figure, each) is Agreement.AGREES for each in theirs)


def _spoilt(claim: Sought, reads: tuple[Read, ...], rests: str) -> str | None:
    """Return why words that are said to agree with a claim do not bear it out."""
    if claim.hedged:
        return "reservation_lost"
    if bool(denials(claim.words)) != bool(denials(rests)):
        return "denial_differs"
    dates = [date for read in reads for date in read.dates]
    return "date_differs" if _dates_differ(claim.dates, dates) else None


def _place(some: list[str], passage: list[Word]) -> Span | None:
    """Return where words stand in a passage one after another, as the passage writes them."""
    size = len(some)
    for first in range(len(passage) - size + 1):
        found = passage[first : first + size]
        if [word.text for word in found] == some:
            return Span(start=found[0].start, end=found[-1].end)
    return None


def _dates_differ(mine: "tuple[DateMention, ...]", theirs: list[DateMention]) -> bool:
    ones = [time for each in mine if (time := time_of_date(each)).shape is Shape.SPAN]
    others = [time for each in theirs if (time := time_of_date(each)).shape is Shape.SPAN]
    return any(others and not any(_is_one(one, other) for other in others) for one in ones)


def _is_one(one: Time, other: Time) -> bool:
    """Tell whether two times are one, or one is a day of the other."""
    meet = compare_times(one, other)
    day = one.first == one.last or other.first == other.last
    return meet in (Times.SAME, Times.SAME_BUT_YEAR) or (meet is Times.WITHIN and day)
