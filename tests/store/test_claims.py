"""The claim index: what is put is found, what is removed leaves no trace, whatever the order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from claim_entries import entry, relation

from briefs.domain.relations import Outline
from briefs.store.claims import ClaimIndex


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ClaimIndex]:
    """Return an empty index."""
    opened = ClaimIndex(tmp_path / "claims.sqlite")
    yield opened
    opened.close()


def test_an_article_comes_back_as_it_was_put(index: ClaimIndex, tmp_path: Path) -> None:
    """Protects relating from a claim that changed on the way."""
    put = entry("a", ("k", "t u"), ("", ""), outlet="Zeitung „Wörter“ 😀\x00", published="2024-11-05")
    assert index.put(put, tmp_path / "out")
    assert index.get("a") == put.article
    assert index.get("b") is None
    assert index.articles()["a"].outlet == "Zeitung „Wörter“ 😀\x00"
    assert index.claims(["a.1", "none"]) == {"a.1": put.article.claims[1]}
    assert index.folder("a") == tmp_path / "out"
    assert index.unrelated() == ("a",)


def test_claims_that_share_a_key_or_two_terms_are_candidates(index: ClaimIndex, tmp_path: Path) -> None:
    """Protects recall, and the promise that not all pairs are compared."""
    index.put(entry("a", ("fig", "one two three"), ("fig", "")), tmp_path)
    index.put(entry("b", ("fig", "")), tmp_path)
    index.put(entry("c", ("", "one three four")), tmp_path)
    index.put(entry("d", ("other", "one")), tmp_path)
    found = index.candidates("a")
    assert [tuple(pair) for pair in found.pairs] == [("a.0", "b.0"), ("a.0", "c.0"), ("a.1", "b.0")]
    assert [each.id for each in found.claims] == ["b.0", "c.0"]
    assert [each.id for each in found.articles] == ["b", "c"]
    assert [tuple(pair) for pair in index.candidates("c").pairs] == [("c.0", "a.0")]


def test_what_cannot_relate_is_told_from_what_was_said_of_it(index: ClaimIndex, tmp_path: Path) -> None:
    """Protects the time of a large archive: claims are not read to be found strangers."""
    for name, said in (("a", "red"), ("b", "blue"), ("c", "red")):
        put = entry(name, ("k", ""), ("k", ""))
        index.put(put._replace(outlines=(f"{said} 0", f"{said} 1"), head=f"head of {name}"), tmp_path)
    asked: set[tuple[Outline, Outline]] = set()

    def may_relate(one: Outline, other: Outline) -> bool:
        asked.add((one, other))
        return one.claim == other.claim

    found = index.candidates("a", may_relate)
    assert [tuple(pair) for pair in found.pairs] == [("a.0", "c.0"), ("a.1", "c.1")]
    assert ([each.id for each in found.claims], [each.id for each in found.articles]) == (
        ["c.0", "c.1"],
        ["c"],
    )
    assert found.met == len(asked) == 8
    assert (Outline("head of a", "red 0"), Outline("head of b", "blue 1")) in asked


def test_relations_come_back_until_one_end_goes(index: ClaimIndex, tmp_path: Path) -> None:
    """Protects outputs from relations to claims that are no longer there."""
    for name in "abc":
        index.put(entry(name, ("k", "")), tmp_path)
    kept = (relation("a.0", "b.0"), relation("b.0", "c.0", "conflict"))
    index.relate_to("b", (*kept, relation("b.0", "gone.0"), relation("a.0", "c.0")))
    assert index.relations(["b.0"]) == kept
    assert index.relations(["a.0"]) == kept[:1]
    assert index.family_of(["a.0"]) == ("a.0", "b.0", "c.0")
    assert index.pending() == ("a", "b", "c")
    for name in "abc":
        index.done(name)
    assert index.remove("b")
    assert not index.remove("b")
    assert index.relations(["a.0", "c.0"]) == ()
    assert index.family_of(["a.0"]) == ("a.0",)
    assert index.pending() == ("a", "c")


def test_articles_of_a_folder_are_counted(index: ClaimIndex, tmp_path: Path) -> None:
    """Protects the memory of a run: what asks how large a story is need not hold its articles."""
    for name, folder in (("a", "one"), ("b", "one"), ("c", "two")):
        index.put(entry(name, ("k", "")), tmp_path / folder)
    assert [index.size(tmp_path / folder) for folder in ("one", "two", "none")] == [2, 1, 0]
    index.remove("a")
    assert index.size(tmp_path / "one") == len(index.stamps(tmp_path / "one")) == 1


def test_an_unchanged_article_is_left_alone(index: ClaimIndex, tmp_path: Path) -> None:
    """Protects a repeated run from relating everything again."""
    index.put(entry("a", ("k", "")), tmp_path)
    index.put(entry("b", ("k", "")), tmp_path)
    index.relate_to("a", [relation("a.0", "b.0")])
    index.done("a")
    index.done("b")
    assert not index.put(entry("a", ("k", "")), tmp_path)
    assert (index.unrelated(), index.pending()) == (("b",), ())
    assert index.relations(["a.0"]) == (relation("a.0", "b.0"),)
    assert index.put(entry("a", ("k l", "")), tmp_path)
    assert (index.unrelated(), index.pending()) == (("a", "b"), ("b",))
    assert index.relations(["a.0"]) == ()


def test_what_fails_on_the_way_leaves_nothing(index: ClaimIndex, tmp_path: Path) -> None:
    """Protects the index from half of an article's work."""
    index.put(entry("a", ("k", "")), tmp_path)

    def work() -> None:
        with index.writing():
            index.put(entry("b", ("k", "")), tmp_path)
            index.relate_to("b", [relation("a.0", "b.0")])
            raise OSError("no such luck")

    with pytest.raises(OSError, match="no such luck"):
        work()
    assert index.get("b") is None
    assert (index.relations(["a.0"]), index.pending(), index.usable) == ((), (), True)


def test_half_a_character_is_kept(index: ClaimIndex, tmp_path: Path) -> None:
    """Protects a run from hostile text: it comes back to the character; an id of that kind is left out."""
    put = entry("a", ("k", "t"), words="Half \ud83d a character", outlet="\udc00")
    assert index.put(put, tmp_path)
    index._records.forget()
    assert index.get("a") == put.article
    index.put(entry("b", ("k", "t")), tmp_path)
    index.relate_to("a", [relation("a.0", "b.0", note="\ud83d")])
    assert index.relations(["a.0"])[0].note == "\ud83d"
    assert not index.put(entry("\ud83d", ("k", "t")), tmp_path)
    assert (index.get("\ud83d"), index.folder("\ud83d"), index.remove("\ud83d")) == (None, None, False)
    index.mark(["\ud83d"])
    index.done("\ud83d")
    index.wrote("\ud83d", Path(__file__))
    assert index.usable
