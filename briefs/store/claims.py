"""The claim index: which claims of other articles are to be compared with an article's, and what came of it.

One SQLite file that several runs may share, at once too; it holds nothing that the outputs do not, so that
it can be deleted at any time and is filled again from them. What it offers depends on the set of articles
alone, never on the order in which they were put. The file is its owner's alone: claims quote articles.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from briefs.domain.relations import IndexedArticle, IndexedClaim, Relation
from briefs.errors import StoreError
from briefs.store import database as files
from briefs.store.claim_index import links, rows, schema
from briefs.store.claim_index.blocking import Blocking, shift
from briefs.store.claim_index.entry import Candidates, Entry, Limits, Pair

_WAIT = 30.0
"""Seconds that another run may hold the file; it holds it for one article at a time."""


class ClaimIndex:
    """The index in one file, made with its folder where there is none; one thread at a time may use it.

    Raises ConfigError when a newer version of briefs made the file, or it is something else. Where it
    cannot be used for any other reason, `usable` is false and `note` says why; every method then raises
    StoreError.
    """

    def __init__(
        self, path: Path, *, rules: str | None = None, limits: Limits | None = None, wait: float = _WAIT
    ) -> None:
        """Open the index in `path`.

        `rules` names the rules by which entries and relations are made: an index made by others is emptied,
        its `folders` stay known. None takes the index as it is.
        """
        self.note: str | None = None
        """One line for a person when the index cannot be used, or a damaged file was put aside."""
        self._path, self._rules, self._wait = path, rules, wait
        self._limits = limits or Limits()
        self._open: sqlite3.Connection | None = None
        self._depth = 0
        try:
            self._connect()
        except (sqlite3.Error, OSError) as error:
            self._meet(error)

    @property
    def usable(self) -> bool:
        """Tell whether the file can be used."""
        return self._open is not None

    @property
    def path(self) -> Path:
        """Return the index's file."""
        return self._path

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the file for one piece of work that is kept wholly or not at all; may be nested.

        Raises StoreError where the file cannot be written: nothing of the work is kept. If `usable` is
        still true then, a damaged file was put aside and an empty one begun.
        """
        if self._depth:
            yield
            return
        with self._guarded():
            database = self._database
            database.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                self._check_rules(database)
                yield
                database.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    database.execute("ROLLBACK")
                raise
            finally:
                self._depth = 0

    def put(self, entry: Entry, folder: Path) -> bool:
        """Put an article in the place of what there is of it; tell whether anything changed.

        Its relations are dropped and it is `unrelated` until `relate_to` is called. `folder` is where its
        outputs are.
        """
        row = rows.row_of(entry)
        with self.writing():
            database, number = self._database, self._folder_number(folder)
            known = database.execute(
                "SELECT number, fingerprint FROM articles WHERE id = ?", (row.id,)
            ).fetchone()
            if known and known[1] == row.fingerprint:
                database.execute("UPDATE articles SET folder = ? WHERE number = ?", (number, known[0]))
                return False
            with self._changing(known[0] if known else None, row):
                if known:
                    rows.delete(database, known[0])
                rows.insert(database, row, number)
        return True

    def remove(self, article: str) -> bool:
        """Take out an article with its relations; tell whether it was there."""
        with self.writing():
            number = self._number(article)
            if number is None:
                return False
            with self._changing(number, None):
                rows.delete(self._database, number)
        return True

    def candidates(self, article: str) -> Candidates:
        """Return which claims of other articles an article's claims are to be compared with.

        Pairs are symmetric: a claim is offered here exactly if this one is offered there.
        """
        with self._guarded():
            database, blocking = self._database, Blocking(self._database, self._limits)
            number = self._number(article)
            pairs = blocking.pairs(number) if number is not None else ()
            offered = {each.other for each in pairs}
            name: dict[int, str] = {}
            owners: set[int] = set()
            for marks, some in rows.portions(sorted(offered | {each.one for each in pairs})):
                for claim, identifier, owner in database.execute(
                    f"SELECT number, id, article FROM claims WHERE number IN ({marks})",  # noqa: S608 - marks
                    some,
                ):
                    name[claim] = identifier
                    owners.add(owner)
            owners.discard(number or 0)
            return Candidates(
                tuple(sorted(Pair(name[each.one], name[each.other]) for each in pairs)),
                tuple(sorted(rows.claims_in(database, offered), key=_by_id)),
                tuple(sorted(rows.heads_in(database, owners), key=_by_id)),
            )

    def relate_to(self, article: str, relations: Iterable[Relation]) -> None:
        """Put these in the place of all relations of an article's claims; it is related then.

        Every article of a family that changes is `pending`. Relations of other claims are left out.
        """
        with self.writing():
            database, number = self._database, self._number(article)
            if number is None:
                return
            own = Blocking(database, self._limits).claims_of([number])
            new = {
                each for each in links.links_for(database, relations) if each.one in own or each.other in own
            }
            links.replace(database, links.links_of(database, own), new)
            database.execute("UPDATE articles SET unrelated = 0 WHERE number = ? AND unrelated", (number,))

    def relations(self, claims: Iterable[str]) -> tuple[Relation, ...]:
        """Return the kept relations of claims, sorted by the ids of their two ends."""
        with self._guarded():
            database = self._database
            numbers = rows.numbers_of(database, "claims", claims).values()
            found = [Relation.model_validate_json(each.record) for each in links.links_of(database, numbers)]
        return tuple(sorted(found, key=lambda each: (each.one, each.other, each.aspect)))

    def family_of(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of these claims and of all that "same" and "conflict" join to them, sorted.

        It is cut off after `links.MOST_IN_FAMILY` claims.
        """
        with self._guarded():
            database = self._database
            found = links.family(database, rows.numbers_of(database, "claims", claims).values())
            return tuple(sorted(claim.id for claim in rows.claims_in(database, found)))

    def get(self, article: str) -> IndexedArticle | None:
        """Return an article with its claims, or none."""
        with self._guarded():
            database, number = self._database, self._number(article)
            if number is None:
                return None
            (head,) = rows.heads_in(database, [number])
            own = database.execute(
                "SELECT record FROM claims WHERE article = ? ORDER BY place", (number,)
            ).fetchall()
            claims = tuple(IndexedClaim.model_validate_json(record) for (record,) in own)
            return head.model_copy(update={"claims": claims})

    def claims(self, claims: Iterable[str]) -> Mapping[str, IndexedClaim]:
        """Return claims by id; what is unknown is left out."""
        with self._guarded():
            numbers = rows.numbers_of(self._database, "claims", claims).values()
            return {each.id: each for each in rows.claims_in(self._database, numbers)}

    def articles(self, articles: Iterable[str] | None = None) -> Mapping[str, IndexedArticle]:
        """Return articles without their claims by id, all of them if none are named."""
        with self._guarded():
            database = self._database
            if articles is None:
                numbers = [number for (number,) in database.execute("SELECT number FROM articles")]
            else:
                numbers = list(rows.numbers_of(database, "articles", articles).values())
            return {each.id: each for each in rows.heads_in(database, numbers)}

    def folder(self, article: str) -> Path | None:
        """Return the folder of an article's outputs."""
        with self._guarded():
            row = self._database.execute(
                "SELECT path FROM articles JOIN folders ON folders.number = folder WHERE id = ?", (article,)
            ).fetchone()
            return self._at(row[0]) if row else None

    def folders(self) -> tuple[Path, ...]:
        """Return the output folders that the index has served, in the order of their first article."""
        with self._guarded():
            found = self._database.execute("SELECT path FROM folders ORDER BY number").fetchall()
            return tuple(self._at(path) for (path,) in found)

    def unrelated(self) -> tuple[str, ...]:
        """Return the ids of articles to be compared with the others: new ones, and those with new pairs."""
        with self._guarded():
            found = self._database.execute("SELECT id FROM articles WHERE unrelated ORDER BY id").fetchall()
            return tuple(identifier for (identifier,) in found)

    def pending(self) -> tuple[str, ...]:
        """Return the ids of articles whose outputs are to be written anew for what others say."""
        with self._guarded():
            found = self._database.execute(
                "SELECT id FROM pending JOIN articles ON number = article ORDER BY id"
            ).fetchall()
            return tuple(identifier for (identifier,) in found)

    def mark(self, articles: Iterable[str]) -> None:
        """Mark articles as pending."""
        with self.writing():
            for identifier in articles:
                self._database.execute(
                    "INSERT OR IGNORE INTO pending SELECT number FROM articles WHERE id = ?", (identifier,)
                )

    def done(self, article: str) -> None:
        """Note that an article's outputs are written and say what the index holds."""
        with self.writing():
            self._database.execute("DELETE FROM pending WHERE article = ?", (self._number(article),))

    def close(self) -> None:
        """Close the file."""
        files.close(self._open)
        self._open = None

    @property
    def _database(self) -> sqlite3.Connection:
        if self._open is None:
            raise StoreError(self.note or f"{self._path}: closed")
        return self._open

    def _connect(self) -> None:
        try:
            self._open = files.connect(self._path, wait=self._wait)
            schema.prepare(self._open, self._path)
            self._adopt_rules(self._open)
        except BaseException:
            self.close()
            raise

    def _adopt_rules(self, database: sqlite3.Connection) -> None:
        if self._rules is None or self._rules == _rules_of(database):
            return
        database.execute("BEGIN IMMEDIATE")
        try:
            if _rules_of(database) is not None:
                schema.empty(database)
            database.execute("INSERT OR REPLACE INTO about VALUES ('rules', ?)", (self._rules,))
            database.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            raise

    def _check_rules(self, database: sqlite3.Connection) -> None:
        """Refuse to mix entries made by different rules, when another version empties the file meanwhile."""
        newer = files.version_of(database) != schema.SCHEMA_VERSION
        if newer or (self._rules is not None and _rules_of(database) != self._rules):
            self.note = f"{self._path}: another version of briefs has taken it over; articles are not related"
            self.close()
            raise StoreError(self.note)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn what SQLite says into a StoreError and a note; put a damaged file aside."""
        if self._depth:
            yield
            return
        try:
            yield
        except sqlite3.Error as error:
            self._meet(error)
            raise StoreError(self.note) from error

    def _meet(self, error: sqlite3.Error | OSError) -> None:
        self.close()
        if files.is_damage(error):
            try:
                aside = files.put_aside(self._path)
                self._connect()
            except (sqlite3.Error, OSError) as second:
                error = second
            else:
                self.note = (
                    f"{self._path}: damaged; it was put aside as {aside.name}, and is filled from the outputs"
                )
                return
        self.note = f"{self._path}: articles are not related ({files.reason(error)}); the briefs are whole"

    @contextmanager
    def _changing(self, old: int | None, new: rows.Row | None) -> Iterator[None]:
        """Keep relations and marks right while an article is taken out, put in or replaced."""
        database, blocking = self._database, Blocking(self._database, self._limits)
        keys, bands, tokens = blocking.traces_of(old) if old is not None else (set(), set(), set())
        if new is not None:
            keys |= {key for claim in new.claims for key in claim.keys}
            tokens |= {token for claim in new.claims for token in claim.tokens}
            bands |= set(new.bands)
        before = blocking.reach(keys, bands, tokens)
        if old is not None:
            links.replace(database, links.links_of(database, blocking.claims_of([old])), set())
        yield
        lost, gained = shift(blocking, before, blocking.reach(keys, bands, tokens))
        stale = {
            link
            for link in links.links_of(database, lost)
            if not blocking.are_paired(blocking.traces(link.one), blocking.traces(link.other))
        }
        links.replace(database, stale, set())
        for marks, some in rows.portions(sorted(gained)):
            owners = f"SELECT article FROM claims WHERE number IN ({marks})"  # noqa: S608 - marks
            database.execute(f"UPDATE articles SET unrelated = 1 WHERE number IN ({owners})", some)  # noqa: S608

    def _number(self, article: str) -> int | None:
        return rows.numbers_of(self._database, "articles", [article]).get(article)

    def _folder_number(self, folder: Path) -> int:
        path = self._stored(folder)
        self._database.execute("INSERT OR IGNORE INTO folders (path) VALUES (?)", (path,))
        found = self._database.execute("SELECT number FROM folders WHERE path = ?", (path,)).fetchone()
        return int(found[0])

    def _stored(self, folder: Path) -> bytes:
        """Write a folder relative to the index where it lies in its folder: both can be moved together."""
        home, full = self._path.parent.resolve(), folder.resolve()
        return os.fsencode(full.relative_to(home) if full.is_relative_to(home) else full)

    def _at(self, stored: bytes) -> Path:
        return self._path.parent / os.fsdecode(stored)


def _rules_of(database: sqlite3.Connection) -> str | None:
    row = database.execute("SELECT value FROM about WHERE name = 'rules'").fetchone()
    return None if row is None else str(row[0])


def _by_id(value: IndexedClaim | IndexedArticle) -> str:
    return value.id
