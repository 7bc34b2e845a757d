"""Brings articles' files up to what was decided on them: soon, in order, and before the desk ends.

The truth is in the store before this is asked, and pages show it at once. Up to which event all files are
written is kept in the catalogue: a desk that is killed leaves files behind, and the next one writes them.
"""

import logging
from collections.abc import Callable
from threading import Condition, Thread
from typing import NamedTuple, Protocol

from briefs.domain.desk_events import DeskEvent, Door, Moved
from briefs.errors import BriefsError, where_raised

log = logging.getLogger("briefs.desk")
_LOOK = 0.2
"""Seconds after which it is looked again whether a folder is read."""
RETRIES = 3
"""How often an article's files are tried before the next start has to."""


class Events(Protocol):
    """The store of events."""

    def events(self, *, after: int) -> tuple[DeskEvent, ...]:
        """Return what was recorded after an event."""
        ...

    def last(self) -> int:
        """Return the number of the last event."""
        ...


class Files(NamedTuple):
    """What the projector works on."""

    refresh: Callable[[str], str | None]
    """Writes an article's files by its slug; returns a line for a person where there is something to say."""
    slug_of: Callable[[str], str | None]
    """The slug of an article, by its id; none where the folder has no such article."""
    complete: Callable[[], bool]
    """Every article of the folder is known."""
    written_to: Callable[[], int]
    """The last event of which all files are known to tell."""
    keep_written_to: Callable[[int], None]


class Projector:
    """A thread that writes articles' files, the first asked for first; an article that waits waits once."""

    def __init__(self, store: Events, files: Files) -> None:
        """Take the store and the files; `start` writes what an earlier desk left."""
        self._store, self._files = store, files
        self._due: dict[str, None] = {}
        self._done: dict[str, int] = {}
        """By slug: the last event that its files tell of at least."""
        self._failed: dict[str, int] = {}
        self._busy = self._closing = False
        self._behind = True
        self._changed = Condition()
        self.notes: dict[str, str] = {}
        """What is to be said of an article's files, by slug, until they are written again."""
        self._thread = Thread(target=self._work, name="projector", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier desk has left."""
        self._thread.start()

    def wanted(self, slug: str) -> None:
        """Ask for an article's files to be written; returns at once."""
        with self._changed:
            self._due[slug] = None
            self._failed.pop(slug, None)
            self._behind = True
            self._changed.notify_all()

    def settle(self) -> None:
        """Return when everything that was asked for is written, or was tried."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._due or self._busy or self._behind))

    def close(self) -> None:
        """Write what is left, and end."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._due or self._behind or self._closing)
                slug = next(iter(self._due), None)
                if slug is not None:
                    del self._due[slug]
                elif not self._behind:
                    return
                self._behind = self._behind and slug is not None
                self._busy = True
            if slug is not None:
                self._refresh(slug)
            else:
                self._catch_up()

    def _refresh(self, slug: str) -> None:
        try:
            seen = self._store.last()
            note = self._files.refresh(slug)
            self._done[slug] = seen
            self._failed.pop(slug, None)
        except BriefsError as error:
            note = self._missed(slug, " ".join(str(error).split()))
        except Exception as error:  # one article's fault must not keep the others from being written
            note = self._missed(slug, where_raised(error))
        with self._changed:
            if note:
                self.notes[slug] = note
            else:
                self.notes.pop(slug, None)
        if note:
            log.warning("%s: %s", slug, note)

    def _missed(self, slug: str, reason: str) -> str:
        self._failed[slug] = self._failed.get(slug, 0) + 1
        return reason

    def _catch_up(self) -> None:
        """Ask for the files that do not tell of every event; where there are none, remember that."""
        if not self._files.complete():
            with self._changed:
                self._changed.wait(_LOOK)
                self._behind = not self._closing
            return
        try:
            last = self._store.last()
            left = self._left(self._files.written_to(), last)
            if not left:
                self._files.keep_written_to(last)
                self._done = {slug: seen for slug, seen in self._done.items() if seen > last}
        except Exception as error:
            log.warning("%s", str(error) if isinstance(error, BriefsError) else where_raised(error))
            return
        again = [slug for slug in left if self._failed.get(slug, 0) < RETRIES]
        with self._changed:
            self._due |= dict.fromkeys(again)
            self._behind = self._behind or bool(again)

    def _left(self, written: int, last: int) -> list[str]:
        if last <= written:
            return []
        newest: dict[str, int] = {}
        for event in self._store.events(after=written):
            if event.door is not Door.RUN:  # a run writes what it records
                newest |= dict.fromkeys(_articles(event), event.seq)
        slugs = {slug: seq for article, seq in newest.items() if (slug := self._files.slug_of(article))}
        return [slug for slug, seq in slugs.items() if self._done.get(slug, 0) < seq <= last]


def _articles(event: DeskEvent) -> tuple[str, ...]:
    return (event.article, event.what.article) if isinstance(event.what, Moved) else (event.article,)
