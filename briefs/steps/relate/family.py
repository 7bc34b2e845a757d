"""Families: claims of one thing, so that the figures and dates given for it can be laid side by side."""

from collections.abc import Iterable, Mapping, Sequence

from briefs.domain.relations import Aspect, Family, IndexedArticle, IndexedClaim, Relation
from briefs.steps.relate.joining import order

_UNDATED = "9999"


def families(
    claims: Sequence[IndexedClaim],
    relations: Iterable[Relation],
    articles: Mapping[str, IndexedArticle] | None = None,
) -> tuple[Family, ...]:
    """Return the families of two claims or more; a claim is in one at most.

    Linked are claims that say the same, and those whose figures or dates conflict. `articles` give the
    publication dates that order a family's claims; without them all count as undated.
    """
    known = {claim.id: claim for claim in claims}
    held = [r for r in relations if r.one in known and r.other in known]
    root = {each: each for each in known}

    def find(each: str) -> str:
        while root[each] != each:
            root[each] = root[root[each]]
            each = root[each]
        return each

    for relation in held:
        if relation.kind == "same" or (
            relation.kind == "conflict" and relation.aspect in {Aspect.FIGURE, Aspect.DATE}
        ):
            one, other = sorted((find(relation.one), find(relation.other)))
            root[other] = one
    members: dict[str, list[IndexedClaim]] = {}
    for claim in known.values():
        members.setdefault(find(claim.id), []).append(claim)
    inside: dict[str, list[Relation]] = {}
    for relation in held:
        if find(relation.one) == find(relation.other):
            inside.setdefault(find(relation.one), []).append(relation)

    def published(claim: IndexedClaim) -> str:
        article = articles.get(claim.article) if articles else None
        return (article.published if article else None) or _UNDATED

    found = [
        Family(
            id=min(claim.id for claim in each),
            claims=tuple(c.id for c in sorted(each, key=lambda c: (published(c), order(c)))),
            relations=tuple(sorted(inside[top], key=lambda r: (r.one, r.other))),
        )
        for top, each in members.items()
        if len(each) > 1
    ]
    return tuple(sorted(found, key=lambda family: family.id))
