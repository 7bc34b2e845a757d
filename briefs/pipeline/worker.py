"""One worker, and whose turn it is there: first what leads to calls, last what can wait for replies.

A worker is never without work while there is any: a few pieces more than it is at lie ready with it, so
that it need not wait for this process, which a burst of calls may keep busy for a moment. What does the work
is an `Executor`: a process of this machine, or an actor of a cluster.
"""

import asyncio
from collections.abc import Callable
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple, Protocol, TypeVar

from briefs.errors import ConfigError

ResultT = TypeVar("ResultT")

AT_HAND = 4
"""Pieces of work that a worker has, with the one that it is at; what is urgent waits for these at most."""


class WorkerLostError(Exception):
    """What did the work is gone, and its suspended drafts with it.

    `machine`: so is the machine it ran on, which is no article's doing.
    """

    def __init__(self, *, machine: bool = False) -> None:
        super().__init__("a worker was lost")
        self.machine = machine


class UnfitWorkerError(ConfigError):
    """A worker cannot do the work of this run, such as one of another version: the run ends."""


class NoRoomError(UnfitWorkerError):
    """There is no room for another worker: the run goes on with those it has, and ends where it has none."""


class Executor(Protocol):
    """Does pieces of work one after another, and keeps between them what the work has opened."""

    async def ready(self) -> None:
        """Wait until there is somebody to do the work; raises UnfitWorkerError and WorkerLostError."""

    async def run(self, work: Callable[..., ResultT], *arguments: object) -> ResultT:
        """Return what `work` gives; raises WorkerLostError when the executor died before."""

    def end(self) -> None:
        """Stop at once, whatever is under way."""


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
    """Has an executor do what it is given, the most urgent first.

    It belongs to the event loop in which it is given work.
    """

    def __init__(self, executor: Executor) -> None:
        self.articles = 0
        """Articles that it has in work."""
        self._executor = executor
        self._places = AT_HAND
        self._waiting: list[_Waiting] = []
        self._numbers = count()

    async def ready(self) -> None:
        """Wait until it can work; raises as its executor does."""
        await self._executor.ready()

    async def do(self, turn: Turn, work: Callable[..., ResultT], *arguments: object) -> ResultT:
        """Return what `work` gives, once it is its turn; raises WorkerLostError."""
        await self._place(turn)
        try:
            return await self._executor.run(work, *arguments)
        finally:
            self._leave()

    def end(self) -> None:
        """Stop the executor, whatever it is at."""
        self._executor.end()

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
