"""Articles and claims as they were put, read back by their numbers; the last ones read are kept at hand."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.domain.spans import Frozen
from briefs.store.claim_index.entry import unpacked_sketch
from briefs.store.claim_index.rows import portions

RecordT = TypeVar("RecordT", bound=Frozen)

_CLAIMS, _HEADS = 4_000, 2_000
"""How many are kept: what one story asks for again and again."""


class _Kept(Generic[RecordT]):
    """The records of one table that were read last."""

    def __init__(self, table: str, kind: type[RecordT], most: int) -> None:
        self.at_hand: dict[int, RecordT] = {}
        self._table, self._kind, self._most = table, kind, most

    def read(self, database: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[RecordT]:
        wanted = sorted(numbers)
        if len(self.at_hand) > self._most:
            self.at_hand.clear()
        for marks, some in portions([each for each in wanted if each not in self.at_hand]):
            select = f"SELECT number, record FROM {self._table} WHERE number IN ({marks})"  # noqa: S608 - "?" marks and our own words alone; values are bound
            for number, record in database.execute(select, some):
                self.at_hand[number] = self._kind.from_json(record)
        yield from (self.at_hand[number] for number in wanted)


class Records:
    """What the rows of one file say, as the types that were put.

    A number never stands for another row, so what was read once is right for as long as its row is there.
    Only numbers of a transaction that was rolled back are given again: then `forget`.
    """

    def __init__(self) -> None:
        self._claims = _Kept("claims", IndexedClaim, _CLAIMS)
        self._heads = _Kept("articles", IndexedArticle, _HEADS)

    def claims(self, database: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[IndexedClaim]:
        """Yield claims by number, in ascending order of the numbers; each number must be there."""
        return self._claims.read(database, numbers)

    def keep(self, number: int, claim: IndexedClaim) -> None:
        """Keep a claim that was just put: whoever put it goes on with the same object."""
        self._claims.at_hand[number] = claim

    def heads(self, database: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[IndexedArticle]:
        """Yield articles without claims and sketches by number, in ascending order of the numbers."""
        return self._heads.read(database, numbers)

    def sketched(self, database: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[IndexedArticle]:
        """Yield articles without claims by number, in ascending order of the numbers."""
        for marks, some in portions(sorted(numbers)):
            select = f"SELECT record, sketch FROM articles WHERE number IN ({marks}) ORDER BY number"  # noqa: S608 - "?" marks and our own words alone; values are bound
            for record, sketch in database.execute(select, some):
                head = IndexedArticle.from_json(record)
                yield head.model_copy(update={"sketch": unpacked_sketch(sketch)})

    def forget(self) -> None:
        """Read everything anew from now on."""
        self._claims.at_hand.clear()
        self._heads.at_hand.clear()
