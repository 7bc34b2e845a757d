"""The claim index's file: opened, held for a piece of work, given up with a word where it cannot be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefs.errors import StoreError
from briefs.store import database as files
from briefs.store.claim_index import schema


class DamagedRowError(sqlite3.DatabaseError):
    """A row that SQLite reads, and that does not hold what was written."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@contextmanager
def telling_damage() -> Iterator[None]:
    """Turn what is raised over rows that are not as they were written into a DamagedRowError."""
    try:
        yield
    except (ValueError, TypeError, LookupError) as error:
        raise DamagedRowError("a row does not hold what was written") from error


_READY = 512
"""Statements that stay prepared: each is made for thirteen sizes of portions."""


class IndexFile:
    """One SQLite file; raises ConfigError when a newer version of briefs made it, or it is something else."""

    def __init__(self, path: Path, *, rules: str | None, wait: float) -> None:
        self.path = path
        self.note: str | None = None
        """One line for a person when the file cannot be used, or a damaged one was put aside."""
        self._rules, self._wait = rules, wait
        self._open: sqlite3.Connection | None = None
        self.is_held = False
        """Whether a piece of work is under way."""
        try:
            self._connect()
        except (sqlite3.Error, OSError) as error:
            self._meet(error)

    @property
    def usable(self) -> bool:
        """Tell whether the file can be used."""
        return self._open is not None

    @property
    def database(self) -> sqlite3.Connection:
        """Return the connection; raises StoreError where there is none."""
        if self._open is None:
            raise StoreError(self.note or f"{self.path}: closed")
        return self._open

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Turn what SQLite says into a StoreError and a note; put a damaged file aside.

        Rows that are not as they were written count as damage, too: only the index may work within.
        """
        if self.is_held:
            with telling_damage():
                yield self.database
            return
        with self._meeting(), telling_damage():
            yield self.database

    @contextmanager
    def _meeting(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self._meet(error)
            raise StoreError(self.note) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the file for one piece of work that is kept wholly or not at all; may be nested."""
        if self.is_held:
            yield self.database
            return
        with self._meeting(), files.transaction(database := self.database):
            self.is_held = True
            try:
                self._check_rules(database)
                yield database
            finally:
                self.is_held = False

    def vacuum(self) -> None:
        """Write the file anew without what was removed; raises StoreError where another run uses it."""
        with self.writing() as database:
            # Full-text search keeps a removed row's terms until its parts are merged.
            database.execute("INSERT INTO terms (terms) VALUES ('optimize')")
        with self.reading() as database:
            database.execute("VACUUM")
            held = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if held:
            raise StoreError(f"{self.path}: another run uses it; vacuum it again when that has ended")

    def close(self) -> None:
        """Close the file."""
        files.close(self._open)
        self._open = None

    def _connect(self) -> None:
        if files.is_foreign(self.path):  # putting it aside would be moving a person's work
            raise schema.no_index(self.path)
        try:
            self._open = files.connect(self.path, wait=self._wait, ready=_READY)
            schema.prepare(self._open, self.path)
            if self._rules is not None:
                schema.adopt(self._open, self._rules)
        except BaseException:
            self.close()
            raise

    def _check_rules(self, database: sqlite3.Connection) -> None:
        """Refuse to mix entries made by different rules, when another version empties the file meanwhile."""
        is_newer = files.version_of(database) != schema.SCHEMA_VERSION
        if is_newer or (self._rules is not None and schema.rules_of(database) != self._rules):
            self.note = f"{self.path}: another version of briefs has taken it over; articles are not related"
            self.close()
            raise StoreError(self.note)

    def _meet(self, error: sqlite3.Error | OSError) -> None:
        self.close()
        if files.is_damage(error):
            try:
                aside = files.put_aside(self.path)
                self._connect()
            except (sqlite3.Error, OSError) as second:
                error = second
            else:
                self.note = (
                    f"{self.path}: damaged; it was put aside as {aside.name}, and is filled from the outputs"
                )
                return
        reason = files.reason(error)
        if "fts5" in reason:
            reason = "this Python's SQLite has no full-text search, FTS5"
        self.note = f"{self.path}: articles are not related ({reason}); the briefs are whole"
