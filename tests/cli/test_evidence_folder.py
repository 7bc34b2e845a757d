"""`briefs run --evidence`: which folder is read, and what a person is told of documents that cannot be."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefs.cli import main

ARTICLE = """Port Sable harbour board answers its auditor

The Port Sable harbour board lost 1,200 crates in March 2024, the board said.
"""
AGREEING = "Port Sable harbour board\n\nThe Port Sable harbour board lost 1,200 crates in March 2024.\n"
DIFFERING = "Port Sable harbour board\n\nThe Port Sable harbour board lost 1,450 crates in March 2024.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with one article in `in`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "crates.txt").write_text(ARTICLE, "utf-8")
    return tmp_path


def keep(folder: Path, name: str, content: str | bytes) -> None:
    """Put a document into a folder."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def run(*arguments: str) -> Result:
    """Run `briefs run` on the folder of articles."""
    return CliRunner().invoke(main, ["run", *arguments, "--format", "json", "--no-store"])


def stances(folder: Path) -> set[tuple[str, str]]:
    """Return the documents that are quoted in the one JSON file of a run, with what they say."""
    [path] = [each for each in (folder / "outputs").glob("*.json") if each.name != "run.json"]
    briefs = json.loads(path.read_text("utf-8"))["briefs"]
    return {(each["path"], each["stance"]) for brief in briefs for each in brief["evidence"]}


def test_a_folder_that_is_named_is_read(desk: Path) -> None:
    """What --evidence names is held against the claims."""
    keep(desk / "papers", "count.txt", AGREEING)
    result = run("in", "--evidence", "papers")
    assert result.exit_code == 0, result.output
    assert stances(desk) == {("count.txt", "SUPPORTS")}


def test_the_folder_evidence_is_read_and_is_no_folder_of_articles(desk: Path) -> None:
    """Documents beside the articles are found without an option, and are not briefed themselves."""
    keep(desk / "in" / "evidence", "count.txt", AGREEING)
    result = run("in")
    assert result.exit_code == 0, result.output
    assert stances(desk) == {("count.txt", "SUPPORTS")}


def test_a_named_folder_takes_the_place_of_the_default_one(desk: Path) -> None:
    """A person who names documents gets these alone; those beside the articles are still no articles."""
    keep(desk / "in" / "evidence", "count.txt", AGREEING)
    keep(desk / "papers", "audit.txt", DIFFERING)
    result = run("in", "--evidence", "papers")
    assert result.exit_code == 0, result.output
    assert stances(desk) == {("audit.txt", "REFUTES")}


def test_a_document_that_cannot_be_read_is_told_of_and_costs_nothing_else(desk: Path) -> None:
    """A scan or an empty file is named in one line, without this machine's paths; the others are searched."""
    keep(desk / "papers", "count.txt", AGREEING)
    keep(desk / "papers", "empty.csv", " \n")
    keep(desk / "papers", "scan.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    result = run("in", "--evidence", "papers")
    assert result.exit_code == 0, result.output
    notes = [line for line in result.stderr.splitlines() if line.startswith("note: evidence: ")]
    assert [name for name in ("empty.csv", "scan.pdf") for line in notes if name in line] == [
        "empty.csv",
        "scan.pdf",
    ]
    assert str(desk) not in result.stderr
    assert stances(desk) == {("count.txt", "SUPPORTS")}


@pytest.mark.parametrize("name", ["missing", "in/crates.txt"])
def test_what_is_no_folder_is_an_error_before_anything_is_written(desk: Path, name: str) -> None:
    """A misspelt folder must not look like a run in which no document bears on any claim."""
    result = run("in", "--evidence", name)
    assert result.exit_code == 2
    assert f"--evidence {name}: is not a folder" in result.stderr
    assert not (desk / "outputs").exists()


def test_two_default_folders_are_an_error(desk: Path) -> None:
    """Which of two folders is trusted is for a person to say."""
    keep(desk / "in" / "evidence", "count.txt", AGREEING)
    keep(desk / "other", "crates.txt", ARTICLE)
    keep(desk / "other" / "evidence", "audit.txt", DIFFERING)
    result = run("in", "other")
    assert result.exit_code == 2
    assert "--evidence" in result.stderr
    assert stances_written(desk) == []


@pytest.mark.parametrize(("documents", "asked"), [(True, True), (False, False)])
def test_an_estimate_counts_what_is_asked_of_documents(desk: Path, documents: bool, asked: bool) -> None:
    """A newsroom sees before it pays that passages are asked about, and that the number is the most."""
    if documents:
        keep(desk / "in" / "evidence", "count.txt", AGREEING)
    model = ("--model", "openai:stub", "--base-url", "http://127.0.0.1:9/v1")
    result = run("in", *model, "--estimate")
    assert result.exit_code == 0, result.output
    assert ("  stance: at most 1 call, " in result.output) is asked
    assert ("Estimate for openai:stub: at most " in result.output) is asked


def stances_written(folder: Path) -> list[Path]:
    """Return the outputs there are."""
    return list(folder.glob("outputs/*"))
