"""Events as rows of the desk's file: put in, and read back."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from briefs.domain.desk_events import DeskEvent, EventDraft, Moved
from briefs.domain.desk_lineage import by_claim

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
_INSERT = """
INSERT INTO events (at, who, door, article, brief, moved_to, moved_into, what)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""


class DamagedRowError(sqlite3.DatabaseError):
    """A row that SQLite reads, and that does not hold what was written."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def insert(database: sqlite3.Connection, draft: EventDraft, at: str) -> DeskEvent:
    """Put an event in, within the transaction that is open; `at` is now, UTC, ISO 8601 with seconds."""
    what = draft.what
    moved = (stored(what.to), stored(what.article)) if isinstance(what, Moved) else (None, None)
    names = (stored(draft.who), draft.door.value, stored(draft.article), stored(draft.brief))
    kept = stored(what.model_dump(mode="json"))
    seq = database.execute(_INSERT, (at, *names, *moved, kept)).lastrowid or 0
    return DeskEvent.model_construct(**dict(draft), seq=seq, at=at)


def every(database: sqlite3.Connection, after: int) -> tuple[DeskEvent, ...]:
    """Return all events after one, the earliest first."""
    return tuple(_read(database.execute(_ALL, (after,))))


def of_article(database: sqlite3.Connection, article: str, after: int) -> tuple[DeskEvent, ...]:
    """Return the events of the claims of an article, and of what has become of them, after one."""
    return tuple(_read(database.execute(_OF_ARTICLE, (stored(article), after))))


def of_claim(database: sqlite3.Connection, brief: str) -> tuple[DeskEvent, ...]:
    """Return the events of the claim that has this id now, the earliest first."""
    return by_claim(_read(database.execute(_OF_CLAIM, (stored(brief),)))).get(brief, ())


def naming(database: sqlite3.Connection, brief: str) -> tuple[DeskEvent, ...]:
    """Return the events that name this id, whosever they are now."""
    rows = database.execute(_OF_CLAIM, (stored(brief),))
    return tuple(event for event in _read(rows) if event.brief == brief)


def articles(database: sqlite3.Connection) -> tuple[str, ...]:
    """Return the ids of all articles that have events, or claims that were moved into them, in order."""
    try:
        return tuple(sorted(str(json.loads(name)) for (name,) in database.execute(_ARTICLES)))
    except (ValueError, TypeError) as error:
        raise DamagedRowError("an article's id does not hold what was written") from error


def stored(value: object) -> str:
    """Return JSON that any file system's name and any half of a character can be kept as, each in one way."""
    plain = json.dumps(value, ensure_ascii=False)
    try:
        plain.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return plain


def _read(rows: Iterable[Sequence[object]]) -> Iterator[DeskEvent]:
    for seq, at, who, door, article, brief, what in rows:
        # The names and what happened are JSON already: read at once, they cost a third.
        event = (
            f'{{"seq": {seq}, "at": "{at}", "who": {who}, "door": "{door}", "article": {article}, '
            f'"brief": {brief}, "what": {what}}}'
        )
        try:
            yield DeskEvent.from_json(event)
        except ValueError as error:
            raise DamagedRowError(f"event {seq} does not hold what was written") from error
