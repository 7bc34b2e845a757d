"""What editors decided, on disk: a table that is only ever added to, and the texts that it rests on.

One SQLite file a folder. What was appended is committed and synced before `append` returns: a killed process
or a power cut loses nothing that somebody was told is recorded. It holds words of unpublished articles: the
file is its owner's alone. A file that is damaged, or somebody else's, is left as it is and refused: this is
work that nothing could make again.
"""

import json
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
from briefs.domain.desk_events import DeskEvent, EventDraft, Moved
from briefs.domain.desk_lineage import by_claim
from briefs.errors import DeskError, StaleEdit
from briefs.store import database as files
from briefs.store import desk_schema

FILE = "desk.sqlite"
"""Name of the file within an output folder."""
_WAIT = 10.0
"""Seconds that another process may hold the file."""
_NOTHING: Mapping[str, int] = MappingProxyType({})
_ALL = "SELECT seq, at, who, door, article, brief, what FROM events WHERE seq > ? ORDER BY seq"
_OF_CLAIM = """
WITH RECURSIVE ids (id) AS (
  SELECT ? UNION SELECT brief FROM events JOIN ids ON moved_to = id
) SELECT seq, at, who, door, article, brief, what FROM events WHERE brief IN ids ORDER BY seq"""
"""By all ids that a claim may have had."""
_OF_ARTICLE = """
WITH RECURSIVE ids (id) AS (
  SELECT brief FROM events WHERE article = ?1 UNION SELECT moved_to FROM events WHERE moved_into = ?1
  UNION SELECT brief FROM events JOIN ids ON moved_to = id
) SELECT seq, at, who, door, article, brief, what FROM events WHERE brief IN ids AND seq > ?2 ORDER BY seq"""
"""By the ids of an article's claims, and those that they had before, in whatever article."""
_ARTICLES = "SELECT article FROM events UNION SELECT moved_into FROM events WHERE moved_into IS NOT NULL"


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
                events = self._of_claim(database, brief)
                if revision != (events[-1].seq if events else 0):
                    # A claim that has gone on under another id has no events of its own any more.
                    since = events or self._named(database, brief)
                    raise StaleEdit(brief, revision, [event for event in since if event.seq > revision])
            at = self._clock()
            return tuple(self._insert(database, draft, at) for draft in drafts)

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
                found = self._of_claim(database, brief)
                return tuple(
                    event
                    for event in found
                    if event.seq > after and (article is None or event.article == article)
                )
            if article is None:
                rows = database.execute(_ALL, (after,))
            else:
                rows = database.execute(_OF_ARTICLE, (_stored(article), after))
            return tuple(_event(row) for row in rows)

    def revision(self, brief: str) -> int:
        """Return the `seq` of a claim's last event, whatever its id was; 0 where it has none."""
        with self._reading() as database:
            events = self._of_claim(database, brief) if database is not None else ()
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
            if database is None:
                return ()
            rows = database.execute(_ARTICLES)
            return tuple(sorted(str(json.loads(name)) for (name,) in rows))

    def keep_text(self, article: Article) -> None:
        """Keep the text of an article, which sign-offs rest on; what is kept already is not written again."""
        with self._reading() as database:
            if (
                database is not None
                and database.execute(
                    "SELECT 1 FROM texts WHERE sha256 = ?", (article.text_sha256,)
                ).fetchone()
            ):
                return
        with self._writing() as database:
            database.execute(
                "INSERT OR IGNORE INTO texts VALUES (?, ?)", (article.text_sha256, _packed(article.text))
            )

    def text(self, sha256: str) -> str | None:
        """Return a text that was kept, by its hash."""
        return self._kept("SELECT text FROM texts WHERE sha256 = ?", sha256)

    def keep_generated(self, slug: str, markdown: str) -> None:
        """Keep the Markdown that the tool last wrote for an article: what a person's edits are told from."""
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

    @staticmethod
    def _of_claim(database: sqlite3.Connection, brief: str) -> tuple[DeskEvent, ...]:
        """Return the events of the claim that has this id now."""
        rows = database.execute(_OF_CLAIM, (_stored(brief),))
        return by_claim(_event(row) for row in rows).get(brief, ())

    @staticmethod
    def _named(database: sqlite3.Connection, brief: str) -> tuple[DeskEvent, ...]:
        """Return the events that name this id, whosever they are now."""
        rows = database.execute(_OF_CLAIM, (_stored(brief),))
        return tuple(event for event in map(_event, rows) if event.brief == brief)

    @staticmethod
    def _insert(database: sqlite3.Connection, draft: EventDraft, at: str) -> DeskEvent:
        what = draft.what
        seq = database.execute(
            "INSERT INTO events (at, who, door, article, brief, moved_to, moved_into, what) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                at,
                _stored(draft.who),
                draft.door.value,
                _stored(draft.article),
                _stored(draft.brief),
                _stored(what.to) if isinstance(what, Moved) else None,
                _stored(what.article) if isinstance(what, Moved) else None,
                _stored(what.model_dump(mode="json")),
            ),
        ).lastrowid
        return DeskEvent(**dict(draft), seq=seq, at=at)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        with self._lock, _telling(self.path):
            yield self._database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _telling(self.path):
            if self._database is None:
                raise DeskError(f"{self.path}: not open for writing; nothing was recorded")
            with files.transaction(self._database):
                yield self._database


def _event(row: Sequence[object]) -> DeskEvent:
    seq, at, who, door, article, brief, what = row
    names = (json.loads(str(each)) for each in (who, article, brief, what))
    fields = dict(zip(("who", "article", "brief", "what"), names, strict=True))
    return DeskEvent.model_validate({"seq": seq, "at": at, "door": door, **fields})


def _stored(value: object) -> str:
    """Return JSON that any file system's name and any half of a character can be kept as, each in one way."""
    plain = json.dumps(value, ensure_ascii=False)
    try:
        plain.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return plain


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def _unpacked(kept: bytes) -> str:
    return zlib.decompress(kept).decode("utf-8", "surrogatepass")


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into a DeskError that says what to do."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, zlib.error) as error:
        raise DeskError(f"{path}: {_said(error)}") from error


def _said(error: Exception) -> str:
    if files.is_held(error):
        return "another process holds it; nothing was recorded, try again"
    # A row that SQLite reads, and that does not hold what was written, is damage as well.
    if files.is_damage(error) or not isinstance(error, sqlite3.Error | OSError):
        return (
            "damaged; it is left as it is, and nothing is recorded. Put a copy of it in its place "
            f"({FILE}.backup-1, …, or your own), or rename it to begin anew with what the briefs say"
        )
    return f"{files.reason(error)}; nothing was recorded"
