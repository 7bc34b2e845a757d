"""Whether two claims speak of one thing in one place, so that their figures may be compared."""

from datetime import date

from briefs.language.comparing.lists import listed
from briefs.language.comparing.things import Counted
from briefs.language.comparing.times import day_of
from briefs.steps.relate.bodies import bodies
from briefs.steps.relate.figures.couple import Couple
from briefs.steps.relate.figures.reading import Figures

_NEAR = 14
"""So many days lie between two reports of one event at most."""
_OLD = 30
"""A claim that names a day so long before its article tells of something else than the article's event."""
_TOPIC = 3
_SUBJECT = 2


def apart(one: Figures, other: Figures) -> bool:
    """Tell whether two claims are clearly of different things: other countries, other sides of a contrast."""
    if one.countries and other.countries and one.countries.isdisjoint(other.countries):
        return True
    lines = {side.split(":")[0]: side for side in one.sides}
    return any(
        (mine := lines.get(side.split(":")[0])) is not None
        and mine != side
        and mine not in other.sides
        and side not in one.sides
        for side in other.sides
    )


def one_place(couple: Couple, *, of_event: bool = False) -> bool:
    """Tell whether neither claim names a place or body that the other, or its title, knows nothing of.

    Of an event that both articles are about (`of_event`), a place in either article's head will do.
    """
    one, other = couple.one, couple.other
    if couple.within:
        # One article may well count two places.
        return one.names == other.names or not (one.names and other.names)
    return _known(one, other, of_event=of_event) and _known(other, one, of_event=of_event)


def _known(one: Figures, other: Figures, *, of_event: bool) -> bool:
    heads = other.frame.about | one.frame.title if of_event else other.frame.title
    named = one.names - other.names - other.telling - heads
    return not named and one.countries <= other.countries | other.frame.about


def of_one_subject(couple: Couple) -> bool:
    """Tell whether what is counted says by itself what two claims are about, or other words of them do."""
    mine, theirs = couple.figures
    if (
        couple.counted is Counted.SAME
        and mine.thing.kind == "people"
        and mine.thing.head not in listed("broad")
    ):
        return True
    if couple.counted in (Counted.WIDER, Counted.NARROWER):
        narrow, others = (theirs, couple.one) if couple.counted is Counted.WIDER else (mine, couple.other)
        if narrow.thing.head.rstrip("s") in others.claim.quote.text.lower():
            return True
    return bool(couple.one.telling & couple.other.telling)


def one_owner(couple: Couple) -> bool:
    """Tell whether two figures are of one person or body, where it matters whose they are.

    Money and what somebody opens, wins or has belongs to someone; so do those whom somebody hires or arrests.
    Nurses who leave and people who die do so by themselves.
    """
    if not _owned(couple):
        return True
    one, other = couple.one.owners, couple.other.owners
    if one or other:
        return not one.isdisjoint(other) and not _of_one_kind_only(one, other)
    return len(couple.one.telling & couple.other.telling) >= _SUBJECT


def strangers(couple: Couple) -> bool:
    """Tell whether both claims name somebody, and nobody in common."""
    one, other = couple.one.owners, couple.other.owners
    if not (_owned(couple) and one and other):
        return False
    return one.isdisjoint(other) or _of_one_kind_only(one, other)


def _of_one_kind_only(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether both have names of their own and share what such bodies are called: "Board", "Office"."""
    return one & other <= bodies() and bool(one - other - bodies()) and bool(other - one - bodies())


def _owned(couple: Couple) -> bool:
    done = listed("done_by")
    return not any(each.thing.kind == "people" and each.event not in done for each in couple.figures)


def one_event(couple: Couple, *, toll: bool) -> bool:
    """Tell whether two claims without a time tell of one event, by their articles' dates and their words.

    A toll is an event's by the articles it stands in; anything else has to share words of its own.
    """
    one, other = couple.one, couple.other
    if not _reported_together(couple) or _of_another_day(one) or _of_another_day(other):
        return False
    shared = len(one.telling & other.telling)
    if not toll:
        return shared >= _SUBJECT
    kin = len(one.frame.about & other.frame.about)
    return couple.within or (kin >= _TOPIC and bool(one.frame.title & other.frame.title or shared))


def _reported_together(couple: Couple) -> bool:
    if couple.within:
        return True
    first, second = day_of(couple.one.frame.published), day_of(couple.other.frame.published)
    return first is not None and second is not None and abs((first - second).days) <= _NEAR


def _of_another_day(claim: Figures) -> bool:
    """Tell whether a claim names a time well before its article appeared."""
    appeared = day_of(claim.frame.published)
    if appeared is None:
        return bool(claim.days)
    for day in claim.days:
        if day.year is None:
            return True
        if (appeared - date(day.year, day.month, day.day)).days > _OLD:
            return True
    return False
