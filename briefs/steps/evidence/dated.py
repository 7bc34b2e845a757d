"""Dates: whether a passage gives the same day for the same thing as a claim without figures."""

from briefs.domain.brief import Stance
from briefs.domain.scan import DateMention
from briefs.language.comparing.times import Shape, Time, Times, compare_times
from briefs.language.terms import content
from briefs.steps.evidence.reading import Read
from briefs.steps.evidence.said import Said
from briefs.steps.evidence.sought import Sought
from briefs.steps.evidence.timing import time_of_date
from briefs.steps.evidence.words import denials, in_order

_NEARLY = 0.8
_MOSTLY = 0.6
_LEAST = 2


def of_dates(claim: Sought, reads: tuple[Read, ...]) -> Said | None:
    """Return what a passage says to the one date of a claim; none where it gives none for the same thing."""
    dated = [each for each in claim.dates if each.start >= claim.start and _fixed(each) is not None]
    if len(dated) != 1 or claim.quantities or claim.hedged:
        return None
    mine = dated[0]
    bare = _without(claim.words, dated)
    for read in reads:
        theirs = [each for each in read.dates if _fixed(each) is not None]
        here = _without(read.text, read.dates)
        same = in_order(bare, here)
        if not theirs or same < _LEAST or same < min(_MOSTLY * len(bare), _NEARLY * len(here)):
            continue
        return _said(claim, mine, theirs, read, same >= _NEARLY * len(bare))
    return None


def other_date(claim: Sought, reads: tuple[Read, ...]) -> str:
    """Return the one time that a passage gives beside the claim's one, in words for people."""
    mine = [each for each in claim.dates if _named(each)]
    theirs = [each for read in reads for each in read.dates if _named(each)]
    if len(mine) != 1 or len(theirs) != 1:
        return ""
    ends = [(each.from_date, each.to_date) for each in (mine[0], theirs[0])]
    if ends[0] == ends[1]:
        return f"; both give “{theirs[0].text}”"
    return f"; the document gives “{theirs[0].text}”, the claim “{mine[0].text}”"


def _named(mention: DateMention) -> bool:
    """Tell whether a date names its month: "Friday" may be any."""
    return mention.kind != "relative" and (mention.month is not None or mention.from_date is not None)


def _said(
    claim: Sought, mine: DateMention, theirs: list[DateMention], read: Read, whole: bool
) -> Said | None:
    one, others = time_of_date(mine), [time_of_date(each) for each in theirs]
    polar = bool(denials(read.text)) == bool(claim.denials)
    for given, other in zip(theirs, others, strict=True):
        if _same(one, other):
            if whole and polar:
                return Said(Stance.SUPPORTS, f"Both give {given.text}, in nearly the same words.")
            return Said(Stance.NOT_ENOUGH_INFO, f"Both give {given.text}; what is said of it has to be read.")
    meet = compare_times(one, others[0]) if len(others) == 1 else Times.UNKNOWN
    if meet in (Times.APART, Times.OVERLAP, Times.WITHIN, Times.SAME_START):
        note = f"The document gives {theirs[0].text}, the claim {mine.text}"
        # What goes on since a day may have been so on another day, too.
        if polar and meet is Times.APART and Shape.SINCE not in (one.shape, others[0].shape):
            return Said(Stance.REFUTES, f"{note}.")
        return Said(Stance.NOT_ENOUGH_INFO, f"{note}; whether both speak of one thing has to be read.")
    return None


def _same(one: Time, other: Time) -> bool:
    """Tell whether two times are one: the same days, or both since one day of a year that is known."""
    if one.shape is other.shape is Shape.SINCE:
        return one.first == other.first and one.first is not None and one.first.year is not None
    return compare_times(one, other) is Times.SAME


def _fixed(mention: DateMention) -> Time | None:
    """Return the day, month or span that a date names, or since when; none for a year alone or "recently"."""
    if mention.kind not in ("date", "month", "period", "relative"):
        return None
    time = time_of_date(mention)
    return time if time.shape is Shape.SPAN or (time.shape is Shape.SINCE and time.first) else None


def _without(text: str, dates: "tuple[DateMention, ...] | list[DateMention]") -> tuple[str, ...]:
    """Return the content words of a text, without those of its dates."""
    for each in dates:
        text = text.replace(each.text, " ")
    return content(text)
