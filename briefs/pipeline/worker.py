"""One worker process, and whose turn it is there: first what leads to calls, last what can wait for replies.

The process is never without work while there is any: a few pieces more than it is at lie ready in it, so
that it need not wait for this one, which a burst of calls may keep busy for a moment.
"""

import asyncio
from collections.abc import Callable
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple, TypeVar

from briefs.pipeline.processes import end, pool_of, submitted
from briefs.pipeline.work import warm

ResultT = TypeVar("ResultT")

AT_HAND = 4
"""Pieces of work that the process has, with the one that it is at; what is urgent waits for these at most."""


class Turn(IntEnum):
    """How soon a piece of work should be done; the least number first."""

    REPLIED = 0
    """An article has its first replies: they lead to its next calls, in little time."""
    BEGIN = 1
    """A new article: it leads to its first calls, in little time."""
    GO_ON = 2
    """Later replies: most of them end an article."""
    AHEAD = 3
    """What will be needed when the replies are there."""


class _Waiting(NamedTuple):
    turn: Turn
    number: int
    granted: asyncio.Future[None]


class Worker:
    """A process that is started at once, loads what the work needs, and keeps suspended drafts.

    It belongs to the event loop in which it is given work. What is given to a process that died raises
    BrokenProcessPool.
    """

    def __init__(self) -> None:
        self._pool = pool_of(1)
        self._places = AT_HAND
        self._waiting: list[_Waiting] = []
        self._numbers = count()
        submitted(self._pool, warm)

    async def do(self, turn: Turn, work: Callable[..., ResultT], *arguments: object) -> ResultT:
        """Return what `work` gives in the process, once it is its turn."""
        await self._place(turn)
        try:
            return await asyncio.wrap_future(submitted(self._pool, work, *arguments))
        finally:
            self._leave()

    def end(self) -> None:
        """Stop the process, whatever it is at."""
        end(self._pool)

    async def _place(self, turn: Turn) -> None:
        if self._places:
            self._places -= 1
            return
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._waiting, _Waiting(turn, next(self._numbers), granted))
        try:
            await granted
        except asyncio.CancelledError:
            if not granted.cancelled():  # it was given the place, and will not use it
                self._leave()
            raise

    def _leave(self) -> None:
        while self._waiting:
            granted = heappop(self._waiting).granted
            if not granted.done():
                granted.set_result(None)
                return
        self._places += 1
