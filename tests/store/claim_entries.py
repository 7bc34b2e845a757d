"""Small articles for the tests of the claim index: claims of given ids, keys and terms, and a brute-force model."""

from collections.abc import Mapping

from briefs.domain.claims import ClaimType
from briefs.domain.relations import Aspect, IndexedArticle, IndexedClaim, Relation, RelationKind
from briefs.domain.scan import OWN_VOICE
from briefs.domain.spans import Quote
from briefs.store.claim_index.entry import Entry


def claim(article: str, number: int, words: str | None = None) -> IndexedClaim:
    """Return claim `number` of an article."""
    quoted = words or f"Claim {number} of {article}."
    return IndexedClaim(
        id=f"{article}.{number}",
        article=article,
        quote=Quote(text=quoted, start=0, end=len(quoted)),
        standalone=quoted,
        type=ClaimType.EVENT,
        level="low",
        attribution=OWN_VOICE,
    )


def entry(
    article: str,
    *claims: tuple[str, str],
    words: str | None = None,
    **head: str,
) -> Entry:
    """Return an article whose claims have these keys and terms, each given as words with spaces between."""
    return Entry(
        IndexedArticle(
            id=article,
            slug=f"{article}-slug",
            title=f"Title of {article}",
            text_sha256="0" * 64,
            claims=tuple(claim(article, number, words) for number in range(len(claims))),
            **head,
        ),
        tuple(frozenset(keys.split()) for keys, _ in claims),
        tuple(tuple(terms.split()) for _, terms in claims),
    )


def relation(one: str, other: str, kind: RelationKind = "same", note: str = "A note.") -> Relation:
    """Return a relation of two claims, in the order that relations have."""
    first, second = sorted((one, other))
    return Relation(one=first, other=second, kind=kind, aspect=Aspect.WORDING, note=note)


def expected_pairs(entries: Mapping[str, Entry]) -> set[frozenset[str]]:
    """Return the pairs of claims of different articles that share a key or two terms, without any limit."""
    held = [
        (each.id, each.article, keys, set(terms))
        for one in entries.values()
        for each, keys, terms in zip(one.article.claims, one.keys, one.terms, strict=True)
    ]
    return {
        frozenset((one[0], other[0]))
        for one in held
        for other in held
        if one[1] != other[1] and (one[2] & other[2] or len(one[3] & other[3]) >= 2)
    }
