"""Finished model calls on disk: what was paid for once is not asked for again, whatever ends the run.

One SQLite file. A call that was put is committed and synced before `put` returns, so that a killed process
or a power cut loses none. Replies hold words of unpublished articles: the file is its owner's alone. Nothing
here stops a run: where the file cannot be used, calls are made and not kept, and `note` says why. A damaged
file is put aside and a new one begun.
"""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from briefs.errors import ConfigError
from briefs.store.database import (
    close,
    connect,
    is_damage,
    is_held,
    lacks_room,
    put_aside,
    reason,
    run_script,
    transaction,
    version_of,
)

SCHEMA_VERSION = 1
MOST_BYTES = 500_000_000
"""The file's size from which the replies used longest ago are dropped: some 200,000 calls."""

_WAIT = 5.0
"""Seconds that another run may hold the file before a call goes unkept; after the first, a tenth of one."""
_TABLES = """
CREATE TABLE calls (
  key TEXT PRIMARY KEY,      -- SHA-256 of where a call goes and what it says
  reply TEXT NOT NULL,
  used INTEGER NOT NULL      -- seconds since 1970, of the last run that needed it
);
CREATE INDEX calls_used ON calls (used);
"""

ResultT = TypeVar("ResultT")


class Calls:
    """The finished calls in one file, made with its folder where there is none; any thread may use it.

    Several runs may share a file: it is opened in WAL mode. Raises ConfigError when a newer version of
    briefs made the file.
    """

    def __init__(self, path: Path, *, most_bytes: int = MOST_BYTES, wait: float = _WAIT) -> None:
        self.note: str | None = None
        """One line for a person when calls are not kept, or a damaged file was put aside."""
        self._path, self._most_bytes, self._wait = path, most_bytes, wait
        self._lock = Lock()
        self._used: set[str] = set()
        self._database: sqlite3.Connection | None = None
        with self._lock:
            self._guarded(self._open, None)

    def get(self, key: str) -> str | None:
        """Return the reply to a call that was finished, or none."""

        def read() -> str | None:
            if self._database is None:
                return None
            row = self._database.execute("SELECT reply FROM calls WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            self._used.add(key)
            return str(row[0])

        with self._lock:
            return self._guarded(read, None)

    def put(self, key: str, reply: str) -> None:
        """Keep the reply to a finished call; on return it is on the disk."""

        def write() -> None:
            if self._database is not None:
                self._database.execute(
                    "INSERT OR REPLACE INTO calls VALUES (?, ?, ?)", (key, reply, int(time.time()))
                )

        with self._lock:
            self._guarded(write, None)

    def forget(self) -> None:
        """Drop all replies, so that every call is made anew."""

        def drop() -> None:
            if self._database is not None:
                self._database.execute("DELETE FROM calls")

        with self._lock:
            self._guarded(drop, None)

    def close(self) -> None:
        """Note which replies were used, drop the oldest where there are too many, and close the file."""
        with self._lock:
            self._guarded(self._tidy, None)
            self._disconnect()

    def _open(self) -> None:
        # The second time alone: a full disk has no room for the files that go with sharing.
        for alone in (False, True):
            try:
                self._connect(alone=alone)
                return
            except BaseException as error:
                self._disconnect()
                if alone or not (isinstance(error, sqlite3.OperationalError) and lacks_room(error)):
                    raise

    def _connect(self, *, alone: bool) -> None:
        self._database = connect(self._path, wait=self._wait)
        if alone:  # SQLite then keeps in memory what it else shares with other processes in a file
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
        found = version_of(self._database)
        if found > SCHEMA_VERSION:
            raise ConfigError(
                f"{self._path}: made by a newer version of briefs; update briefs, or delete the file "
                "(calls are then made again)"
            )
        if found == 0:
            self._database.execute("PRAGMA auto_vacuum = INCREMENTAL")
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        if found == 0:
            self._make_tables(self._database)

    @staticmethod
    def _make_tables(database: sqlite3.Connection) -> None:
        with transaction(database):
            if version_of(database) == 0:  # no other run was faster
                run_script(database, _TABLES)
                database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _tidy(self) -> None:
        database = self._database
        if database is None:
            return
        now = int(time.time())
        database.execute("BEGIN IMMEDIATE")
        database.executemany("UPDATE calls SET used = ? WHERE key = ?", [(now, key) for key in self._used])
        database.execute("COMMIT")
        if self._size(database) <= self._most_bytes:
            return
        while self._size(database) > 0.8 * self._most_bytes:
            dropped = database.execute(
                "DELETE FROM calls WHERE key IN (SELECT key FROM calls ORDER BY used LIMIT 1000)"
            ).rowcount
            if not dropped:
                break
        database.executescript("PRAGMA incremental_vacuum")  # `execute` frees a single page

    @staticmethod
    def _size(database: sqlite3.Connection) -> int:
        pages, free, size = (
            int(database.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        return (pages - free) * size

    def _guarded(self, work: Callable[[], ResultT], otherwise: ResultT) -> ResultT:
        """Do `work`; a damaged file is put aside and `work` done on a new one, other troubles are noted."""
        try:
            return work()
        except (sqlite3.Error, OSError) as error:
            if not is_damage(error):
                return self._failed(error, otherwise)
        try:
            self._put_aside()
            self._open()
            return otherwise if work == self._open else work()
        except (sqlite3.Error, OSError) as error:
            return self._failed(error, otherwise)

    def _failed(self, error: sqlite3.Error | OSError, otherwise: ResultT) -> ResultT:
        """Go on without; where the file was opened, for this call alone.

        On a full disk what was kept before is still read, or it would be paid for again; and the disk may
        have room for the next call.
        """
        if self._database is not None and is_held(error):
            self._database.execute("PRAGMA busy_timeout = 100")
        self.note = (
            f"{self._path}: finished calls are not kept ({reason(error)}); "
            "a run after this one makes them again"
        )
        return otherwise

    def _put_aside(self) -> None:
        self._disconnect()
        aside = put_aside(self._path)
        self.note = f"{self._path}: damaged; it was put aside as {aside.name}, and its calls are made again"

    def _disconnect(self) -> None:
        close(self._database)
        self._database = None
