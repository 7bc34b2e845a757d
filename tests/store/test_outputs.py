"""Outputs on disk: whole or not at all, never over a person's work, untouched where nothing changed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefs.domain.article import Article, Copy, sha256
from briefs.domain.brief import ArticleBriefs, Made, Overview, Sourcing
from briefs.domain.run import ArticleRun, RunRecord
from briefs.errors import ConfigError
from briefs.seal import seal
from briefs.store.files import prepare, replace
from briefs.store.outputs import write, write_record


def sealed(body: str) -> str:
    """Return a sealed Markdown file as a run would write it."""
    article = Article(
        id="one",
        text_sha256=sha256(b""),
        source_sha256=sha256(b""),
        slug="one",
        title="One",
        language="en",
        copy_kind=Copy.OWN,
        source_path="one.txt",
        text="",
    )
    overview = Overview(sourcing=Sourcing(summary="-"))
    made = Made(engine="offline", tool_version="0")
    return seal(body, ArticleBriefs(article=article, overview=overview, ledger=(), briefs=(), made=made))


def names(folder: Path) -> set[str]:
    """Return the names of everything in a folder, hidden files too."""
    return {path.name for path in folder.iterdir()}


def test_files_stand_under_their_suffix(tmp_path: Path) -> None:
    """Each format gets the file that its suffix names, byte for byte, and nothing else is left."""
    written = write(tmp_path, "one", {"md": sealed("# One"), "json": '{"é": "\ud800"}', "html": "<p>\r\n"})
    assert names(tmp_path) == {"one.md", "one.json", "one.html"}
    assert (tmp_path / "one.html").read_bytes() == b"<p>\r\n"
    assert written.files == written.changed == tuple(tmp_path / n for n in ("one.md", "one.html", "one.json"))
    assert written.beside is None


def test_same_content_is_not_touched(tmp_path: Path) -> None:
    """A second run of the same article leaves its files' times alone."""
    files = {"md": sealed("# One"), "json": "{}"}
    write(tmp_path, "one", files)
    for name in files:
        os.utime(tmp_path / f"one.{name}", (1, 1))
    written = write(tmp_path, "one", files)
    assert written.changed == ()
    assert len(written.files) == 2
    assert {(tmp_path / f"one.{name}").stat().st_mtime for name in files} == {1.0}


def test_own_markdown_is_replaced(tmp_path: Path) -> None:
    """A Markdown file as we wrote it makes way for the new one, also with converted line ends."""
    target = tmp_path / "one.md"
    target.write_bytes(sealed("# One\n\nOld.").replace("\n", "\r\n").encode())
    assert write(tmp_path, "one", {"md": sealed("# One\n\nNew.")}).beside is None
    assert target.read_text("utf-8") == sealed("# One\n\nNew.")
    assert names(tmp_path) == {"one.md"}


@pytest.mark.parametrize(
    "person",
    [
        sealed("# One").replace("One", "Two").encode(),
        sealed("# One").encode() + b"\nA note.\n",
        b"Notes of a person without any seal.\n",
        b"",
        b"\xff\xfe not even text",
    ],
)
def test_a_persons_markdown_is_never_overwritten(tmp_path: Path, person: bytes) -> None:
    """Whatever stands in NAME.md and is not ours stays; the new one goes beside it and the result says so."""
    (tmp_path / "one.md").write_bytes(person)
    written = write(tmp_path, "one", {"md": sealed("# New")})
    assert (tmp_path / "one.md").read_bytes() == person
    assert written.beside == tmp_path / "one.new.md"
    assert written.note is not None
    assert "one.new.md" in written.note
    assert (tmp_path / "one.new.md").read_text("utf-8") == sealed("# New")


def test_an_edited_new_file_is_kept_too(tmp_path: Path) -> None:
    """NAME.new.md that a person has edited is theirs as well; one that nobody edited is reused."""
    for name in ("one.md", "one.new.md", "one.new-2.md"):
        (tmp_path / name).write_text(f"person's {name}", "utf-8")
    first = write(tmp_path, "one", {"md": sealed("# First")})
    second = write(tmp_path, "one", {"md": sealed("# Second")})
    assert first.beside == second.beside == tmp_path / "one.new-3.md"
    assert (tmp_path / "one.new.md").read_text("utf-8") == "person's one.new.md"


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link in the output folder never makes us write, or overwrite, outside it."""
    outside, folder = tmp_path / "outside", tmp_path / "out"
    outside.mkdir()
    folder.mkdir()
    ours = sealed("# Elsewhere")
    for suffix, content in (("md", ours), ("json", "{}")):
        (outside / f"x.{suffix}").write_text(content, "utf-8")
        (folder / f"one.{suffix}").symlink_to(outside / f"x.{suffix}")
    written = write(folder, "one", {"md": sealed("# New"), "json": "[]"})
    assert (outside / "x.md").read_text("utf-8") == ours
    assert (outside / "x.json").read_text("utf-8") == "{}"
    assert written.beside == folder / "one.new.md"
    assert (folder / "one.json").read_text("utf-8") == "[]"


@pytest.mark.parametrize("slug", ["", ".", "..", "a/b", "../a", "/etc/x"])
def test_a_slug_stays_in_the_folder(tmp_path: Path, slug: str) -> None:
    """No slug can name a file outside the output folder."""
    with pytest.raises(ConfigError):
        write(tmp_path, slug, {"json": "{}"})
    assert names(tmp_path) == set()


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in the place of the folder is named, with what to do."""
    (tmp_path / "taken").write_text("a file", "utf-8")
    with pytest.raises(ConfigError, match=r"taken.*--out"):
        prepare(tmp_path / "taken" / "out")


def test_target_that_cannot_be_replaced(tmp_path: Path) -> None:
    """When a file cannot be put in place, the error names it and no temporary file is left."""
    (tmp_path / "one.json").mkdir()
    with pytest.raises(ConfigError, match=r"one\.json.*--out"):
        write(tmp_path, "one", {"json": "{}"})
    assert names(tmp_path) == {"one.json"}


def test_a_killed_write_leaves_nothing_half_written(tmp_path: Path) -> None:
    """A process killed while it writes leaves the old file whole, and the next run clears the rest."""
    (tmp_path / "one.json").write_text("old", "utf-8")
    script = (
        "import os, pathlib, sys\n"
        "from briefs.store import files\n"
        "os.fsync = lambda number: os._exit(9)\n"
        "files.replace(pathlib.Path(sys.argv[1]) / 'one.json', b'new')\n"
    )
    finished = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert finished.returncode == 9
    assert (tmp_path / "one.json").read_text("utf-8") == "old"
    assert len(names(tmp_path)) == 2
    prepare(tmp_path)
    assert names(tmp_path) == {"one.json"}


def test_a_running_process_keeps_its_temporary_file(tmp_path: Path) -> None:
    """Two runs into one folder do not clear each other's unfinished files."""
    theirs = tmp_path / f".briefs-{os.getppid()}-0.tmp"
    theirs.write_text("unfinished", "utf-8")
    prepare(tmp_path)
    assert theirs.exists()


def test_permissions_follow_the_users_mask(tmp_path: Path) -> None:
    """Colleagues can read outputs wherever the user's mask lets them."""
    old = os.umask(0o022)
    try:
        replace(tmp_path / "one.json", b"{}")
    finally:
        os.umask(old)
    assert (tmp_path / "one.json").stat().st_mode & 0o777 == 0o644


def test_run_record(tmp_path: Path) -> None:
    """The record is valid JSON that reads back, also with a path that is no valid Unicode."""
    record = RunRecord(
        tool_version="0",
        engine="offline",
        started="2031-01-02T03:04:05+00:00",
        seconds=1.5,
        done=1,
        articles=(ArticleRun(input="bad\udc80name.txt", seconds=0.5, error="cannot be read"),),
    )
    path = write_record(tmp_path, record)
    assert path.name == "run.json"
    assert RunRecord.model_validate(json.loads(path.read_text("utf-8"))) == record
