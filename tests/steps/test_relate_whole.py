"""Relating many claims: order and split make no difference, keys keep pairs few, families do not chain."""

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relating import Count, article, claim

from briefs.domain.relations import Aspect, IndexedClaim, Outline, Relation, RelationKind
from briefs.steps.relate import (
    HOLDERS,
    best,
    families,
    head_outline,
    keys_of,
    may_relate,
    outline,
    relate,
    relate_pairs,
    terms_of,
)
from briefs.steps.relate.head import head, kinship

SENTENCES = [
    "The blaze was started by an overheated conveyor bearing in the north elevator.",
    "The blaze may have been started by an overheated conveyor bearing in the north elevator.",
    "The blaze was not started by an overheated conveyor bearing in the north elevator.",
    "The operator denied that the blaze was started by an overheated conveyor bearing.",
    "As the strike enters its third week, hospitals in Halmen have cancelled operations.",
    "As the strike enters its fourth week, hospitals in Halmen have cancelled operations.",
    "This is the highest number of resignations in a month since the war.",
    "The number of resignations is at a record high, the highest since the war.",
    "2,310 nurses quit in October.",
    "More than 2,300 nurses left the hospitals in October.",
]
HEADS = {name: article(name, title="French nurses on strike after a fire") for name in "abcd"}


def _claims(drawn: list[tuple[str, int]]) -> list[IndexedClaim]:
    claims = []
    for place, (name, number) in enumerate(drawn):
        text = SENTENCES[number]
        counts: dict[int, dict[str, Count]] = {
            8: {"2,310": (2310, 2310, "nurses", "in October")},
            9: {"2,300": (2300, None, "nurses", "in October")},
        }
        held = ("may",) if number == 1 else ()
        claims.append(claim(text, name, start=place * 200, hedges=held, counts=counts.get(number)))
    return claims


DRAWN = st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, len(SENTENCES) - 1)), max_size=9).map(
    _claims
)


@given(DRAWN, st.data())
@settings(deadline=None)
def test_how_claims_are_split_or_ordered_makes_no_difference(
    claims: list[IndexedClaim], data: st.DataObject
) -> None:
    """An article of tomorrow finds of last month's what it would have found in one run with them."""
    whole = relate(claims, (), HEADS)
    shuffled = data.draw(st.permutations(claims))
    assert relate(shuffled, (), HEADS) == whole
    cut = data.draw(st.integers(0, len(claims)))
    fresh, known = shuffled[:cut], shuffled[cut:]
    new = {each.id for each in fresh}
    assert relate(fresh, known, HEADS) == tuple(r for r in whole if {r.one, r.other} & new)
    later = (*relate(known, (), HEADS), *relate(fresh, known, HEADS))
    assert sorted(later, key=lambda r: (r.one, r.other)) == list(whole)


@given(DRAWN)
@settings(deadline=None)
def test_a_relation_points_at_words_of_its_claims(claims: list[IndexedClaim]) -> None:
    """Each pair stands in one relation, in canonical order, with places inside the quoted words."""
    by_id = {each.id: each for each in claims}
    found = relate(claims, (), HEADS)
    assert len({(r.one, r.other) for r in found}) == len(found)
    for relation in found:
        one, other = by_id[relation.one], by_id[relation.other]
        assert (one.article, one.quote.start) < (other.article, other.quote.start)
        assert relation.note.endswith(".")
        for held, words in ((one, relation.one_words), (other, relation.other_words)):
            assert words is None or held.quote.contains(words)


@given(DRAWN)
@settings(deadline=None)
def test_given_pairs_are_judged_as_found_ones(claims: list[IndexedClaim]) -> None:
    """An index that finds pairs itself gets the same relations, whichever way round it hands them over."""
    pairs = [(other, one) for one, other in combinations(claims, 2)]
    judged = {(r.one, r.other): r for r in relate_pairs([*pairs, *pairs], HEADS)}
    for relation in relate(claims, (), HEADS):
        assert judged[relation.one, relation.other] == relation


@given(DRAWN)
@settings(deadline=None)
def test_no_pair_is_passed_over_that_is_related(claims: list[IndexedClaim]) -> None:
    """What an index tells without the words of two claims never holds back a relation, whichever comes first."""
    kept = {each.id: Outline(head_outline(h := HEADS[each.article]), outline(each, h)) for each in claims}
    far = [(one, other) for one, other in combinations(claims, 2) if one.article != other.article]
    for one, other in far:
        may = may_relate(kept[one.id], kept[other.id])
        assert may is may_relate(kept[other.id], kept[one.id])
        assert may or not relate_pairs([(one, other)], HEADS)


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_has_an_outline_that_can_be_read(text: str) -> None:
    """Hostile text breaks no line of what an index keeps."""
    one, other = claim(text, "a", names=(text,)), claim(text, "b", names=(text,))
    head = article("a", title=text).model_copy(update={"names": (text, "Port Sable")})
    kept = Outline(head_outline(head), outline(one, head))
    assert may_relate(kept, kept) or not relate_pairs(
        [(one, other)], {"a": head, "b": head.model_copy(update={"id": "b"})}
    )


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_has_keys_and_terms(text: str) -> None:
    """Hostile text breaks nothing, and keys stay few."""
    each = claim(text, "a")
    assert len(keys_of(each, article())) < 400
    assert terms_of(each) == terms_of(each)
    assert relate([each, claim(text, "b")], (), HEADS) is not None


def test_a_country_and_its_adjective_are_one_term() -> None:
    """Claims meet by their country however it is named, and by near-synonyms."""
    one = terms_of(claim("Ukrainian soldiers deserted."))
    other = terms_of(claim("Troops left Ukraine's army."))
    assert set(one) == {"@ukraine", "soldier", "leav"}
    assert set(one) < set(other)


def test_keys_do_not_hang_on_what_stands_around() -> None:
    """A wire sentence in a frame shares keys with the bare one."""
    bare = claim("The dust extraction system had been shut down for repairs for nine days.")
    framed = claim(
        "An official told the agency that the dust extraction system had been shut down for repairs."
    )
    assert keys_of(bare) & keys_of(framed)


def test_a_common_key_does_not_make_all_pairs() -> None:
    """Of claims that all share a key, each meets a bounded number of others."""
    count = HOLDERS * 5
    text = "The harbour master opened the annual regatta of wooden boats at noon."
    heads = {
        f"{n:04}": article(f"{n:04}", names=("Port Sable", "Kell", "Orla", "Halmen")) for n in range(count)
    }
    claims = [claim(text, name, start=int(name) * 100) for name in heads]
    found = relate(claims, (), heads)
    assert len(found) < count * HOLDERS
    assert len(found) >= count - 1


def _link(one: str, other: str, kind: RelationKind = "same", aspect: Aspect = Aspect.FIGURE) -> Relation:
    one, other = sorted((one, other))
    return Relation(one=one, other=other, kind=kind, aspect=aspect, note="n.")


FAMILIES = {
    "two that say the same": ([_link("a", "b")], [{"a", "b"}]),
    "a conflict of figures": ([_link("a", "b", "conflict")], [{"a", "b"}]),
    "a denial is no family": ([_link("a", "b", "conflict", Aspect.DENIAL)], []),
    "related is no family": ([_link("a", "b", "related", Aspect.MEASURE)], []),
    "different measures keep apart": (
        [_link("a", "b"), _link("b", "c"), _link("a", "c", "related", Aspect.MEASURE)],
        [{"a", "b"}],
    ),
    "a chain does not drift": (
        [_link(*pair) for pair in ("ab", "ac", "bc", "de", "df", "ef", "cd")],
        [{"a", "b", "c"}, {"d", "e", "f"}],
    ),
    "one that is linked with most joins": (
        [_link(*pair) for pair in ("ab", "ac", "bc", "ad", "bd")],
        [{"a", "b", "c", "d"}],
    ),
}


@pytest.mark.parametrize(("links", "expected"), FAMILIES.values(), ids=FAMILIES)
def test_families(links: list[Relation], expected: list[set[str]]) -> None:
    """Claims of one thing are together, and weak links merge no two things; order makes no difference."""
    claims = [claim("Text.", name) for name in "abcdef"]
    claims = [each.model_copy(update={"id": each.article}) for each in claims]
    found = families(claims, links)
    assert [set(family.claims) for family in found] == expected
    for family in found:
        assert family.id == min(family.claims)
        assert {r.one for r in family.relations} | {r.other for r in family.relations} <= set(family.claims)
    if len(links) < 4:
        assert all(families(claims, order) == found for order in permutations(links))
    assert families(claims[::-1], links[::-1]) == found


def test_a_family_is_ordered_by_publication() -> None:
    """The oldest article's claim comes first, undated ones last."""
    claims = [claim("Text.", name) for name in "abc"]
    ids = [each.id for each in claims]
    heads = {
        n: article(n, published=day) for n, day in (("a", None), ("b", "2024-03-02"), ("c", "2024-03-01"))
    }
    (found,) = families(claims, [_link(ids[0], ids[1]), _link(ids[1], ids[2]), _link(ids[0], ids[2])], heads)
    assert found.claims == (ids[2], ids[1], ids[0])


def test_an_editor_is_shown_every_conflict_and_few_related_claims() -> None:
    """A busy claim keeps all conflicts and sames, and the strongest of what is merely related."""
    links = [_link("m", f"r{n}", "related", Aspect.TOPIC) for n in range(9)]
    links += [_link("m", f"s{n}") for n in range(9)] + [_link("m", f"c{n}", "conflict") for n in range(9)]
    links += [_link("m", "z", "related", Aspect.CERTAINTY), _link("x", "y")]
    shown = best("m", links)
    assert [r.kind for r in shown] == ["conflict"] * 9 + ["same"] * 9 + ["related"] * 5
    assert shown[18].aspect is Aspect.CERTAINTY


def test_a_label_cannot_turn_the_sentence_that_names_it() -> None:
    """Protects figures in notes: a title with a right-to-left override would show "19" as "91"."""
    turned = f"Nurses on strike{chr(0x202E)} in Halmen"
    assert chr(0x202E) not in head(article("a", title=turned)).frame.label
    assert chr(0x202E) not in head(article("a").model_copy(update={"outlet": turned})).frame.label


def test_what_bodies_are_called_is_no_name_that_articles_share() -> None:
    """Protects against strangers compared: every place has a board and an agency."""
    one = article("a", title="Hives moved").model_copy(update={"names": ("Nisa Board",)})
    other = article("b", title="Roofs mended").model_copy(update={"names": ("Orla Board",)})
    assert not kinship(head(one), head(other))
    assert kinship(head(one), head(other.model_copy(update={"names": ("the Nisa Board of Trade", "Nisa")})))
