"""Which claims are worth comparing: those that share something rare, never all with all.

What two claims share counts points: a key that few claims hold two, a commoner one or a rare term one; two
points make a pair. What is offered depends on the set of articles alone, never on the order in which they
came. So when an article comes or goes and a key becomes common, or rare again, pairs of other articles
change too: `shift` tells whose.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefs.store.claim_index.entry import Limits, number_of, posting, unpacked
from briefs.store.claim_index.postings import Change, Holding, Postings, Token
from briefs.store.claim_index.rows import portions

PAIRED = 2
"""Points that make two claims a pair."""


class Traces(NamedTuple):
    """What one claim is found by."""

    claim: int
    article: int
    filed: int
    tokens: frozenset[Token]


class NumberedPair(NamedTuple):
    """Two claims by their numbers."""

    one: int
    other: int


class Hold(NamedTuple):
    """What sharing a key or a term is worth, and to whom."""

    points: int
    full: tuple[int, ...]
    """Claims that it joins to all its holders: all of them for a rare one, the hubs of a common one."""
    of_hubs: bool = False


_TOO_COMMON = Hold(0, ())


class Shift(NamedTuple):
    """Whose pairs changed."""

    lost: frozenset[int]
    """Claims of which some pairs may be offered no longer."""
    gained: frozenset[int]
    """Claims of which new pairs may be offered."""
    weaker: frozenset[Token]
    """By what those pairs were lost."""


class Blocking:
    """The pairs that one file's keys and terms give."""

    def __init__(self, database: sqlite3.Connection, limits: Limits) -> None:
        self.database, self._limits = database, limits
        self._all = max(limits.rare, limits.live)
        few = max(self._all, limits.term)
        self._postings = Postings(database, few=few, hubs=limits.hubs, most=limits.hot)
        self._holds: dict[Token, Hold] = {}

    def refresh(self) -> None:
        """Look up anew what others may have changed."""
        self._holds.clear()
        self._postings.refresh()

    def forget(self) -> None:
        """Look everything up anew from now on: what was written is taken back."""
        self._holds.clear()
        self._postings.forget()

    def pairs(self, article: int) -> tuple[NumberedPair, ...]:
        """Return which claims of other articles an article's claims are to be compared with."""
        claims = self.traces_in(article)
        self._look_up({token for each in claims for token in each.tokens})
        own = {each.claim for each in claims}
        found: list[NumberedPair] = []
        for each in claims:
            points = self._points(each)
            found.extend(
                NumberedPair(each.claim, other)
                for other, reached in points.items()
                if reached >= PAIRED and other not in own
            )
        return tuple(found)

    def are_paired(self, pairs: Iterable[tuple[Traces, Traces]]) -> list[bool]:
        """Tell of each two claims whether `pairs` offers them, or they stand in one article."""
        given = [(one, other, one.tokens & other.tokens) for one, other in pairs]
        self._look_up({token for _, _, shared in given for token in shared})
        return [
            one.article == other.article or self._shared(one, other, shared) >= PAIRED
            for one, other, shared in given
        ]

    def shift(self, old: Sequence[Traces], new: Sequence[Traces]) -> Shift:
        """Return which claims are paired otherwise now that `old` ones are gone and `new` ones are there."""
        self._holds.clear()
        lost: set[int] = set()
        gained: set[int] = set()
        weaker: set[Token] = set()
        for token, change in self._postings.changes(_by_token(new), _by_token(old)).items():
            now = self._holds[token] = self._worth(token, change.now)
            if self._is_for_others(token, change):
                was = self._worth(token, change.was())
                before, after = set(was.full), set(now.full)
                gone = before if now.points < was.points else before - after
                if gone:
                    weaker.add(token)
                    lost |= gone
                gained |= after if was.points < now.points else after - before
        return Shift(frozenset(lost), frozenset(gained), frozenset(weaker))

    def traces_in(self, article: int) -> list[Traces]:
        """Return what the claims of an article are found by, in the order of their numbers."""
        return self._traces("article = ? ORDER BY number", (article,))

    def traces(self, claims: Iterable[int]) -> dict[int, Traces]:
        """Return what claims are found by."""
        found: dict[int, Traces] = {}
        for marks, some in portions(sorted(claims)):
            found.update((each.claim, each) for each in self._traces(f"number IN ({marks})", some))
        return found

    def claims_of(self, articles: Iterable[int]) -> set[int]:
        """Return the claims of articles."""
        found: set[int] = set()
        for article in articles:
            rows = self.database.execute("SELECT number FROM claims WHERE article = ?", (article,))
            found.update(claim for (claim,) in rows)
        return found

    def _traces(self, which: str, values: Sequence[int | None]) -> list[Traces]:
        rows = self.database.execute(
            f"SELECT number, article, id, keys, terms FROM claims WHERE {which}",  # noqa: S608 - own words
            values,
        )
        return [
            Traces(number, article, posting(identifier, number), frozenset((*unpacked(keys), *terms.split())))
            for number, article, identifier, keys, terms in rows
        ]

    def _points(self, claim: Traces) -> Counter[int]:
        """Return how many points each claim that shares something with `claim` reaches."""
        once: list[int] = []
        twice: list[int] = []
        for token in claim.tokens:
            hold = self._holds[token]
            if hold.of_hubs and claim.claim in hold.full and isinstance(token, int):
                once.extend(map(number_of, self._postings.holders(token, self._limits.hot)))
            elif hold.points == PAIRED:
                twice.extend(hold.full)
            else:
                once.extend(hold.full)
        points = Counter(once)
        points.update(twice)
        points.update(twice)
        return points

    def _shared(self, one: Traces, other: Traces, shared: Iterable[Token]) -> int:
        held = (self._holds[token] for token in shared)
        return sum(hold.points for hold in held if one.claim in hold.full or other.claim in hold.full)

    def _look_up(self, tokens: Iterable[Token]) -> None:
        unknown = [token for token in tokens if token not in self._holds]
        for token, holding in self._postings.holdings(unknown).items():
            self._holds[token] = self._worth(token, holding)

    def _worth(self, token: Token, holding: Holding) -> Hold:
        limits, (count, first) = self._limits, holding
        if isinstance(token, str):
            return Hold(1, tuple(map(number_of, first))) if count <= limits.term else _TOO_COMMON
        if count > limits.hot:
            return _TOO_COMMON
        points = PAIRED if count <= limits.rare else 1
        if count <= self._all:
            return Hold(points, tuple(map(number_of, first)))
        return Hold(points, tuple(map(number_of, first[: limits.hubs])), of_hubs=True)

    def _is_for_others(self, token: Token, change: Change) -> bool:
        """Tell whether what holding a token is worth may have changed for claims that stayed."""
        limits, before, after = self._limits, change.claims_before, change.now.claims
        if isinstance(token, str):
            return (before <= limits.term) != (after <= limits.term)
        if max(before, after) <= self._all:
            return (before <= limits.rare) != (after <= limits.rare)
        if min(before, after) > limits.hot or not (change.came or change.went):
            return False
        if min(before, after) <= self._all or max(before, after) > limits.hot:
            return True
        hubs = change.now.first[: limits.hubs]
        return any(each in hubs for each in change.came) or any(each <= hubs[-1] for each in change.went)


def _by_token(claims: Iterable[Traces]) -> Mapping[Token, list[int]]:
    found: dict[Token, list[int]] = {}
    for each in claims:
        for token in each.tokens:
            found.setdefault(token, []).append(each.filed)
    return found
