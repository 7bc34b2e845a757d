"""The tables of the claim index, and how a file of an older version becomes one of this version."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from briefs.errors import ConfigError
from briefs.store.claim_index.entry import packed_sketch, posting, unpacked
from briefs.store.database import back_up, run_script, transaction, version_of

SCHEMA_VERSION = 4
_CACHE_KIB = 64_000
_CHECKPOINT = 4_000
"""Pages after which what was written goes into the file: articles change many pages of the keys twice."""

_KEPT = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE folders (
  number INTEGER PRIMARY KEY,
  path BLOB NOT NULL UNIQUE      -- as the system writes it; relative to the index's folder where it is in it
)"""
_MADE = """
CREATE TABLE articles (
  number INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given twice
  id TEXT NOT NULL UNIQUE,
  folder INTEGER NOT NULL,
  slug TEXT NOT NULL,
  size INTEGER,                  -- of its JSON file when that was last read or written, in bytes
  written INTEGER,               -- when it was last written, in nanoseconds since 1970
  fingerprint BLOB NOT NULL,     -- of all that was put
  record TEXT NOT NULL,          -- IndexedArticle without its claims and its sketch
  sketch BLOB NOT NULL,
  unrelated INTEGER NOT NULL     -- 1: to be compared with the others
);
CREATE INDEX articles_folder ON articles (folder);
CREATE INDEX articles_unrelated ON articles (id) WHERE unrelated;
CREATE TABLE claims (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL,
  place INTEGER NOT NULL,
  record TEXT NOT NULL,          -- IndexedClaim
  keys BLOB NOT NULL,            -- hashes of its blocking keys
  terms TEXT NOT NULL            -- tokens of its terms
);
CREATE INDEX claims_article ON claims (article);
CREATE TABLE heads (             -- what `MayRelate` is given of articles, apart: it is read far more often
  article INTEGER PRIMARY KEY,
  outline TEXT NOT NULL
);
CREATE TABLE outlines (          -- the same of claims
  claim INTEGER PRIMARY KEY,
  article INTEGER NOT NULL,
  outline TEXT NOT NULL
);
CREATE TABLE keys (
  key INTEGER NOT NULL,
  filed INTEGER NOT NULL,        -- `posting` of the claim: the first of a key are its hubs
  PRIMARY KEY (key, filed)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE terms USING fts5 (   -- filed by `posting`, too
  tokens, content = '', columnsize = 0, detail = none, tokenize = ascii
);
CREATE TABLE relations (
  one INTEGER NOT NULL,
  other INTEGER NOT NULL,
  aspect TEXT NOT NULL,
  kind TEXT NOT NULL,
  record TEXT NOT NULL,          -- Relation
  PRIMARY KEY (one, other, aspect)
) WITHOUT ROWID;
CREATE INDEX relations_other ON relations (other);
CREATE TABLE pending (article INTEGER PRIMARY KEY)"""
_TABLES = ("articles", "claims", "heads", "outlines", "keys", "terms", "relations", "pending")

_TO_2 = """
DROP TABLE bands;
ALTER TABLE articles RENAME TO old_articles;
ALTER TABLE claims RENAME TO old_claims;
DROP INDEX articles_folder;
DROP INDEX articles_unrelated;
DROP INDEX claims_article;
CREATE TABLE articles (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  folder INTEGER NOT NULL, slug TEXT NOT NULL, size INTEGER, written INTEGER, fingerprint BLOB NOT NULL,
  record TEXT NOT NULL, sketch BLOB NOT NULL, unrelated INTEGER NOT NULL);
CREATE INDEX articles_folder ON articles (folder);
CREATE INDEX articles_unrelated ON articles (id) WHERE unrelated;
CREATE TABLE claims (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL, place INTEGER NOT NULL, record TEXT NOT NULL, keys BLOB NOT NULL);
CREATE INDEX claims_article ON claims (article);
INSERT INTO claims SELECT number, id, article, place, record, keys FROM old_claims;
DROP TABLE old_claims;
CREATE TABLE key_counts (key INTEGER PRIMARY KEY, claims INTEGER NOT NULL);
INSERT INTO key_counts SELECT key, count(*) FROM keys GROUP BY key"""


def _to_2(database: sqlite3.Connection) -> None:
    """Take sketches out of the records, drop their bands, and give no number twice."""
    run_script(database, _TO_2)
    for row in database.execute("SELECT * FROM old_articles ORDER BY number"):
        *head, record, unrelated = row
        article = json.loads(record)
        sketch = packed_sketch(tuple(article.pop("sketch", ())))
        values = (*head, json.dumps(article, ensure_ascii=False), sketch, unrelated)
        database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    database.execute("DROP TABLE old_articles")


_TO_3 = """
DROP TABLE keys;
DROP TABLE key_counts;
DROP TABLE term_counts;
ALTER TABLE articles RENAME TO old_articles;
ALTER TABLE claims RENAME TO old_claims;
DROP INDEX articles_folder;
DROP INDEX articles_unrelated;
DROP INDEX claims_article;
CREATE TABLE articles (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  folder INTEGER NOT NULL, slug TEXT NOT NULL, size INTEGER, written INTEGER, fingerprint BLOB NOT NULL,
  record TEXT NOT NULL, sketch BLOB NOT NULL, outline TEXT NOT NULL, unrelated INTEGER NOT NULL);
CREATE INDEX articles_folder ON articles (folder);
CREATE INDEX articles_unrelated ON articles (id) WHERE unrelated;
CREATE TABLE claims (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL, place INTEGER NOT NULL, record TEXT NOT NULL, keys BLOB NOT NULL,
  terms TEXT NOT NULL, outline TEXT NOT NULL);
CREATE INDEX claims_article ON claims (article);
INSERT INTO articles SELECT number, id, folder, slug, size, written, fingerprint, record, sketch, '',
  unrelated FROM old_articles;
DROP TABLE old_articles;
CREATE TABLE keys (key INTEGER NOT NULL, filed INTEGER NOT NULL, PRIMARY KEY (key, filed)) WITHOUT ROWID;
CREATE TABLE old_terms (number INTEGER PRIMARY KEY, tokens TEXT NOT NULL);
INSERT INTO old_terms SELECT rowid, tokens FROM terms;
DROP TABLE terms;
CREATE VIRTUAL TABLE terms USING fts5 (
  tokens, content = '', columnsize = 0, detail = none, tokenize = ascii
)"""


def _to_3(database: sqlite3.Connection) -> None:
    """File keys and terms in the order of hubs; nothing is said yet of whether claims may relate."""
    run_script(database, _TO_3)
    for number, identifier, *head, keys, tokens in database.execute(
        "SELECT number, id, article, place, record, keys, tokens FROM old_claims "
        "JOIN old_terms USING (number) ORDER BY number"
    ):
        values = (number, identifier, *head, keys, tokens, "")
        database.execute("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        filed = posting(identifier, number)
        database.executemany("INSERT INTO keys VALUES (?, ?)", [(key, filed) for key in unpacked(keys)])
        database.execute("INSERT INTO terms (rowid, tokens) VALUES (?, ?)", (filed, tokens))
    database.execute("DROP TABLE old_claims")
    database.execute("DROP TABLE old_terms")


_TO_4 = """
ALTER TABLE articles RENAME TO old_articles;
ALTER TABLE claims RENAME TO old_claims;
DROP INDEX articles_folder;
DROP INDEX articles_unrelated;
DROP INDEX claims_article;
CREATE TABLE articles (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  folder INTEGER NOT NULL, slug TEXT NOT NULL, size INTEGER, written INTEGER, fingerprint BLOB NOT NULL,
  record TEXT NOT NULL, sketch BLOB NOT NULL, unrelated INTEGER NOT NULL);
CREATE INDEX articles_folder ON articles (folder);
CREATE INDEX articles_unrelated ON articles (id) WHERE unrelated;
CREATE TABLE claims (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL, place INTEGER NOT NULL, record TEXT NOT NULL, keys BLOB NOT NULL,
  terms TEXT NOT NULL);
CREATE INDEX claims_article ON claims (article);
CREATE TABLE heads (article INTEGER PRIMARY KEY, outline TEXT NOT NULL);
CREATE TABLE outlines (claim INTEGER PRIMARY KEY, article INTEGER NOT NULL, outline TEXT NOT NULL);
INSERT INTO articles SELECT number, id, folder, slug, size, written, fingerprint, record, sketch, unrelated
  FROM old_articles;
INSERT INTO claims SELECT number, id, article, place, record, keys, terms FROM old_claims;
INSERT INTO heads SELECT number, outline FROM old_articles;
INSERT INTO outlines SELECT number, article, outline FROM old_claims;
DROP TABLE old_articles;
DROP TABLE old_claims"""


def _to_4(database: sqlite3.Connection) -> None:
    """Keep what tells whether claims may relate apart from what is read of those that may."""
    run_script(database, _TO_4)


MIGRATIONS: Mapping[int, Callable[[sqlite3.Connection], None]] = MappingProxyType(
    {1: _to_2, 2: _to_3, 3: _to_4}
)
"""What makes version n + 1 of a file of version n, within the transaction that is open."""


def prepare(database: sqlite3.Connection, path: Path) -> None:
    """Set a connection up, and bring its file to this version, an older one after a copy of it is made.

    Raises ConfigError for a file of a newer version, or one that is no claim index; sqlite3.Error.
    """
    found = _checked_version(database, path)
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    # What is taken out is overwritten: a removed article's words must not stay in the file.
    database.execute("PRAGMA secure_delete = ON")
    database.execute("PRAGMA journal_mode = WAL")
    # A power cut may cost the last transactions, never the file; outputs tell what they held.
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
    if found == SCHEMA_VERSION:
        return
    with transaction(database):
        found = _checked_version(database, path)  # another run may have been faster
        if found == 0:
            run_script(database, _KEPT)
            run_script(database, _MADE)
        elif found < SCHEMA_VERSION:
            back_up(path)
            for version in range(found, SCHEMA_VERSION):
                MIGRATIONS[version](database)
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def no_index(path: Path) -> ConfigError:
    """Return the error for a file that is no claim index, and that is left as it is."""
    return ConfigError(f"{path}: holds something else than claims; name another file with --store")


def rules_of(database: sqlite3.Connection) -> str | None:
    """Return the name of the rules by which a file's entries were made; none for a new file."""
    row = database.execute("SELECT value FROM about WHERE name = 'rules'").fetchone()
    return None if row is None else str(row[0])


def adopt(database: sqlite3.Connection, rules: str) -> None:
    """Forget the articles of a file whose entries were made by other rules; output folders stay known."""
    if rules_of(database) == rules:
        return
    with transaction(database):
        if rules_of(database) not in (None, rules):
            for name in _TABLES:
                database.execute(f"DROP TABLE {name}")
            run_script(database, _MADE)
        database.execute("INSERT OR REPLACE INTO about VALUES ('rules', ?)", (rules,))


def _checked_version(database: sqlite3.Connection, path: Path) -> int:
    found = version_of(database)
    if found > SCHEMA_VERSION:
        raise ConfigError(
            f"{path}: made by a newer version of briefs; update briefs, or name another file with --store "
            "(it is filled from the outputs)"
        )
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and "claims" not in tables:
        raise no_index(path)
    return found
