"""Brings an article's files up to date after something was decided on it: soon, in order, and before the end.

The truth is in the store already when this is asked; a process that is killed before it is done leaves files
that the next start brings up to date.
"""

import logging
from collections.abc import Callable
from threading import Condition, Thread

from briefs.errors import BriefsError, where_raised

log = logging.getLogger("briefs.desk")
Refresh = Callable[[str], str | None]
"""Writes an article's files anew by its slug; returns a line for a person where there is something to say."""


class Projector:
    """A thread that writes articles' files, the first asked for first; an article that waits waits once."""

    def __init__(self, refresh: Refresh) -> None:
        """Take what writes an article's files."""
        self._refresh = refresh
        self._due: dict[str, None] = {}
        self._busy = False
        self._closing = False
        self._changed = Condition()
        self.notes: dict[str, str] = {}
        """What is to be said of an article's files, by slug, until they are written again."""
        self._thread = Thread(target=self._work, name="projector", daemon=True)
        self._thread.start()

    def wanted(self, slug: str) -> None:
        """Ask for an article's files to be written; returns at once."""
        with self._changed:
            self._due[slug] = None
            self._changed.notify_all()

    def settle(self) -> None:
        """Return when everything that was asked for is written."""
        with self._changed:
            self._changed.wait_for(lambda: not self._due and not self._busy)

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
                self._changed.wait_for(lambda: self._due or self._closing)
                slug = next(iter(self._due), None)
                if slug is None:
                    return
                del self._due[slug]
                self._busy = True
            try:
                note = self._refresh(slug)
            except BriefsError as error:
                note = " ".join(str(error).split())
            except Exception as error:  # one article's fault must not keep the others from being written
                note = where_raised(error)
            self._say(slug, note)

    def _say(self, slug: str, note: str | None) -> None:
        with self._changed:
            if note:
                self.notes[slug] = note
            else:
                self.notes.pop(slug, None)
        if note:
            log.warning("%s: %s", slug, note)
