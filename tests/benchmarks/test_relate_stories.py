"""The invented archive of the benchmark of relating: its claims are as extraction makes them, its families as said."""

from pathlib import Path

from benchmarks.relate import add
from benchmarks.stories import CLAIMS, EXPECTED, KINDS, Archive, archived
from briefs.store.claims import ClaimIndex


def test_an_article_is_the_same_each_time_and_quotes_itself() -> None:
    """Protects the comparison of two runs, and what is measured from claims that no article could hold."""
    archive = Archive(120)
    for number in range(0, 120, 7):
        article = archive.article(number)
        assert article == Archive(120).article(number)
        assert [claim.id for claim in article.claims] == [archived(number, place) for place in range(CLAIMS)]
        for claim in article.claims:
            for part in (*claim.quantities, *claim.dates):
                start = part.start - claim.quote.start
                assert claim.quote.text[start : start + len(part.text)] == part.text


def test_families_are_of_different_articles_and_of_every_kind() -> None:
    """Protects recall from pairs that nobody could find, and from a kind that is never planted."""
    archive = Archive(400)
    pairs = list(archive.pairs(400))
    assert {kind for _, _, kind in pairs} == set(KINDS)
    assert all(one[:8] != other[:8] for one, other, _ in pairs)
    copies = [(one, other) for one, other, kind in pairs if kind == "copy"]
    for one, other in copies[:20]:
        words = [
            archive.article(int(each[1:8], 16)).claims[int(each[8:], 16)].quote.text for each in (one, other)
        ]
        assert words[0] == words[1]


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    """Protects the benchmark from measuring an index that offers nothing, and the index from missing copies."""
    archive, index = Archive(60), ClaimIndex(tmp_path / "claims.sqlite")
    for number in range(60):
        add(index, archive.article(number), tmp_path)
    found = {
        frozenset((each.one, each.other)): each.kind
        for number in range(60)
        for each in index.relations([archived(number, place) for place in range(CLAIMS)])
    }
    planted = [(one, other, kind) for one, other, kind in archive.pairs(60) if kind == "copy"]
    assert planted
    assert all(found.get(frozenset((one, other))) == EXPECTED[kind] for one, other, kind in planted)
    index.close()
