"""SQLite files that several runs share: for their owner alone, damaged ones put aside."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from errno import ELOOP, EPERM
from pathlib import Path

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_MAGIC = b"SQLite format 3\0"
"""What the first bytes of every SQLite file say."""
_READY = 128
"""Statements that a connection keeps ready; each takes some 7 kB."""
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
COMPANIONS = ("-wal", "-shm")
"""Endings of the files that SQLite keeps beside one in WAL mode."""
_JOURNAL = "-journal"
_BESIDE = (*COMPANIONS, _JOURNAL)
_NAMES_ANOTHER = bytes.fromhex("d9d505f920a163d7")
"""How a journal ends that names a super-journal, which SQLite deletes after a rollback."""


def connect(path: Path, *, wait: float, ready: int = _READY) -> sqlite3.Connection:
    """Open a file that only its owner can read, made with its folder where there is none.

    Statements commit by themselves unless a transaction was begun; `wait` is the number of seconds that
    another process may hold the file, `ready` how many statements stay prepared. A link in its place or
    beside it is not followed, nor is a journal carried out that would delete another file: whoever handed the
    folder on chose where they lead. Raises OSError or sqlite3.Error.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.is_symlink():
        raise OSError(ELOOP, "is a link; put the file itself there", str(path))
    _check_beside(path)
    # SQLite gives its other two files the permissions of this one.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
    return sqlite3.connect(
        path, timeout=wait, isolation_level=None, check_same_thread=False, cached_statements=ready
    )


def _check_beside(path: Path) -> None:
    """Raise OSError for a link beside a file, or a journal that names another: ours has nothing attached."""
    for each in (path.with_name(path.name + ending) for ending in _BESIDE):
        if each.is_symlink():
            raise OSError(ELOOP, f"{each.name} beside it is a link; delete that", str(each))
    journal = path.with_name(path.name + _JOURNAL)
    with suppress(FileNotFoundError), journal.open("rb") as file:
        file.seek(max(0, journal.stat().st_size - len(_NAMES_ANOTHER)))
        if file.read() == _NAMES_ANOTHER:
            raise OSError(
                EPERM, f"{journal.name} beside it would delete another file; delete that", str(journal)
            )


def is_foreign(path: Path) -> bool:
    """Tell whether something lies at `path` that SQLite never wrote: a person's file, or a pipe.

    An empty file is not foreign, nor is one whose beginning was lost to zeros. Raises OSError.
    """
    if not path.exists() or path.is_dir():
        return False
    if not path.is_file():
        return True
    with path.open("rb") as file:
        head = file.read(len(_MAGIC))
    return bool(head.strip(b"\0")) and not _MAGIC.startswith(head)


def is_empty(database: sqlite3.Connection) -> bool:
    """Tell whether a file has no table yet."""
    return database.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def version_of(database: sqlite3.Connection) -> int:
    """Return the schema version that a file states; 0 for a new one."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Do a piece of work wholly or not at all, with nobody else writing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise


def run_script(database: sqlite3.Connection, script: str) -> None:
    """Execute statements within the transaction that is open: `executescript` would commit it."""
    for statement in script.split(";\n"):
        database.execute(statement)


def close(database: sqlite3.Connection | None) -> None:
    """Close a connection; what is wrong with its file is no matter any more."""
    if database is not None:
        with suppress(sqlite3.Error):
            database.close()


def is_damage(error: Exception) -> bool:
    """Tell whether an error means that the file is no whole database of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return False
    return code & 0xFF in _DAMAGE or "no such table" in str(error) or "no such column" in str(error)


def is_held(error: Exception) -> bool:
    """Tell whether an error means that another process holds the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _HELD


def lacks_room(error: Exception) -> bool:
    """Tell whether an error may mean that no file can be made or grown beside a database."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _NO_ROOM


def reason(error: Exception) -> str:
    """Return the cause of an error in words for people."""
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)


def free_name(path: Path, word: str) -> Path:
    """Return the first of NAME.word-1, NAME.word-2 … that is free, beside `path`."""
    number = 1
    while (free := path.with_name(f"{path.name}.{word}-{number}")).exists():
        number += 1
    return free


def back_up(path: Path) -> None:
    """Copy a file beside itself, for its owner alone; raises OSError or sqlite3.Error where that fails."""
    copy = free_name(path, "backup")
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    # A connection of its own: one that is writing cannot be copied from.
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def put_aside(path: Path) -> Path:
    """Rename a damaged file, which must be closed, with what SQLite kept beside it; return its path."""
    aside = free_name(path, "damaged")
    path.replace(aside)
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return aside
