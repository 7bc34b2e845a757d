"""How the claims of the corpus stand to each other, held against the manifest.

Every relation of the manifest is found, or named in the list of those that are missed; and a conflict that
the manifest does not expect fails the test, because it is what costs an editor's trust.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

import pytest
from drafted import briefs_of, corpus, stating
from golden import GoldRelation, manifest

from briefs.domain.relations import Family, IndexedClaim, Outline, Relation
from briefs.pipeline.entries import entry_of
from briefs.steps.relate import families, head_outline, may_relate, outline, relate, relate_pairs
from briefs.store.claims import ClaimIndex

MISSED = {
    ("fire-v-extraction", "fire-q-extraction"): "own voice against the log",
    ("fire-v-toll", "fire-q-toll"): "four dead and 17 injured, and the later count",
    ("fire-p-inspect", "fire-q-inspect"): "no serious defects, and three minor ones",
    ("nurse-c-notices", "nurse-g-notices"): "why notices are not nurses",
}
"""Pairs of the manifest that are not found, or found as something else."""


class Pair(NamedTuple):
    """Two claims of the manifest, what is expected of them, and what was found."""

    one: str
    other: str
    expected: str
    found: tuple[Relation, ...]

    @property
    def met(self) -> bool:
        """Tell whether one of the briefs' claims that state them stand as expected."""
        return any(each.kind == self.expected for each in self.found)


@cache
def claims() -> tuple[IndexedClaim, ...]:
    """Return all claims of the corpus."""
    return tuple(each for article in corpus() for each in article.claims)


@cache
def relations() -> tuple[Relation, ...]:
    """Return how all claims of the corpus stand to each other."""
    return relate(claims(), (), {each.id: each for each in corpus()})


@cache
def stated() -> dict[str, tuple[str, ...]]:
    """Return the ids of the briefs that state each claim of the manifest."""
    return {
        claim.id: tuple(each.id for each in stating(gold, claim))
        for gold in manifest().articles
        for claim in gold.claims
    }


def pairs(gold: GoldRelation) -> Iterator[Pair]:
    """Yield every two claims of one relation of the manifest."""
    held = {frozenset((each.one, each.other)): each for each in relations()}
    for one, other in combinations(gold.claims, 2):
        met = (held.get(frozenset(two)) for two in product(stated()[one], stated()[other]))
        yield Pair(one, other, gold.kind, tuple(each for each in met if each))


def test_the_index_offers_every_pair_that_differs_or_says_the_same(tmp_path: Path) -> None:
    """Protects what a run shows: a pair that relating would find is of no use where the index holds it back."""
    index = ClaimIndex(tmp_path / "claims.sqlite")
    for gold in manifest().articles:
        index.put(entry_of(briefs_of(gold.file)), tmp_path)
    home = {claim.id: claim.article for claim in claims()}
    offered = {pair for article in corpus() for pair in index.candidates(article.id, may_relate).pairs}
    index.close()
    wanted = [each for each in relations() if each.kind != "related" and home[each.one] != home[each.other]]
    assert len(wanted) > 20
    assert [each.note for each in wanted if (each.one, each.other) not in offered] == []


def test_no_pair_is_passed_over_that_is_related() -> None:
    """Protects recall at any size: what tells strangers without their words holds back nobody else."""
    articles = {each.id: each for each in corpus()}
    heads = {name: head_outline(each) for name, each in articles.items()}
    kept = {each.id: Outline(heads[each.article], outline(each, articles[each.article])) for each in claims()}
    far = [pair for pair in combinations(claims(), 2) if pair[0].article != pair[1].article]
    passed_over = [(one, other) for one, other in far if not may_relate(kept[one.id], kept[other.id])]
    assert len(passed_over) > len(far) / 2
    assert [each.note for each in relate_pairs(passed_over, articles)] == []


@pytest.mark.parametrize("gold", manifest().relations, ids=lambda gold: "-".join(gold.claims))
def test_expected_relations_are_found(gold: GoldRelation) -> None:
    """A pair is found as the manifest has it, or it is on the list of those that are missed."""
    for pair in pairs(gold):
        known = MISSED.get((pair.one, pair.other)) is not None
        assert pair.met is not known, f"{pair.one}, {pair.other}: {[(r.kind, r.aspect) for r in pair.found]}"


def test_there_is_no_conflict_beyond_the_manifest() -> None:
    """Every conflict that is found, inside an article too, is one that the manifest expects."""
    expected = {
        frozenset(two)
        for gold in manifest().relations
        if gold.kind == "conflict"
        for one, other in combinations(gold.claims, 2)
        for two in product(stated()[one], stated()[other])
    }
    by_id = {each.id: " ".join(each.quote.text.split())[:100] for each in claims()}
    beyond = [
        (by_id[each.one], by_id[each.other], each.note)
        for each in relations()
        if each.kind == "conflict" and frozenset((each.one, each.other)) not in expected
    ]
    assert beyond == []


def test_only_articles_of_one_story_are_related() -> None:
    """No claim of the essay, the bridge or the tax office has to do with another article's."""
    story = {
        article.id: gold.family or gold.file
        for gold, article in zip(manifest().articles, corpus(), strict=True)
    }
    home = {each.id: story[each.article] for each in claims()}
    assert [each.note for each in relations() if home[each.one] != home[each.other]] == []


def _family_of(*names: str) -> Family:
    held = {each for name in names for each in stated()[name]}
    found = families(claims(), relations(), {each.id: each for each in corpus()})
    (family,) = (each for each in found if held & set(each.claims))
    return family


def test_one_month_is_one_family() -> None:
    """All figures for October stand together, and none for another time or thing is among them."""
    october = set(_family_of("nurse-g-october").claims)
    inside = ("nurse-g-october", "nurse-l-october", "nurse-c-october", "nurse-m-multi", "nurse-m-net")
    outside = ("nurse-g-rate", "nurse-g-total", "nurse-c-year", "nurse-g-notices", "nurse-m-october")
    assert all(october & set(stated()[name]) for name in inside)
    assert not any(october & set(stated()[name]) for name in outside)


def test_a_wire_sentence_is_one_family() -> None:
    """The three copies and the log's other number of days are told together."""
    system = set(_family_of("fire-p-extraction").claims)
    for name in ("fire-p-extraction", "fire-c-extraction", "fire-v-extraction", "fire-q-extraction"):
        assert system & set(stated()[name])
