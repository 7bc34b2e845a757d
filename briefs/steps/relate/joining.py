"""Pairs of claims that share a key, without looking at all pairs."""

from collections.abc import Iterator, Mapping, Sequence

from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.steps.relate.keys import keys_of
from briefs.steps.relate.profile import Profile, profile

HOLDERS = 64
"""A key that more claims hold is too common to pair them all: each is paired with the first so many only."""


def order(claim: IndexedClaim) -> tuple[str, int, int, str]:
    """Return the sort key of the canonical order of claims: article, place, id."""
    return (claim.article, claim.quote.start, claim.quote.end, claim.id)


def paired(
    fresh: Sequence[IndexedClaim], known: Sequence[IndexedClaim], articles: Mapping[str, IndexedArticle]
) -> Iterator[tuple[Profile, Profile]]:
    """Yield each pair that shares a key and has a fresh claim in it once, in canonical order within.

    The pairs of `fresh` with all are the same however the others were split, because a key that is too
    common is cut by canonical order and not by who came first.
    """
    new = {claim.id for claim in fresh}
    claims = sorted({claim.id: claim for claim in (*known, *fresh)}.values(), key=order)
    profiles = [profile(claim) for claim in claims]
    keys = [keys_of(claim, articles[claim.article]) for claim in claims]
    holders: dict[str, list[int]] = {}
    for place, held in enumerate(keys):
        for key in held:
            holders.setdefault(key, []).append(place)
    for place, each in enumerate(profiles):
        reached = {i for key in keys[place] for i in holders[key][:HOLDERS] if i < place}
        is_new = each.claim.id in new
        for i in sorted(reached):
            if is_new or profiles[i].claim.id in new:
                yield profiles[i], each
