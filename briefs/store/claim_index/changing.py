"""Articles put in, replaced and taken out, with relations and marks kept right."""

import sqlite3

from briefs.store.claim_index import links, rows
from briefs.store.claim_index.blocking import Blocking, Traces
from briefs.store.claim_index.postings import Token


def put(database: sqlite3.Connection, blocking: Blocking, row: rows.Row, folder: int) -> bool:
    """Put an article in the place of what there is of it; tell whether anything changed."""
    known = database.execute("SELECT number, fingerprint FROM articles WHERE id = ?", (row.id,)).fetchone()
    if known and known[1] == row.fingerprint:
        database.execute("UPDATE articles SET folder = ? WHERE number = ?", (folder, known[0]))
        return False
    old = _taken_out(database, blocking, known[0]) if known else []
    article = rows.insert(database, row, folder)
    _mend(database, blocking, old, blocking.traces_in(article))
    return True


def remove(database: sqlite3.Connection, blocking: Blocking, article: int) -> None:
    """Take out an article with its relations."""
    _mend(database, blocking, _taken_out(database, blocking, article), [])


def _taken_out(database: sqlite3.Connection, blocking: Blocking, article: int) -> list[Traces]:
    own = blocking.traces_in(article)
    links.replace(database, links.links_of(database, {each.claim for each in own}), set())
    rows.delete(database, article)
    return own


def _mend(database: sqlite3.Connection, blocking: Blocking, old: list[Traces], new: list[Traces]) -> None:
    """Drop relations of pairs that are offered no longer, mark articles whose pairs are new."""
    lost, gained, weaker = blocking.shift(old, new)
    own = {each.claim for each in new}
    links.replace(database, _stale(blocking, links.links_of(database, lost - own), weaker), set())
    rows.mark_unrelated(database, gained - own)


def _stale(blocking: Blocking, kept: set[links.Link], weaker: frozenset[Token]) -> set[links.Link]:
    """Return those relations whose claims are paired no longer; they shared one of the `weaker` tokens."""
    traces = blocking.traces({end for link in kept for end in link[:2]})
    held = [
        (link, traces[link.one], traces[link.other])
        for link in kept
        if not weaker.isdisjoint(traces[link.one].tokens & traces[link.other].tokens)
    ]
    paired = blocking.are_paired((one, other) for _, one, other in held)
    return {link for (link, _, _), still in zip(held, paired, strict=True) if not still}
