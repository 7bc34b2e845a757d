"""Which claims are worth comparing: those that share something rare, never all with all.

What two claims share counts points: a key that few claims hold two, a commoner one or a rare term one; two
points make a pair. What is offered depends on the set of articles alone, never on the order in which they
came. So when an article comes or goes and a key becomes common, or rare again, pairs of other articles
change too: `reach` is taken before and after, and `shift` tells whose.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefs.store.claim_index.entry import Limits, unpacked
from briefs.store.claim_index.rows import portions

PAIRED = 2
"""Points that make two claims a pair."""


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


class Hold(NamedTuple):
    """What sharing a key is worth, and to whom."""

    points: int
    full: frozenset[int]
    """Claims that the key joins to all its holders: all of them for a rare one, the hubs of a common one."""


class Reach(NamedTuple):
    """What keys and terms are worth in the file as it is."""

    keys: Mapping[int, Hold]
    tokens: Mapping[str, bool]
    """Whether a term is rare."""


class Shift(NamedTuple):
    """Whose pairs changed between two reaches."""

    lost: frozenset[int]
    """Claims of which some pairs may be offered no longer."""
    gained: frozenset[int]
    """Claims of which new pairs may be offered."""


class Blocking:
    """The pairs that one file's keys and terms give."""

    def __init__(self, database: sqlite3.Connection, limits: Limits) -> None:
        self._database, self._limits = database, limits

    def pairs(self, article: int) -> tuple[NumberedPair, ...]:
        """Return which claims of other articles an article's claims are to be compared with."""
        own = self.claims_of([article])
        found: list[NumberedPair] = []
        for claim in own:
            traces, points = self.traces(claim), Counter[int]()
            for key in traces.keys:
                self._count(key, claim, points)
            for token in traces.tokens:
                if self._is_rare(token):
                    points.update(self._with_token(token))
            found.extend(
                NumberedPair(claim, other)
                for other, reached in points.items()
                if reached >= PAIRED and other not in own
            )
        return tuple(found)

    def are_paired(self, one: Traces, other: Traces) -> bool:
        """Tell whether two claims are worth comparing: `pairs` offers them, or they stand in one article."""
        if one.article == other.article:
            return True
        two, points = {one.claim, other.claim}, 0
        for key in one.keys & other.keys:
            hold = self._hold(key)
            points += hold.points if two & hold.full else 0
        points += sum(self._is_rare(token) for token in one.tokens & other.tokens)
        return points >= PAIRED

    def reach(self, keys: Iterable[int], tokens: Iterable[str]) -> Reach:
        """Return what keys and terms are worth in the file as it is."""
        return Reach(
            {key: self._hold(key) for key in keys}, {token: self._is_rare(token) for token in tokens}
        )

    def shift(self, before: Reach, after: Reach) -> Shift:
        """Return which claims are paired otherwise than before."""
        lost: set[int] = set()
        gained: set[int] = set()
        for key, was in before.keys.items():
            now = after.keys[key]
            lost |= was.full if now.points < was.points else was.full - now.full
            gained |= now.full if was.points < now.points else now.full - was.full
        for token, rare in before.tokens.items():
            if rare != after.tokens[token]:
                (lost if rare else gained).update(self._with_token(token))
        return Shift(frozenset(lost), frozenset(gained))

    def traces(self, claim: int) -> Traces:
        """Return what a claim is found by."""
        row = self._database.execute(
            "SELECT article, keys, tokens FROM claims JOIN terms ON terms.rowid = number WHERE number = ?",
            (claim,),
        ).fetchone()
        return Traces(claim, row[0], frozenset(unpacked(row[1])), frozenset(row[2].split()))

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
            owners = f"SELECT DISTINCT article FROM claims WHERE number IN ({marks})"  # noqa: S608 - marks
            found.update(article for (article,) in self._database.execute(owners, some))
        return found

    def _count(self, key: int, claim: int, points: Counter[int]) -> None:
        """Add what sharing `key` is worth to each claim that it joins to `claim`."""
        hold = self._hold(key)
        for other in hold.full if claim not in hold.full else self._first(key, self._limits.hot):
            points[other] += hold.points

    def _hold(self, key: int) -> Hold:
        limits = self._limits
        first = self._first(key, limits.live + 1)
        if len(first) <= limits.live:
            return Hold(PAIRED if len(first) <= limits.rare else 1, frozenset(first))
        if self._is_too_common(key):
            return Hold(0, frozenset())
        return Hold(1, frozenset(first[: limits.hubs]))

    def _first(self, key: int, most: int) -> Sequence[int]:
        rows = self._database.execute(
            "SELECT claim FROM keys WHERE key = ? ORDER BY spot, claim LIMIT ?", (key, most)
        )
        return [claim for (claim,) in rows]

    def _is_too_common(self, key: int) -> bool:
        count = self._database.execute(
            "SELECT count(*) FROM (SELECT 1 FROM keys WHERE key = ? LIMIT ?)", (key, self._limits.hot + 1)
        ).fetchone()[0]
        return bool(count > self._limits.hot)

    def _is_rare(self, token: str) -> bool:
        row = self._database.execute(
            "SELECT claims FROM term_counts WHERE token = ?", (int(token, 16),)
        ).fetchone()
        return row is None or row[0] <= self._limits.term

    def _with_token(self, token: str) -> set[int]:
        rows = self._database.execute("SELECT rowid FROM terms WHERE terms MATCH ?", (f'"{token}"',))
        return {claim for (claim,) in rows}
