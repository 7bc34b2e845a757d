"""A database that is a link is not followed: a folder that was handed on leads nowhere outside."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest

from briefs.batch.state import BatchState
from briefs.errors import DeskError, StoreError
from briefs.store.calls import Calls
from briefs.store.claims import ClaimIndex
from briefs.store.desk import FILE, DeskStore


def _nothing(path: Path) -> None:
    """Leave the link dangling."""


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE cookies (a)")
        database.commit()


@pytest.mark.parametrize("make", [_nothing, _other_database])
@pytest.mark.parametrize("store", ["desk", "claims", "calls"])
def test_a_linked_file_is_refused_in_words_and_untouched(tmp_path: Path, make: object, store: str) -> None:
    """Neither made nor changed where the link leads; the message says what it is."""
    target = tmp_path / "elsewhere"
    assert callable(make)
    make(target)
    before = target.read_bytes() if target.exists() else None
    folder = tmp_path / "out"
    folder.mkdir()
    link = folder / (FILE if store == "desk" else "file.sqlite")
    link.symlink_to(target)
    if store == "desk":
        with pytest.raises(DeskError) as refused:
            DeskStore.open(folder)
        said = str(refused.value)
    else:
        opened = ClaimIndex(link) if store == "claims" else Calls(link)
        said = opened.note or ""
        opened.close()
    assert "is a link; put the file itself there" in said
    assert (target.read_bytes() if target.exists() else None) == before
    assert link.is_symlink()
    assert [each.name for each in folder.iterdir()] == [link.name]


def _said(store: str, folder: Path) -> str:
    """Open a store of a folder and return what it says for a person."""
    file = folder / _NAMES[store]
    if store in ("claims", "calls"):
        opened = ClaimIndex(file) if store == "claims" else Calls(file)
        opened.close()
        return opened.note or ""
    with pytest.raises((DeskError, StoreError)) as refused:
        DeskStore.open(folder) if store == "desk" else BatchState(folder)
    return str(refused.value)


_NAMES = {"desk": FILE, "claims": "claims.sqlite", "calls": "calls.sqlite", "batch": "batch.sqlite"}


@pytest.mark.parametrize("store", _NAMES)
def test_a_planted_journal_deletes_nothing(tmp_path: Path, store: str) -> None:
    """SQLite deletes the file that a journal names as its super-journal: such a database is not opened."""
    victim = tmp_path / "notes.txt"
    victim.write_text("years of work")
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / _NAMES[store]
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE t (a)")
        database.commit()
    before, name = file.read_bytes(), str(victim).encode()
    magic = bytes.fromhex("d9d505f920a163d7")
    head = magic + struct.pack(">5I", 0, 1, len(before) // 4096, 512, 4096)
    named = struct.pack(">I", 2**30 // 4096 + 1) + name + struct.pack(">2I", len(name), sum(name)) + magic
    journal = file.with_name(f"{file.name}-journal")
    journal.write_bytes(head.ljust(512, b"\0") + named)
    assert f"{journal.name} beside it would delete another file" in _said(store, folder)
    assert victim.read_text() == "years of work"
    assert file.read_bytes() == before


@pytest.mark.parametrize("store", _NAMES)
@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_a_link_beside_a_database_is_not_followed(tmp_path: Path, store: str, ending: str) -> None:
    """Nothing is written where it leads."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / f"{_NAMES[store]}{ending}").symlink_to(tmp_path / "elsewhere")
    assert f"{ending} beside it is a link" in _said(store, folder)
    assert not (tmp_path / "elsewhere").exists()


def test_a_linked_folder_is_the_users_own_choice(tmp_path: Path) -> None:
    """A cache on another disk goes on working."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "cache").symlink_to(tmp_path / "disk")
    store = Calls(tmp_path / "cache" / "briefs" / "calls.sqlite")
    store.put("key", "reply")
    assert (store.get("key"), store.note) == ("reply", None)
    store.close()
