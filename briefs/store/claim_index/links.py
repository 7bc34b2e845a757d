"""Kept relations: which claims they join, and which articles' outputs they change."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from briefs.domain.relations import Relation
from briefs.store.claim_index.entry import written
from briefs.store.claim_index.rows import numbers_of, portions

MOST_IN_FAMILY = 5000
"""Claims after which a family is cut off: no story is that large, but a mistake could be."""


class Link(NamedTuple):
    """A kept relation as a row."""

    one: int
    other: int
    aspect: str
    kind: str
    record: str


def links_of(database: sqlite3.Connection, claims: Iterable[int]) -> set[Link]:
    """Return the relations that touch at least one of the claims."""
    found: set[Link] = set()
    for marks, some in portions(sorted(claims)):
        for side in ("one", "other"):
            rows = database.execute(
                f"SELECT one, other, aspect, kind, record FROM relations WHERE {side} IN ({marks})",  # noqa: S608 - "?" marks and our own words alone; values are bound
                some,
            )
            found.update(map(Link._make, rows))
    return found


def links_for(database: sqlite3.Connection, relations: Iterable[Relation]) -> set[Link]:
    """Return relations as rows; one of a claim that is not in the file is left out."""
    given = tuple(relations)
    numbers = numbers_of(database, "claims", {each for one in given for each in (one.one, one.other)})
    return {
        Link(
            numbers[each.one],
            numbers[each.other],
            each.aspect.value,
            each.kind,
            written(each),
        )
        for each in given
        if each.one in numbers and each.other in numbers
    }


def drop(database: sqlite3.Connection, links: Iterable[Link]) -> None:
    """Take relations out."""
    database.executemany(
        "DELETE FROM relations WHERE one = ? AND other = ? AND aspect = ?", [link[:3] for link in links]
    )


def keep(database: sqlite3.Connection, links: Iterable[Link]) -> None:
    """Put relations in."""
    database.executemany("INSERT OR REPLACE INTO relations VALUES (?, ?, ?, ?, ?)", links)


def family(database: sqlite3.Connection, claims: Iterable[int]) -> set[int]:
    """Return these claims and all that hang together with them by "same" and "conflict".

    It goes from claim to claim, nearest first, and stops after `MOST_IN_FAMILY`.
    """
    found = set(claims)
    edge = found
    while edge and len(found) < MOST_IN_FAMILY:
        reached: set[int] = set()
        for marks, some in portions(sorted(edge)):
            for here, there in (("one", "other"), ("other", "one")):
                rows = database.execute(
                    f"SELECT {there} FROM relations WHERE {here} IN ({marks}) AND kind <> 'related'",  # noqa: S608 - "?" marks and our own words alone; values are bound
                    some,
                )
                reached.update(claim for (claim,) in rows)
        edge = reached - found
        found |= edge
    return found


def mark_pending(database: sqlite3.Connection, claims: Iterable[int]) -> None:
    """Mark the articles of claims: what their outputs say of other articles is to be written anew."""
    for marks, some in portions(sorted(claims)):
        database.execute(
            f"INSERT OR IGNORE INTO pending SELECT article FROM claims WHERE number IN ({marks})",  # noqa: S608 - "?" marks and our own words alone; values are bound
            some,
        )


def replace(database: sqlite3.Connection, old: set[Link], new: set[Link]) -> None:
    """Put `new` relations in the place of `old` ones, and mark every article that sees the difference."""
    gone, come = old - new, new - old
    if not gone and not come:
        return
    ends = {end for link in gone | come for end in link[:2]}
    if gone:  # what only comes leaves every family in one piece
        mark_pending(database, family(database, ends))
    drop(database, gone)
    keep(database, come)
    if come:
        mark_pending(database, family(database, ends))
