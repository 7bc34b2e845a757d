"""Which claims hold a key or a term; what is known of common ones is kept at hand."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefs.store.claim_index.rows import portions

Token = int | str
"""A key's hash, or the token of a term."""

_OF_KEYS = (
    "SELECT token, (SELECT group_concat(filed) FROM "
    "(SELECT filed FROM keys WHERE key = token ORDER BY filed LIMIT MOST)) FROM asked"
)
_OF_TERMS = (
    "SELECT token, (SELECT group_concat(rowid) FROM "
    "(SELECT rowid FROM terms WHERE terms MATCH token ORDER BY rowid LIMIT MOST)) FROM asked"
)
_COUNTED = "SELECT token, (SELECT count(*) FROM (SELECT 1 FROM keys WHERE key = token LIMIT MOST)) FROM asked"
_MOST_KEPT = 300_000
"""Common tokens; an archive of 50,000 articles has a fifth of them."""


class Holding(NamedTuple):
    """Who holds a token."""

    claims: int
    """Claims that hold it; of a token that is too common to join any, no fewer than make it so."""
    first: tuple[int, ...]
    """Postings in ascending order: all of them where they are `few`, else at least the first ones."""


class Change(NamedTuple):
    """How holding a token changed by claims that came and went."""

    now: Holding
    came: Sequence[int] = ()
    """Postings of the claims that came."""
    went: Sequence[int] = ()
    kept: Holding | None = None
    """What holding it was before, where that was kept."""

    @property
    def claims_before(self) -> int:
        """Return how many claims held it before."""
        return self.now.claims - len(self.came) + len(self.went)

    def was(self) -> Holding:
        """Return what holding it was before."""
        if self.kept is not None:
            return self.kept
        first = sorted({*self.now.first}.difference(self.came).union(self.went))
        return Holding(self.claims_before, tuple(first))


class Postings:
    """The tokens of one file's claims.

    A token that more than `few` claims hold is common: of it the count up to `most` and the first `hubs`
    claims are kept from one piece of work to the next, until somebody else writes to the file.
    """

    def __init__(self, database: sqlite3.Connection, *, few: int, hubs: int, most: int) -> None:
        self._database, self._few, self._hubs, self._most = database, few, hubs, most
        self._common: dict[Token, Holding] = {}
        self._version = -1

    def refresh(self) -> None:
        """Forget what is kept if another connection has changed the file."""
        (version,) = self._database.execute("PRAGMA data_version").fetchone()
        if version != self._version or len(self._common) > _MOST_KEPT:
            self.forget()
        self._version = version

    def forget(self) -> None:
        """Read everything anew from now on."""
        self._common.clear()

    def holdings(self, tokens: Iterable[Token]) -> dict[Token, Holding]:
        """Return who holds each token."""
        nothing: tuple[int, ...] = ()
        return {token: each.now for token, each in self.changes(dict.fromkeys(tokens, nothing), {}).items()}

    def changes(
        self, came: Mapping[Token, Sequence[int]], went: Mapping[Token, Sequence[int]]
    ) -> dict[Token, Change]:
        """Return how holding tokens changed by the postings that came and went; the file has them already."""
        found: dict[Token, Change] = {}
        wanted: list[Token] = []
        for token in {**came, **went}:
            kept = self._common.get(token)
            if kept is None or token in went:
                self._common.pop(token, None)
                wanted.append(token)
            elif new := came[token]:
                first = tuple(sorted((*kept.first, *new))[: self._hubs])
                now = self._common[token] = Holding(kept.claims + len(new), first)
                found[token] = Change(now, new, kept=kept)
            else:
                found[token] = Change(kept)
        for token, now in self._read(wanted, max(map(len, came.values()), default=0)).items():
            if now.claims > self._few:
                self._common[token] = Holding(now.claims, now.first[: self._hubs])
            found[token] = Change(now, came.get(token, ()), went.get(token, ()))
        return found

    def holders(self, key: int, most: int) -> list[int]:
        """Return the first `most` postings of a key."""
        rows = self._database.execute(
            "SELECT filed FROM keys WHERE key = ? ORDER BY filed LIMIT ?", (key, most)
        )
        return [filed for (filed,) in rows]

    def _read(self, tokens: Sequence[Token], came: int) -> dict[Token, Holding]:
        """Return who holds tokens, without what is kept; `came` postings of each may be new."""
        most = self._few + came + 1
        keys = [each for each in tokens if isinstance(each, int)]
        found: dict[Token, Holding] = {}
        many: list[Token] = []
        terms = [each for each in tokens if isinstance(each, str)]
        for token, filed in (*self._asked(_OF_KEYS, keys, most), *self._asked(_OF_TERMS, terms, most)):
            first = tuple(map(int, str(filed).split(","))) if filed is not None else ()
            found[token] = Holding(len(first), first)
            if len(first) == most and isinstance(token, int):
                many.append(token)
        for token, count in self._asked(_COUNTED, many, self._most + came + 1):
            found[token] = found[token]._replace(claims=int(count or 0))
        return found

    def _asked(
        self, select: str, tokens: Sequence[Token], most: int
    ) -> Iterator[tuple[Token, str | int | None]]:
        """Yield what a statement gives for each token, of its first `most` postings; hundreds at once."""
        for marks, some in portions(tokens):
            given = f"WITH given (token) AS (VALUES {marks.replace('?', '(?)')})"
            asked = f"{given}, asked AS (SELECT token FROM given WHERE token IS NOT NULL)"  # noqa: S608 - marks
            yield from self._database.execute(f"{asked} {select.replace('MOST', str(most))}", some)
