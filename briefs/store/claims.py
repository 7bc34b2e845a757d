"""The claim index: which claims of other articles are to be compared with an article's, and what came of it.

One SQLite file that several runs may share, at once too; it holds nothing that the outputs do not, so that
it can be deleted at any time and is filled again from them. What it offers depends on the set of articles
alone, never on the order in which they were put. The file is its owner's alone: claims quote articles.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from briefs.domain.relations import IndexedArticle, IndexedClaim, Relation
from briefs.store.claim_index import changing, links, rows
from briefs.store.claim_index.blocking import Blocking
from briefs.store.claim_index.entry import (
    Candidates,
    Entry,
    Limits,
    Listed,
    MayRelate,
    Pair,
    Stamp,
    is_text,
)
from briefs.store.claim_index.file import IndexFile, telling_damage
from briefs.store.claim_index.records import Records

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
        self._file = IndexFile(path, rules=rules, wait=wait)
        self._limits = limits or Limits()
        self._records = Records()
        self._looked_up: Blocking | None = None

    @property
    def note(self) -> str | None:
        """Return one line for a person when the index cannot be used, or a damaged file was put aside."""
        return self._file.note

    @property
    def usable(self) -> bool:
        """Tell whether the file can be used."""
        return self._file.usable

    @property
    def path(self) -> Path:
        """Return the index's file."""
        return self._file.path

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the file for one piece of work that is kept wholly or not at all; may be nested.

        Raises StoreError where the file cannot be written: nothing of the work is kept. If `usable` is
        still true then, a damaged file was put aside and an empty one begun.
        """
        with self._held():
            yield

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the file for what the index alone does, so that what is raised tells of damage."""
        with self._held() as database, telling_damage():
            yield database

    @contextmanager
    def _held(self) -> Iterator[sqlite3.Connection]:
        begun = not self._file.is_held
        try:
            with self._file.writing() as database:
                if begun:
                    self._blocking(database).refresh()
                yield database
        except BaseException:
            self._records.forget()
            if self._looked_up is not None:
                self._looked_up.forget()
            raise

    def put(self, entry: Entry, folder: Path) -> bool:
        """Put an article in the place of what there is of it; tell whether anything changed.

        Its relations are dropped and it is `unrelated` until `relate_to` is called. `folder` is where its
        outputs are. An article is left out whose id, or a claim's, is no valid Unicode.
        """
        if not all(map(is_text, (entry.article.id, *(claim.id for claim in entry.article.claims)))):
            return False
        row = rows.row_of(entry)
        with self._writing() as database:
            number = rows.folder_number(database, self._stored(folder))
            if not changing.put(database, self._blocking(database), row, number):
                return False
            rows.new_state(database)
            claims = {each.id: each for each in entry.article.claims}
            own = self._blocking(database).claims_of(
                [rows.numbers_of(database, "articles", [row.id])[row.id]]
            )
            for identifier, number in rows.numbers_of(database, "claims", claims).items():
                if number in own:  # and not left out because another article holds its id
                    self._records.keep(number, claims[identifier])
        return True

    def remove(self, article: str) -> bool:
        """Take out an article with its relations; tell whether it was there."""
        with self._writing() as database:
            number = self._number(database, article)
            if number is not None:
                changing.remove(database, self._blocking(database), number)
                rows.new_state(database)
        return number is not None

    def candidates(self, article: str, may_relate: MayRelate = lambda one, other: True) -> Candidates:  # noqa: ARG005
        """Return which claims of other articles an article's claims are to be compared with.

        Pairs are symmetric: a claim is offered here exactly if this one is offered there. Those that cannot
        relate are left out; `may_relate` has to be symmetric too.
        """
        with self._file.reading() as database:
            number = self._number(database, article)
            if number is None:
                return Candidates((), (), (), 0)
            found = self._blocking(database).pairs(number)
            seen = rows.seen(database, {claim for pair in found for claim in pair})
            pairs = [each for each in found if may_relate(seen[each.one].outline, seen[each.other].outline)]
            ends = sorted({end for pair in pairs for end in pair})
            claims = dict(zip(ends, self._records.claims(database, ends), strict=True))
            others = {each.other for each in pairs}
            return Candidates(
                tuple(sorted(Pair(claims[each.one].id, claims[each.other].id) for each in pairs)),
                tuple(sorted((claims[each] for each in others), key=_by_id)),
                tuple(
                    sorted(self._records.heads(database, {seen[each].article for each in others}), key=_by_id)
                ),
                len(found),
            )

    def relate_to(self, article: str, relations: Iterable[Relation]) -> None:
        """Put these in the place of all relations of an article's claims; it is related then.

        Every article of a family that changes is `pending`. Relations of other claims are left out.
        """
        with self._writing() as database:
            number = self._number(database, article)
            if number is None:
                return
            own = self._blocking(database).claims_of([number])
            new = {
                each for each in links.links_for(database, relations) if each.one in own or each.other in own
            }
            links.replace(database, links.links_of(database, own), new)
            database.execute("UPDATE articles SET unrelated = 0 WHERE number = ? AND unrelated", (number,))
            rows.new_state(database)

    def state(self) -> str | None:
        """Return what stays equal as long as no run changes articles, claims or relations."""
        with self._file.reading() as database:
            return rows.state(database)

    def relations(self, claims: Iterable[str]) -> tuple[Relation, ...]:
        """Return the kept relations of claims, sorted by the ids of their two ends."""
        with self._file.reading() as database:
            numbers = rows.numbers_of(database, "claims", claims).values()
            found = [Relation.from_json(each.record) for each in links.links_of(database, numbers)]
        return tuple(sorted(found, key=lambda each: (each.one, each.other, each.aspect)))

    def family_of(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of these claims and of all that "same" and "conflict" join to them, sorted.

        It is cut off after `links.MOST_IN_FAMILY` claims.
        """
        with self._file.reading() as database:
            found = links.family(database, rows.numbers_of(database, "claims", claims).values())
            return tuple(sorted(claim.id for claim in self._records.claims(database, found)))

    def get(self, article: str) -> IndexedArticle | None:
        """Return an article with its claims, or none."""
        with self._file.reading() as database:
            number = self._number(database, article)
            if number is None:
                return None
            (head,) = self._records.sketched(database, [number])
            claims = self._records.claims(database, self._blocking(database).claims_of([number]))
            return head.model_copy(update={"claims": tuple(claims)})

    def claims(self, claims: Iterable[str]) -> Mapping[str, IndexedClaim]:
        """Return claims by id; what is unknown is left out."""
        with self._file.reading() as database:
            numbers = rows.numbers_of(database, "claims", claims).values()
            return {each.id: each for each in self._records.claims(database, numbers)}

    def articles(self, articles: Iterable[str] | None = None) -> Mapping[str, IndexedArticle]:
        """Return articles without their claims by id, all of them if none are named."""
        with self._file.reading() as database:
            if articles is None:
                numbers = [number for (number,) in database.execute("SELECT number FROM articles")]
            else:
                numbers = list(rows.numbers_of(database, "articles", articles).values())
            return {each.id: each for each in self._records.sketched(database, numbers)}

    def wrote(self, article: str, path: Path) -> None:
        """Note that an article's JSON file was just written, so that `reconcile` need not read it."""
        stamp = Stamp.of(path)
        if stamp is not None:
            self.stamp(article, stamp)

    def stamp(self, article: str, stamp: Stamp) -> None:
        """Note of which JSON file an article was made."""
        with self._writing() as database:
            database.execute(
                "UPDATE articles SET slug = ?, size = ?, written = ? WHERE number = ?",
                (*stamp, self._number(database, article)),
            )

    def stamps(self, folder: Path) -> Mapping[str, Stamp]:
        """Return the stamps of all articles of an output folder, by id."""
        with self._file.reading() as database:
            found = database.execute(
                "SELECT id, slug, ifnull(size, -1), ifnull(written, -1) FROM articles "
                "JOIN folders ON folders.number = folder WHERE path = ?",
                (self._stored(folder),),
            ).fetchall()
            return {article: Stamp(slug, size, written) for article, slug, size, written in found}

    def size(self, folder: Path) -> int:
        """Return how many articles of an output folder there are."""
        with self._file.reading() as database:
            select = "SELECT count(*) FROM articles JOIN folders ON folders.number = folder WHERE path = ?"
            return int(database.execute(select, (self._stored(folder),)).fetchone()[0])

    def listing(self) -> tuple[Listed, ...]:
        """Return a line about every article, by folder, publication date (undated last) and id."""
        with self._file.reading() as database:
            heads = self.articles()
            found = [
                Listed(
                    id=(head := heads[row.id]).id,
                    slug=head.slug,
                    title=head.title,
                    outlet=head.outlet,
                    published=head.published,
                    folder=self._at(row.folder),
                    claims=row.claims,
                    relations=row.relations,
                )
                for row in rows.counts(database)
            ]
        return tuple(sorted(found, key=lambda each: (each.folder, each.published or "~", each.id)))

    def vacuum(self) -> None:
        """Give back the room of what was removed, so that no word of it is left in the file.

        Raises StoreError where another run uses the file, or the disk has no room for the file again.
        """
        self._file.vacuum()

    def remembered(self, name: str) -> str | None:
        """Return what `remember` was told of `name`; none where it was told nothing."""
        with self._file.reading() as database:
            row = database.execute("SELECT value FROM about WHERE name = ?", (f"said {name}",)).fetchone()
            return str(row[0]) if row else None

    def remember(self, name: str, value: str) -> None:
        """Keep a value for whoever uses the index; it stays when the index is emptied."""
        with self._writing() as database:
            database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (f"said {name}", value))

    def folder(self, article: str) -> Path | None:
        """Return the folder of an article's outputs."""
        with self._file.reading() as database:
            row = database.execute(
                "SELECT path FROM articles JOIN folders ON folders.number = folder WHERE articles.number = ?",
                (self._number(database, article),),
            ).fetchone()
            return self._at(row[0]) if row else None

    def lying_in(self, folder: Path, articles: Iterable[str]) -> frozenset[str]:
        """Return those of these articles whose outputs are in `folder`."""
        with self._file.reading() as database:
            numbers = list(rows.numbers_of(database, "articles", articles).values())
            return frozenset(rows.articles_in(database, self._stored(folder), numbers))

    def folders(self) -> tuple[Path, ...]:
        """Return the output folders that the index has served, in the order of their first article."""
        with self._file.reading() as database:
            found = database.execute("SELECT path FROM folders ORDER BY number").fetchall()
            return tuple(self._at(path) for (path,) in found)

    def unrelated(self) -> tuple[str, ...]:
        """Return the ids of articles to be compared with the others: new ones, and those with new pairs."""
        with self._file.reading() as database:
            found = database.execute("SELECT id FROM articles WHERE unrelated ORDER BY id").fetchall()
            return tuple(identifier for (identifier,) in found)

    def drop(self, folder: Path) -> None:
        """Take out an output folder with all its articles."""
        with self._writing() as database:
            for article in self.stamps(folder):
                self.remove(article)
            database.execute("DELETE FROM folders WHERE path = ?", (self._stored(folder),))

    def pending(self) -> tuple[str, ...]:
        """Return the ids of articles whose outputs are to be written anew for what others say."""
        with self._file.reading() as database:
            found = database.execute(
                "SELECT id FROM pending JOIN articles ON number = article ORDER BY id"
            ).fetchall()
            return tuple(identifier for (identifier,) in found)

    def mark(self, articles: Iterable[str]) -> None:
        """Mark articles as pending."""
        with self._writing() as database:
            numbers = rows.numbers_of(database, "articles", articles).values()
            database.executemany("INSERT OR IGNORE INTO pending VALUES (?)", [(each,) for each in numbers])

    def done(self, article: str) -> None:
        """Note that an article's outputs are written and say what the index holds."""
        with self._writing() as database:
            database.execute("DELETE FROM pending WHERE article = ?", (self._number(database, article),))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _blocking(self, database: sqlite3.Connection) -> Blocking:
        """Return what gives pairs; within a piece of work it remembers what it looked up."""
        if self._looked_up is None or self._looked_up.database is not database:
            self._looked_up = Blocking(database, self._limits)
        if not self._file.is_held:
            self._looked_up.refresh()
        return self._looked_up

    def _number(self, database: sqlite3.Connection, article: str) -> int | None:
        return rows.numbers_of(database, "articles", [article]).get(article)

    def _stored(self, folder: Path) -> bytes:
        """Write a folder relative to the index's where it lies in that: both can be moved together."""
        home, full = self.path.parent.resolve(), folder.resolve()
        return os.fsencode(full.relative_to(home) if full.is_relative_to(home) else full)

    def _at(self, stored: bytes) -> Path:
        return self.path.parent / os.fsdecode(stored)


def _by_id(value: IndexedClaim | IndexedArticle) -> str:
    return value.id
