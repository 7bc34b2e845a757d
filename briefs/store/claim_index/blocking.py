"""Which claims are worth comparing: those that share a rare key or rare terms, never all with all.

What is offered depends on the set of articles alone, never on the order in which they came. So when an
article comes or goes and a key becomes too common, or rare again, pairs of other articles change too:
`reach` is taken before and after, and `Reach.lost` and `Reach.gained` say whose.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from briefs.store.claim_index.entry import Limits, unpacked
from briefs.store.claim_index.rows import portions

_Table = Literal["keys", "bands"]
_HOLDER = {"keys": "claim", "bands": "article"}
_KEY = {"keys": "key", "bands": "band"}


class Traces(NamedTuple):
    """What one claim is found by."""

    claim: int
    article: int
    keys: frozenset[int]
    tokens: frozenset[str]


class NumberedPair(NamedTuple):
    """Two claims by their numbers."""

    one: int
    other: int


class Reach(NamedTuple):
    """Holders of each key that it pairs with all its others: all of a rare one, hubs of a common one."""

    keys: Mapping[int, frozenset[int]]
    """Claims, by key."""
    bands: Mapping[int, frozenset[int]]
    """Articles, by band."""
    tokens: Mapping[str, bool]
    """Whether a term is rare."""


class Blocking:
    """The candidates that one file's keys, terms and bands give."""

    def __init__(self, database: sqlite3.Connection, limits: Limits) -> None:
        self._database, self._limits = database, limits

    def reach(self, keys: Iterable[int], bands: Iterable[int], tokens: Iterable[str]) -> Reach:
        """Return what these keys, bands and terms reach in the file as it is."""
        return Reach(
            {key: self._full("keys", key) for key in keys},
            {band: self._full("bands", band) for band in bands},
            {token: self.is_rare(token) for token in tokens},
        )

    def is_rare(self, token: str) -> bool:
        """Tell whether few enough claims hold a term for it to say something."""
        row = self._database.execute(
            "SELECT claims FROM term_counts WHERE token = ?", (int(token, 16),)
        ).fetchone()
        return row is None or row[0] <= self._limits.term

    def traces(self, claim: int) -> Traces:
        """Return what a claim is found by."""
        article, keys = self._database.execute(
            "SELECT article, keys FROM claims WHERE number = ?", (claim,)
        ).fetchone()
        row = self._database.execute("SELECT tokens FROM terms WHERE rowid = ?", (claim,)).fetchone()
        return Traces(
            claim, article, frozenset(unpacked(keys)), frozenset(row[0].split()) if row else frozenset()
        )

    def bands_of(self, article: int) -> frozenset[int]:
        """Return the bands of an article's text."""
        rows = self._database.execute("SELECT band FROM bands WHERE article = ?", (article,))
        return frozenset(band for (band,) in rows)

    def traces_of(self, article: int) -> tuple[set[int], set[int], set[str]]:
        """Return all keys, bands and terms of an article."""
        own = [self.traces(claim) for claim in self.claims_of([article])]
        return (
            {key for claim in own for key in claim.keys},
            set(self.bands_of(article)),
            {token for claim in own for token in claim.tokens},
        )

    def pairs(self, article: int) -> tuple[NumberedPair, ...]:
        """Return which claims of other articles an article's claims are to be compared with."""
        own = [self.traces(claim) for claim in self.claims_of([article])]
        mine = {claim.claim for claim in own}
        alike = [self.traces(each) for each in self.claims_of(self._near_articles(article))]
        found: list[NumberedPair] = []
        for claim in own:
            near = self._found(claim) | {other.claim for other in alike if other.keys & claim.keys}
            found.extend(NumberedPair(claim.claim, other) for other in near - mine)
        return tuple(found)

    def _found(self, claim: Traces) -> set[int]:
        """Return the claims that share a rare key, a common one's hub, or two rare terms with a claim."""
        near: set[int] = set()
        for key in claim.keys:
            near |= self._partners("keys", key, claim.claim)
        near |= self._by_terms(claim.tokens)
        near.discard(claim.claim)
        return near

    def _near_articles(self, article: int) -> set[int]:
        """Return the articles whose text may be nearly the same."""
        near: set[int] = set()
        for band in self.bands_of(article):
            near |= self._partners("bands", band, article)
        near.discard(article)
        return near

    def are_paired(self, one: Traces, other: Traces) -> bool:
        """Tell whether two claims are worth comparing: `pairs` offers them, or they stand in one article."""
        if one.article == other.article:
            return True
        shared = one.keys & other.keys
        two = {one.claim, other.claim}
        if any(two & self._full("keys", key) for key in shared):
            return True
        if sum(self.is_rare(token) for token in one.tokens & other.tokens) >= 2:
            return True
        if not shared:
            return False
        texts = {one.article, other.article}
        bands = self.bands_of(one.article) & self.bands_of(other.article)
        return any(texts & self._full("bands", band) for band in bands)

    def claims_of(self, articles: Iterable[int]) -> set[int]:
        """Return the claims of articles."""
        found: set[int] = set()
        for article in articles:
            rows = self._database.execute("SELECT number FROM claims WHERE article = ?", (article,))
            found.update(claim for (claim,) in rows)
        return found

    def owners_of(self, claims: Iterable[int]) -> set[int]:
        """Return the articles of claims."""
        found: set[int] = set()
        for marks, some in portions(sorted(claims)):
            found.update(
                article
                for (article,) in self._database.execute(
                    f"SELECT DISTINCT article FROM claims WHERE number IN ({marks})",  # noqa: S608 - marks
                    some,
                )
            )
        return found

    def with_token(self, token: str) -> set[int]:
        """Return the claims that hold a term."""
        rows = self._database.execute("SELECT rowid FROM terms WHERE terms MATCH ?", (f'"{token}"',))
        return {claim for (claim,) in rows}

    def _by_terms(self, tokens: frozenset[str]) -> set[int]:
        rare = [token for token in tokens if self.is_rare(token)]
        if len(rare) < 2:
            return set()
        asked = " OR ".join(f'"{token}"' for token in rare)
        rows = self._database.execute("SELECT rowid, tokens FROM terms WHERE terms MATCH ?", (asked,))
        wanted = frozenset(rare)
        return {claim for claim, held in rows if len(wanted.intersection(held.split())) >= 2}

    def _partners(self, table: _Table, key: int, holder: int) -> set[int]:
        full = self._full(table, key)
        if holder not in full:
            return set(full)
        return {each for _, each in self._first(table, key, self._limits.hot)}

    def _full(self, table: _Table, key: int) -> frozenset[int]:
        limits = self._limits
        rows = self._first(table, key, limits.live + 1)
        if len(rows) <= limits.live:
            return frozenset(holder for _, holder in rows)
        if self._is_too_common(table, key):
            return frozenset()
        return frozenset(holder for _, holder in rows[: limits.hubs])

    def _is_too_common(self, table: _Table, key: int) -> bool:
        count = self._database.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {_KEY[table]} = ? LIMIT ?)",  # noqa: S608 - own names
            (key, self._limits.hot + 1),
        ).fetchone()[0]
        return bool(count > self._limits.hot)

    def _first(self, table: _Table, key: int, most: int) -> Sequence[tuple[int, int]]:
        return self._database.execute(
            f"SELECT spot, {_HOLDER[table]} FROM {table} WHERE {_KEY[table]} = ? "  # noqa: S608 - own names
            f"ORDER BY spot, {_HOLDER[table]} LIMIT ?",
            (key, most),
        ).fetchall()


class Shift(NamedTuple):
    """Whose pairs changed between two reaches."""

    lost: frozenset[int]
    """Claims of which some pairs may be offered no longer."""
    gained: frozenset[int]
    """Claims of which new pairs may be offered."""


def shift(blocking: Blocking, before: Reach, after: Reach) -> Shift:
    """Return which claims are paired otherwise than before."""
    lost: set[int] = set()
    gained: set[int] = set()
    for key, full in before.keys.items():
        lost |= full - after.keys[key]
        gained |= after.keys[key] - full
    for band, texts in before.bands.items():
        lost |= blocking.claims_of(texts - after.bands[band])
        gained |= blocking.claims_of(after.bands[band] - texts)
    for token, rare in before.tokens.items():
        if rare != after.tokens[token]:
            (lost if rare else gained).update(blocking.with_token(token))
    return Shift(frozenset(lost), frozenset(gained))
