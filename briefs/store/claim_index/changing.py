"""Articles put in, replaced and taken out, with relations and marks kept right."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from briefs.store.claim_index import links, rows
from briefs.store.claim_index.blocking import Blocking


def put(database: sqlite3.Connection, blocking: Blocking, row: rows.Row, folder: int) -> bool:
    """Put an article in the place of what there is of it; tell whether anything changed."""
    known = database.execute("SELECT number, fingerprint FROM articles WHERE id = ?", (row.id,)).fetchone()
    if known and known[1] == row.fingerprint:
        database.execute("UPDATE articles SET folder = ? WHERE number = ?", (folder, known[0]))
        return False
    with _changing(database, blocking, known[0] if known else None, row):
        if known:
            rows.delete(database, known[0])
        rows.insert(database, row, folder)
    return True


def remove(database: sqlite3.Connection, blocking: Blocking, article: int) -> None:
    """Take out an article with its relations."""
    with _changing(database, blocking, article, None):
        rows.delete(database, article)


@contextmanager
def _changing(
    database: sqlite3.Connection, blocking: Blocking, old: int | None, new: rows.Row | None
) -> Iterator[None]:
    """Drop what the old article was related to, and mend which other articles' claims are paired."""
    own = [blocking.traces(claim) for claim in blocking.claims_of([] if old is None else [old])]
    keys = {key for claim in own for key in claim.keys}
    tokens = {token for claim in own for token in claim.tokens}
    if new is not None:
        keys |= {key for claim in new.claims for key in claim.keys}
        tokens |= {token for claim in new.claims for token in claim.tokens}
    before = blocking.reach(keys, tokens)
    if old is not None:
        links.replace(database, links.links_of(database, {claim.claim for claim in own}), set())
    yield
    lost, gained = blocking.shift(before, blocking.reach(keys, tokens))
    stale = {
        link
        for link in links.links_of(database, lost)
        if not blocking.are_paired(blocking.traces(link.one), blocking.traces(link.other))
    }
    links.replace(database, stale, set())
    rows.mark_unrelated(database, gained)
