"""Origins against the corpus' manifest: what goes back to one upstream, and what must never be joined."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations

import pytest
from drafted import briefs_of, stating
from golden import GoldOrigin, manifest

from briefs.domain.aliases import NO_ALIASES
from briefs.domain.brief import Origin, Origins
from briefs.domain.relations import Aspect, Family, IndexedArticle, IndexedClaim, Relation
from briefs.steps.trace import sketch_of, trace
from briefs.steps.trace.copies import COPY
from briefs.text.sketch import shared

GOLD = manifest()
ENTRIES = [pytest.param(entry, id=entry.claims[0]) for entry in GOLD.origins if not entry.missed]
EVENTS = {entry.family for entry in GOLD.origins}


@cache
def articles() -> Mapping[str, IndexedArticle]:
    """Return the articles that report one event with others, with their sketches, by file."""
    files = [gold.file for gold in GOLD.articles if gold.family in EVENTS]
    return {file: IndexedArticle.of(briefs_of(file), sketch_of(briefs_of(file).article)) for file in files}


@cache
def briefs() -> Mapping[str, str]:
    """Return the id of the brief that states a claim of the manifest, by the claim's id there."""
    found = {}
    for gold in GOLD.articles:
        for claim in gold.claims if gold.family in EVENTS else ():
            held = stating(gold, claim)
            if held:
                found[claim.id] = min(held, key=lambda c: abs(len(c.quote.text) - len(claim.quote))).id
    return found


@cache
def claims() -> Mapping[str, IndexedClaim]:
    """Return the claims of those articles by the brief's id."""
    return {claim.id: claim for article in articles().values() for claim in article.claims}


@cache
def traced() -> Mapping[str, Origins]:
    """Return the origins of every claim that the manifest gives one, by the brief's id.

    A family is what the manifest relates as the same or in conflict; claims of one entry that it does not
    relate stand in it as another side.
    """
    same = {pair for gold in GOLD.relations if gold.kind == "same" for pair in combinations(gold.claims, 2)}
    against = {
        pair for gold in GOLD.relations if gold.kind == "conflict" for pair in combinations(gold.claims, 2)
    }
    against |= {pair for entry in GOLD.origins for pair in combinations(entry.claims, 2)} - same
    found: dict[str, Origins] = {}
    for members in _families(same | against):
        ids = sorted(briefs()[claim] for claim in members)
        inside = [
            Relation(
                one=briefs()[one], other=briefs()[other], kind=kind, aspect=Aspect.WORDING, note="By hand."
            )
            for kind, pairs in (("same", same), ("conflict", against))
            for one, other in sorted(pairs)
            if one in members and other in members
        ]
        family = Family(id=ids[0], claims=tuple(ids), relations=tuple(inside))
        heads = {article.id: article for article in articles().values()}
        found.update(trace(family, claims(), heads, NO_ALIASES))
    return found


def _families(pairs: set[tuple[str, str]]) -> Iterator[set[str]]:
    """Yield what the pairs link; a claim that nothing relates to is its own."""
    left = {claim for entry in GOLD.origins for claim in entry.claims} & set(briefs())
    linked = [pair for pair in pairs if set(pair) <= set(briefs())]
    left |= {claim for pair in linked for claim in pair}
    while left:
        members, size = {min(left)}, 0
        while size < len(members):
            size = len(members)
            members |= {claim for pair in linked if members & set(pair) for claim in pair}
        left -= members
        yield members


def behind(claim: str) -> Origins:
    """Return the origins of a claim of the manifest."""
    return traced()[briefs()[claim]]


def origin_of(claim: str) -> Origin:
    """Return the origin that a claim of the manifest goes back to."""
    brief = briefs()[claim]
    return next(origin for origin in behind(claim).origins if brief in origin.claims)


@pytest.mark.parametrize("entry", ENTRIES)
def test_goes_back_to_one_upstream(entry: GoldOrigin) -> None:
    """Every two claims of an entry share an origin, which is named, with its go-between, and known or not."""
    assert set(entry.claims) <= set(briefs())
    for one, other in combinations(entry.claims, 2):
        assert briefs()[other] in behind(one).shared_with, (one, other)
    for claim in entry.claims:
        origin = origin_of(claim)
        assert origin.known is entry.known, claim
        assert any(entry.upstream in words for words in (origin.name, *origin.reasons)), (claim, origin)
        if entry.through:
            assert f"by way of {entry.through}" in origin.name


def test_nothing_else_is_joined() -> None:
    """Claims of two entries never share an origin, though they stand in one family."""
    for one, other in combinations(GOLD.origins, 2):
        if one.upstream != other.upstream and not one.missed and not other.missed:
            shared_ids = {briefs()[claim] for claim in other.claims}
            for claim in one.claims:
                assert not shared_ids & set(behind(claim).shared_with), (claim, other.upstream)


def test_what_is_missed_is_still_missed() -> None:
    """What the manifest calls missed is not found; if it is, the manifest is to say so."""
    for entry in (entry for entry in GOLD.origins if entry.missed):
        assert any(
            briefs()[other] not in behind(one).shared_with for one, other in combinations(entry.claims, 2)
        )


def test_counts_that_an_editor_reads() -> None:
    """Nine days stand in three articles and have one origin; October's 2,310 have none that is known."""
    nine = behind("fire-v-extraction")
    assert (nine.attributions, nine.articles, nine.independent, nine.unknown) == (3, 3, 1, 0)
    october = behind("nurse-g-october")
    assert (october.attributions, october.articles, october.independent, october.unknown) == (2, 2, 0, 2)


def test_copies_are_told_from_other_reports() -> None:
    """Wire copy shares far more wording than any two other reports of one event: the bound lies between."""
    wire = {"port-sable-terminal-fire.txt", "orla-courier-terminal-fire.html", "varnia-now-terminal-fire.md"}
    for one, other in combinations(sorted(articles()), 2):
        share = shared(articles()[one].sketch, articles()[other].sketch)
        assert share > COPY + 0.07 if {one, other} <= wire else share < COPY - 0.25, (one, other, share)
