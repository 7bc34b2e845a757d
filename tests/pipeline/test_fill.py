"""Filling in what other claims say: pure, repeatable, taken out again, and bounded."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from briefs.domain.article import Copy, sha256
from briefs.domain.brief import MOST_IDS, ArticleBriefs, Origin, Origins
from briefs.domain.relations import Aspect, IndexedArticle, IndexedClaim, Relation
from briefs.domain.scan import OWN_VOICE, SourceKind
from briefs.domain.spans import Quote, Span
from briefs.pipeline import article_of, draft
from briefs.pipeline.fill import MOST, Known, blank, fill
from briefs.readers.inputs import inputs
from briefs.steps.ingest import Given

WORDS = "Only 900 crates were lost in May 2024."


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> ArticleBriefs:
    """Return the briefs of a short article with one figure."""
    path: Path = tmp_path_factory.mktemp("fill") / "crates.txt"
    path.write_text("Crates lost\n\nExactly 1,200 crates were lost in May 2024, Ana Petrel said.\n", "utf-8")
    return draft(article_of(next(iter(inputs([str(path)]))), Given(outlet="Sable Courier"), None))


def other(number: int, published: str | None = None) -> tuple[IndexedArticle, IndexedClaim]:
    """Return another article with one claim."""
    quote = Quote(start=0, end=len(WORDS), text=WORDS)
    claim = IndexedClaim(
        id=f"b{number}",
        article=f"{number}.txt",
        quote=quote,
        standalone=WORDS,
        type="quantity",
        level="high",
        attribution=OWN_VOICE,
    )
    article = IndexedArticle(
        id=f"{number}.txt",
        slug=f"n-{number}",
        title="Crates",
        outlet=f"Post {number}",
        published=published,
        text_sha256=sha256(WORDS.encode()),
    )
    return article, claim


def known(drafted: ArticleBriefs, others: Sequence[tuple[IndexedArticle, IndexedClaim]], kind: str) -> Known:
    """Return that a claim of the article and all of these stand so to each other."""
    brief = next(each for each in drafted.briefs if "1,200" in each.claim.quote.text)
    place = drafted.article.text.index("1,200")
    relations = [
        Relation(
            one=claim.id,
            other=brief.id,
            kind=kind,
            aspect=Aspect.FIGURE,
            note="1,200 lies 300 above 900.",
            one_words=Span(start=5, end=8),
            other_words=Span(start=place, end=place + 5),
        )
        for _, claim in others
    ]
    claims = {claim.id: claim for _, claim in others}
    origins = {brief.id: Origins(attributions=2, independent=2, articles=2)}
    return Known(relations, claims, {a.id: a for a, _ in others}, origins, frozenset({"1.txt"}))


def test_what_is_filled_in_can_be_taken_out(drafted: ArticleBriefs) -> None:
    """Filling twice is filling once, filling anew replaces, and blanking gives back what the article gives."""
    one, two = known(drafted, [other(1)], "conflict"), known(drafted, [other(2), other(3)], "same")
    filled = fill(drafted, one)
    assert filled != drafted
    assert fill(filled, one) == filled
    assert fill(fill(drafted, two), one) == filled
    assert blank(filled) == blank(drafted) == drafted
    assert fill(filled, Known()) == drafted


def test_a_conflict_is_told_with_the_others_words_and_asked_about(drafted: ArticleBriefs) -> None:
    """The other's figure, words, date and source stand there; one question names both, to the claim's source."""
    filled = fill(drafted, known(drafted, [other(1, "2024-06-02")], "conflict"))
    [brief] = [each for each in filled.briefs if each.related]
    [related] = brief.related
    assert (related.kind, related.aspect, related.published) == ("conflict", "figure", "2024-06-02")
    assert (related.outlet, related.slug, related.source) == ("Post 1", "n-1", "the article itself")
    assert related.words == Quote(start=5, end=8, text="900")
    [question] = [each for each in brief.questions if each.id.startswith("r")]
    assert question.id == "r1"
    assert question.text.startswith(
        "Sable Courier has “1,200 crates” in May 2024, Post 1 “900”: which count is"
    )
    assert "Petrel" in question.ask
    assert brief.id in question.serves
    assert filled.overview == drafted.overview


def test_files_that_are_not_beside_get_no_name(drafted: ArticleBriefs) -> None:
    """An article of another folder is told of without the name of a file that is not there."""
    filled = fill(drafted, known(drafted, [other(2)], "same"))
    [related] = [each for brief in filled.briefs for each in brief.related]
    assert related.slug is None
    assert not [q for brief in filled.briefs for q in brief.questions if q.id.startswith("r")]


def test_an_own_draft_is_called_a_draft(drafted: ArticleBriefs) -> None:
    """Of a newsroom's own copy the question speaks as of a draft."""
    article = drafted.article.model_copy(update={"copy_kind": Copy.OWN})
    filled = fill(drafted.model_copy(update={"article": article}), known(drafted, [other(1)], "conflict"))
    assert any(q.text.startswith("The draft has “1,200 crates”") for b in filled.briefs for q in b.questions)


def test_the_newest_come_first_and_the_list_ends(drafted: ArticleBriefs) -> None:
    """Later dates before earlier ones, undated last; a brief keeps fifty and says how many there are."""
    days = [f"2024-06-{day:02}" for day in range(1, 31)]
    many = [other(number, published) for number, published in enumerate([None, *days, *days])]
    filled = fill(drafted, known(drafted, many, "same"))
    [brief] = [each for each in filled.briefs if each.related]
    assert (len(brief.related), brief.related_in_all) == (MOST, 61)
    dates = [each.published or "" for each in brief.related]
    assert dates == sorted(dates, reverse=True)
    few = fill(drafted, known(drafted, many[:3], "same"))
    assert [r.published for b in few.briefs for r in b.related] == ["2024-06-02", "2024-06-01", None]


def test_long_lists_of_ids_are_cut(drafted: ArticleBriefs) -> None:
    """A wire story of thousands of reprints does not fill every brief with their ids; its counts stay."""
    ids = tuple(f"b{n}" for n in range(3000))
    wire = Origin(name="Wire", kind=SourceKind.MEDIA, known=True, claims=ids, articles=ids)
    origins = Origins(attributions=3000, independent=1, articles=3000, shared_with=ids, origins=(wire,))
    facts = known(drafted, [other(1)], "same")
    facts = facts._replace(origins=dict.fromkeys(facts.origins, origins))
    [brief] = [each for each in fill(drafted, facts).briefs if each.related]
    assert len(brief.origins.origins[0].claims) == MOST_IDS
    assert len(brief.origins.shared_with) == MOST
    assert (brief.origins.attributions, brief.origins.articles) == (3000, 3000)
