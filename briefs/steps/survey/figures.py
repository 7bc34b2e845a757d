"""Which figure of each claim a family is about: not the dead of one article beside the injured of another."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefs.domain.relations import Relation
from briefs.domain.scan import Quantity
from briefs.domain.spans import Span
from briefs.domain.story import Figure
from briefs.groups import Groups
from briefs.language.comparing.periods import time_of
from briefs.language.comparing.times import Shape
from briefs.steps.survey.gather import Claimed


class _Place(NamedTuple):
    """A figure of a claim, by where it starts."""

    claim: str
    start: int


def compared(claims: Sequence[Claimed], relations: Iterable[Relation]) -> Mapping[str, Figure]:
    """Return the figure that each claim of a family is compared by, by its id; a claim may have none.

    Relations link figure to figure. Those that most claims have, and over which they conflict if over any,
    are what the family is about; a claim that none of these links reaches has it where one of its figures
    has a value of theirs. Where no relation is about figures, a claim's only figure is taken.
    """
    held = {claim.id: claim for claim in claims}
    links: list[tuple[_Place, _Place]] = []
    conflicts: set[_Place] = set()
    for relation in relations:
        one = _at(held.get(relation.one), relation.one_words)
        other = _at(held.get(relation.other), relation.other_words)
        if one is not None and other is not None:
            links.append((one, other))
            if relation.kind == "conflict":
                conflicts.update((one, other))
    groups = Groups(links)
    by_group: dict[_Place, set[_Place]] = {}
    for place in {end for pair in links for end in pair}:
        by_group.setdefault(groups.of(place), set()).add(place)
    if not by_group:
        only = {c.id: [q for q in c.quantities if q.kind != "ordinal"] for c in claims}
        return {name: figure(found[0]) for name, found in only.items() if len(found) == 1}
    best = min(by_group.values(), key=lambda g: (g.isdisjoint(conflicts), -len({p.claim for p in g}), min(g)))
    chosen = {q for c in claims for q in c.quantities if _Place(c.id, q.start) in best}
    values = {bound for q in chosen for bound in (q.low, q.high) if bound is not None}
    made: dict[str, Figure] = {}
    for claim in claims:
        linked = [q for q in claim.quantities if _Place(claim.id, q.start) in best]
        equal = [q for q in claim.quantities if q.low in values or q.high in values]
        if linked or equal:
            made[claim.id] = figure((linked or equal)[0])
    return made


def _at(claim: Claimed | None, words: Span | None) -> _Place | None:
    found = quantity(claim, words) if claim is not None and words is not None else None
    return _Place(claim.id, found.start) if claim is not None and found is not None else None


def quantity(claim: Claimed, words: Span) -> Quantity | None:
    """Return the figure of a claim that stands in some words of its article."""
    return next((each for each in claim.quantities if each.overlaps(words)), None)


def figure(quantity: Quantity) -> Figure:
    """Return a figure with its noun and its open bound, as far as its words do not give them."""
    text, unit = " ".join(quantity.text.split()), " ".join((quantity.unit or "").split())
    bare = not any(word.isalpha() for word in text.split()[:-1])
    if unit and unit.casefold() not in text.casefold():
        text = f"{text} {unit}"
    if bare and quantity.low is None and quantity.high is not None:
        text = f"{text} or fewer"
    elif bare and quantity.high is None and quantity.low is not None:
        text = f"{text} or more"
    rate = time_of(quantity, (), None).shape is Shape.RATE
    if rate and quantity.period and quantity.period.casefold() not in text.casefold():
        text = f"{text} {' '.join(quantity.period.split())}"
    return Figure(
        text=text,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        period=quantity.period,
        approximate=quantity.approximate,
        rate=rate,
    )
