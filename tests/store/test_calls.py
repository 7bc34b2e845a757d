"""The file of finished calls: nothing lost, and never the reason that a run stops."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from briefs.errors import ConfigError
from briefs.store.calls import SCHEMA_VERSION, Calls


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a run keeps its calls."""
    return tmp_path / "out" / ".briefs" / "calls.sqlite"


def test_what_was_put_is_there_for_the_next_run(path: Path) -> None:
    """Protects resume: a reply comes back to the character, in another process's connection too."""
    first = Calls(path)
    first.put("k", '{"text":"Zwölf „Worte“ 😀\\u0000"}')
    second = Calls(path)
    assert second.get("k") == '{"text":"Zwölf „Worte“ 😀\\u0000"}'
    assert second.get("other") is None
    first.close()
    second.close()
    assert (first.note, second.note) == (None, None)


def test_a_call_is_on_the_disk_when_put_returns(path: Path) -> None:
    """Protects against a power cut: every commit is synced, not left to the system."""
    calls = Calls(path)
    database = calls._database
    assert database is not None
    assert database.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert database.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert not database.in_transaction
    calls.close()


def test_only_the_owner_can_read_the_file(path: Path) -> None:
    """Protects drafts on a shared machine: replies quote the article."""
    before = os.umask(0)
    try:
        calls = Calls(path)
        calls.put("k", "v")
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    finally:
        os.umask(before)
    calls.close()
    assert set(modes.values()) == {0o600}
    assert len(modes) == 3  # the write-ahead log holds replies too
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_newer_file_is_refused_in_words(path: Path) -> None:
    """Protects the calls of a newer version from being misread or overwritten by an older one."""
    Calls(path).close()
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    database.close()
    with pytest.raises(ConfigError, match="made by a newer version of briefs; update briefs, or delete"):
        Calls(path)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"<html>not a database</html>" * 200, id="another file"),
        pytest.param(lambda data: data[:100] + b"\xff" * (len(data) - 100), id="overwritten"),
        pytest.param(lambda data: data[: len(data) // 2 + 100], id="cut off"),
    ],
)
def test_a_damaged_file_is_put_aside(path: Path, damage: object) -> None:
    """Protects a run from a traceback, and the person from losing what may still be saved."""
    calls = Calls(path)
    for number in range(50):
        calls.put(str(number), "v" * 5000)
    calls.close()
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))

    calls = Calls(path)
    found = [calls.get(str(number)) for number in range(50)]
    calls.put("new", "reply")
    assert calls.get("new") == "reply"
    note = calls.note
    calls.close()
    assert None in found
    assert "put aside as calls.sqlite.damaged-1" in (note or "")
    assert path.with_name("calls.sqlite.damaged-1").exists()
    again = Calls(path)
    assert (again.get("new"), again.note) == ("reply", None)
    again.close()


def test_damage_met_in_the_middle_of_a_run_is_put_aside_too(path: Path) -> None:
    """Protects a long run: the call that meets the damage is kept in the new file."""
    calls = Calls(path)
    assert calls._database is not None
    calls._database.execute("DROP TABLE calls")
    calls.put("k", "v")
    assert calls.get("k") == "v"
    assert "put aside" in (calls.note or "")
    calls.close()


def test_a_file_held_by_another_run_delays_and_then_does_without(path: Path) -> None:
    """Protects a run from another that hangs with the file locked."""
    calls = Calls(path, wait=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    calls.put("k", "v")
    assert "not kept (database is locked)" in (calls.note or "")
    other.execute("ROLLBACK")
    other.close()
    calls.put("later", "v")
    assert (calls.get("k"), calls.get("later")) == (None, "v")
    calls.close()


def test_a_full_disk_stops_nothing(path: Path) -> None:
    """Protects a run on a full disk: the calls go on, unkept, and the person is told."""
    calls = Calls(path)
    assert calls._database is not None
    pages = calls._database.execute("PRAGMA page_count").fetchone()[0]
    calls._database.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own way to be out of room
    calls.put("k", "v" * 1_000_000)
    assert "not kept (database or disk is full)" in (calls.note or "")
    assert calls.get("k") is None
    calls.put("k", "v")
    calls.close()


def test_what_was_kept_is_read_on_a_full_disk_and_kept_again_afterwards(path: Path) -> None:
    """Protects money: a full disk used to make every kept call of the run be paid for once more."""
    calls = Calls(path)
    calls.put("before", "v")
    assert calls._database is not None
    pages = calls._database.execute("PRAGMA page_count").fetchone()[0]
    calls._database.execute(f"PRAGMA max_page_count = {pages}")
    calls.put("k", "v" * 1_000_000)
    assert calls.get("before") == "v"
    calls._database.execute("PRAGMA max_page_count = 1000000")
    calls.put("later", "v")
    assert calls.get("later") == "v"
    calls.close()


def test_a_disk_without_room_for_a_file_beside_is_read_all_the_same(path: Path) -> None:
    """Protects money on a disk that is full from the beginning: SQLite cannot make what it shares with others."""
    calls = Calls(path)
    calls.put("before", "v")
    calls.close()
    path.with_name(f"{path.name}-shm").mkdir()
    calls = Calls(path)
    assert calls.get("before") == "v"
    calls.close()


def test_a_place_that_cannot_hold_a_file_stops_nothing(tmp_path: Path) -> None:
    """Protects a run whose output folder is odd: a file where the folder should be, a folder for the file."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "file" / "calls.sqlite", tmp_path / "folder"):
        calls = Calls(place)
        calls.put("k", "v")
        assert calls.get("k") is None
        assert "not kept" in (calls.note or "")
        calls.close()


def test_the_replies_used_longest_ago_are_dropped(path: Path) -> None:
    """Protects the disk, and the calls of the articles that are still worked on."""
    calls = Calls(path)
    assert calls._database is not None
    calls._database.execute("BEGIN")
    rows = [(f"{number:04}", "v" * 100, number) for number in range(3000)]
    calls._database.executemany("INSERT INTO calls VALUES (?, ?, ?)", rows)
    calls._database.execute("COMMIT")
    assert calls.get("0000") is not None
    calls.close()
    before = path.stat().st_size

    calls = Calls(path, most_bytes=before - 1)
    calls.close()
    calls = Calls(path)
    assert path.stat().st_size <= 0.8 * before
    assert calls.get("0000") is not None  # the oldest, and used again
    assert (calls.get("0001"), calls.get("2999") is not None) == (None, True)
    calls.close()


def test_forgotten_calls_are_gone(path: Path) -> None:
    """Protects the wish to have every call made anew."""
    calls = Calls(path)
    calls.put("k", "v")
    calls.forget()
    assert calls.get("k") is None
    calls.close()
