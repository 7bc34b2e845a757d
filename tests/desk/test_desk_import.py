"""`briefs desk --import`: the Markdown is the other door."""

import subprocess
import sys
from pathlib import Path

from desk_pages import NURSES, desk, on_disk

from briefs.domain.desk import Status


def _import(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-W", "error", "-m", "briefs", "desk", str(folder), "--import"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_was_written_into_the_markdown_is_on_the_desk(folder: Path) -> None:
    """Fields are recorded, the files follow, and what cannot be applied is named with its line."""
    path = folder / f"{NURSES}.md"
    text = path.read_text()
    text = text.replace("- Status: open", "- Status: needs correction", 1).replace(
        "- Note:", "- Note: asked twice", 1
    )
    path.write_text(text.replace("- Is it so: open", "- Is it so: confirmed", 1))
    done = _import(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{NURSES}.md: 1 recorded" in done.stdout
    assert "is not taken over" in done.stdout
    assert "1 edited Markdown file read, 1 recorded." in done.stdout
    with desk(folder) as browser:
        claims = [each["desk"] for each in browser.claims()]
        assert [(each["status"], each["note"]) for each in claims if each["note"]] == [
            ("correct", "asked twice")
        ]
    assert Status.CORRECT in {brief.desk.status for brief in on_disk(folder).briefs}
    again = _import(folder)
    assert "0 recorded." in again.stdout


def test_nothing_is_read_where_nobody_wrote(folder: Path) -> None:
    """Files as the tool wrote them hold nothing to read, and stay as they are."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = _import(folder)
    assert done.stdout == "0 edited Markdown files read, 0 recorded.\n"
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_an_article_that_cannot_be_read_fails_alone(folder: Path) -> None:
    """Its Markdown was edited and its JSON is broken: exit code 1, one line."""
    (folder / "broken.json").write_text("{")
    (folder / "broken.md").write_text("- Status: usable\n")
    done = _import(folder)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "broken.json" in done.stderr
