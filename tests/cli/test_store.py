"""`briefs store` as a person meets it: what is listed, and that removing takes every trace away."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefs.cli import main
from briefs.domain.brief import ArticleBriefs
from briefs.domain.run import ArticleRun, RunRecord
from briefs.pipeline.corpus import Corpus
from briefs.pipeline.order import draft
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.render import render
from briefs.store.outputs import write_record

FIRST = """Harbour board lost 1,200 crates

Port Sable's harbour board lost 1,200 grain crates in March 2024, according to its auditor, Ana Petrel.
"""
SECOND = """Auditor counts lost crates

The harbour board of Port Sable lost 1,200 grain crates in March 2024, Ana Petrel, its auditor, told us.
"""
THIRD = """Bakers want cheaper flour

Bakers of Lower Orla paid 14 per cent more for flour in June 2024, the guild's chair Ivo Marn said.
"""


def briefs(*arguments: str | Path) -> Result:
    """Run `briefs store`."""
    return CliRunner().invoke(main, ["store", *map(str, arguments)])


@pytest.fixture(scope="module")
def drafted() -> dict[str, ArticleBriefs]:
    """Return the briefs of three articles, two of one event."""
    texts = {"first": FIRST, "second": SECOND, "third": THIRD}
    return {
        name: draft(
            ingest(
                text.encode(), Origin(id=f"{name}.txt", path=f"{name}.txt"), Given(outlet=f"The {name} Post")
            )
        )
        for name, text in texts.items()
    }


@pytest.fixture
def out(tmp_path: Path, drafted: dict[str, ArticleBriefs]) -> Path:
    """Return an output folder with three articles, related and up to date."""
    folder = tmp_path / "out"
    folder.mkdir()
    for result in drafted.values():
        for form in ("json", "md", "html"):
            (folder / f"{result.article.slug}.{form}").write_text(render(result, form), "utf-8")
    articles = tuple(
        ArticleRun(input=name, id=each.article.id, slug=each.article.slug, seconds=1.0)
        for name, each in drafted.items()
    )
    started = "2024-11-01T00:00:00+00:00"
    write_record(
        folder,
        RunRecord(
            tool_version="0", engine="offline", started=started, seconds=3.0, done=3, articles=articles
        ),
    )
    corpus = Corpus.at(folder / "claims.sqlite", folder)
    corpus.settle()
    corpus.overview()
    corpus.close()
    return folder


def test_list_shows_a_line_an_article(out: Path, drafted: dict[str, ArticleBriefs]) -> None:
    """Protects whoever wants to know what today's article is held against."""
    shown = briefs("list", "--out", out)
    assert shown.exit_code == 0
    head, *lines = shown.stdout.splitlines()
    assert head.split() == ["DATE", "OUTLET", "CLAIMS", "RELATIONS", "ARTICLE"]
    assert len(lines) == 3
    assert any("The second Post" in line and drafted["second"].article.slug in line for line in lines)
    listed = {each["id"]: each for each in json.loads(briefs("list", "--out", out, "--json").stdout)}
    assert listed["first.txt"]["relations"] == listed["second.txt"]["relations"] > 0
    assert listed["third.txt"]["relations"] == 0
    assert listed["third.txt"]["claims"] == len(drafted["third"].briefs)


def test_remove_leaves_no_trace(out: Path, drafted: dict[str, ArticleBriefs]) -> None:
    """Protects a source: the article is gone from the index, its own files, the others' and the overview."""
    slug, other = drafted["second"].article.slug, drafted["first"].article.slug
    kept = out / f"{slug}.new.md"
    kept.write_text("An editor's own notes", "utf-8")
    assert "second.txt" in (out / f"{other}.json").read_text("utf-8")
    done = briefs("remove", out / f"{slug}.md", "--out", out)
    assert done.exit_code == 0, done.output
    assert f"{kept.name} has been edited and stays" in done.stderr
    assert kept.read_text("utf-8") == "An editor's own notes"
    kept.unlink()
    assert briefs("vacuum", "--out", out).exit_code == 0
    for path in out.iterdir():
        data = path.read_bytes()
        assert slug.encode() not in data, path
        assert b"second.txt" not in data, path
        assert b"told us" not in data, path
    assert len(json.loads(briefs("list", "--out", out, "--json").stdout)) == 2
    record = RunRecord.model_validate_json((out / "run.json").read_bytes())
    assert ([each.id for each in record.articles], record.done) == (["first.txt", "third.txt"], 2)
    # What is left is what would be there if the article had never been.
    expected = render(drafted["first"], "json")
    assert (out / f"{other}.json").read_text("utf-8") == expected


def test_an_unknown_article_does_not_stop_the_others(out: Path) -> None:
    """Protects scripts: the exit code tells, and what could be done is done."""
    done = briefs("remove", "nothing", "third.txt", "--out", out)
    assert done.exit_code == 1
    assert "briefs: nothing: is not in the index; `briefs store list` shows what is" in done.stderr
    assert len(json.loads(briefs("list", "--out", out, "--json").stdout)) == 2


def test_vacuum_drops_what_is_gone_and_old_copies(out: Path, drafted: dict[str, ArticleBriefs]) -> None:
    """Protects the promise that deleting an article's files takes its traces away."""
    for path in out.glob(f"{drafted['second'].article.slug}.*"):
        path.unlink()
    copy = out / "claims.sqlite.backup-1"
    copy.write_bytes(b"told us")
    done = briefs("vacuum", "--out", out)
    assert done.exit_code == 0, done.output
    assert "articles whose briefs are gone: 1; copies deleted: 1" in done.stdout
    assert not copy.exists()
    assert b"second.txt" not in (out / f"{drafted['first'].article.slug}.json").read_bytes()


def test_an_output_folder_that_is_gone_is_dropped(
    out: Path, drafted: dict[str, ArticleBriefs], tmp_path: Path
) -> None:
    """Protects a common index from folders that nobody has any more."""
    far, store = tmp_path / "far", tmp_path / "common.sqlite"
    far.mkdir()
    result = drafted["second"]
    (out / f"{result.article.slug}.json").rename(far / f"{result.article.slug}.json")
    for folder in (out, far):
        corpus = Corpus.at(store, folder)
        corpus.settle()
        corpus.close()
    listed = json.loads(briefs("list", "--store", store, "--json").stdout)
    assert {each["folder"] for each in listed} == {str(out), str(far)}
    (far / f"{result.article.slug}.json").unlink()
    far.rmdir()
    done = briefs("vacuum", "--store", store, "--out", out)
    assert done.exit_code == 0, done.output
    assert len(json.loads(briefs("list", "--store", store, "--json").stdout)) == 2
    assert b"second.txt" not in (out / f"{drafted['first'].article.slug}.json").read_bytes()


@pytest.mark.parametrize("asked", ["list", "vacuum"])
def test_where_there_is_no_index_none_is_made(tmp_path: Path, asked: str) -> None:
    """Protects from a misspelt folder: one line, exit code 2, and nothing new on the disk."""
    done = briefs(asked, "--out", tmp_path / "nowhere")
    assert done.exit_code == 2
    assert "no index of claims; name one with --store, or its folder with --out" in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_newer_index_is_refused_in_one_line(out: Path) -> None:
    """Protects a newer version's index; a process of its own shows that no traceback comes."""
    script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version = 99')"
    subprocess.run([sys.executable, "-c", script, str(out / "claims.sqlite")], check=True)
    command = [sys.executable, "-m", "briefs", "store", "list", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "made by a newer version of briefs" in done.stderr
