"""Whether two figures whose values agree are one figure, and not two that happen to be alike."""

from briefs.language.comparing.lists import listed
from briefs.language.comparing.things import Counted
from briefs.language.comparing.times import Shape, Times
from briefs.steps.relate.figures.couple import Couple
from briefs.steps.relate.figures.reading import Figure
from briefs.steps.relate.figures.scope import of_one_subject, one_event, one_place, strangers

_TELLING_DIGITS = 3
"""From so many significant digits on, two equal numbers of one time do not meet by chance."""
_SMALL = 20
_LARGE = 1000
_CLOSE = 0.03
"""Large figures of one time that lie so close are one, also where one does not say what it counts."""
_ONE_TIME = (Times.SAME, Times.SAME_BUT_YEAR)


def is_same(couple: Couple) -> bool:
    """Tell whether two values that agree are one figure: of one thing and time, or a telling number.

    Of a share that does not say of what, and of figures without a time, the claims have to say more alike.
    """
    known = couple.one_happening and couple.counted is not Counted.UNKNOWN
    if strangers(couple) or _bare(couple):
        return False
    if couple.times in _ONE_TIME:
        at_sight = telling(couple) or _close(couple)
        return at_sight or (known and one_place(couple) and of_one_subject(couple))
    if couple.times is Times.SAME_START:
        return known and one_place(couple)
    if couple.times is not Times.RATE and telling(couple) and _dated_alike(couple):
        return True
    return couple.times is Times.UNKNOWN and _without_time(couple, known=known)


def _bare(couple: Couple) -> bool:
    """Tell whether two figures of one article are too bare: small, or of nothing that is said."""
    if not couple.within:
        return False
    unsaid = all(each.thing.kind == "unsaid" for each in couple.figures)
    small = max(each.bounds.low for each in couple.figures) < _SMALL
    return couple.times is Times.UNKNOWN and (unsaid or small)


def _without_time(couple: Couple, *, known: bool) -> bool:
    if Shape.NONE not in (couple.mine.time.shape, couple.theirs.time.shape):
        return known and telling(couple)
    if telling(couple) and (known or couple.one.telling & couple.other.telling):
        return True
    return (
        known
        and one_place(couple, of_event=True)
        and one_event(couple, toll=couple.mine.event in listed("tolls"))
    )


def _dated_alike(couple: Couple) -> bool:
    """Tell whether the month of one figure stands among the other claim's dates."""
    mine, theirs = couple.mine.time, couple.theirs.time
    return (mine.months is not None and mine.first in couple.other.days) or (
        theirs.months is not None and theirs.first in couple.one.days
    )


def telling(couple: Couple) -> bool:
    """Tell whether two figures are one number that two things of one time do not share by chance."""
    return couple.one_number and min(_digits(each) for each in couple.figures) >= _TELLING_DIGITS


def _close(couple: Couple) -> bool:
    lows = [each.bounds.low for each in couple.figures]
    return (
        min(lows) >= _LARGE and max(lows) <= min(lows) * (1 + _CLOSE) and couple.mine.time.shape is Shape.SPAN
    )


def _digits(figure: Figure) -> int:
    if figure.quantity.unit == "share":
        return 1
    value = figure.bounds.low if figure.bounds.low != float("-inf") else figure.bounds.high
    return len(f"{value:.12g}".replace(".", "").strip("0-"))
