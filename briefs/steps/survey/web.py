"""All claims of a story with what links them."""

from collections.abc import Iterable, Mapping, Sequence

from briefs.domain.relations import Relation
from briefs.domain.story import Figure, Told
from briefs.groups import Groups
from briefs.steps.survey.gather import Claimed


class Web:
    """Claims, the relations between them, and the groups that these make."""

    def __init__(self, claims: Mapping[str, Claimed], relations: Iterable[Relation]) -> None:
        """Take all claims, and all relations; those of claims that are not there are left aside."""
        self.claims = claims
        self.relations = tuple(r for r in relations if r.one in claims and r.other in claims)
        self.sides = Groups((r.one, r.other) for r in self.relations if r.kind == "same")
        """Claims that say the same."""
        self.stories = Groups(
            (claims[r.one].place.article, claims[r.other].place.article) for r in self.relations
        )
        """Articles that relations connect."""
        self.same: dict[str, list[Claimed]] = {}
        """Claims by the name of their side."""
        for claim in claims.values():
            self.same.setdefault(self.sides.of(claim.id), []).append(claim)

    def alike(self, claim: str) -> Sequence[Claimed]:
        """Return all claims that say the same as one, itself among them."""
        return self.same[self.sides.of(claim)]


def told(claim: Claimed, figure: Figure | None, side: int) -> Told:
    """Return a claim as it is shown, with the figure that it is compared by."""
    return Told(
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
