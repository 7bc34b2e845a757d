"""Figures: each figure of a claim beside the one of a passage that is of the same thing, place and time."""

from typing import NamedTuple

from briefs.domain.scan import Quantity
from briefs.language.comparing.happenings import happening
from briefs.language.comparing.lists import listed
from briefs.language.comparing.periods import time_of
from briefs.language.comparing.things import Counted, compare_things, thing_of
from briefs.language.comparing.values import Agreement, agreement
from briefs.language.terms import content
from briefs.steps.evidence import timing
from briefs.steps.evidence.bearing import Bearing
from briefs.steps.evidence.reading import Read
from briefs.steps.evidence.sought import Sought, holds
from briefs.steps.evidence.words import denials

_SMALL = 20
"""Smaller whole numbers meet by chance."""


class Pair(NamedTuple):
    """One figure of a claim beside one of a passage."""

    claimed: Quantity
    documented: Quantity
    agreement: Agreement
    apart: str
    """Why they are not of one thing, place and time; empty where they are."""
    close: int
    """Words that their sentences share, what is counted left out."""
    near: bool
    """Apart only in that a year is not stated, or that one of them is worded as a denial."""
    sentence: int
    """Where the passage's sentence begins."""


def pairs(claim: Sought, reads: tuple[Read, ...], found: Bearing) -> list[Pair]:
    """Return for each figure of the claim what the passage says most clearly to it.

    A figure of the passage that bears out one figure of the claim says nothing against another.
    """
    every = [
        pair
        for figure in claim.quantities
        for read in reads
        for documented in read.quantities
        if (pair := _pair(_Both(claim, figure, documented, read, reads, found))) is not None
    ]
    fits = {
        (documented.start, documented.text)
        for read in reads
        for documented in read.quantities
        if any(_equal(documented, figure) for figure in claim.quantities)
    }
    fits |= {(p.documented.start, p.documented.text) for p in every if p.agreement is Agreement.AGREES}
    chosen = []
    for figure in claim.quantities:
        mine = [
            p
            for p in every
            if p.claimed == figure
            and (p.agreement is Agreement.AGREES or (p.documented.start, p.documented.text) not in fits)
        ]
        if mine:
            chosen.append(max(mine, key=_clearness))
    return chosen


def _equal(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind and (one.low, one.high) == (other.low, other.high)


def _clearness(pair: Pair) -> tuple[bool, bool, int]:
    agrees = pair.agreement is Agreement.AGREES
    return (agrees and not pair.apart, agrees or not pair.apart, pair.close)


def _pair(both: "_Both") -> Pair | None:
    claim, figure, documented, read, *_ = both
    counted = _counted(figure, documented)
    value = agreement(figure, documented)
    bare = figure.unit is None and documented.unit is None
    chance = value is not Agreement.AGREES or (_small(figure) and not bare)
    unlike = figure.kind != documented.kind or counted is Counted.APART
    if unlike or (counted is not Counted.SAME and chance):
        return None
    here = frozenset(content(read.text))
    units = frozenset(content(figure.unit or ""))
    close = len(frozenset(claim.content) & here - units)
    if close == 0 and not both.found.named:
        return None
    apart = (
        _other_thing(counted, figure, documented)
        or _other_place(both, value)
        or _other_event(both, close, value)
        or (_counted_later(both) if value is Agreement.DIFFERS else "")
    )
    denial = bool(denials(read.text)) != bool(claim.denials)
    time = _other_time(both, value)
    near = not apart and (time.yearless or (denial and not time.why))
    why = apart or time.why or (_DENIAL if denial else "")
    return Pair(figure, documented, value, why, close, near, read.place.start)


_DENIAL = "one of the two is worded as a denial"


class _Both(NamedTuple):
    claim: Sought
    figure: Quantity
    documented: Quantity
    read: Read
    """The sentence of the passage that holds the documented figure."""
    reads: tuple[Read, ...]
    """All sentences of the passage."""
    found: Bearing

    @property
    def mine(self) -> str | None:
        """Return what happens to what the claim counts."""
        quote, figure = self.claim.brief.claim.quote, self.figure
        return happening(figure, quote.text[max(0, figure.end - quote.start) :])

    @property
    def theirs(self) -> str | None:
        """Return what happens to what the passage counts."""
        return happening(self.documented, self.read.text[self.documented.end - self.read.place.start :])


def _counted(figure: Quantity, documented: Quantity) -> Counted:
    """Compare what is counted; of what whole it is a part need be stated in one of them alone."""
    one, other = thing_of(figure), thing_of(documented)
    if figure.kind == "count" and not (one.of and other.of):
        one, other = one._replace(of=frozenset()), other._replace(of=frozenset())
    return compare_things(one, other)


def _small(figure: Quantity) -> bool:
    value = figure.low if figure.low is not None else figure.high
    return value is None or (abs(value) < _SMALL and value == int(value))


def _other_thing(counted: Counted, figure: Quantity, documented: Quantity) -> str:
    if counted is Counted.SAME:
        return ""
    if counted is Counted.UNKNOWN or not (figure.unit and documented.unit):
        return "what is counted is not stated in both"
    if counted in (Counted.WIDER, Counted.NARROWER) and not _round(figure):
        return ""
    return f"the document counts {documented.unit}, the claim {figure.unit}"


def _round(figure: Quantity) -> bool:
    """Tell whether a figure has fewer than three digits that say something: equal ones may meet by chance."""
    value = figure.low if figure.low is not None else figure.high
    return value is None or len(f"{value:g}".replace(".", "").strip("0-")) < 3


def _other_time(both: _Both, value: Agreement) -> timing.Apart:
    claim, figure, documented, read, reads, found = both
    passage = found.passage
    if timing.same_ends(figure, claim.dates, documented, read.dates):
        return timing.TOGETHER
    published = passage.source.published
    mine = time_of(figure, claim.dates, claim.published)
    theirs = time_of(documented, read.dates, published)
    beside = [timing.time_of_date(each) for each in claim.dates]
    within = timing.times_within(reads)
    above = (
        *(timing.time_of_date(each) for each in read.dates),
        *(within or timing.times_above(passage)),
    )
    near = timing.Near(beside, above, claim.published)
    return timing.apart(mine, theirs, near, agrees=value is Agreement.AGREES)


def _counted_later(both: _Both) -> str:
    """Say that a toll was counted on another day than the article's: later counts come in."""
    if both.mine not in listed("tolls"):
        return ""
    above = (*timing.times_within(both.reads), *timing.times_above(both.found.passage))
    day = timing.counted_on(above, both.claim.published)
    return f"it was counted on “{day}”, and such counts change" if day else ""


def _other_place(both: _Both, value: Agreement) -> str:
    """Say that a sentence names other places or bodies than the claim; for equal figures the article's do."""
    claim, read = both.claim, both.read
    known = claim.known if value is Agreement.AGREES else claim.here
    elsewhere = [place for place in read.places if not holds(known, place)]
    if claim.names and any(holds(read.text, name) for name in claim.names):
        return ""
    return f"the document speaks of {elsewhere[0]}" if elsewhere else ""


def _other_event(both: _Both, close: int, value: Agreement) -> str:
    mine, theirs = both.mine, both.theirs
    if mine and theirs and mine != theirs:
        return f"the document says “{theirs}”, the claim “{mine}”"
    enough = 1 if value is Agreement.AGREES or (mine and theirs) else 2
    return "" if close >= enough else "whether both speak of one thing has to be read"
