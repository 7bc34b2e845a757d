"""What the index offers hangs on the set of articles alone, whatever came first and whatever is common."""

import contextlib
from itertools import combinations
from pathlib import Path

from claim_entries import entry, expected_pairs, relation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.store.claim_index.entry import Entry, Limits
from briefs.store.claims import ClaimIndex

_KEYS = st.lists(st.sampled_from(["k", "l", "m", "n"]), max_size=3, unique=True).map(" ".join)
_TERMS = st.lists(st.sampled_from(["t", "u", "v", "w"]), max_size=4, unique=True).map(" ".join)
_CLAIMS = st.lists(st.tuples(_KEYS, _TERMS), min_size=1, max_size=3)
_STEPS = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.none() | _CLAIMS), min_size=1, max_size=25)
_TIGHT = Limits(rare=2, live=3, hubs=1, hot=5, term=2)


def _pairs(index: ClaimIndex, names: list[str]) -> set[frozenset[str]]:
    return {frozenset(pair) for name in names for pair in index.candidates(name).pairs}


def _relate_all(index: ClaimIndex) -> None:
    """Relate as a run does: every pair that is offered is "the same"."""
    while waiting := index.unrelated():
        for name in waiting:
            index.relate_to(name, [relation(*pair) for pair in index.candidates(name).pairs])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_relations_depend_on_the_set_of_articles_alone(
    tmp_path: Path, steps: list[tuple[str, list[tuple[str, str]] | None]]
) -> None:
    """Protects outputs from the order of runs, though keys become common and rare again on the way."""
    there: dict[str, Entry] = {}
    for file in tmp_path.glob("*"):
        file.unlink()
    grown = ClaimIndex(tmp_path / "grown.sqlite", limits=_TIGHT)
    for name, what in steps:
        if what is None:
            grown.remove(name)
            there.pop(name, None)
        else:
            there[name] = entry(name, *what)
            grown.put(there[name], tmp_path)
        _relate_all(grown)
    fresh = ClaimIndex(tmp_path / "fresh.sqlite", limits=_TIGHT)
    for name in sorted(there, reverse=True):
        fresh.put(there[name], tmp_path)
    _relate_all(fresh)
    names, claims = sorted(there), [each.id for one in there.values() for each in one.article.claims]
    offered = _pairs(grown, names)
    assert offered == _pairs(fresh, names)
    for name in names:  # symmetric
        assert {frozenset(pair) for pair in grown.candidates(name).pairs} == {
            pair for pair in offered if any(end.startswith(f"{name}.") for end in pair)
        }
    assert grown.relations(claims) == fresh.relations(claims)
    assert {frozenset((each.one, each.other)) for each in grown.relations(claims)} == offered
    grown.close()
    fresh.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims=st.lists(_CLAIMS, min_size=1, max_size=10))
def test_no_pair_that_shares_something_is_missed(tmp_path: Path, claims: list[list[tuple[str, str]]]) -> None:
    """Protects recall where nothing is common: the pairs are those that a comparison of all with all gives."""
    for file in tmp_path.glob("*"):
        file.unlink()
    entries = {f"a{number}": entry(f"a{number}", *each) for number, each in enumerate(claims)}
    index = ClaimIndex(tmp_path / "claims.sqlite", limits=Limits(rare=30, term=30))
    for each in entries.values():
        index.put(each, tmp_path)
    assert _pairs(index, list(entries)) == expected_pairs(entries)
    index.close()


def test_a_large_story_hangs_together(tmp_path: Path) -> None:
    """Protects the hottest story: a key that is too common for all pairs still joins all its claims."""
    index = ClaimIndex(tmp_path / "claims.sqlite", limits=Limits(rare=2, live=5, hubs=3, hot=100, term=5))
    names = [f"a{number:02}" for number in range(30)]
    for name in names:
        index.put(entry(name, ("figure period", "")), tmp_path)
    _relate_all(index)
    found = _pairs(index, names)
    assert len(found) == 3 * 27 + 3  # every claim with the three hubs
    assert len(found) < len(list(combinations(names, 2))) / 4
    assert index.family_of(["a07.0"]) == tuple(f"{name}.0" for name in names)
    index.close()


def test_a_key_that_nearly_all_hold_joins_nothing(tmp_path: Path) -> None:
    """Protects time: what is in every article says nothing of two of them."""
    index = ClaimIndex(tmp_path / "claims.sqlite", limits=Limits(rare=1, live=2, hubs=1, hot=4, term=2))
    for number in range(5):
        index.put(entry(f"a{number}", ("all every", "one two")), tmp_path)
    assert index.candidates("a0").pairs == ()
    assert index.unrelated() == ("a0", "a1", "a2", "a3", "a4")
    _relate_all(index)
    index.remove("a4")
    assert len(index.unrelated()) == 1  # the hub alone has new pairs
    _relate_all(index)
    assert len(index.relations([f"a{number}.0" for number in range(4)])) == 3
    index.close()


def test_what_is_kept_at_hand_gives_way_to_what_others_write(tmp_path: Path) -> None:
    """Protects runs at one time, and a piece of work that is taken back, from counts that hold no longer."""
    limits = Limits(rare=2, live=3, hubs=1, hot=6, term=2)
    path = tmp_path / "claims.sqlite"
    one, other = ClaimIndex(path, limits=limits), ClaimIndex(path, limits=limits)
    for number in range(4):  # the key is common now, for both
        (one, other)[number % 2].put(entry(f"a{number}", ("k l", "t")), tmp_path)
    with contextlib.suppress(OSError), one.writing():
        for number in range(5, 9):
            one.put(entry(f"a{number}", ("k l", "t")), tmp_path)
        raise OSError("no such luck")
    assert len(_pairs(one, [f"a{number}" for number in range(4)])) == 3
    for step in range(4, 7):
        (one, other)[step % 2].put(entry(f"a{step}", ("k l", "t")), tmp_path)
    names = [f"a{number}" for number in range(7)]
    assert _pairs(one, names) == _pairs(other, names) == set()  # too common by now to join any
    one.remove("a0")
    other.remove("a3")
    assert len(_pairs(one, names)) == 4
    assert _pairs(one, names) == _pairs(other, names)
    one.close()
    other.close()
