"""`briefs export` as a person meets it: files, what is said of them, exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefs.cli import main
from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk import Check, Desk, Status

ROOT = Path(__file__).parents[2]
[EXAMPLE] = (ROOT / "outputs" / "example").glob("*.json")
ALL = ("--to", "claimreview", "--to", "csv", "--to", "docx", "--to", "callsheet")
FINISHED = Desk(
    said=Check.CONFIRMED,
    so=Check.CONFIRMED,
    status=Status.USABLE,
    checker="Mara Lind",
    source_consulted="The authority's October return",
    rating="Accurate",
)


def export(*arguments: str | Path) -> Result:
    """Run `briefs export`."""
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """Return a folder of briefs in which one claim is signed off with a rating and one dismissed."""
    folder = tmp_path / "outputs"
    folder.mkdir()
    result = ArticleBriefs.from_json(EXAMPLE.read_bytes())
    desks = {3: FINISHED, 9: Desk(dismissed="no claim")}
    briefs = [
        brief.model_copy(update={"desk": desks.get(n, Desk())}) for n, brief in enumerate(result.briefs)
    ]
    (folder / EXAMPLE.name).write_text(
        result.model_copy(update={"briefs": tuple(briefs)}).model_dump_json(), "utf-8"
    )
    (folder / f"{EXAMPLE.stem}.md").write_text("# brief", "utf-8")
    (folder / "run.json").write_text("{}", "utf-8")
    return folder


def test_all_formats_and_what_is_said(outputs: Path, tmp_path: Path) -> None:
    """Four kinds of file, and one line a kind on standard error with what was left out and why."""
    out = tmp_path / "out"
    made = export(
        outputs,
        "--out",
        out,
        *ALL,
        "--publisher",
        "Halmen Checkers",
        "--review-url",
        "https://c.example/{claim}",
    )
    assert made.exit_code == 0, made.output
    assert {path.name for path in out.iterdir() if not path.name.startswith(".")} == {
        f"{EXAMPLE.stem}.jsonld",
        f"{EXAMPLE.stem}.docx",
        "fact-check.csv",
        "call-sheet.md",
    }
    assert made.stdout == ""
    assert made.stderr.splitlines()[:3] == [
        "Exported 18 claims of 1 article.",
        "claimreview: 1 as ClaimReview, 17 as Claim (17 not signed off)",
        "csv: 18 rows in fact-check.csv",
    ]
    assert "Left out: 1 claim that an editor dismissed." in made.stderr
    graph = json.loads((out / f"{EXAMPLE.stem}.jsonld").read_text("utf-8"))["@graph"]
    assert [node["@type"] for node in graph].count("ClaimReview") == 1
    assert f"](../outputs/{EXAMPLE.stem}.md#b" in (out / "call-sheet.md").read_text("utf-8")


def test_again_is_the_same_bytes_and_a_changed_file_stays(outputs: Path, tmp_path: Path) -> None:
    """A second export changes nothing; a file that somebody has edited is named and left alone."""
    out = tmp_path / "out"
    export(outputs, "--out", out, *ALL)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.iterdir()}
    export(outputs, "--out", out, *ALL)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.iterdir()} == before
    (out / "fact-check.csv").write_bytes(b"my columns")
    made = export(outputs, "--out", out, "--to", "csv")
    assert (
        "fact-check.csv is not as it was written and stays as it is; the new one is fact-check.new.csv"
        in made.stderr
    )
    assert (out / "fact-check.csv").read_bytes() == b"my columns"


def test_one_file_alone(outputs: Path, tmp_path: Path) -> None:
    """The JSON of one article; --quiet says nothing."""
    made = export(outputs / EXAMPLE.name, "--out", tmp_path / "out", "--to", "csv", "--quiet")
    assert (made.exit_code, made.output) == (0, "")
    assert (tmp_path / "out" / "fact-check.csv").is_file()


def test_a_search_engines_wish_is_told(outputs: Path, tmp_path: Path) -> None:
    """A review without the address of its page is written, and a person is told what is missing."""
    made = export(outputs, "--out", tmp_path / "out", "--to", "claimreview", "--publisher", "Halmen Checkers")
    assert made.exit_code == 0
    assert "give --review-url" in made.stderr


def test_a_file_that_cannot_be_read_does_not_stop_the_others(outputs: Path, tmp_path: Path) -> None:
    """The rest is exported; the exit code says that something is missing."""
    (outputs / "broken.json").write_text("{")
    made = export(outputs, "--out", tmp_path / "out", "--to", "csv")
    assert made.exit_code == 1
    assert "broken.json: is not JSON" in made.stderr
    assert "Exported 18 claims of 1 article." in made.stderr


def test_two_files_of_one_article_are_refused(outputs: Path, tmp_path: Path) -> None:
    """The second one would take the first one's place."""
    (outputs / "copy.json").write_bytes((outputs / EXAMPLE.name).read_bytes())
    made = export(outputs, "--out", tmp_path / "out", "--to", "csv")
    assert made.exit_code == 1
    assert "two files hold briefs of this name" in made.stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("none", "--to", "csv"), "is not there"),
        ((".", "--to", "csv"), "holds no briefs as JSON"),
        (
            ("{outputs}", "--to", "csv", "--publisher-url", "https://x.example"),
            "say nothing without --publisher",
        ),
        (
            ("{outputs}", "--to", "csv", "--publisher", "X", "--review-url", "javascript:1"),
            "begins with https://",
        ),
        (("{outputs}", "--to", "xml"), "'xml' is not one of"),
        (("{outputs}",), "Missing option '--to'"),
    ],
)
def test_wrong_usage(
    outputs: Path, tmp_path: Path, arguments: tuple[str, ...], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2 and the reason, and nothing is written."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    made = export(*(each.format(outputs=outputs) for each in arguments), "--out", tmp_path / "out")
    assert made.exit_code == 2
    assert reason in made.stderr
    assert not (tmp_path / "out" / "fact-check.csv").exists()
