"""All claims of a story with what links them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefs.domain.relations import Relation
from briefs.domain.story import Account, Figure
from briefs.groups import Groups
from briefs.steps.survey.figures import quantity
from briefs.steps.survey.gather import Claimed


class Web:
    """Claims, the relations between them, and the groups that these make."""

    def __init__(self, claims: Mapping[str, Claimed], relations: Iterable[Relation]) -> None:
        """Take all claims, and all relations; those of claims that are not there are left aside."""
        self.claims = claims
        known = [r for r in relations if r.one in claims and r.other in claims]
        self.relations = tuple(unbridged(known, claims))
        self.sides = Groups((r.one, r.other) for r in self.relations if r.kind == "same")
        """Claims that say the same."""
        self.stories = Groups((claims[r.one].place.article, claims[r.other].place.article) for r in known)
        """Articles that relations connect."""
        self.same: dict[str, list[Claimed]] = {}
        """Claims by the name of their side."""
        for claim in claims.values():
            self.same.setdefault(self.sides.of(claim.id), []).append(claim)

    def alike(self, claim: str) -> Sequence[Claimed]:
        """Return all claims that say the same as one, itself among them."""
        return self.same[self.sides.of(claim)]


def unbridged(relations: Sequence[Relation], claims: Mapping[str, Claimed]) -> list[Relation]:
    """Return relations without those that make one of claims that agree with different figures of a row.

    A row of a table has bare figures of unlike things, and says the same as a claim of each: it stands with
    those that agree with the figure over which most do.
    """
    agreeing: dict[str, dict[_Value, int]] = {}
    for value in (each for relation in relations for each in _values(relation, claims)):
        held = agreeing.setdefault(value.claim, {})
        held[value] = held.get(value, 0) + 1
    main = {
        claim: min(held, key=lambda value: (-held[value], value.start))
        for claim, held in agreeing.items()
        if len(held) > 1
    }
    return [
        relation
        for relation in relations
        if all(main.get(value.claim, value) == value for value in _values(relation, claims))
    ]


class _Value(NamedTuple):
    """A figure of a claim, by the first place where the claim has it."""

    claim: str
    start: int


def _values(relation: Relation, claims: Mapping[str, Claimed]) -> Iterator[_Value]:
    """Yield the bare figures in which two claims that say the same agree."""
    if relation.kind != "same":
        return
    for name, words in ((relation.one, relation.one_words), (relation.other, relation.other_words)):
        claim = claims[name]
        found = quantity(claim, words) if words is not None else None
        if found is not None and not found.unit:
            bounds = found.low, found.high
            yield _Value(name, min(q.start for q in claim.quantities if (q.low, q.high) == bounds))


def told(claim: Claimed, figure: Figure | None, side: int) -> Account:
    """Return a claim as it is shown, with the figure that it is compared by."""
    return Account(
        brief=claim.id,
        number=claim.number,
        place=claim.place,
        short=claim.short,
        quote=" ".join(claim.quote.text.split()),
        said_by=claim.said_by,
        level=claim.level,
        figure=figure,
        side=side,
    )


def by_date(claim: Claimed) -> tuple[bool, str, str, int, str]:
    """Order claims by publication date, undated last, then by article and place."""
    place = claim.place
    return (place.published is None, place.published or "", place.article, claim.quote.start, claim.id)
