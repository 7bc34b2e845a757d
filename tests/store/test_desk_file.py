"""The desk's file: nothing that was confirmed is lost, nothing is changed, and no file is overwritten."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest
from desk_drafts import ARTICLE, edited

from briefs.errors import BriefsError, ConfigError, DeskError
from briefs.store import desk_schema
from briefs.store.desk import FILE, DeskStore

DRAFTS = Path(__file__).parent / "desk_drafts.py"


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_no_confirmed_sign_off_is_lost_to_kill_9(tmp_path: Path) -> None:
    """Protects sign-offs: of 200, with the process killed four times in between, all confirmed ones are there."""
    confirmed: list[tuple[int, str]] = []
    for run, number in enumerate((30, 60, 70, 40)):
        command = [sys.executable, str(DRAFTS), str(tmp_path), f"run{run}", "1000"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as signing:
            assert signing.stdout is not None
            for _ in range(number):
                seq, brief = signing.stdout.readline().split()
                confirmed.append((int(seq), brief))
            signing.send_signal(signal.SIGKILL)
            # What it confirmed before the signal reached it was confirmed, too.
            confirmed += [(int(a), b) for a, b in map(str.split, signing.stdout) if b.startswith("run")]
        assert signing.returncode == -signal.SIGKILL
        with DeskStore.open(tmp_path) as store:
            recorded = {(event.seq, event.brief) for event in store.events()}
        assert set(confirmed) <= recorded
    assert len(confirmed) >= 200
    with sqlite3.connect(tmp_path / FILE) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()


def test_an_event_is_on_the_disk_when_append_returns(tmp_path: Path) -> None:
    """Protects against a power cut: every commit is synced, not left to the system."""
    with DeskStore.open(tmp_path) as store:
        database = store._database
        assert database is not None
        assert database.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert database.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        store.append([edited()])
        assert not database.in_transaction


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET who = 'Nobody'",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
        "REPLACE INTO events (seq, at, who, door, article, brief, what) VALUES (1, '', '', '', '', '', '')",
    ],
)
def test_what_was_recorded_is_never_changed_or_deleted(tmp_path: Path, statement: str) -> None:
    """Protects the record from our own later versions, and from whoever opens the file with a tool."""
    with DeskStore.open(tmp_path) as store:
        before = store.append([edited()])
        other = sqlite3.connect(tmp_path / FILE)
        with pytest.raises(sqlite3.IntegrityError, match="what was recorded is never"):
            other.execute(statement)
        other.close()
        assert store.events() == before


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    """Protects drafts on a shared machine: what sign-offs rest on quotes the article."""
    before = os.umask(0)
    try:
        with DeskStore.open(tmp_path) as store:
            store.append([edited()])
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}
    assert len(modes) == 3  # the write-ahead log holds events too


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    """Protects decisions that an older version would misread."""
    DeskStore.open(tmp_path).close()
    _execute(tmp_path, f"PRAGMA user_version = {desk_schema.SCHEMA_VERSION + 1}")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(ConfigError, match="newer version of briefs; update briefs"):
        DeskStore.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def _foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE events (seq INTEGER PRIMARY KEY)")
    database.close()


def _foreign_version(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 1")
    database.close()


@pytest.mark.parametrize(
    "made",
    [
        lambda path: path.write_text("Dear diary", "utf-8"),
        lambda path: path.write_bytes(b"%PDF-1.7 " + b"\0" * 2000),
        _foreign_database,
        _foreign_version,
        pytest.param(os.mkfifo, marks=pytest.mark.skipif(os.name != "posix", reason="pipes")),
    ],
    ids=["text", "pdf", "database", "version", "pipe"],
)
def test_a_file_of_somebody_else_is_refused_and_left_as_it_is(
    tmp_path: Path, made: Callable[[Path], object]
) -> None:
    """Protects whatever a person has put there under that name."""
    path = tmp_path / FILE
    made(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(ConfigError, match="something else"):
        DeskStore.open(tmp_path)
    assert (path.read_bytes() if path.is_file() else None) == before


def _overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 64] = os.urandom(64)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        _overwritten,
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path: path.write_bytes(b"\0" * path.stat().st_size),
        lambda path: path.write_bytes(path.read_bytes()[:100]),
    ],
    ids=["pages", "cut", "zeros", "head"],
)
def test_a_damaged_file_is_refused_and_left_as_it_is(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    """Protects an editor's work from an empty file in its place: what can be saved is still there."""
    with DeskStore.open(tmp_path) as store:
        store.append([edited(f"b{at}", note="words " * 50) for at in range(200)])
    damage(tmp_path / FILE)
    before = (tmp_path / FILE).read_bytes()
    for _ in range(2):
        with pytest.raises(DeskError, match=r"damaged; it is left as it is.*\.recover.*rename it"):
            DeskStore.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ""] == [FILE]


def test_a_row_that_does_not_hold_what_was_written_is_damage(tmp_path: Path) -> None:
    """Protects a page from being shown without the decisions that cannot be read."""
    with DeskStore.open(tmp_path) as store:
        store.append([edited()])
    _execute(tmp_path, "DROP TRIGGER events_stay", 'UPDATE events SET what = \'{"kind": "edited"}\'')
    with DeskStore.open(tmp_path) as store, pytest.raises(DeskError, match="damaged"):
        store.events()


def test_a_file_that_is_held_is_waited_for_and_then_named(tmp_path: Path) -> None:
    """Protects the editor from waiting for ever, and from believing that something was recorded."""
    with DeskStore.open(tmp_path, wait=0.1) as store:
        holder = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(DeskError, match="another process holds it; nothing was recorded, try again"):
            store.append([edited()])
        holder.execute("COMMIT")
        holder.close()
        assert [event.seq for event in store.append([edited()])] == [1]


def test_a_full_disk_is_told_and_costs_nothing_that_was_there(tmp_path: Path) -> None:
    """Protects what is recorded when no more can be: all of an edit or nothing."""
    with DeskStore.open(tmp_path) as store:
        before = store.append([edited()])
        database = store._database
        assert database is not None
        database.execute(f"PRAGMA max_page_count = {database.execute('PRAGMA page_count').fetchone()[0]}")
        with pytest.raises(DeskError, match="full; nothing was recorded"):
            store.append([edited(f"c{at}", note="words " * 500) for at in range(20)])
        assert store.events() == before


def _to_2(database: sqlite3.Connection) -> None:
    database.execute("ALTER TABLE persons ADD COLUMN why TEXT")


def test_an_older_file_is_brought_up_to_date_after_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects decisions across versions: the older file lies beside, and nothing in it has changed."""
    with DeskStore.open(tmp_path) as store:
        before = store.append([edited("b1"), edited("b2")])
    monkeypatch.setattr(desk_schema, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(desk_schema, "MIGRATIONS", MappingProxyType({1: _to_2}))
    with DeskStore.open(tmp_path) as store:
        assert store.events() == before
        assert store.append([edited("b3")])[0].seq == 3
    copy = sqlite3.connect(tmp_path / f"{FILE}.backup-1")
    assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert copy.execute("SELECT count(*) FROM events").fetchone() == (2,)
    copy.close()
    DeskStore.open(tmp_path).close()
    assert not (tmp_path / f"{FILE}.backup-2").exists()


def _failing(database: sqlite3.Connection) -> None:
    database.execute("DROP TABLE texts")
    raise sqlite3.OperationalError("disk I/O error")


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects decisions from a migration that stops half-way."""
    with DeskStore.open(tmp_path) as store:
        before = store.append([edited()])
    with monkeypatch.context() as patched:
        patched.setattr(desk_schema, "SCHEMA_VERSION", 2)
        patched.setattr(desk_schema, "MIGRATIONS", MappingProxyType({1: _failing}))
        with pytest.raises(BriefsError, match="disk I/O error"):
            DeskStore.open(tmp_path)
    with DeskStore.open(tmp_path) as store:
        assert store.events(article=ARTICLE) == before
        assert store.text("x") is None


def _execute(folder: Path, *statements: str) -> None:
    database = sqlite3.connect(folder / FILE)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
