"""How claims of one and of several articles stand to each other: the same, in conflict, or related.

A pure function over claims: no index, no parse, no model. It looks at words, figures and dates, and never
says which of two claims is right. `keys_of` and `terms_of` serve an index that hands over the claims that may
be related; by what `outline` keeps of claims `may_relate` tells most of the others from them. `families`
gathers claims of one thing; `best` picks what an editor is shown of one claim.
"""

from collections.abc import Iterable, Mapping, Sequence

from briefs.domain.relations import KINDS, Aspect, IndexedArticle, IndexedClaim, Relation
from briefs.steps.relate.family import families
from briefs.steps.relate.head import Head, head
from briefs.steps.relate.joining import HOLDERS, order, paired
from briefs.steps.relate.judge import judge
from briefs.steps.relate.keys import KEYS_VERSION, keys_of, shared_by_articles
from briefs.steps.relate.outline import head_outline, may_relate, outline
from briefs.steps.relate.profile import Profile, profile
from briefs.steps.relate.terms import terms_of

RELATED_SHOWN = 5
"""So many related claims an editor reads; conflicts and the same claim elsewhere are always shown."""
_ASPECTS = tuple(Aspect)


def relate(
    fresh: Sequence[IndexedClaim], known: Sequence[IndexedClaim], articles: Mapping[str, IndexedArticle]
) -> tuple[Relation, ...]:
    """Return all relations of `fresh` claims with one another and with `known` ones, in canonical order.

    Of `articles` only the head is read (title, names, date, outlet); it must hold the article of every claim.
    Which claims are fresh decides only which pairs are looked at: the relation of a pair depends on the two
    claims and the heads of their articles alone. Raises KeyError for an article that is not there.
    """
    return _judged(paired(fresh, known, articles), articles)


def relate_pairs(
    pairs: Iterable[tuple[IndexedClaim, IndexedClaim]], articles: Mapping[str, IndexedArticle]
) -> tuple[Relation, ...]:
    """Return the relations of pairs that an index has found, in canonical order; each is judged once.

    As `relate`, without looking for pairs. Raises KeyError for an article that is not there.
    """
    ordered = (sorted(pair, key=order) for pair in pairs)
    once = {(one.id, other.id): (one, other) for one, other in ordered if one.id != other.id}
    return _judged(((profile(one), profile(other)) for one, other in once.values()), articles)


def _judged(
    pairs: Iterable[tuple[Profile, Profile]], articles: Mapping[str, IndexedArticle]
) -> tuple[Relation, ...]:
    heads: dict[str, Head] = {}

    def about(claim: Profile) -> Head:
        article = claim.claim.article
        if article not in heads:
            heads[article] = head(articles[article])
        return heads[article]

    found = (judge(one, other, about(one), about(other)) for one, other in pairs)
    return tuple(sorted((r for r in found if r), key=lambda r: (r.one, r.other)))


def best(claim: str, relations: Iterable[Relation], shown: int = RELATED_SHOWN) -> tuple[Relation, ...]:
    """Return what an editor is shown of one claim: conflicts, then the same, then the strongest related."""
    mine = sorted(
        (r for r in relations if claim in (r.one, r.other)),
        key=lambda r: (KINDS.index(r.kind), _ASPECTS.index(r.aspect), r.one, r.other),
    )
    certain = [r for r in mine if r.kind != "related"]
    return (*certain, *[r for r in mine if r.kind == "related"][:shown])


__all__ = [
    "HOLDERS",
    "KEYS_VERSION",
    "best",
    "families",
    "head_outline",
    "keys_of",
    "may_relate",
    "outline",
    "relate",
    "relate_pairs",
    "shared_by_articles",
    "terms_of",
]
