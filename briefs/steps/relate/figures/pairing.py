"""How one figure of a claim and one of another stand: thing, happening, time, place and value in turn."""

from briefs.domain.relations import Aspect, RelationKind
from briefs.language.comparing.lists import listed
from briefs.language.comparing.things import Counted
from briefs.language.comparing.times import Shape, Times
from briefs.language.comparing.values import Agreement, compare_bounds
from briefs.steps.relate.figures.accruing import accrual
from briefs.steps.relate.figures.agreeing import is_same, telling
from briefs.steps.relate.figures.couple import Couple, Pairing, Why
from briefs.steps.relate.figures.measuring import of_measures
from briefs.steps.relate.figures.reading import Figure, Figures
from briefs.steps.relate.figures.scope import of_one_subject, one_event, one_owner, one_place

_ONE_TIME = (Times.SAME, Times.SAME_BUT_YEAR)


def pair(one: Figures, mine: Figure, other: Figures, theirs: Figure) -> Pairing | None:
    """Return how two figures of two claims stand, or none; the order of the two makes no difference."""
    couple = Couple.of(one, mine, other, theirs)
    if couple is None:
        return None
    if couple.counted is Counted.MEASURE:
        return of_measures(couple)
    if couple.counted is Counted.UNKNOWN and _unsaid_in_one_month(couple):
        return Pairing("related", Aspect.MEASURE, Why.UNSAID, 1, couple)
    told = mine.event is not None and theirs.event is not None
    if (told and mine.event != theirs.event) or mine.ahead != theirs.ahead:
        return None
    if couple.values is Agreement.AGREES and is_same(couple):
        return None if one.denied != other.denied else _agreed(couple)
    settled = told and couple.counted is not Counted.UNKNOWN and not mine.ahead
    return _of_one_thing(couple) if settled else None


def _unsaid_in_one_month(couple: Couple) -> bool:
    """Tell whether one number is for "one month" in one claim, and for a month with a name in the other."""
    vague, named = sorted((each.time for each in couple.figures), key=lambda t: t.shape is not Shape.VAGUE)
    month = vague.shape is Shape.VAGUE and named.months == 1 and vague.words.lower().endswith(" month")
    return month and couple.one_number and telling(couple) and not couple.within


def _agreed(couple: Couple) -> Pairing:
    files = any(each.thing.kind == "files" for each in couple.figures)
    if couple.counted is Counted.UNKNOWN and files and not couple.within:
        return Pairing("related", Aspect.MEASURE, Why.UNSAID, 0, couple)
    return Pairing("same", Aspect.FIGURE, Why.EQUAL, 0 if couple.times is Times.SAME else 1, couple)


def _of_one_thing(couple: Couple) -> Pairing | None:
    """Return how two figures of one thing and one happening stand, by their times and values."""
    if couple.times is Times.UNKNOWN:
        return _of_unknown_time(couple)
    # Two polls give two shares of one people.
    shares = couple.mine.thing.kind == "percent"
    if shares or not (one_place(couple) and of_one_subject(couple) and one_owner(couple)):
        return None
    if couple.times in _ONE_TIME and couple.mine.time.shape is not Shape.RATE:
        return _of_one_time(couple)
    return _of_two_times(couple) if couple.counted is Counted.SAME else None


def _of_two_times(couple: Couple) -> Pairing:
    related = Pairing("related", Aspect.PERIOD, Why.PERIODS, 3, couple)
    if couple.mine.time.shape is couple.theirs.time.shape is Shape.RATE:
        return related._replace(why=Why.RATES)
    return _worked_up(couple) or (_part_more(couple) if couple.times is Times.WITHIN else None) or related


def _worked_up(couple: Couple) -> Pairing | None:
    found = accrual(couple)
    if found is None:
        return None
    kind: RelationKind = "conflict" if found.conflicts else "related"
    aspect = Aspect.FIGURE if found.conflicts else Aspect.PERIOD
    return Pairing(kind, aspect, Why.ACCRUED, 1, couple, found)


def _of_one_time(couple: Couple) -> Pairing | None:
    if couple.values is not Agreement.DIFFERS:
        unsettled = couple.values is Agreement.UNSETTLED and couple.counted is Counted.SAME
        return Pairing("related", Aspect.FIGURE, Why.OPEN, 1, couple) if unsettled else None
    if couple.counted is Counted.SAME:
        return Pairing("conflict", Aspect.FIGURE, Why.DIFFERENT, 0, couple)
    mine, theirs = couple.figures
    wide, narrow = (mine, theirs) if couple.counted is Counted.WIDER else (theirs, mine)
    # Fewer people than nurses cannot have left; more can.
    if wide.bounds.high < narrow.bounds.low and wide.thing.kind == "people":
        return Pairing("conflict", Aspect.FIGURE, Why.WIDER_LESS, 1, couple)
    return None


def _of_unknown_time(couple: Couple) -> Pairing | None:
    """Return how figures stand of which one says no time, or one that cannot be laid on a calendar."""
    mine, theirs = couple.figures
    shapes = {mine.time.shape, theirs.time.shape}
    if couple.counted is not Counted.SAME or not one_place(couple, of_event=Shape.NONE in shapes):
        return None
    if shapes <= {Shape.SINCE, Shape.VAGUE, Shape.SPAN}:
        near = mine.thing.kind == "people" and of_one_subject(couple)
        return Pairing("related", Aspect.PERIOD, Why.PERIODS, 4, couple) if near else None
    if couple.values is not Agreement.DIFFERS or couple.within or not _of_its_day(couple):
        return None
    toll = mine.event in listed("tolls") and mine.thing.kind in ("people", "thing")
    if not (toll or mine.thing.kind == "measure") or not one_event(couple, toll=toll):
        return None
    return Pairing("conflict", Aspect.FIGURE, Why.COUNTED_LATER if toll else Why.DIFFERENT, 2, couple)


def _of_its_day(couple: Couple) -> bool:
    """Tell whether both figures are for a day, or for no time that is said: an event's."""
    return all(
        each.time.shape is Shape.NONE or ((ends := each.time.ends) is not None and ends.first == ends.last)
        for each in couple.figures
    )


def _part_more(couple: Couple) -> Pairing | None:
    """Return that a part of a time has more of what adds up than the whole of it."""
    mine, theirs = couple.figures
    first, second = mine.time.ends, theirs.time.ends
    if mine.event not in listed("adding_up") or first is None or second is None:
        return None
    if first.first.year is None or second.first.year is None:
        return None
    whole, part = (
        (mine, theirs) if first.first <= second.first and first.last >= second.last else (theirs, mine)
    )
    apart = compare_bounds(whole.bounds, part.bounds) is Agreement.DIFFERS
    if not apart or part.bounds.low <= whole.bounds.high:
        return None
    return Pairing("conflict", Aspect.FIGURE, Why.PART_MORE, 1, couple)
