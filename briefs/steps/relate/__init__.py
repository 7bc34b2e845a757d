"""How claims of one and of several articles stand to each other: the same, in conflict, or related.

A pure function over claims: no index, no parse, no model. It looks at words, figures and dates, and never
says which of two claims is right. `keys_of` and `terms_of` serve an index that hands `relate` the claims that
may be related; `families` gathers claims of one thing; `best` picks what an editor is shown of one claim.
"""

from collections.abc import Iterable, Mapping, Sequence

from briefs.domain.relations import Aspect, IndexedArticle, IndexedClaim, Relation
from briefs.steps.relate.family import families
from briefs.steps.relate.head import head
from briefs.steps.relate.joining import HOLDERS, paired
from briefs.steps.relate.judge import judge
from briefs.steps.relate.keys import KEYS_VERSION, keys_of
from briefs.steps.relate.terms import terms_of

RELATED_SHOWN = 5
"""So many related claims an editor reads; conflicts and the same claim elsewhere are always shown."""
_KINDS = ("conflict", "same", "related")
_ASPECTS = tuple(Aspect)


def relate(
    fresh: Sequence[IndexedClaim], known: Sequence[IndexedClaim], articles: Mapping[str, IndexedArticle]
) -> tuple[Relation, ...]:
    """Return all relations of `fresh` claims with one another and with `known` ones, in canonical order.

    Of `articles` only the head is read (title, names, date); it must hold the article of every claim.
    Which claims are fresh decides only which pairs are looked at: the relation of a pair depends on the two
    claims and the heads of their articles alone. Raises KeyError for an article that is not there.
    """
    heads = {each: head(articles[each]) for each in sorted({c.article for c in (*fresh, *known)})}
    found = (
        judge(one, other, heads[one.claim.article], heads[other.claim.article])
        for one, other in paired(fresh, known)
    )
    return tuple(sorted((r for r in found if r), key=lambda r: (r.one, r.other)))


def best(claim: str, relations: Iterable[Relation], shown: int = RELATED_SHOWN) -> tuple[Relation, ...]:
    """Return what an editor is shown of one claim: conflicts, then the same, then the strongest related."""
    mine = sorted(
        (r for r in relations if claim in (r.one, r.other)),
        key=lambda r: (_KINDS.index(r.kind), _ASPECTS.index(r.aspect), r.one, r.other),
    )
    certain = [r for r in mine if r.kind != "related"]
    return (*certain, *[r for r in mine if r.kind == "related"][:shown])


__all__ = ["HOLDERS", "KEYS_VERSION", "best", "families", "keys_of", "relate", "terms_of"]
