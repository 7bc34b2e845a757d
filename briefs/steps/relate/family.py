"""Families: claims of one thing, so that the figures and dates given for it can be laid side by side.

Links are "same" and conflicts of figures or dates. Chains of them drift: a joins b, b joins c, and a and c
speak of two things. So claims join a family only where they are linked with a good part of it, and never
where a relation says that they count different things or different times (average-link clustering with
cannot-link constraints: Davidson and Ravi 2005).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefs.domain.relations import Aspect, Family, IndexedArticle, IndexedClaim, Relation
from briefs.steps.relate.joining import order

_UNDATED = "9999"
_PART = 3
"""One of so many members of each side has to be linked with the other side."""
_TWO = 2
"""So many members of a side of three or more have to be, so that no single link merges two things."""
_PLENTY = 8
"""So many are enough for a family of any size: an index gives a claim only so many links."""
_APART = {Aspect.MEASURE, Aspect.PERIOD}


def families(
    claims: Sequence[IndexedClaim],
    relations: Iterable[Relation],
    articles: Mapping[str, IndexedArticle] | None = None,
) -> tuple[Family, ...]:
    """Return the families of two claims or more, by id; a claim is in one at most.

    Relations with claims that are not among `claims` are left out. `articles` give the publication dates that
    order a family's claims; without them all count as undated.
    """
    known = {claim.id: claim for claim in claims}
    held = sorted(
        {(r.one, r.other): r for r in relations if r.one in known and r.other in known}.values(),
        key=lambda r: (r.one, r.other),
    )
    home = _gathered(held)
    members: dict[str, list[IndexedClaim]] = defaultdict(list)
    for claim in known.values():
        if claim.id in home:
            members[home[claim.id]].append(claim)
    inside: dict[str, list[Relation]] = defaultdict(list)
    for relation in held:
        if home.get(relation.one, "") == home.get(relation.other, "-"):
            inside[home[relation.one]].append(relation)

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
    ]
    return tuple(sorted(found, key=lambda family: family.id))


def _links(relation: Relation) -> bool:
    return relation.kind == "same" or (
        relation.kind == "conflict" and relation.aspect in {Aspect.FIGURE, Aspect.DATE}
    )


def _gathered(relations: Sequence[Relation]) -> dict[str, str]:
    """Return the family of each linked claim, named by one of its members."""
    near: dict[str, set[str]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    for relation in relations:
        side = near if _links(relation) else apart if relation.aspect in _APART else None
        if side is not None:
            side[relation.one].add(relation.other)
            side[relation.other].add(relation.one)
    home: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    waiting = sorted(filter(_links, relations), key=lambda r: _strength(r, near))
    while waiting:
        left = [r for r in waiting if not _join(r, home, members, near, apart)]
        if len(left) == len(waiting):
            break
        waiting = left
    return {each: top for each, top in home.items() if len(members[top]) > 1}


def _strength(relation: Relation, near: Mapping[str, set[str]]) -> tuple[int, int, str, str]:
    """Return the order in which links are followed: copies, the same, conflicts; the best supported first."""
    shared = len(near[relation.one] & near[relation.other])
    rank = 2 if relation.kind == "conflict" else 0 if relation.aspect is Aspect.WORDING else 1
    return (rank, -shared, relation.one, relation.other)


def _join(
    relation: Relation,
    home: dict[str, str],
    members: dict[str, set[str]],
    near: Mapping[str, set[str]],
    apart: Mapping[str, set[str]],
) -> bool:
    """Join the families of two linked claims where they are one; tell whether the link is settled."""
    tops = [home.setdefault(each, each) for each in (relation.one, relation.other)]
    sides = sorted((members.setdefault(top, {top}) for top in tops), key=lambda side: (len(side), min(side)))
    fewer, more = sides
    if fewer is more:
        return True
    if any(apart.get(each, set()) & more for each in fewer):
        return False
    reached = set().union(*(near[each] & more for each in fewer))
    if not (_enough(sum(bool(near[each] & more) for each in fewer), fewer) and _enough(len(reached), more)):
        return False
    top = min(tops)
    members[top] = fewer | more
    for each in members[top]:
        home[each] = top
    return True


def _enough(linked: int, side: set[str]) -> bool:
    needed = max(-(-len(side) // _PART), _TWO if len(side) > _TWO else 1)
    return linked >= min(needed, _PLENTY)
