"""Verify: which files are checked against what, and what is named when JSON, article or hashes change."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from mill import BODY, IDS, QUOTES, Desk, made_from, whats

from briefs.cli import main
from briefs.domain.article import sha256
from briefs.domain.claims import brief_id
from briefs.errors import ConfigError, InputError
from briefs.seal import seal
from briefs.verify import verify


def test_as_written(desk: Desk) -> None:
    """Untouched briefs hold, file by file and as a folder, and the counts say how much was checked."""
    for path in (desk.json, desk.markdown, desk.out):
        verdict = verify(path)
        assert whats(verdict) == ""
        assert verdict.notes == ()
        assert verdict.holds
    counts = verify(desk.out).counts
    assert (counts.files, counts.articles, counts.briefs) == (2, 1, 3)
    assert counts.quotations > 6


def _changed(field: str, value: object) -> Callable[[str], str]:
    def change(content: str) -> str:
        record = json.loads(content)
        node = record
        *path, last = field.split(".")
        for step in path:
            node = node[int(step)] if step.isdecimal() else node[step]
        node[int(last) if last.isdecimal() else last] = value
        return json.dumps(record, ensure_ascii=False, indent=2)

    return change


JSON_EDITS: dict[str, tuple[Callable[[str], str], str]] = {
    "a quoted word": (
        _changed("briefs.0.claim.quote.text", QUOTES[0].replace("4 May", "5 May")),
        "is not at characters",
    ),
    "an offset": (_changed("briefs.0.claim.quote.start", 25), "is not at characters"),
    "an offset outside": (
        _changed("briefs.0.claim.also_at", [{"start": 0, "end": 9999}]),
        "outside the article",
    ),
    "the text": (
        lambda j: j.replace("Nobody was dismissed", "Nobody was dismessed"),
        "text_sha256 is not the hash",
    ),
    "the text's hash": (_changed("article.text_sha256", "0" * 64), "text_sha256 is not the hash"),
    "an unknown field": (_changed("verdict", "true"), "Extra inputs are not permitted"),
    "the ledger cut short": (_changed("ledger.0.end", 30), "is in no ledger entry"),
    "an id": (_changed("briefs.1.id", "b000000000000"), "does not belong to the words"),
    "a standalone wording with words of its own": (
        _changed("briefs.0.claim.standalone", QUOTES[0].replace("reams", "tonnes")),
        "outside square brackets",
    ),
    "a standalone wording in another order": (
        _changed("briefs.0.claim.standalone", "closed on 4 May. The Ostrava mill"),
        "outside square brackets",
    ),
    "a doubled key": (lambda j: j.replace('"briefs": [', '"briefs": [], "briefs": [', 1), "stands twice"),
    "no JSON": (lambda j: j[:-20], "not readable JSON"),
    "another shape": (lambda _: "[]", "is not the JSON of"),
    "a claim removed": (
        lambda j: json.dumps({**(record := json.loads(j)), "briefs": record["briefs"][:2]}),
        "names " + IDS[2],
    ),
    "a claim given twice": (
        lambda j: json.dumps(
            {**(record := json.loads(j)), "briefs": record["briefs"] + record["briefs"][:1]}
        ),
        "two briefs have one id",
    ),
}


@pytest.mark.parametrize(("change", "expected"), JSON_EDITS.values(), ids=JSON_EDITS.keys())
def test_changed_json(desk: Desk, change: Callable[[str], str], expected: str) -> None:
    """A JSON file whose quotations, places, hashes or form are wrong does not pass."""
    desk.edit(desk.json, change)
    assert expected in whats(verify(desk.json))


def test_text_and_hash_changed_together(desk: Desk) -> None:
    """Whoever changes the text, its hash and the quotation alike is caught by the article's file."""
    record = json.loads(desk.json.read_text("utf-8"))
    forged = record["article"]["text"].replace("1,200", "1,300")
    record["article"]["text"] = forged
    record["article"]["text_sha256"] = sha256(forged.encode())
    quote = record["briefs"][2]["claim"]["quote"]
    quote["text"] = forged[quote["start"] : quote["end"]]
    record["briefs"][2]["id"] = brief_id("mill.txt", quote["text"], 0)
    record["ledger"][0]["briefs"] = [IDS[0], IDS[1], record["briefs"][2]["id"]]
    desk.json.write_text(json.dumps(record), "utf-8")
    assert "is not in the article's file" in whats(verify(desk.json))
    assert "another text" in whats(verify(desk.markdown))


def test_changed_article(desk: Desk) -> None:
    """An article that was changed since is a problem, and so is each quotation that it no longer holds."""
    desk.edit(desk.article, lambda text: text.replace("1,200", "1,300"))
    for path in (desk.json, desk.markdown):
        found = whats(verify(path))
        assert "the article has changed since" in found
        assert f"{IDS[2]} is not in the article's file" in found
        assert IDS[0] not in found


def test_newer_reader_is_a_note(desk: Desk) -> None:
    """The same bytes read differently today: said so, and no failure, since the quotations are all there."""
    frozen = desk.result.article.text.replace("\n\n", "\n\nMenu\n\n", 1)
    article = desk.result.article.model_copy(
        update={"text": frozen, "text_sha256": sha256(frozen.encode()), "blocks": (), "furniture": ()}
    )
    result = made_from(article)
    desk.json.write_text(result.model_dump_json(), "utf-8")
    desk.markdown.write_text(seal(BODY, result), "utf-8")
    for path in (desk.json, desk.markdown, desk.out):
        verdict = verify(path)
        assert whats(verdict) == ""
        assert "read differently today" in verdict.notes[0]


def test_lone_markdown(desk: Desk, tmp_path: Path) -> None:
    """A lone Markdown file finds its article by path, by --article, or says that it cannot."""
    desk.json.unlink()
    assert whats(verify(desk.markdown)) == ""
    moved = desk.article.rename(tmp_path / "elsewhere.txt")
    assert "cannot find the article" in whats(verify(desk.markdown))
    assert "--article" in whats(verify(desk.markdown))
    assert whats(verify(desk.markdown, moved)) == ""
    desk.json.write_text(desk.result.model_dump_json(), "utf-8")
    kept = desk.json.rename(tmp_path / "kept.json")
    assert whats(verify(desk.markdown, kept)) == ""
    moved.write_text("Another article altogether.", "utf-8")
    assert "has changed since, or this is another one" in whats(verify(desk.markdown, moved))


def test_standalone_wording_in_quotation_marks(desk: Desk) -> None:
    """A wording that stands alone may complete quoted words in brackets, as the JSON has it, and no other."""
    wording = QUOTES[1].replace("We lost", "We [the mill] lost")
    desk.edit(desk.json, _changed("briefs.1.claim.standalone", wording))
    desk.edit(desk.markdown, lambda m: m.replace("- Desk:", f"Standing alone: {wording}"))
    assert whats(verify(desk.out)) == ""
    desk.edit(desk.markdown, lambda m: m.replace("[the mill]", "[never]"))
    assert "between quotation marks" in whats(verify(desk.out))


def test_article_gone_but_kept(desk: Desk) -> None:
    """Where the article's file is gone, the text kept in the JSON serves, and a note says so."""
    desk.article.unlink()
    for path in (desk.json, desk.markdown):
        verdict = verify(path)
        assert whats(verdict) == ""
        assert "is not here" in verdict.notes[0]


def test_earlier_draft_beside_a_later_one(desk: Desk) -> None:
    """An edited draft is no failure for being older than the JSON; its own quotations are still checked."""
    later = desk.result.model_copy(update={"briefs": desk.result.briefs[:2]})
    later = later.model_copy(update={"ledger": (later.ledger[0].model_copy(update={"briefs": IDS[:2]}),)})
    desk.json.write_text(later.model_dump_json(), "utf-8")
    assert "does not hold" in whats(verify(desk.markdown))
    head, _, tail = BODY.partition(f'<a id="{IDS[2]}"')
    (desk.out / "mill.new.md").write_text(
        seal(head + "## What" + tail.partition("## What")[2], later), "utf-8"
    )
    verdict = verify(desk.out)
    assert whats(verdict) == ""
    assert any("earlier draft" in note for note in verdict.notes)
    desk.edit(desk.markdown, lambda m: m.replace("> About 1,200", "> About 1,300"))
    assert "missing or altered" in whats(verify(desk.out))


def test_folder_leaves_others_alone(desk: Desk, tmp_path: Path) -> None:
    """In a folder, files that are no briefs are passed over, run.json among them; an empty folder fails."""
    (desk.out / "run.json").write_text('{"seconds": 1}', "utf-8")
    (desk.out / "README.md").write_text("> Not a brief.\n", "utf-8")
    verdict = verify(desk.out)
    assert whats(verdict) == ""
    assert any("README.md" in note for note in verdict.notes)
    (tmp_path / "empty").mkdir()
    assert "holds no briefs" in whats(verify(tmp_path / "empty"))


def test_what_cannot_be_asked(desk: Desk, tmp_path: Path) -> None:
    """A missing file, another kind of file and an article for a folder are errors that say what to do."""
    with pytest.raises(InputError, match="no such file"):
        verify(tmp_path / "missing.md")
    with pytest.raises(InputError, match=r"\.json or \.md"):
        verify(desk.article)
    with pytest.raises(ConfigError, match="--article"):
        verify(desk.out, desk.article)
    with pytest.raises(InputError):
        verify(desk.markdown, tmp_path / "missing.txt")


def test_a_file_name_with_quotation_marks_is_proved(tmp_path: Path) -> None:
    """What a brief shows of where its article lies is no quotation of it."""
    article = tmp_path / "The “mill that never really made paper” (draft).txt"
    article.write_text("The Ostrava mill closed on 4 May, its owner Ana Růžičková said.\n", "utf-8")
    out = str(tmp_path / "out")
    assert CliRunner().invoke(main, ["run", str(article), "--out", out]).exit_code == 0
    checked = CliRunner().invoke(main, ["verify", out])
    assert (checked.exit_code, "all exact" in checked.output) == (0, True), checked.output
