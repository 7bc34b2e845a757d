"""Articles put in, replaced and taken out, with relations and marks kept right."""

import sqlite3

from briefs.store.claim_index import links, rows
from briefs.store.claim_index.blocking import Blocking, Traces


def put(database: sqlite3.Connection, blocking: Blocking, row: rows.Row, folder: int) -> bool:
    """Put an article in the place of what there is of it; tell whether anything changed."""
    known = database.execute("SELECT number, fingerprint FROM articles WHERE id = ?", (row.id,)).fetchone()
    if known and known[1] == row.fingerprint:
        database.execute("UPDATE articles SET folder = ? WHERE number = ?", (folder, known[0]))
        return False
    old = _taken_out(database, blocking, known[0]) if known else []
    article = rows.insert(database, row, folder)
    _mend(database, blocking, old, _traces(blocking, article))
    return True


def remove(database: sqlite3.Connection, blocking: Blocking, article: int) -> None:
    """Take out an article with its relations."""
    _mend(database, blocking, _taken_out(database, blocking, article), [])


def _taken_out(database: sqlite3.Connection, blocking: Blocking, article: int) -> list[Traces]:
    own = _traces(blocking, article)
    links.replace(database, links.links_of(database, {each.claim for each in own}), set())
    rows.delete(database, article)
    return own


def _traces(blocking: Blocking, article: int) -> list[Traces]:
    return [blocking.traces(claim) for claim in sorted(blocking.claims_of([article]))]


def _mend(database: sqlite3.Connection, blocking: Blocking, old: list[Traces], new: list[Traces]) -> None:
    """Drop relations of pairs that are offered no longer, mark articles whose pairs are new."""
    lost, gained = blocking.shift(old, new)
    stale = {
        link
        for link in links.links_of(database, lost - {each.claim for each in new})
        if not blocking.are_paired(blocking.traces(link.one), blocking.traces(link.other))
    }
    links.replace(database, stale, set())
    rows.mark_unrelated(database, gained - {each.claim for each in new})
