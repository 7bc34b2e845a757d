"""Which claims are worth comparing: those that share something rare, never all with all.

What two claims share counts points: a key that few claims hold two, a commoner one or a rare term one; two
points make a pair. What is offered depends on the set of articles alone, never on the order in which they
came. So when an article comes or goes and a key becomes common, or rare again, pairs of other articles
change too: `shift` tells whose.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefs.store.claim_index.entry import Limits, spot, unpacked
from briefs.store.claim_index.rows import portions

PAIRED = 2
"""Points that make two claims a pair."""


class Traces(NamedTuple):
    """What one claim is found by."""

    claim: int
    article: int
    spot: int
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


_TOO_COMMON = Hold(0, frozenset())


class _Holder(NamedTuple):
    """A claim that holds a key; hubs come first."""

    spot: int
    claim: int


class Shift(NamedTuple):
    """Whose pairs changed."""

    lost: frozenset[int]
    """Claims of which some pairs may be offered no longer."""
    gained: frozenset[int]
    """Claims of which new pairs may be offered."""


class Blocking:
    """The pairs that one file's keys and terms give."""

    def __init__(self, database: sqlite3.Connection, limits: Limits) -> None:
        self.database, self._limits = database, limits
        self._holds: dict[int, Hold] = {}
        self._rare: dict[str, bool] = {}

    def forget(self) -> None:
        """Look everything up anew from now on: the file may have changed."""
        self._holds.clear()
        self._rare.clear()

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

    def shift(self, old: Sequence[Traces], new: Sequence[Traces]) -> Shift:
        """Return which claims are paired otherwise now that `old` ones are gone and `new` ones are there."""
        self.forget()
        lost: set[int] = set()
        gained: set[int] = set()
        went, came = _by_key(old), _by_key(new)
        for key in went.keys() | came.keys():
            was, now = self._before_and_after(key, went.get(key, ()), came.get(key, ()))
            self._holds[key] = now
            if was is now:
                continue
            lost |= was.full if now.points < was.points else was.full - now.full
            gained |= now.full if was.points < now.points else now.full - was.full
        changes = Counter(token for each in new for token in each.tokens)
        changes.subtract(Counter(token for each in old for token in each.tokens))
        for token, change in changes.items():
            count = self._claims_with(token)
            self._rare[token] = count <= self._limits.term
            if self._rare[token] != (count - change <= self._limits.term):
                (gained if self._rare[token] else lost).update(self._with_token(token))
        return Shift(frozenset(lost), frozenset(gained))

    def traces(self, claim: int) -> Traces:
        """Return what a claim is found by."""
        row = self.database.execute(
            "SELECT id, article, keys, tokens FROM claims JOIN terms ON terms.rowid = number "
            "WHERE number = ?",
            (claim,),
        ).fetchone()
        identifier, article, keys, tokens = row
        return Traces(claim, article, spot(identifier), frozenset(unpacked(keys)), frozenset(tokens.split()))

    def claims_of(self, articles: Iterable[int]) -> set[int]:
        """Return the claims of articles."""
        found: set[int] = set()
        for article in articles:
            rows = self.database.execute("SELECT number FROM claims WHERE article = ?", (article,))
            found.update(claim for (claim,) in rows)
        return found

    def articles_of(self, claims: Iterable[int]) -> dict[int, int]:
        """Return the article of each claim."""
        found: dict[int, int] = {}
        for marks, some in portions(sorted(claims)):
            owners = f"SELECT number, article FROM claims WHERE number IN ({marks})"  # noqa: S608 - marks
            found.update(self.database.execute(owners, some))
        return found

    def _count(self, key: int, claim: int, points: Counter[int]) -> None:
        """Add what sharing `key` is worth to each claim that it joins to `claim`."""
        hold = self._hold(key)
        if hold.points < PAIRED and claim in hold.full and len(hold.full) <= self._limits.hubs:
            full: Iterable[int] = (each.claim for each in self._first(key, self._limits.hot))
        else:
            full = hold.full
        for other in full:
            points[other] += hold.points

    def _hold(self, key: int) -> Hold:
        if key not in self._holds:
            self._holds[key] = self._before_and_after(key, (), ()).now
        return self._holds[key]

    def _before_and_after(self, key: int, went: Sequence[_Holder], came: Sequence[_Holder]) -> "_Holds":
        """Return what a key was worth before claims went and came, and what it is worth now.

        Both are one where nothing changed for other claims.
        """
        limits, count = self._limits, self._counted(key)
        before = count - len(came) + len(went)
        if min(count, before) > limits.hot:  # too common to join any: its holders need not be read
            return _Holds(_TOO_COMMON, _TOO_COMMON)
        wanted = limits.hubs if min(count, before) > limits.live else limits.live
        first = self._first(key, wanted + len(came))
        now = self._worth(first, count)
        if max(before, count) <= limits.live and (before <= limits.rare) == (count <= limits.rare):
            return _Holds(now, now)
        return _Holds(self._worth(sorted({*first}.difference(came).union(went)), before), now)

    def _worth(self, first: Sequence[_Holder], count: int) -> Hold:
        """Return what a key of `count` claims is worth; `first` are the first of them, all of a live one."""
        limits = self._limits
        if count > limits.hot:
            return _TOO_COMMON
        full = frozenset([claim for _, claim in (first if count <= limits.live else first[: limits.hubs])])
        return Hold(PAIRED if count <= limits.rare else 1, full)

    def _first(self, key: int, most: int) -> list[_Holder]:
        rows = self.database.execute(
            "SELECT spot, claim FROM keys WHERE key = ? ORDER BY spot, claim LIMIT ?", (key, most)
        )
        return list(map(_Holder._make, rows))

    def _counted(self, key: int) -> int:
        """Return how many claims hold a key."""
        row = self.database.execute("SELECT claims FROM key_counts WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def _is_rare(self, token: str) -> bool:
        if token not in self._rare:
            self._rare[token] = self._claims_with(token) <= self._limits.term
        return self._rare[token]

    def _claims_with(self, token: str) -> int:
        row = self.database.execute(
            "SELECT claims FROM term_counts WHERE token = ?", (int(token, 16),)
        ).fetchone()
        return int(row[0]) if row else 0

    def _with_token(self, token: str) -> set[int]:
        rows = self.database.execute("SELECT rowid FROM terms WHERE terms MATCH ?", (f'"{token}"',))
        return {claim for (claim,) in rows}


class _Holds(NamedTuple):
    was: Hold
    now: Hold


def _by_key(claims: Iterable[Traces]) -> dict[int, list[_Holder]]:
    found: dict[int, list[_Holder]] = {}
    for each in claims:
        for key in each.keys:
            found.setdefault(key, []).append(_Holder(each.spot, each.claim))
    return found
