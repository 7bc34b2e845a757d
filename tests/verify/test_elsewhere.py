"""Briefs that quote other articles and documents: proved where those are at hand, named where they are not."""

import json
from pathlib import Path

import pytest
from mill import IDS, QUOTES, Desk, whats

from briefs.domain.article import sha256
from briefs.domain.brief import ArticleBriefs, Evidence, Related, Stance
from briefs.domain.spans import Quote, Span
from briefs.errors import ConfigError
from briefs.seal import read_seal
from briefs.steps.render import render
from briefs.verify import verify

NOTICE = "Notice to the workers\n\nThe mill closes on 11 May, and not before.\n"
PASSAGE = "The mill closes on 11 May, and not before."


def with_related(desk: Desk, **changes: object) -> ArticleBriefs:
    """Return briefs of which one names a claim of its own article as related."""
    quote = desk.result.briefs[2].claim.quote
    given = {"kind": "related", "brief": IDS[2], "article": "mill.txt", "note": "-", "quote": quote}
    related = Related.model_validate({**given, **changes})
    first = desk.result.briefs[0].model_copy(update={"related": (related,), "related_in_all": 1})
    return desk.result.model_copy(update={"briefs": (first, *desk.result.briefs[1:])})


def with_evidence(desk: Desk) -> ArticleBriefs:
    """Return briefs of which one quotes a document, and put the document in the folder `shelf`."""
    (desk.article.parent / "shelf").mkdir()
    (desk.article.parent / "shelf" / "notice.txt").write_text(NOTICE, "utf-8")
    place = NOTICE.index(PASSAGE)
    evidence = Evidence(
        document="Notice to the workers",
        place="paragraph 1",
        quote=PASSAGE,
        stance=Stance.REFUTES,
        drafted_by="offline",
        path="notice.txt",
        span=Span(start=place, end=place + len(PASSAGE)),
        text_sha256=sha256(NOTICE.encode()),
    )
    first = desk.result.briefs[0].model_copy(update={"evidence": (evidence,)})
    return desk.result.model_copy(update={"briefs": (first, *desk.result.briefs[1:])})


def write(desk: Desk, result: ArticleBriefs) -> None:
    """Write the files of briefs as a run does."""
    desk.json.write_text(render(result, "json"), "utf-8")
    desk.markdown.write_text(render(result, "md"), "utf-8")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, "", id="as written"),
        pytest.param(
            {"quote": Quote(start=0, end=9, text="Mill lost")}, "is not in mill.txt", id="other words"
        ),
        pytest.param(
            {"words": Quote(start=0, end=4, text="Mill")}, "is not in the quotation", id="other place"
        ),
        pytest.param({"text_sha256": "0" * 64}, "has another text today", id="other text"),
    ],
)
def test_a_related_claim_of_the_same_article_is_proved(
    desk: Desk, changes: dict[str, object], expected: str
) -> None:
    """Related claims are held to the text they are from, which may be the article itself."""
    desk.json.write_text(with_related(desk, **changes).model_dump_json(), "utf-8")
    problems = whats(verify(desk.json))
    assert expected in problems
    assert bool(problems) is bool(expected)


def test_a_name_that_leads_out_of_the_folder_is_not_followed(desk: Desk) -> None:
    """The name of another article's files is a name in this folder, whatever a JSON file says."""
    outside = desk.out.parent / "other.json"
    outside.write_text(desk.json.read_text("utf-8").replace("mill.txt", "other.txt"), "utf-8")
    result = with_related(desk, article="other.txt", slug="../other")
    desk.json.write_text(result.model_dump_json(), "utf-8")
    verdict = verify(desk.json)
    assert not verdict.problems
    assert any("not checked: 1 quotation of other.txt" in note for note in verdict.notes)


def test_documents_are_proved_where_their_folder_is_named(desk: Desk) -> None:
    """A quoted passage must stand in its document; a changed document and a changed quotation are problems."""
    write(desk, with_evidence(desk))
    shelf = desk.article.parent / "shelf"
    unnamed = verify(desk.out)
    assert whats(unnamed) == ""
    assert any("not checked: 1 quotation of a document" in note for note in unnamed.notes)
    named = verify(desk.out, evidence=shelf)
    assert whats(named) == ""
    assert not any("not checked" in note for note in named.notes)
    whole = desk.json.read_text("utf-8")
    desk.json.write_text(whole.replace("11 May, and not before", "21 May, and not before"), "utf-8")
    assert "is not in notice.txt" in whats(verify(desk.json, evidence=shelf))
    desk.json.write_text(whole, "utf-8")
    (shelf / "notice.txt").write_text(NOTICE.replace("11", "12"), "utf-8")
    assert "notice.txt has changed since" in whats(verify(desk.json, evidence=shelf))
    (shelf / "notice.txt").unlink()
    assert any("not in the folder" in note for note in verify(desk.json, evidence=shelf).notes)
    with pytest.raises(ConfigError, match="is not a folder"):
        verify(desk.json, evidence=desk.article)


def test_a_changed_passage_in_markdown_fails(desk: Desk) -> None:
    """Words of a document stand in Markdown as the JSON has them, or as the seal knows them."""
    write(desk, with_evidence(desk))
    assert PASSAGE in desk.markdown.read_text("utf-8")
    alone = desk.json.rename(desk.out.parent / "kept.json")
    verdict = verify(desk.markdown)
    assert whats(verdict) == ""
    assert any("not checked" in note for note in verdict.notes)
    desk.edit(desk.markdown, lambda m: m.replace("closes on 11 May", "closes on 21 May"))
    assert "between quotation marks" in whats(verify(desk.markdown))
    alone.rename(desk.json)
    assert "between quotation marks" in whats(verify(desk.markdown))


def test_older_files_still_verify(desk: Desk) -> None:
    """Files of versions that knew no other articles have no such fields, in JSON or in the seal."""
    record = json.loads(desk.json.read_text("utf-8"))
    for brief in record["briefs"]:
        for field in ("related", "related_in_all", "origins", "evidence", "searched"):
            del brief[field]
    desk.json.write_text(json.dumps(record), "utf-8")
    seal = read_seal(desk.markdown.read_text("utf-8"))
    assert seal is not None
    assert '"others"' not in desk.markdown.read_text("utf-8")
    assert whats(verify(desk.out)) == ""


def test_words_of_another_article_stand_for_no_claim(desk: Desk, tmp_path: Path) -> None:
    """A claim's own quotation must stand in its section, even where another article has the same words."""
    write(desk, with_related(desk))
    del tmp_path
    desk.edit(desk.markdown, lambda m: m.replace(f"> {QUOTES[2]}".replace("&", "&"), "> "))
    assert "is missing or altered" in whats(verify(desk.markdown)) or "another claim only" in whats(
        verify(desk.markdown)
    )
