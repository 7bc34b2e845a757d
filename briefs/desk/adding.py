"""Drafts the brief of a claim that a person selects, in a process of its own.

The parser takes a second to load and holds the interpreter while it works: in the desk's own process every
page would wait for it. The process is started with the first claim and ends after a while without one, and
with the desk, however that ends.
"""

from collections.abc import Collection
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from concurrent.futures.process import BrokenProcessPool
from threading import Lock, Timer
from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs
from briefs.domain.spans import Span
from briefs.errors import BriefsError, SelectionError
from briefs.pipeline.added import AddedDraft, draft_added
from briefs.pipeline.processes import end, pool_of, submitted

PATIENCE = 90.0
"""Seconds that a person waits for a brief at most."""
IDLE = 300.0
"""Seconds without a claim after which the process ends and gives its memory back."""


class Adding:
    """Drafts briefs for selected words; any thread may ask it."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._idle: Timer | None = None

    def draft(self, result: ArticleBriefs, place: Span, taken: Collection[str]) -> AddedDraft:
        """Return the brief of the claim at a place of an article's text, and which claims have its words too.

        `taken` are ids that other claims of the article have had. Raises SelectionError with a reason for
        people where no claim can be made of the place.
        """
        try:
            with self._lock:
                future = submitted(self._started(), _draft, result, place, tuple(taken))
            drafted = future.result(PATIENCE)
        except BrokenProcessPool as error:
            self._drop()
            raise SelectionError("the words could not be read just now; try again") from error
        except TooSlow as error:
            self._drop()
            raise SelectionError("reading the words takes too long; select fewer") from error
        finally:
            self._rest()
        if drafted.draft is None:
            raise SelectionError(drafted.reason)
        return drafted.draft

    def close(self) -> None:
        """End the process, whatever it does."""
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
        self._drop()

    def _started(self) -> ProcessPoolExecutor:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        if self._pool is None:
            self._pool = pool_of(1)
        return self._pool

    def _rest(self) -> None:
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            self._idle = Timer(IDLE, self._drop)
            self._idle.daemon = True
            self._idle.start()

    def _drop(self) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            end(pool)


class _Drafted(NamedTuple):
    """What the process gives: an error of ours does not survive the way between processes."""

    draft: AddedDraft | None
    reason: str = ""


def _draft(result: ArticleBriefs, place: Span, taken: tuple[str, ...]) -> _Drafted:
    """Return a brief, or why there is none, in the process that has the parser."""
    try:
        return _Drafted(draft_added(result, place, taken))
    except BriefsError as error:
        return _Drafted(None, " ".join(str(error).split()))
