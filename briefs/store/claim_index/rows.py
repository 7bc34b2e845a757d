"""Articles and claims as rows: put in wholly, taken out wholly."""

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from secrets import token_hex
from typing import NamedTuple, TypeVar

from briefs.domain.relations import Outline
from briefs.store.claim_index.entry import (
    Entry,
    hashes,
    is_text,
    packed,
    packed_sketch,
    posting,
    token,
    unpacked,
    written,
)

ValueT = TypeVar("ValueT")

_PORTIONS = (1, 2, 4, 8, 16, 32, 64, 96, 128, 192, 256, 384, 500)
"""Values in one statement, well under what any SQLite allows; few sizes, so that few statements are made."""


class ClaimRow(NamedTuple):
    """One claim, ready to be put in."""

    id: str
    record: str
    keys: tuple[int, ...]
    terms: str
    """Tokens, with spaces between."""
    outline: str


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


class Seen(NamedTuple):
    """What is kept of a claim for telling whether it may relate to another."""

    article: int
    outline: Outline


class Row(NamedTuple):
    """One article, ready to be put in."""

    id: str
    slug: str
    record: str
    sketch: bytes
    outline: str
    claims: tuple[ClaimRow, ...]
    fingerprint: bytes


def row_of(entry: Entry) -> Row:
    """Return an entry as it is written; raises ValueError where it has not as many of each as claims."""
    article = entry.article
    outlines = entry.outlines or ("",) * len(article.claims)
    claims = tuple(
        ClaimRow(claim.id, written(claim), hashes(keys), " ".join(sorted(set(map(token, terms)))), outline)
        for claim, keys, terms, outline in zip(article.claims, entry.keys, entry.terms, outlines, strict=True)
    )
    record = written(article.model_copy(update={"claims": (), "sketch": ()}))
    sketch = packed_sketch(article.sketch)
    content = json.dumps([record, entry.head, claims]).encode() + sketch
    fingerprint = blake2b(content, digest_size=16).digest()
    return Row(article.id, article.slug, record, sketch, entry.head, claims, fingerprint)


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
    database.execute("INSERT INTO heads VALUES (?, ?)", (article, row.outline))
    filed: list[tuple[int, ClaimRow]] = []
    for place, claim in enumerate(row.claims):
        cursor = database.execute(
            "INSERT OR IGNORE INTO claims (id, article, place, record, keys, terms) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (claim.id, article, place, claim.record, packed(claim.keys), claim.terms),
        )
        if cursor.rowcount and cursor.lastrowid is not None:
            outline = (cursor.lastrowid, article, claim.outline)
            database.execute("INSERT INTO outlines VALUES (?, ?, ?)", outline)
            filed.append((posting(claim.id, cursor.lastrowid), claim))
    filed.sort()  # in ascending order all go into one segment of the full-text index
    database.executemany(
        "INSERT INTO keys VALUES (?, ?)", [(key, at) for at, claim in filed for key in claim.keys]
    )
    database.executemany(
        "INSERT INTO terms (rowid, tokens) VALUES (?, ?)", [(at, claim.terms) for at, claim in filed]
    )
    return article


def delete(database: sqlite3.Connection, article: int) -> None:
    """Take out an article with all that is found by it; its relations must be gone."""
    rows = database.execute(
        "SELECT number, id, keys, terms FROM claims WHERE article = ?", (article,)
    ).fetchall()
    filed = sorted((posting(identifier, number), keys, terms) for number, identifier, keys, terms in rows)
    database.executemany(
        "DELETE FROM keys WHERE key = ? AND filed = ?",
        [(key, at) for at, keys, _ in filed for key in unpacked(keys)],
    )
    database.executemany(
        "INSERT INTO terms (terms, rowid, tokens) VALUES ('delete', ?, ?)",
        [(at, terms) for at, _, terms in filed],
    )
    database.executemany("DELETE FROM outlines WHERE claim = ?", [(number,) for number, *_ in rows])
    database.execute("DELETE FROM heads WHERE article = ?", (article,))
    database.execute("DELETE FROM claims WHERE article = ?", (article,))
    database.execute("DELETE FROM pending WHERE article = ?", (article,))
    database.execute("DELETE FROM articles WHERE number = ?", (article,))


def mark_unrelated(database: sqlite3.Connection, claims: Iterable[int]) -> None:
    """Note that the articles of claims are to be compared with the others."""
    for marks, some in portions(sorted(claims)):
        owners = f"SELECT article FROM claims WHERE number IN ({marks})"  # noqa: S608 - "?" marks and our own words alone; values are bound
        database.execute(f"UPDATE articles SET unrelated = 1 WHERE number IN ({owners})", some)  # noqa: S608 - "?" marks and our own words alone; values are bound


def folder_number(database: sqlite3.Connection, path: bytes) -> int:
    """Return the number of an output folder, a new one where it is not known."""
    database.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (path,))
    found = database.execute("SELECT number FROM folders WHERE path = ?", (path,)).fetchone()
    return int(found[0])


def articles_in(database: sqlite3.Connection, path: bytes, articles: Iterable[int]) -> Iterator[str]:
    """Yield the ids of those of these articles whose outputs are in the folder of this path."""
    for marks, some in portions(sorted(articles)):
        select = (
            "SELECT id FROM articles JOIN folders ON folders.number = folder "  # noqa: S608 - "?" marks and our own words alone; values are bound
            f"WHERE path = ? AND articles.number IN ({marks})"
        )
        yield from (article for (article,) in database.execute(select, (path, *some)))


def state(database: sqlite3.Connection) -> str | None:
    """Return what `new_state` said last; none for a new file."""
    row = database.execute("SELECT value FROM about WHERE name = 'state'").fetchone()
    return None if row is None else str(row[0])


def new_state(database: sqlite3.Connection) -> None:
    """Say that articles, claims or relations are others than before, and never were the same."""
    database.execute("INSERT OR REPLACE INTO about VALUES ('state', ?)", (token_hex(8),))


def counts(database: sqlite3.Connection) -> list[Count]:
    """Return how much there is of each article."""
    return [Count(*row) for row in database.execute(_COUNTS)]


def seen(database: sqlite3.Connection, claims: Iterable[int]) -> dict[int, Seen]:
    """Return what is seen of claims at a glance, by their numbers."""
    found: list[tuple[int, int, str]] = []
    for marks, some in portions(sorted(claims)):
        select = f"SELECT claim, article, outline FROM outlines WHERE claim IN ({marks})"  # noqa: S608 - "?" marks and our own words alone; values are bound
        found.extend(database.execute(select, some))
    heads: dict[int, str] = {}
    for marks, some in portions(sorted({article for _, article, _ in found})):
        select = f"SELECT article, outline FROM heads WHERE article IN ({marks})"  # noqa: S608 - "?" marks and our own words alone; values are bound
        heads.update(database.execute(select, some))
    return {claim: Seen(article, Outline(heads[article], outline)) for claim, article, outline in found}


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


def portions(values: Sequence[ValueT]) -> Iterator[tuple[str, Sequence[ValueT | None]]]:
    """Yield values in portions that one statement takes, each with its question marks.

    A portion is filled up with NULL, which is equal to nothing: SQLite has statements of each size ready.
    """
    for begin in range(0, len(values), _PORTIONS[-1]):
        some = values[begin : begin + _PORTIONS[-1]]
        size = _PORTIONS[bisect_left(_PORTIONS, len(some))]
        yield ",".join("?" * size), [*some, *[None] * (size - len(some))]
