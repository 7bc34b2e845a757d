"""The index of a folder of evidence: made once, found again unchanged, made anew when anything changes."""

import os
import sqlite3
import time
from pathlib import Path

import pytest

from briefs.domain.documents import Shelf
from briefs.errors import ConfigError, StoreError
from briefs.pipeline import library
from briefs.pipeline.library import library_of
from briefs.readers.shelf import read_shelf
from briefs.store.passages import PassageIndex


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a text, a table, a fact-check and a file that cannot be read."""
    made = tmp_path / "papers"
    made.mkdir()
    (made / "board.txt").write_text("Harbour report\n\nThe board lost 1,200 crates in March 2024.\n", "utf-8")
    (made / "count.csv").write_text("Month;Crates\nMarch 2024;1,200\nApril 2024;1,300\n", "utf-8")
    item = '{"@type": "ClaimReview", "claimReviewed": "The board lost 9,000 crates", "author": "Checks",'
    (made / "checks.json").write_text(item + ' "reviewRating": {"alternateName": "Wrong"}}', "utf-8")
    (made / "broken.pdf").write_text("no pdf", "utf-8")
    return made


def found(file: Path) -> list[object]:
    """Return what an index gives for a claim on crates."""
    index = PassageIndex(file)
    try:
        return [*index.find(["crate", "1200", "board"]), index.documents, index.left_out, index.notes]
    finally:
        index.close()


def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a list that grows by every folder whose documents are read."""
    folders: list[Path] = []

    def noting(folder: Path) -> Shelf:
        folders.append(folder)
        return read_shelf(folder)

    monkeypatch.setattr(library, "read_shelf", noting)
    return folders


def test_a_passage_comes_back_whole(folder: Path, tmp_path: Path) -> None:
    """What is quoted from the file is what was read: rows with their columns, fact-checks with their rating."""
    with library_of(folder, tmp_path / "caches") as file:
        index = PassageIndex(file)
        by_path = {each.source.path: each for each in index.find(["crate"])}
        assert by_path["board.txt"].text == "The board lost 1,200 crates in March 2024."
        assert by_path["board.txt"].source.title == "Harbour report"
        assert by_path["count.csv"].columns == ("Month", "Crates")
        assert by_path["count.csv"].cells in (("March 2024", "1,200"), ("April 2024", "1,300"))
        assert by_path["checks.json"].review is not None
        assert by_path["checks.json"].review.rating == "Wrong"
        assert index.left_out == ("broken.pdf",)
        assert len(index.notes) == 1
        index.close()


def test_an_unchanged_folder_is_read_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run reads no document; what it finds is the same, and the same as without a cache."""
    folders = read(monkeypatch)
    with library_of(folder, tmp_path / "caches") as file:
        first = found(file)
    with library_of(folder, tmp_path / "caches") as again:
        assert (again, found(again)) == (file, first)
    assert folders == [folder]
    with library_of(folder, None) as temporary:
        assert found(temporary) == first
    assert not temporary.exists()


@pytest.mark.parametrize("change", ["edited", "added", "removed", "renamed"])
def test_a_changed_folder_is_read_again(folder: Path, tmp_path: Path, change: str) -> None:
    """No document of yesterday is quoted, and none of today's is missed."""
    with library_of(folder, tmp_path / "caches") as file:
        before = found(file)
    board = folder / "board.txt"
    if change == "edited":
        board.write_text(board.read_text("utf-8").replace("1,200", "1,450"), "utf-8")
    elif change == "added":
        (folder / "new.txt").write_text("The board found 40 crates.", "utf-8")
    elif change == "removed":
        board.unlink()
    else:
        board.rename(folder / "office.txt")
    with library_of(folder, tmp_path / "caches") as now, library_of(folder, None) as fresh:
        assert now != file
        assert found(now) == found(fresh) != before


def test_other_rules_read_the_folder_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade no passage is found by the words of the old rules."""
    folders = read(monkeypatch)
    for rules in ("1", "2"):
        monkeypatch.setattr(library, "_rules", lambda rules=rules: rules)
        with library_of(folder, tmp_path / "caches"):
            pass
    assert len(folders) == 2


@pytest.mark.parametrize("content", [b"", b"not SQLite", b"SQLite format 3\0" + b"x" * 200])
def test_a_damaged_index_is_made_anew(folder: Path, tmp_path: Path, content: bytes) -> None:
    """A cache that something else wrote into costs a reading, and no run."""
    with library_of(folder, tmp_path / "caches") as file:
        whole = found(file)
    file.write_bytes(content)
    with library_of(folder, tmp_path / "caches") as file:
        assert found(file) == whole


def test_no_room_for_a_cache_is_no_error(folder: Path, tmp_path: Path) -> None:
    """Where the cache cannot be written, the index lives as long as the run."""
    (tmp_path / "caches").write_text("a file, not a folder", "utf-8")
    with library_of(folder, tmp_path / "caches") as file:
        assert found(file)
    assert not file.exists()


def test_no_room_anywhere_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk gives one line that names the option, not a traceback."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(library, "write", full)
    with pytest.raises(ConfigError, match=r"--evidence .*full"), library_of(folder, None):
        pass


def test_what_is_not_used_goes(folder: Path, tmp_path: Path) -> None:
    """The cache does not grow for ever: a changed folder's old index goes after a day, others after a week."""
    with library_of(folder, tmp_path / "caches") as file:
        pass
    others = [file.with_name(name) for name in (f"{file.name[:16]}-old.sqlite", "0-other.sqlite", "x.tmp")]
    for other in others:
        other.write_bytes(b"")
        os.utime(other, (time.time() - 2 * 86_400,) * 2)
    with library_of(folder, tmp_path / "caches"):
        assert [each.exists() for each in others] == [False, True, False]


def test_the_file_is_its_owners_alone(folder: Path, tmp_path: Path) -> None:
    """Documents are as confidential as drafts."""
    with library_of(folder, tmp_path / "caches") as file:
        assert os.name != "posix" or file.stat().st_mode & 0o077 == 0
        assert [each for each in file.parent.iterdir() if each != file] == []


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    """An index that vanished under a run is an error with its path."""
    with pytest.raises(StoreError, match=r"gone\.sqlite"):
        PassageIndex(tmp_path / "gone.sqlite")
