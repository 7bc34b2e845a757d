"""`briefs diff` as a person and a CI job meet it: what is printed, and the exit code."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefs.cli import main
from briefs.domain.article import sha256
from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk import Check, Desk, Status

ROOT = Path(__file__).parents[2]
[EXAMPLE] = (ROOT / "outputs" / "example").glob("*.json")
CLAIM = "In October alone, 2,310 nurses quit"


def diff(*arguments: str | Path) -> Result:
    """Run `briefs diff`."""
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def signed(result: ArticleBriefs, words: str = CLAIM) -> ArticleBriefs:
    """Return briefs with one claim signed off."""
    desk = Desk(said=Check.CONFIRMED, status=Status.USABLE, checker="Mara Lind", date="2031-11-14")
    briefs = [
        brief.model_copy(update={"desk": desk}) if words in brief.claim.quote.text else brief
        for brief in result.briefs
    ]
    return result.model_copy(update={"briefs": tuple(briefs)})


def reworded(result: ArticleBriefs, old: str, new: str) -> ArticleBriefs:
    """Return the briefs of the article with words replaced by others of the same length."""
    assert len(old) == len(new)
    data = json.loads(result.model_dump_json().replace(old, new))
    data["article"]["text_sha256"] = sha256(data["article"]["text"].encode())
    return ArticleBriefs.model_validate(data)


def renamed(result: ArticleBriefs, article: str, slug: str) -> ArticleBriefs:
    """Return the same briefs for another article."""
    update = {"id": article, "slug": slug}
    return result.model_copy(update={"article": result.article.model_copy(update=update)})


def write(path: Path, result: ArticleBriefs) -> Path:
    """Write briefs as JSON."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(result.model_dump_json(), "utf-8")
    return path


@pytest.fixture(scope="module")
def example() -> ArticleBriefs:
    """Return the briefs of the worked example."""
    return ArticleBriefs.from_json(EXAMPLE.read_bytes())


@pytest.fixture
def versions(tmp_path: Path, example: ArticleBriefs) -> tuple[Path, Path]:
    """Return a version with a sign-off, and one in which its figure is another."""
    old = write(tmp_path / "old" / "nurses.json", signed(example))
    return old, write(tmp_path / "new" / "nurses.json", reworded(example, "2,310", "2,410"))


def test_a_changed_figure_under_a_sign_off_fails_the_job(versions: tuple[Path, Path]) -> None:
    """Words marked, the person named, and exit code 1."""
    shown = diff(*versions)
    assert shown.exit_code == 1
    assert "In October alone, [-2,310-]{+2,410+} nurses quit" in shown.stdout
    assert "figure changed" not in shown.stdout  # the fixture's values are the same: only the words are not
    assert "signed off by Mara Lind, 14 November 2031: usable; said so confirmed" in shown.stdout
    assert "1 signed-off claim is affected" in shown.stdout
    assert "\x1b" not in shown.stdout


def test_without_a_sign_off_a_difference_is_no_failure(
    versions: tuple[Path, Path], example: ArticleBriefs
) -> None:
    """Exit code 0 where no editor has decided anything."""
    write(versions[0], example)
    shown = diff(*versions)
    assert shown.exit_code == 0
    assert "No claim that was signed off is affected." in shown.stdout


def test_json_is_for_programs(versions: tuple[Path, Path]) -> None:
    """Standard output is one JSON value with every change."""
    shown = diff(*versions, "--json")
    assert shown.exit_code == 1
    found = json.loads(shown.stdout)
    assert found["comparison_version"] == "1"
    [affected] = [claim for claim in found["claims"] if claim["affected"]]
    assert affected["signed"]["checker"] == "Mara Lind"


def test_markdown_is_for_a_pull_request(versions: tuple[Path, Path]) -> None:
    """Old words are struck out, new ones bold."""
    shown = diff(*versions, "--md")
    assert shown.exit_code == 1
    assert "~~2,310~~**2,410** nurses quit" in shown.stdout
    assert shown.stdout.startswith("## Nurse Exodus")


def test_an_article_cannot_forge_a_report(tmp_path: Path, example: ArticleBriefs) -> None:
    """Control codes of a hostile article do not reach the terminal, Markdown of it stays text."""
    evil = example.model_copy(
        update={"article": example.article.model_copy(update={"title": "\x1b[2J# [x](javascript:1)\n\n## y"})}
    )
    paths = write(tmp_path / "a.json", example), write(tmp_path / "b.json", evil)
    plain, markdown = diff(*paths), diff(*paths, "--md")
    assert "\x1b" not in plain.stdout
    assert "[x\\](javascript" in markdown.stdout
    assert "\x1b" not in markdown.stdout
    assert "\n## y" not in markdown.stdout


def test_folders_are_paired_and_the_rest_is_named(tmp_path: Path, example: ArticleBriefs) -> None:
    """By id, by the name of the files, by nearly equal text; what is left over is named, and counts."""
    old, new = tmp_path / "old", tmp_path / "new"
    write(old / "a.json", renamed(example, "a.txt", "a-1"))
    write(new / "z.json", reworded(renamed(example, "a.txt", "z-1"), "2,310", "2,410"))
    write(old / "b.json", renamed(example, "b.txt", "b-1"))
    write(new / "b.json", renamed(example, "bb.txt", "b-1"))
    write(old / "gone.json", renamed(signed(example), "c.txt", "c-1"))
    shown = diff(old, new)
    assert shown.exit_code == 1, shown.output
    assert "2 articles in both; 1 of them with no claim that differs." in shown.stdout
    assert (
        "Only in OLD: Nurse Exodus Reaches Record Levels as Wards Empty Across Varnia (c-1)" in shown.stdout
    )
    assert "1 of them signed off" in shown.stdout
    write(new / "other.json", renamed(example, "d.txt", "d-1"))
    assert diff(old, new).exit_code == 0  # the same text under another id and name


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[1]", "is JSON, but not the briefs of an article"),
        (b"\xff\xfe\x00", "is not JSON"),
        (b"", "is not JSON"),
    ],
)
def test_a_file_that_holds_no_briefs_is_named(
    tmp_path: Path, versions: tuple[Path, Path], content: bytes, reason: str
) -> None:
    """One line with the reason, and exit code 2: 1 would say that a sign-off is affected."""
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    for pair in ((bad, versions[0]), (versions[0], bad)):
        shown = diff(*pair)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert reason in shown.stderr
        assert len(shown.stderr.splitlines()) == 1


def test_other_versions_and_broken_places_are_told(tmp_path: Path, versions: tuple[Path, Path]) -> None:
    """A newer schema version and a quotation that is not where it says are said to be that."""
    data = json.loads(versions[0].read_text("utf-8"))
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({**data, "schema_version": "9"}))
    assert "has schema version 9; this version of briefs reads 1" in diff(bad, versions[1]).stderr
    bad.write_text(json.dumps({**data, "x" * 9_000: 1}))
    assert len(diff(bad, versions[1]).stderr) < 600 + len(str(bad))
    data["briefs"][0]["claim"]["quote"]["text"] = "Something else"
    bad.write_text(json.dumps(data))
    shown = diff(versions[1], bad)
    assert shown.exit_code == 2
    assert "is not as the format has it" in shown.stderr


def test_usage_that_cannot_be_meant(tmp_path: Path, versions: tuple[Path, Path]) -> None:
    """The same file twice, a file against a folder, an empty folder, nothing there: one line each, exit 2."""
    old, new = versions
    (tmp_path / "empty").mkdir()
    (tmp_path / "link.json").symlink_to(old)
    for pair, reason in (
        ((old, old), "are one and the same"),
        ((old, tmp_path / "link.json"), "are one and the same"),
        ((old.parent, old.parent), "are one and the same"),
        ((old, new.parent), "is a folder and"),
        ((old.parent, tmp_path / "empty"), "holds no briefs as JSON"),
        ((old, tmp_path / "none.json"), "is not there"),
    ):
        shown = diff(*pair)
        assert (shown.exit_code, shown.stdout) == (2, ""), pair
        assert reason in shown.stderr
        assert len(shown.stderr.splitlines()) == 1


def test_a_file_of_a_folder_that_cannot_be_read_fails_loudly(
    versions: tuple[Path, Path], example: ArticleBriefs
) -> None:
    """What can be compared is, the file is named in the report, and the exit code is 2: nothing is certain."""
    write(versions[0], example)
    (versions[0].parent / "broken.json").write_text("{")
    (versions[0].parent / "run.json").write_text("{}")
    shown = diff(versions[0].parent, versions[1].parent)
    assert shown.exit_code == 2
    assert "Not compared: " in shown.stdout
    assert "broken.json: is not JSON" in shown.stdout
    assert "run.json" not in shown.output


def test_colours_only_on_a_terminal(versions: tuple[Path, Path]) -> None:
    """On a terminal words are coloured and carry no brackets; NO_COLOR brings the brackets back."""

    def on_terminal(**environment: str) -> str:
        ours, theirs = pty.openpty()
        with os.fdopen(ours, "rb", buffering=0) as read:
            process = subprocess.Popen(
                [sys.executable, "-m", "briefs", "diff", *map(str, versions)],
                stdout=theirs,
                env={**os.environ, "TERM": "xterm", **environment},
            )
            os.close(theirs)
            shown = b""
            try:
                while piece := read.read(65536):
                    shown += piece
            except OSError:  # Linux's way to say that the other side is closed
                pass
            assert process.wait(60) == 1
        return shown.decode()

    coloured = on_terminal()
    assert "\x1b[" in coloured
    assert "[-2,310-]" not in coloured
    plain = on_terminal(NO_COLOR="1")
    assert "\x1b[" not in plain
    assert "[-2,310-]" in plain
