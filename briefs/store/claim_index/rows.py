"""Articles and claims as rows: put in wholly, taken out wholly."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple, TypeVar

from briefs.store.claim_index.entry import (
    Entry,
    hashes,
    is_text,
    packed,
    packed_sketch,
    spot,
    unpacked,
    written,
)

ValueT = TypeVar("ValueT", int, str)

_AT_ONCE = 500
"""Values in one statement, well under what any SQLite allows."""


class ClaimRow(NamedTuple):
    """One claim, ready to be put in."""

    id: str
    record: str
    keys: tuple[int, ...]
    tokens: tuple[str, ...]


class Count(NamedTuple):
    """How much there is of one article."""

    id: str
    folder: bytes
    claims: int
    relations: int
    """To claims of other articles."""


_COUNTS = """
SELECT id, path, (SELECT count(*) FROM claims WHERE article = articles.number),
  (SELECT count(*) FROM claims AS own JOIN relations ON one = own.number
   JOIN claims AS far ON other = far.number
   WHERE own.article = articles.number AND far.article <> own.article)
  + (SELECT count(*) FROM claims AS own JOIN relations ON other = own.number
   JOIN claims AS far ON one = far.number
   WHERE own.article = articles.number AND far.article <> own.article)
FROM articles JOIN folders ON folders.number = folder
"""


class Row(NamedTuple):
    """One article, ready to be put in."""

    id: str
    slug: str
    record: str
    sketch: bytes
    claims: tuple[ClaimRow, ...]
    fingerprint: bytes


def row_of(entry: Entry) -> Row:
    """Return an entry as it is written; raises ValueError where keys or terms are not one set a claim."""
    article = entry.article
    claims = tuple(
        ClaimRow(claim.id, written(claim), hashes(keys), tuple(map(_token, hashes(terms))))
        for claim, keys, terms in zip(article.claims, entry.keys, entry.terms, strict=True)
    )
    record = written(article.model_copy(update={"claims": (), "sketch": ()}))
    sketch = packed_sketch(article.sketch)
    content = json.dumps([record, claims]).encode() + sketch
    return Row(article.id, article.slug, record, sketch, claims, blake2b(content, digest_size=16).digest())


def insert(database: sqlite3.Connection, row: Row, folder: int) -> int:
    """Put in an article that is not there, still to be related; return its number.

    A claim whose id another article holds is left out: only a file that was tampered with has one.
    """
    article = database.execute(
        "INSERT INTO articles (id, folder, slug, fingerprint, record, sketch, unrelated) "
        "VALUES (?, ?, ?, ?, ?, ?, 1)",
        (row.id, folder, row.slug, row.fingerprint, row.record, row.sketch),
    ).lastrowid
    if article is None:
        raise AssertionError("a row that was put in has a number")
    for place, claim in enumerate(row.claims):
        cursor = database.execute(
            "INSERT OR IGNORE INTO claims (id, article, place, record, keys) VALUES (?, ?, ?, ?, ?)",
            (claim.id, article, place, claim.record, packed(claim.keys)),
        )
        if not cursor.rowcount:
            continue
        number, at = cursor.lastrowid, spot(claim.id)
        database.executemany("INSERT INTO keys VALUES (?, ?, ?)", [(key, at, number) for key in claim.keys])
        _count(database, "key_counts", "key", claim.keys)
        database.execute("INSERT INTO terms (rowid, tokens) VALUES (?, ?)", (number, " ".join(claim.tokens)))
        _count(database, "term_counts", "token", (int(token, 16) for token in claim.tokens))
    return article


def delete(database: sqlite3.Connection, article: int) -> None:
    """Take out an article with all that is found by it; its relations must be gone."""
    rows = database.execute(
        "SELECT number, id, keys, tokens FROM claims JOIN terms ON terms.rowid = number WHERE article = ?",
        (article,),
    ).fetchall()
    for number, identifier, keys, tokens in rows:
        at = spot(identifier)
        database.executemany(
            "DELETE FROM keys WHERE key = ? AND spot = ? AND claim = ?",
            [(key, at, number) for key in unpacked(keys)],
        )
        _discount(database, "key_counts", "key", unpacked(keys))
        _discount(database, "term_counts", "token", (int(token, 16) for token in tokens.split()))
        database.execute("DELETE FROM terms WHERE rowid = ?", (number,))
    database.execute("DELETE FROM claims WHERE article = ?", (article,))
    database.execute("DELETE FROM pending WHERE article = ?", (article,))
    database.execute("DELETE FROM articles WHERE number = ?", (article,))


def _count(database: sqlite3.Connection, table: str, name: str, counted: Iterable[int]) -> None:
    database.executemany(
        f"INSERT INTO {table} VALUES (?, 1) ON CONFLICT ({name}) DO UPDATE SET claims = claims + 1",  # noqa: S608
        [(each,) for each in counted],
    )


def _discount(database: sqlite3.Connection, table: str, name: str, counted: Iterable[int]) -> None:
    gone = [(each,) for each in counted]
    database.executemany(f"UPDATE {table} SET claims = claims - 1 WHERE {name} = ?", gone)  # noqa: S608
    database.executemany(f"DELETE FROM {table} WHERE {name} = ? AND claims = 0", gone)  # noqa: S608


def mark_unrelated(database: sqlite3.Connection, claims: Iterable[int]) -> None:
    """Note that the articles of claims are to be compared with the others."""
    for marks, some in portions(sorted(claims)):
        owners = f"SELECT article FROM claims WHERE number IN ({marks})"  # noqa: S608 - marks
        database.execute(f"UPDATE articles SET unrelated = 1 WHERE number IN ({owners})", some)  # noqa: S608


def folder_number(database: sqlite3.Connection, path: bytes) -> int:
    """Return the number of an output folder, a new one where it is not known."""
    database.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (path,))
    found = database.execute("SELECT number FROM folders WHERE path = ?", (path,)).fetchone()
    return int(found[0])


def articles_in(database: sqlite3.Connection, path: bytes, articles: Iterable[int]) -> Iterator[str]:
    """Yield the ids of those of these articles whose outputs are in the folder of this path."""
    for marks, some in portions(sorted(articles)):
        select = (
            "SELECT id FROM articles JOIN folders ON folders.number = folder "  # noqa: S608 - marks
            f"WHERE path = ? AND articles.number IN ({marks})"
        )
        yield from (article for (article,) in database.execute(select, (path, *some)))


def counts(database: sqlite3.Connection) -> list[Count]:
    """Return how much there is of each article."""
    return [Count(*row) for row in database.execute(_COUNTS)]


def ids_of(database: sqlite3.Connection, claims: Iterable[int]) -> dict[int, str]:
    """Return the ids of claims by their numbers."""
    found: dict[int, str] = {}
    for marks, some in portions(sorted(claims)):
        found.update(
            database.execute(f"SELECT number, id FROM claims WHERE number IN ({marks})", some)  # noqa: S608
        )
    return found


def numbers_of(database: sqlite3.Connection, table: str, identifiers: Iterable[str]) -> dict[str, int]:
    """Return the numbers of the claims or articles with these ids; what is unknown is left out."""
    found: dict[str, int] = {}
    for marks, some in portions([each for each in identifiers if is_text(each)]):
        rows = database.execute(
            f"SELECT id, number FROM {table} WHERE id IN ({marks})",  # noqa: S608 - own name, marks
            some,
        )
        found.update(rows)
    return found


def portions(values: Sequence[ValueT]) -> Iterator[tuple[str, Sequence[ValueT]]]:
    """Yield values in portions that one statement takes, each with its question marks."""
    for begin in range(0, len(values), _AT_ONCE):
        some = values[begin : begin + _AT_ONCE]
        yield ",".join("?" * len(some)), some


def _token(number: int) -> str:
    """Return a term's hash as a word that FTS5 takes for one token."""
    return f"{number >> 23:x}"
