"""The SQLite file of a submission and the folder of its files on their way, held by one command at a time."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from briefs.batch.rows import SCHEMA_VERSION, TABLES
from briefs.errors import ConfigError, StoreError
from briefs.store.database import (
    close,
    connect,
    is_empty,
    is_held,
    reason,
    run_script,
    transaction,
    version_of,
)

FILE = "batch.sqlite"
FOLDER = ".batch"
"""Folder within the output folder for files on their way."""


class HeldFile:
    """The file, a context; every method raises StoreError where it cannot be used."""

    def __init__(self, out: Path) -> None:
        """Open the file of an output folder, made where there is none, and hold it.

        Raises ConfigError where a newer version or another program made it, StoreError where it cannot be
        used or another command holds it.
        """
        self.path, self.folder = out / FILE, out / FOLDER
        self._database: sqlite3.Connection | None = None
        try:
            self._database = connect(self.path, wait=0.5)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._check()
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            with transaction(self._db):  # the first write takes the lock, for good
                if version_of(self._db) == 0:
                    run_script(self._db, TABLES)
                self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            self._make_folder()
            self._settle()
        except (sqlite3.Error, OSError) as error:
            close(self._database)
            if is_held(error):
                raise StoreError(
                    f"{self.path}: another `briefs batch` is at work here; wait for it"
                ) from None
            raise self._unusable(error) from None
        except BaseException:
            close(self._database)
            raise

    def _check(self) -> None:
        """Raise ConfigError for what a newer version or another program made; nothing is written before."""
        found = version_of(self._db)
        if found > SCHEMA_VERSION:
            raise ConfigError(f"{self.path}: made by a newer version of briefs; update briefs")
        if found == 0 and not is_empty(self._db):
            raise ConfigError(f"{self.path}: is another program's database; move it, or choose another --out")

    def _make_folder(self) -> None:
        """Make the folder for files on their way, for its owner alone; raises ConfigError for another."""
        try:
            self.folder.mkdir(mode=0o700)
        except FileExistsError:
            found = self.folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or (hasattr(os, "geteuid") and found.st_uid != os.geteuid()):
                raise ConfigError(
                    f"{self.folder}: is a link, a file or somebody else's folder; move it away"
                ) from None
            self.folder.chmod(0o700)

    def _settle(self) -> None:
        """Put in order what a killed command left behind; the file is held by then."""

    @staticmethod
    def is_in(out: Path) -> bool:
        """Return whether an output folder has such a file."""
        return (out / FILE).is_file()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        database, self._database = self._database, None
        close(database)
        with suppress(OSError):
            self.folder.rmdir()  # where nothing is on its way

    @property
    def _db(self) -> sqlite3.Connection:
        if self._database is None:
            raise RuntimeError("the state is closed")
        return self._database

    def _do(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Carry out one statement; raises StoreError."""
        try:
            return self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise self._unusable(error) from None

    def _unusable(self, error: Exception) -> StoreError:
        return StoreError(f"{self.path}: cannot be used ({reason(error)})")

    @contextmanager
    def durably(self) -> Iterator[sqlite3.Connection]:
        """Do a piece of work wholly or not at all; at the end it is on the disk."""
        try:
            self._db.execute("PRAGMA synchronous = FULL")
            try:
                with transaction(self._db):
                    yield self._db
            finally:
                self._db.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error as error:
            raise self._unusable(error) from None
