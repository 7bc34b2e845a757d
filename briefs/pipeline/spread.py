"""Articles worked on at the same time, their outcomes in the order given, and only so many at once.

The event loop runs while the caller waits for an outcome, and rests while it writes one.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator, Iterable
from itertools import chain, islice

from briefs.pipeline.crew import Crew
from briefs.pipeline.site import Site
from briefs.pipeline.work import Job, Outcome, failed, process
from briefs.pipeline.worker import Turn, UnfitWorkerError, Worker


def offline(jobs: Iterable[Job], site: Site, workers: int) -> Generator[Outcome, None, None]:
    """Yield the outcome of every job in the order given, by the rules alone; closing it stops the workers."""
    yield from drawn(_offline(jobs, site, workers))


async def _offline(jobs: Iterable[Job], site: Site, workers: int) -> AsyncGenerator[Outcome, None]:
    first, jobs = peeked(jobs, workers)
    crew = Crew(site, first, depth=_DEPTH)

    async def article(job: Job) -> Outcome:
        try:
            return await crew.work(job, _processed)
        except UnfitWorkerError:
            raise
        except Exception as error:
            return failed(job.input, error)

    outcomes = in_order(jobs, article, (_DEPTH + 1) * first)
    try:
        async for outcome in outcomes:
            yield outcome
    finally:
        await outcomes.aclose()
        await crew.end()


async def _processed(worker: Worker, job: Job) -> Outcome:
    return await worker.do(Turn.BEGIN, process, job)


_DEPTH = 3
"""Articles that a worker has at most: one in work, the others so that it need not wait for this process."""


def peeked(jobs: Iterable[Job], workers: int) -> tuple[int, Iterable[Job]]:
    """Return how many workers have anything to do, of `workers` at most, and the jobs again."""
    upcoming = iter(jobs)
    first = tuple(islice(upcoming, workers))
    return max(1, len(first)), chain(first, upcoming)


async def in_order(
    jobs: Iterable[Job], article: Callable[[Job], Awaitable[Outcome]], room: int
) -> AsyncGenerator[Outcome, None]:
    """Yield what `article` makes of every job in the order given, with `room` of them begun at most."""
    upcoming = iter(jobs)
    begun: deque[asyncio.Future[Outcome]] = deque()
    try:
        while True:
            while len(begun) < room and (job := next(upcoming, None)) is not None:
                begun.append(asyncio.ensure_future(article(job)))
            if not begun:
                return
            # Waited for, not awaited: to cancel the first article before the others would give its turn to
            # call to one of them, and a call would begin whose answer nobody takes.
            await asyncio.wait({begun[0]})
            yield begun.popleft().result()
    finally:
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)


def drawn(
    outcomes: AsyncGenerator[Outcome, None], close: Callable[[], Awaitable[None]] | None = None
) -> Generator[Outcome, None, None]:
    """Yield what an asynchronous generator gives, in an event loop of its own; `close` runs there last."""
    with asyncio.Runner() as runner:
        ready: deque[Outcome] = deque()
        try:
            while runner.run(_is_ready(outcomes, ready)):
                yield ready.popleft()
        finally:
            runner.run(_close(outcomes, close))


async def _is_ready(outcomes: AsyncIterator[Outcome], ready: deque[Outcome]) -> bool:
    """Wait for the next outcome and put it with those that are `ready`; tell whether there was one."""
    # Handed over beside the task, not as its result: when it restores the handler of Ctrl-C, Python writes
    # out the task with its result, which for the files of a whole article takes milliseconds.
    async for outcome in outcomes:
        ready.append(outcome)
        return True
    return False


async def _close(
    outcomes: AsyncGenerator[Outcome, None], close: Callable[[], Awaitable[None]] | None
) -> None:
    # Where the loop was left by an exception, a task of it still waits for the next outcome.
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    try:
        await outcomes.aclose()
    finally:
        if close is not None:
            await close()
