"""A claim index as version 1 of its schema wrote it: its tables and one article of two claims, frozen.

Nothing here may change with the code: it is what lies on people's disks.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE folders (number INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, folder INTEGER NOT NULL,
  slug TEXT NOT NULL, size INTEGER, written INTEGER, fingerprint BLOB NOT NULL, record TEXT NOT NULL,
  unrelated INTEGER NOT NULL);
CREATE INDEX articles_folder ON articles (folder);
CREATE INDEX articles_unrelated ON articles (id) WHERE unrelated;
CREATE TABLE claims (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article INTEGER NOT NULL,
  place INTEGER NOT NULL, record TEXT NOT NULL, keys BLOB NOT NULL);
CREATE INDEX claims_article ON claims (article);
CREATE TABLE keys (key INTEGER NOT NULL, spot INTEGER NOT NULL, claim INTEGER NOT NULL,
  PRIMARY KEY (key, spot, claim)) WITHOUT ROWID;
CREATE VIRTUAL TABLE terms USING fts5 (tokens, detail = none, tokenize = ascii);
CREATE TABLE term_counts (token INTEGER PRIMARY KEY, claims INTEGER NOT NULL);
CREATE TABLE bands (band INTEGER NOT NULL, spot INTEGER NOT NULL, article INTEGER NOT NULL,
  PRIMARY KEY (band, spot, article)) WITHOUT ROWID;
CREATE INDEX bands_article ON bands (article);
CREATE TABLE relations (one INTEGER NOT NULL, other INTEGER NOT NULL, aspect TEXT NOT NULL,
  kind TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (one, other, aspect)) WITHOUT ROWID;
CREATE INDEX relations_other ON relations (other);
CREATE TABLE pending (article INTEGER PRIMARY KEY);
PRAGMA user_version = 1;
"""
SKETCH = (40, -1, 7, 4_294_967_294)
_TITLE = "Zwölf „Boote“ gezählt"


def make(path: Path) -> None:
    """Make the file: articles "a" and "b" in the folder "out", a claim each, related as the same."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(TABLES)
        database.execute("INSERT INTO about VALUES ('rules', 'r1')")
        database.execute("INSERT INTO folders VALUES (1, ?)", (b"out",))
        for number, name in ((3, "a"), (7, "b")):
            record = {
                "id": name,
                "slug": f"{name}-slug",
                "title": _TITLE,
                "text_sha256": "0" * 64,
                "sketch": SKETCH,
            }
            database.execute(
                "INSERT INTO articles VALUES (?, ?, 1, ?, 10, 20, ?, ?, 0)",
                (number, name, f"{name}-slug", b"f" * 16, json.dumps(record, ensure_ascii=False)),
            )
            claim = {
                "id": f"{name}.0",
                "article": name,
                "quote": {"start": 0, "end": 4, "text": "Zwei"},
                "standalone": "Zwei",
                "type": "event",
                "level": "low",
                "attribution": {"kind": "unattributed"},
            }
            database.execute(
                "INSERT INTO claims VALUES (?, ?, ?, 0, ?, ?)",
                (number * 10, f"{name}.0", number, json.dumps(claim), (99).to_bytes(8, "little")),
            )
            database.execute("INSERT INTO keys VALUES (99, 5, ?)", (number * 10,))
            database.execute("INSERT INTO terms (rowid, tokens) VALUES (?, 'abc')", (number * 10,))
            database.execute("INSERT INTO bands VALUES (1, 1, ?)", (number,))
        database.execute("INSERT INTO term_counts VALUES (?, 2)", (int("abc", 16),))
        relation = {"one": "a.0", "other": "b.0", "kind": "same", "aspect": "wording", "note": "A note."}
        database.execute(
            "INSERT INTO relations VALUES (30, 70, 'wording', 'same', ?)", (json.dumps(relation),)
        )
        database.execute("INSERT INTO pending VALUES (7)")
