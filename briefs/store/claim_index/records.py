"""Articles and claims as they were put, read back by their numbers; the last ones read are kept at hand."""

import sqlite3
from collections.abc import Iterable, Iterator

from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.store.claim_index.entry import unpacked_sketch
from briefs.store.claim_index.rows import portions

_CLAIMS, _HEADS = 6_000, 3_000
"""How many are kept: some 50 MB, and what one story asks for again and again."""


class Records:
    """What the rows of one file say, as the types that were put.

    A number never stands for another row, so what was read once is right for as long as its row is there.
    Only numbers of a transaction that was rolled back are given again: then `forget`.
    """

    def __init__(self) -> None:
        self._claims: dict[int, IndexedClaim] = {}
        self._heads: dict[int, IndexedArticle] = {}

    def claims(self, database: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[IndexedClaim]:
        """Yield claims by number, in ascending order of the numbers; each number must be there."""
        wanted = sorted(numbers)
        if len(self._claims) > _CLAIMS:
            self._claims.clear()
        for marks, some in portions([each for each in wanted if each not in self._claims]):
            select = f"SELECT number, record FROM claims WHERE number IN ({marks})"  # noqa: S608 - marks
            for number, record in database.execute(select, some):
                self._claims[number] = IndexedClaim.from_json(record)
        yield from (self._claims[number] for number in wanted)

    def keep(self, number: int, claim: IndexedClaim) -> None:
        """Keep a claim that was just put: whoever put it goes on with the same object."""
        self._claims[number] = claim

    def heads(self, database: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[IndexedArticle]:
        """Yield articles without claims and sketches by number, in ascending order of the numbers."""
        wanted = sorted(numbers)
        if len(self._heads) > _HEADS:
            self._heads.clear()
        for marks, some in portions([each for each in wanted if each not in self._heads]):
            select = f"SELECT number, record FROM articles WHERE number IN ({marks})"  # noqa: S608 - marks
            for number, record in database.execute(select, some):
                self._heads[number] = IndexedArticle.from_json(record)
        yield from (self._heads[number] for number in wanted)

    def sketched(self, database: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[IndexedArticle]:
        """Yield articles without claims by number, in ascending order of the numbers."""
        for marks, some in portions(sorted(numbers)):
            select = f"SELECT record, sketch FROM articles WHERE number IN ({marks}) ORDER BY number"  # noqa: S608
            for record, sketch in database.execute(select, some):
                head = IndexedArticle.from_json(record)
                yield head.model_copy(update={"sketch": unpacked_sketch(sketch)})

    def forget(self) -> None:
        """Read everything anew from now on."""
        self._claims.clear()
        self._heads.clear()
