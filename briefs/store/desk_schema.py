"""The tables of the desk's file, and how a file of an older version becomes one of this version."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from briefs.errors import ConfigError
from briefs.store.database import back_up, is_empty, run_script, transaction, version_of

SCHEMA_VERSION = 1
APPLICATION_ID = 0x62_72_64_6B
"""How the file says that it is a desk's: "brdk"."""

TABLES = """
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given twice
  at TEXT NOT NULL,                        -- UTC, ISO 8601 with seconds
  who TEXT NOT NULL,
  door TEXT NOT NULL,
  article TEXT NOT NULL,
  brief TEXT NOT NULL,
  moved_to TEXT,                           -- the id that the claim goes on under, where this event says so,
  moved_into TEXT,                         -- and the article
  what TEXT NOT NULL                       -- Happening, as JSON
);
CREATE INDEX events_article ON events (article, seq);
CREATE INDEX events_brief ON events (brief, seq);
CREATE INDEX events_moved_to ON events (moved_to) WHERE moved_to IS NOT NULL;
CREATE INDEX events_moved_into ON events (moved_into) WHERE moved_into IS NOT NULL;
CREATE TRIGGER events_stay BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END;
CREATE TRIGGER events_last BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'what was recorded is never deleted'); END;
CREATE TRIGGER events_append BEFORE INSERT ON events
  WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq)
  BEGIN SELECT RAISE(ABORT, 'what was recorded is never replaced'); END;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE texts (
  sha256 TEXT PRIMARY KEY,
  text BLOB NOT NULL                       -- zlib over UTF-8
) WITHOUT ROWID;
CREATE TABLE generated (
  slug TEXT PRIMARY KEY,
  text BLOB NOT NULL                       -- the last Markdown that the tool wrote
) WITHOUT ROWID;
CREATE TABLE persons (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  slug TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  text BLOB NOT NULL,                      -- a person's Markdown as it was before a merge
  UNIQUE (slug, sha256)
)"""

MIGRATIONS: Mapping[int, Callable[[sqlite3.Connection], None]] = MappingProxyType({})
"""What makes version n + 1 of a file of version n, within the transaction that is open."""


class DamagedFileError(sqlite3.DatabaseError):
    """A file in which SQLite finds damage."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def prepare(database: sqlite3.Connection, path: Path) -> None:
    """Set a connection up, and bring its file to this version, an older one after a copy of it is made.

    Raises ConfigError for a file of a newer version, or one that is no desk's; OSError, sqlite3.Error.
    """
    found = _checked_version(database, path)
    _check_pages(database)
    if database.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        database.execute("PRAGMA journal_mode = WAL")
    # What an editor was told is recorded must outlive a power cut.
    database.execute("PRAGMA synchronous = FULL")
    if found == SCHEMA_VERSION:
        return
    with transaction(database):
        found = _checked_version(database, path)  # another process may have been faster
        if found == SCHEMA_VERSION:
            return
        if found == 0:
            run_script(database, TABLES)
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        else:
            back_up(path)
            for version in range(found, SCHEMA_VERSION):
                MIGRATIONS[version](database)
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def no_desk(path: Path) -> ConfigError:
    """Return the error for a file that is no desk's, and that is left as it is."""
    return ConfigError(f"{path}: holds something else than an editor's decisions; move it out of the folder")


def _checked_version(database: sqlite3.Connection, path: Path) -> int:
    found, whose = version_of(database), database.execute("PRAGMA application_id").fetchone()[0]
    if whose != APPLICATION_ID and not (is_empty(database) and whose == found == 0):
        raise no_desk(path)
    if found > SCHEMA_VERSION:
        raise ConfigError(f"{path}: made by a newer version of briefs; update briefs (it is left as it is)")
    return found


def _check_pages(database: sqlite3.Connection) -> None:
    """Raise sqlite3.DatabaseError for a file with a damaged page, before anybody adds to it."""
    said = database.execute("PRAGMA quick_check (1)").fetchone()[0]
    if said != "ok":
        raise DamagedFileError(str(said))
