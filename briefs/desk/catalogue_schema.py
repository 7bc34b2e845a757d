"""The tables of the catalogue: a cache that anybody may delete, in a file of the desk's owner alone."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from briefs import __version__
from briefs.store.database import COMPANIONS, connect, is_empty, is_foreign, run_script

FILE = "desk-cache.sqlite"
"""Name of the file within an output folder."""
MADE_BY = f"{__version__} 2"
"""Of which tool and which tables rows are; others' rows are made anew."""
_TABLES = """
CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  slug TEXT PRIMARY KEY,
  stamp TEXT NOT NULL,                     -- of the JSON file when it was read
  problem TEXT NOT NULL DEFAULT '',        -- why it is none of ours; the rest is then empty
  id TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',
  outlet TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '',
  failures INTEGER NOT NULL DEFAULT 0,
  flags INTEGER NOT NULL DEFAULT 0,
  questions INTEGER NOT NULL DEFAULT 0,    -- open ones
  claims INTEGER NOT NULL DEFAULT 0,       -- dismissed ones left out, as in all that follow
  high INTEGER NOT NULL DEFAULT 0,
  high_open INTEGER NOT NULL DEFAULT 0,
  open INTEGER NOT NULL DEFAULT 0,
  usable INTEGER NOT NULL DEFAULT 0,
  correct INTEGER NOT NULL DEFAULT 0,
  soften INTEGER NOT NULL DEFAULT 0,
  cut INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  dismissed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX articles_id ON articles (id);
CREATE TABLE claims (
  row INTEGER PRIMARY KEY,
  slug TEXT NOT NULL,
  brief TEXT NOT NULL,
  number INTEGER NOT NULL,
  short TEXT NOT NULL,
  quote TEXT NOT NULL,
  said_by TEXT NOT NULL,
  source TEXT NOT NULL,
  level TEXT NOT NULL,
  score REAL NOT NULL,
  status TEXT NOT NULL,
  said TEXT NOT NULL,
  so TEXT NOT NULL,
  checker TEXT NOT NULL,
  date TEXT NOT NULL,
  signed INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  read_otherwise INTEGER NOT NULL,
  dismissed INTEGER NOT NULL,
  added INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  differs INTEGER NOT NULL,
  flags TEXT NOT NULL,                     -- values of FlagKind between spaces
  open_questions INTEGER NOT NULL
);
CREATE INDEX claims_slug ON claims (slug, number);
CREATE INDEX claims_order ON claims (score DESC, slug, number);
CREATE INDEX claims_status ON claims (dismissed, status);
CREATE INDEX claims_level ON claims (dismissed, level);
CREATE INDEX claims_source ON claims (dismissed, source);
CREATE TABLE flags (row INTEGER NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (kind, row)) WITHOUT ROWID;
CREATE INDEX flags_row ON flags (row);
CREATE TABLE questions (
  slug TEXT NOT NULL,
  brief TEXT NOT NULL,
  key TEXT NOT NULL,
  one TEXT NOT NULL,                       -- the same for what is one question to one somebody
  ask TEXT NOT NULL,
  text TEXT NOT NULL,
  settles TEXT NOT NULL,
  look_up INTEGER NOT NULL,
  first INTEGER NOT NULL,
  level TEXT NOT NULL,
  drafted_by TEXT NOT NULL,
  answer TEXT,
  answered_by TEXT,
  PRIMARY KEY (slug, brief, key)
) WITHOUT ROWID;
CREATE INDEX questions_one ON questions (one, answered_by, look_up, level, first);
CREATE VIRTUAL TABLE words USING fts5 (
  short, quote, standalone, said_by, note, title, tokenize = "unicode61 remove_diacritics 2"
)"""


def opened(folder: Path) -> sqlite3.Connection:
    """Open the catalogue of a folder; what cannot be used is made anew, in memory where it cannot be kept."""
    path = folder / FILE
    if not path.is_symlink():
        for _ in range(2):
            try:
                if is_foreign(path):
                    break
                return _prepared(connect(path, wait=5))
            except (sqlite3.Error, OSError):
                _drop(path)
    return in_memory()


def in_memory() -> sqlite3.Connection:
    """Return an empty catalogue that is gone with the process."""
    return _prepared(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))


def _prepared(database: sqlite3.Connection) -> sqlite3.Connection:
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")  # a cache: what a power cut damages is made anew
        database.execute("PRAGMA cache_size = -16000")
        database.execute("PRAGMA temp_store = MEMORY")
        database.execute("CREATE TEMP TABLE IF NOT EXISTS found (row INTEGER PRIMARY KEY)")
        if not is_empty(database):
            made = database.execute("SELECT value FROM kept WHERE name = 'made_by'").fetchone()
            if made is None or made[0] != MADE_BY:
                raise sqlite3.DatabaseError("of another version")
            database.execute("SELECT slug FROM articles LIMIT 1").fetchone()
        else:
            database.execute("BEGIN IMMEDIATE")
            run_script(database, _TABLES)
            database.execute("INSERT INTO kept VALUES ('made_by', ?)", (MADE_BY,))
            database.execute("COMMIT")
    except BaseException:
        database.close()
        raise
    return database


def _drop(path: Path) -> None:
    for ending in ("", *COMPANIONS):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)
