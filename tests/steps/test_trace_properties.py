"""Origins of any claims: counts that add up, one result whatever the order, no harm from hostile names, no slow growth."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tracing import article, claim, family, origins

from briefs.domain.aliases import NO_ALIASES, Aliases
from briefs.domain.brief import Origins
from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.domain.scan import SourceKind
from briefs.domain.spans import How
from briefs.steps.trace import trace
from briefs.steps.trace.names import LONGEST
from briefs.text.sketch import shared

TEXTS = [None, "one two three four five " * 12, "red blue green black white grey " * 12]
NAMES = [
    "Ann Ly", "Ly", "Bo Ly", "A. Ly", "Mariyan Bezouglya", "Mariana Bezuhla", "Ministry of Trade", "Meridian Wire",
    "officials", "Russian officials", "a port official", "some", "the minutes", "data from the Ministry of Trade",
    "", " ", "???", "<b>&", "\ud800", "Jr.", "the",
]  # fmt: skip
ROLES = [
    None,
    "deputy",
    "Ukrainian deputy",
    "spokesman for the Ministry of Trade",
    "The Orla Courier's reporter",
    "",
]
SAID = [None, "We will not close the ward before the spring comes to us"]
KINDS = list(SourceKind)

claims_of_any_kind = st.lists(
    st.builds(
        lambda place, source, role, kind, via, basis, said, how: (
            place,
            source,
            role,
            kind,
            via,
            basis,
            said,
            how,
        ),
        st.integers(0, 4),
        st.sampled_from([None, *NAMES]),
        st.sampled_from(ROLES),
        st.sampled_from(KINDS),
        st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
        st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
        st.sampled_from(SAID),
        st.sampled_from(list(How)),
    ).map(lambda t: t),
    min_size=1,
    max_size=8,
).map(
    lambda rows: [
        claim(
            f"c{n}",
            f"a{row[0]}",
            row[1],
            row[2],
            kind=row[3],
            via=row[4],
            basis=row[5],
            said=row[6],
            how=row[7],
        )
        for n, row in enumerate(rows)
    ]
)
heads = st.lists(
    st.builds(
        lambda outlet, byline, first, text: (outlet, byline, first, text),
        st.sampled_from(["", "The Orla Courier", "Meridian Wire"]),
        st.sampled_from([None, "By Meridian Wire", "Ann Ly"]),
        st.sampled_from([None, None, "Northern Compass"]),
        st.sampled_from(TEXTS),
    ),
    min_size=5,
    max_size=5,
).map(
    lambda rows: [
        article(f"a{n}", row[0], byline=row[1], republished_from=row[2], text=row[3])
        for n, row in enumerate(rows)
    ]
)


def _found(
    claims: Sequence[IndexedClaim],
    articles: Sequence[IndexedArticle],
    conflicts: Sequence[tuple[str, str]] = (),
    aliases: Aliases = NO_ALIASES,
) -> dict[str, Origins]:
    made = family(sorted(claims, key=lambda each: each.id), conflicts)
    return dict(
        trace(made, {each.id: each for each in claims}, {each.id: each for each in articles}, aliases)
    )


@settings(max_examples=60, deadline=None)
@given(claims_of_any_kind, heads, st.randoms(use_true_random=False))
def test_counts_add_up_in_any_order(
    claims: list[IndexedClaim], articles: list[IndexedArticle], chance: random.Random
) -> None:
    """Each attribution stands in one origin, the counts agree, and the order of anything handed in does not count."""
    conflicts = [("c0", claims[-1].id)] if len(claims) > 2 else []
    found = _found(claims, articles, conflicts)
    assert set(found) == {each.id for each in claims}
    for each, behind in found.items():
        listed = [member for origin in behind.origins for member in origin.claims]
        assert sorted(listed) == sorted(set(listed))
        assert each in listed
        assert behind.attributions == len(listed)
        assert behind.independent == sum(origin.known for origin in behind.origins)
        assert behind.unknown == sum(len(origin.claims) for origin in behind.origins if not origin.known)
        assert each not in behind.shared_with
        for other in behind.shared_with:
            assert each in found[other].shared_with
        for origin in behind.origins:
            assert origin.name.strip()
            assert len(origin.name) < 4 * LONGEST
            assert origin.name.isprintable()
            assert all(reason.isprintable() for reason in origin.reasons)
    chance.shuffle(claims)
    chance.shuffle(articles)
    assert _found(claims, articles, conflicts) == found


HOSTILE = [
    "<script>alert(1)</script>",
    "x" * 10_000,
    "’s " * 3_000,
    "\ud800\udfff",
    "\u202eevil\u202c",
    "a\nb\x00c",
    "",
    " ",
    "| - [x](y) `",
    "\u0301" * 500,
    "ﷺ" * 1_000,
    " of the " * 1_500,
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_names(name: str, kind: SourceKind) -> None:
    """Names, roles, go-betweens and outlets that an attacker wrote give short, printable words and no error."""
    claims = [
        claim(
            "c0",
            "a0",
            name,
            name,
            kind=kind,
            via=(name,),
            basis=(name, f"data from {name}"),
            said=name,
            quote=name,
        ),
        claim("c1", "a1", name, name, kind=kind),
    ]
    articles = [article("a0", name, byline=name, republished_from=name, names=(name,)), article("a1", name)]
    for behind in origins(claims, articles).values():
        for origin in behind.origins:
            assert 0 < len(origin.name) < 4 * LONGEST
            assert all(
                words.isprintable() and len(words) < 6 * LONGEST for words in (origin.name, *origin.reasons)
            )


def _comparisons(size: int, monkeypatch: pytest.MonkeyPatch) -> int:
    counted = 0

    def counting(one: tuple[int, ...], other: tuple[int, ...]) -> float:
        nonlocal counted
        counted += 1
        return shared(one, other)

    with monkeypatch.context() as patched:
        patched.setattr("briefs.steps.trace.copies.shared", counting)
        claims = [claim(f"c{n:04d}", f"a{n:04d}", *(("Ann Ly",) if n % 3 else ())) for n in range(size)]
        articles = [
            article(f"a{n:04d}", text=" ".join(f"w{n % 7}x{k}" for k in range(60))) for n in range(size)
        ]
        found = _found(claims, articles)
    assert found["c0000"].attributions == size
    return counted


def test_large_families_compare_few_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four times as many articles no more than some four times as many pairs are compared, never all."""
    few, many = _comparisons(100, monkeypatch), _comparisons(400, monkeypatch)
    assert many <= 6 * max(few, 100)
