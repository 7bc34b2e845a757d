"""What editors decided, on disk: a table that is only ever added to, and the texts that it rests on.

One SQLite file a folder. What was appended is committed and synced before `append` returns: a killed process
or a power cut loses nothing that somebody was told is recorded. It holds words of unpublished articles: the
file is its owner's alone. A file that is damaged, or somebody else's, is left as it is and refused: this is
work that nothing could make again.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import NamedTuple, Self

from briefs.domain.article import Article, sha256
from briefs.domain.desk_events import DeskEvent, EventDraft
from briefs.errors import DeskError, StaleEdit
from briefs.store import database as files
from briefs.store import desk_rows, desk_schema

FILE = "desk.sqlite"
"""Name of the file within an output folder."""
_WAIT = 10.0
"""Seconds that another process may hold the file."""
_NOTHING: Mapping[str, int] = MappingProxyType({})


class PersonFile(NamedTuple):
    """A person's Markdown file as it was before a merge."""

    at: str
    """UTC, ISO 8601 with seconds."""
    markdown: str


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class DeskStore:
    """The desk of one output folder; any thread and any number of processes may use it at once."""

    def __init__(
        self, path: Path, database: sqlite3.Connection | None, clock: Callable[[], str] = _now
    ) -> None:
        """Use `DeskStore.open`."""
        self.path = path
        self._database = database
        self._clock = clock
        self._lock = RLock()

    @classmethod
    def open(
        cls, folder: Path, *, create: bool = True, wait: float = _WAIT, clock: Callable[[], str] = _now
    ) -> Self:
        """Open the desk of a folder; where it has none, make one, or with `create` false an empty stand-in.

        `wait` is the number of seconds that another process may hold the file. Raises ConfigError when a
        newer version of briefs made it, or it is something else; DeskError when it is damaged or held.
        """
        path = folder / FILE
        if not create and not path.exists():
            return cls(path, None, clock)
        with _telling(path):
            if files.is_foreign(path):
                raise desk_schema.no_desk(path)
            database = files.connect(path, wait=wait)
            try:
                desk_schema.prepare(database, path)
            except BaseException:
                files.close(database)
                raise
        return cls(path, database, clock)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            files.close(self._database)
            self._database = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(
        self, drafts: Sequence[EventDraft], expected: Mapping[str, int] = _NOTHING
    ) -> tuple[DeskEvent, ...]:
        """Record what happened, all of it or nothing; on return it is on the disk.

        `expected` maps a claim's id to the revision that the person saw, 0 where it had none. Raises
        StaleEdit with what was recorded since, when that is not the present one; DeskError when nothing can
        be recorded.
        """
        with self._writing() as database:
            for brief, revision in expected.items():
                events = desk_rows.of_claim(database, brief)
                if revision != (events[-1].seq if events else 0):
                    # A claim that has gone on under another id has no events of its own any more.
                    since = events or desk_rows.naming(database, brief)
                    raise StaleEdit(brief, revision, [event for event in since if event.seq > revision])
            at = self._clock()
            return tuple([desk_rows.insert(database, draft, at) for draft in drafts])

    def take_over(self, events: Sequence[DeskEvent]) -> None:
        """Record what another desk has, with its times; articles that have a past here are left."""
        known = {event.article for event in events} & set(self.articles())
        with self._writing() as database:
            for event in events:
                if event.article not in known:
                    fields = {name: getattr(event, name) for name in EventDraft.model_fields}
                    desk_rows.insert(database, EventDraft(**fields), event.at)

    def events(
        self, article: str | None = None, brief: str | None = None, after: int = 0
    ) -> tuple[DeskEvent, ...]:
        """Return what was recorded, the earliest first.

        Of an article: its claims' events, those under the ids and in the articles that they had before
        included. Of a claim: those of the one that has this id now. `after` leaves out what has this `seq`
        or a lower one.
        """
        with self._reading() as database:
            if database is None:
                return ()
            if brief is not None:
                own = desk_rows.of_claim(database, brief)
                return tuple(e for e in own if e.seq > after and article in (None, e.article))
            if article is not None:
                return desk_rows.of_article(database, article, after)
            return desk_rows.every(database, after)

    def revision(self, brief: str) -> int:
        """Return the `seq` of the last event of the claim that has this id now; 0 where it has none."""
        events = self.events(brief=brief)
        return events[-1].seq if events else 0

    def last(self) -> int:
        """Return the `seq` of the last event of the file; 0 where there is none."""
        with self._reading() as database:
            if database is None:
                return 0
            return int(database.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])

    def articles(self) -> tuple[str, ...]:
        """Return the ids of all articles that have events, in order of their names."""
        with self._reading() as database:
            return desk_rows.articles(database) if database is not None else ()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else record anything while files are written that show what was recorded.

        Nothing may be recorded or kept by the caller meanwhile. Raises DeskError.
        """
        with self._writing():
            yield

    def keep_text(self, article: Article) -> None:
        """Keep the text of an article, which sign-offs rest on; what is kept already is not written again."""
        with self._reading() as database:
            known = "SELECT 1 FROM texts WHERE sha256 = ?"
            if database is not None and database.execute(known, (article.text_sha256,)).fetchone():
                return
        with self._writing() as database:
            row = (article.text_sha256, _packed(article.text))
            database.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", row)

    def text(self, sha256: str) -> str | None:
        """Return a text that was kept, by its hash."""
        return self._kept("SELECT text FROM texts WHERE sha256 = ?", sha256)

    def keep_generated(self, slug: str, markdown: str) -> None:
        """Keep the Markdown that the tool last wrote for an article: what a person's edits are told from."""
        if self.generated(slug) == markdown:
            return
        with self._writing() as database:
            database.execute("INSERT OR REPLACE INTO generated VALUES (?, ?)", (slug, _packed(markdown)))

    def generated(self, slug: str) -> str | None:
        """Return the Markdown that the tool last wrote for an article."""
        return self._kept("SELECT text FROM generated WHERE slug = ?", slug)

    def keep_person(self, slug: str, markdown: str) -> None:
        """Keep a person's Markdown file as it was before a merge; the same content is kept once."""
        body = sha256(markdown.encode("utf-8", "surrogatepass"))
        with self._writing() as database:
            database.execute(
                "INSERT OR IGNORE INTO persons (at, slug, sha256, text) VALUES (?, ?, ?, ?)",
                (self._clock(), slug, body, _packed(markdown)),
            )

    def remember(self, name: str, value: str) -> None:
        """Keep a value under a name, for whoever works on the folder."""
        with self._writing() as database:
            database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def remembered(self, name: str) -> str | None:
        """Return the value that was kept under a name."""
        with self._reading() as database:
            query = "SELECT value FROM about WHERE name = ?"
            row = database.execute(query, (name,)).fetchone() if database is not None else None
            return None if row is None else str(row[0])

    def persons(self, slug: str) -> tuple[PersonFile, ...]:
        """Return the files of persons that were kept for an article, the earliest first."""
        with self._reading() as database:
            if database is None:
                return ()
            rows = database.execute("SELECT at, text FROM persons WHERE slug = ? ORDER BY number", (slug,))
            return tuple(PersonFile(str(at), _unpacked(text)) for at, text in rows)

    def _kept(self, query: str, name: str) -> str | None:
        with self._reading() as database:
            row = database.execute(query, (name,)).fetchone() if database is not None else None
            return None if row is None else _unpacked(row[0])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        with self._lock, _telling(self.path):
            yield self._database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _telling(self.path):
            if self._database is None:
                raise DeskError(f"{self.path}: is not open for writing; nothing was recorded")
            with files.transaction(self._database):
                yield self._database


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def _unpacked(kept: bytes) -> str:
    try:
        return zlib.decompress(kept).decode("utf-8", "surrogatepass")
    except (zlib.error, TypeError, ValueError) as error:
        raise desk_rows.DamagedRowError("a text does not hold what was written") from error


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into a DeskError that says what to do."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise DeskError(f"{path}: {_said(error, path)}") from error


def _said(error: sqlite3.Error | OSError, path: Path) -> str:
    if files.is_held(error):
        return "another process holds it; nothing was recorded, try again in a moment"
    if files.is_damage(error):
        return (
            "damaged; it is left as it is, and nothing is read or recorded. To restore it, put a copy of "
            f"yours in its place, or try: sqlite3 {path.name} .recover | sqlite3 new.sqlite. To go on "
            "without it, rename it: what the .json files of the briefs say is then taken over"
        )
    return f"{files.reason(error)}; nothing was recorded"
