"""The workers of a run: each article goes to the least busy; one that brings its worker down is tried alone.

Which of the articles that a lost worker had brought it down cannot be told, so each of them is begun again by
itself, one at a time, with nobody else's work at stake. One that brings down every worker it is given to
fails alone. A worker whose whole machine was lost says nothing of its articles: they just begin again.
"""

import asyncio
from collections.abc import Awaitable, Callable

from briefs.errors import InputError
from briefs.pipeline.site import Site
from briefs.pipeline.work import Job, Outcome, failed
from briefs.pipeline.worker import NoRoomError, UnfitWorkerError, Worker, WorkerLostError
from briefs.readers.inputs import Input

Dialogue = Callable[[Worker, Job], Awaitable[Outcome]]
"""All the work on one article, done by the worker that it is handed to, with what the site has read of it."""

_TRIES_ALONE = 2
_MACHINES = 8
"""Machines that may be lost under one article before it is suspected all the same."""


class Crew:
    """As many workers as are wanted, replaced when they are lost; `depth`: articles that one has at most."""

    def __init__(self, site: Site, workers: int, depth: int) -> None:
        self._site = site
        self._depth = depth
        self._stillborn, self._most_stillborn = 0, 3 * workers
        self._hired: dict[Worker, asyncio.Task[None]] = {}
        self._ready: list[Worker] = []
        self._lone: Worker | None = None
        self._alone = asyncio.Lock()
        self._changed = asyncio.Condition()
        self._unfit: Exception | None = None
        for _ in range(workers):
            self._hire()

    async def work(self, job: Job, dialogue: Dialogue) -> Outcome:
        """Return what became of an article, whatever became of workers.

        Raises UnfitWorkerError when there is nobody to work, InputError when the article cannot be read, and
        what `dialogue` raises.
        """
        job = job._replace(loaded=self._site.content(job))
        for _ in range(_MACHINES):
            worker = await self._least_busy()
            try:
                return await dialogue(worker, job)
            except WorkerLostError as lost:
                await self._replace(worker)
                if not lost.machine:
                    break
            finally:
                await self._left(worker)
        return await self._by_itself(job, dialogue)

    async def end(self) -> None:
        """Stop all workers at once."""
        hired = tuple(self._hired.items())
        self._hired.clear()
        for worker, joining in hired:
            joining.cancel()
            worker.end()
        if self._lone is not None:
            self._lone.end()
        await asyncio.gather(*(joining for _, joining in hired), return_exceptions=True)

    async def _by_itself(self, job: Job, dialogue: Dialogue) -> Outcome:
        async with self._alone:
            for _ in range(_TRIES_ALONE):
                lone = self._lone = self._lone or Worker(self._site.executor(lone=True))
                try:
                    await lone.ready()
                    return await dialogue(lone, job)
                except WorkerLostError:
                    self._lone = None
                    lone.end()
        return brought_down(job.input)

    async def _least_busy(self) -> Worker:
        async with self._changed:
            while True:
                if self._unfit is not None:
                    raise self._unfit
                if self._ready:
                    worker = min(self._ready, key=lambda each: each.articles)
                    if worker.articles < self._depth:
                        worker.articles += 1
                        return worker
                await self._changed.wait()

    async def _left(self, worker: Worker) -> None:
        worker.articles -= 1
        async with self._changed:
            self._changed.notify()

    def _hire(self) -> None:
        worker = Worker(self._site.executor())
        self._hired[worker] = asyncio.create_task(self._join(worker))

    async def _join(self, worker: Worker) -> None:
        try:
            await worker.ready()
        except WorkerLostError:
            self._stillborn += 1
            if self._stillborn < self._most_stillborn:
                await self._replace(worker)
                return
            self._unfit = UnfitWorkerError(
                "the processes that read articles die as they start; free some memory"
            )
        except NoRoomError as error:
            if self._ready:
                self._hired.pop(worker, None)
                worker.end()
                return
            self._unfit = error
        except Exception as error:  # whatever it is, nobody may wait for this worker for ever
            self._unfit = error
        else:
            self._stillborn = 0
            self._ready.append(worker)
        async with self._changed:
            self._changed.notify_all()

    async def _replace(self, worker: Worker) -> None:
        if self._hired.pop(worker, None) is None:  # another of its articles has done so
            return
        if worker in self._ready:
            self._ready.remove(worker)
        worker.end()
        self._hire()


def brought_down(found: Input) -> Outcome:
    """Return the outcome of an input that killed every worker that read it."""
    reason = "brought down the process that read it (out of memory?)"
    return failed(found, InputError(found.name, reason, "split it or run it on a larger machine"))
