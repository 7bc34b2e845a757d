"""The claims of a folder, for lists and filters: quick at 15,000 claims, right when files change under it.

A row is a function of an article's JSON file and of what was decided on it; both are looked at before every
list. What differs is read again: a few articles at once, many by a thread while lists show what is there.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from threading import Event, RLock, Thread
from typing import NamedTuple

from briefs.desk import catalogue_schema
from briefs.desk.filed import FiledArticle, FiledClaim, filed
from briefs.desk.opened import Articles, Stamp, Unreadable
from briefs.domain.desk_events import DeskEvent, Moved
from briefs.errors import where_raised
from briefs.review.fold import states
from briefs.review.project import project
from briefs.store.desk import DeskStore
from briefs.store.outputs import NO_BRIEFS

log = logging.getLogger("briefs.desk")
AT_ONCE = 6
"""Articles that a list waits for; more are read by the thread."""


class Reading(NamedTuple):
    """How far the catalogue is with a folder that it does not know yet."""

    done: int
    total: int


class Known(NamedTuple):
    """An article that the catalogue has a row for."""

    slug: str
    id: str
    title: str
    problem: str
    """Why its file is none of ours; empty where it is."""


class Catalogue:
    """The catalogue of one folder; any thread may ask it."""

    def __init__(self, folder: Path, store: DeskStore, articles: Articles) -> None:
        """Open the catalogue of a folder, or begin one; `refresh` brings it up to date."""
        self._folder, self._store, self._articles = folder, store, articles
        self._lock, self._working = RLock(), RLock()
        self._database = catalogue_schema.opened(folder)
        self._stamps: dict[str, str] = {
            str(slug): str(stamp)
            for slug, stamp in self._database.execute("SELECT slug, stamp FROM articles")
        }
        self._seen = self.kept_number("seen")
        self._due: dict[str, None] = {}
        self._wanted, self._closing = Event(), Event()
        self._total = 0
        self._thread = Thread(target=self._fill, name="catalogue", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop reading and close the file."""
        self._closing.set()
        self._wanted.set()
        self._thread.join()
        with self._lock:
            self._database.close()

    def refresh(self) -> Reading | None:
        """Notice what changed in the folder and on the desk; return how far reading is, if it is not done."""
        found = dict(self._scan())
        with self._lock:
            for slug in self._stamps.keys() - found.keys():
                self._forget(slug)
            changed = [slug for slug, stamp in found.items() if self._stamps.get(slug) != stamp]
            changed += self._decided()
            self._due.update(dict.fromkeys(changed))
            due = len(self._due)
            if due > AT_ONCE:
                self._total = max(self._total, due)
                self._wanted.set()
                return Reading(self._total - due, self._total)
            self._total = 0
        while self._take_next():
            pass
        return None

    def rows(self, query: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        """Return the rows that a SELECT gives."""
        with self._lock:
            return self._database.execute(query, tuple(values)).fetchall()

    @contextmanager
    def finding(self, words: Sequence[str]) -> Iterator[None]:
        """Hold the catalogue as it is, with the claims that have all these words in the table `found`."""
        with self._lock:
            self._database.execute("DELETE FROM temp.found")
            if words:
                wanted = " ".join(f'"{word}"*' for word in words)  # words in quotation marks are no operators
                query = "INSERT INTO temp.found SELECT rowid FROM words WHERE words MATCH ?"
                self._database.execute(query, (wanted,))
            yield

    def article(self, slug: str) -> Known | None:
        """Return an article by the name of its files: what a request names is looked up, never joined."""
        known = self._known("slug", slug)
        if known is None:
            self.refresh()
            with self._working:  # what is being read just now is there when this is free
                if self._take_due(slug):
                    self._taken_in(slug)
            known = self._known("slug", slug)
        return known

    def by_id(self, article: str) -> Known | None:
        """Return an article by its id."""
        return self._known("id", article)

    def kept_number(self, name: str) -> int:
        """Return a number that was kept beside the rows; 0 where there is none."""
        found = self.rows("SELECT value FROM kept WHERE name = ?", (name,))
        return int(str(found[0][0])) if found else 0

    def keep_number(self, name: str, value: int) -> None:
        """Keep a number beside the rows, for as long as they are kept."""
        with self._lock:
            self._write(
                lambda: self._database.execute(
                    "INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, str(value))
                )
            )

    def wait(self) -> None:
        """Return when every article is read; for tests and benchmarks."""
        while self.refresh() is not None:
            self._closing.wait(0.02)

    def _known(self, column: str, value: str) -> Known | None:
        query = f"SELECT slug, id, title, problem FROM articles WHERE {column} = ?"  # noqa: S608 - our names
        rows = self.rows(query, (_plain(value),))
        return Known(*map(str, rows[0])) if rows else None

    def _scan(self) -> Iterator[tuple[str, str]]:
        """Yield the name and stamp of every file that may be an article's; links are never followed."""
        with os.scandir(self._folder) as entries:
            for entry in entries:
                name = entry.name
                if not name.endswith(".json") or name.startswith(".") or name in NO_BRIEFS:
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:  # gone meanwhile
                    continue
                if S_ISREG(status.st_mode) and _plain(name) == name:
                    yield name.removesuffix(".json"), str(Stamp.of(status))

    def _decided(self) -> list[str]:
        """Return the articles on whose claims something was recorded since they were looked at."""
        last = self._store.last()
        if last == self._seen:
            return []
        ids = {each for event in self._store.events(after=self._seen) for each in _articles_of(event)}
        found = [self._known("id", each) for each in sorted(ids)]
        slugs = [each.slug for each in found if each is not None]

        def keep() -> None:
            # In one piece, and before they are read: the process may end in between.
            for slug in slugs:
                self._database.execute("UPDATE articles SET stamp = '' WHERE slug = ?", (slug,))
            self._database.execute("INSERT OR REPLACE INTO kept VALUES ('seen', ?)", (str(last),))

        self._write(keep)
        self._seen = last
        return slugs

    def _take_due(self, slug: str) -> bool:
        """Take an article from those that are to be read; tell whether it was among them."""
        with self._lock:
            return slug in self._due and self._due.pop(slug) is None

    def _take_next(self) -> bool:
        """Read the next article that is due; tell whether there was one.

        What is due and what has a row leave no gap for whoever holds `_working`, and no older reading of an
        article is put in after a newer one.
        """
        with self._working:
            with self._lock:
                slug = next(iter(self._due), None)
                if slug is not None:
                    del self._due[slug]
            if slug is not None:
                self._taken_in(slug)
            return slug is not None

    def _fill(self) -> None:
        while not self._closing.is_set():
            self._wanted.wait()
            self._wanted.clear()
            going = True
            while going and not self._closing.is_set():
                try:
                    going = self._take_next()
                except Exception as error:  # it is not known yet, and the next list asks for it again
                    log.warning("%s", where_raised(error))

    def _taken_in(self, slug: str) -> None:
        found: FiledArticle | None
        looked = self._store.last()
        try:
            stamp, briefs = self._articles.read(slug, keep=False)
            result = project(briefs, states(self._store.events(article=briefs.article.id)))
            found, said, problem = filed(result), str(stamp), ""
        except Unreadable as error:
            found, said, problem = None, self._stamp(slug), str(error)
        except Exception as error:  # one article's fault must not hide the others
            found, said, problem = None, self._stamp(slug), where_raised(error)
        with self._lock:
            if self._closing.is_set():
                return
            self._forget(slug)
            if said:
                self._stamps[slug] = said
                self._write(lambda: self._put(slug, said, problem, found))
            # Decided while it was read, perhaps before it had a row by which that could be noticed.
            newer = self._store.last() != looked
            if newer and found is not None and self._store.events(article=found.id, after=looked):
                self._due[slug] = None
                self._wanted.set()

    def _stamp(self, slug: str) -> str:
        """Return the stamp of a file that gave no briefs; empty where it is gone."""
        try:
            return str(Stamp.of(os.lstat(self._folder / f"{slug}.json")))
        except OSError:
            return ""

    def _forget(self, slug: str) -> None:
        self._stamps.pop(slug, None)
        self._write(lambda: self._remove(slug))

    def _write(self, work: Callable[[], object]) -> None:
        """Do a piece of writing wholly; where the file cannot be written, go on in memory from the start."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            work()
            self._database.execute("COMMIT")
        except sqlite3.Error:
            self._database.close()
            self._database = catalogue_schema.in_memory()
            self._stamps.clear()

    def _remove(self, slug: str) -> None:
        execute = self._database.execute
        execute("DELETE FROM words WHERE rowid IN (SELECT row FROM claims WHERE slug = ?)", (slug,))
        execute("DELETE FROM flags WHERE row IN (SELECT row FROM claims WHERE slug = ?)", (slug,))
        for table in ("claims", "questions", "articles"):
            execute(f"DELETE FROM {table} WHERE slug = ?", (slug,))  # noqa: S608 - our own names

    def _put(self, slug: str, stamp: str, problem: str, found: FiledArticle | None) -> None:
        execute = self._database.execute
        if found is None:
            execute("INSERT INTO articles (slug, stamp, problem) VALUES (?, ?, ?)", (slug, stamp, problem))
            return
        counted = _counts(found)
        columns = ", ".join(counted)
        marks = ", ".join("?" * (7 + len(counted)))
        execute(
            f"INSERT INTO articles (slug, stamp, id, title, outlet, published, failures, {columns}) "  # noqa: S608 - our own words; values are bound
            f"VALUES ({marks})",
            (
                slug,
                stamp,
                _plain(found.id),
                _plain(found.title),
                _plain(found.outlet),
                _plain(found.published),
                found.failures,
                *counted.values(),
            ),
        )
        for claim in found.claims:
            self._put_claim(slug, found.title, claim)
        level = {claim.brief: claim.level for claim in found.claims}
        for question in found.questions:
            execute(
                f"INSERT OR REPLACE INTO questions VALUES ({', '.join('?' * 13)})",  # noqa: S608 - our own words; values are bound
                (
                    slug,
                    question.brief,
                    question.key,
                    question.one,
                    _plain(question.ask),
                    _plain(question.text),
                    _plain(question.settles),
                    question.look_up,
                    question.first,
                    level[question.brief],
                    question.drafted_by,
                    None if question.answer is None else _plain(question.answer),
                    None if question.answered_by is None else _plain(question.answered_by),
                ),
            )

    def _put_claim(self, slug: str, title: str, claim: FiledClaim) -> None:
        execute = self._database.execute
        row = execute(
            f"INSERT INTO claims VALUES ({', '.join('?' * 24)})",  # noqa: S608 - our own words; values are bound
            (
                None,
                slug,
                claim.brief,
                claim.number,
                *map(_plain, (claim.short, claim.quote, claim.said_by, claim.source)),
                claim.level,
                claim.score,
                claim.status,
                claim.said,
                claim.so,
                _plain(claim.checker),
                _plain(claim.date),
                claim.signed,
                claim.changed,
                claim.read_otherwise,
                claim.dismissed,
                claim.added,
                claim.gone,
                claim.differs,
                " ".join(claim.flags),
                claim.open_questions,
            ),
        ).lastrowid
        for kind in claim.flags:
            execute("INSERT INTO flags VALUES (?, ?)", (row, kind))
        said = (claim.short, claim.quote, claim.standalone, claim.said_by, claim.note, title)
        execute(
            "INSERT INTO words (rowid, short, quote, standalone, said_by, note, title) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (row, *map(_plain, said)),
        )


def _counts(found: FiledArticle) -> dict[str, int]:
    """Return the numbers of an article's row, by column."""
    there = [claim for claim in found.claims if not claim.dismissed]
    statuses = {
        name: sum(claim.status == name for claim in there)
        for name in ("open", "usable", "correct", "soften", "cut")
    }
    return {
        "flags": found.flags,
        "questions": sum(question.answered_by is None for question in found.questions),
        "claims": len(there),
        "high": sum(claim.level == "high" for claim in there),
        "high_open": sum(claim.level == "high" and claim.status == "open" for claim in there),
        **statuses,
        "changed": sum(claim.changed for claim in there),
        "dismissed": len(found.claims) - len(there),
    }


def _articles_of(event: DeskEvent) -> tuple[str, ...]:
    return (event.article, event.what.article) if isinstance(event.what, Moved) else (event.article,)


def _plain(text: str) -> str:
    """Return text as SQLite can keep it: half a character, which UTF-8 has no form for, shown as U+FFFD."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
