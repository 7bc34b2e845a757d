"""Articles with a model: the work in worker processes, all calls on one event loop of this process.

A worker holds a suspended draft and hands out its requests; the calls are made here, where limits, budget,
cache and recording are shared by all articles of the run. A killed worker costs no finished call: its
articles are begun again, one at a time, and their replies are still at hand.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterable
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from itertools import chain, count, islice

from briefs.domain.run import StepUse
from briefs.errors import ReplayError
from briefs.llm import exchange
from briefs.llm.engines import Engine
from briefs.llm.port import Reply, Request
from briefs.llm.served import NotLoadedError
from briefs.pipeline.asking import answered
from briefs.pipeline.many import Seen
from briefs.pipeline.processes import brought_down
from briefs.pipeline.work import (
    Adviser,
    Asked,
    Drafted,
    Job,
    Outcome,
    begin,
    failed,
    forget,
    go_on,
    read_ahead,
)
from briefs.pipeline.worker import Turn, Worker


def with_model(jobs: Iterable[Job], engine: Engine, workers: int) -> Generator[Outcome, None, None]:
    """Yield the outcome of every job in the order given; closing it cancels the calls in flight.

    The event loop runs while the caller waits for an outcome, and rests while it writes one.
    """
    with asyncio.Runner() as runner:
        outcomes = _outcomes(jobs, engine, workers)
        ready: deque[Outcome] = deque()
        try:
            while runner.run(_is_ready(outcomes, ready)):
                yield ready.popleft()
        finally:
            runner.run(_close(outcomes, engine))


async def _is_ready(outcomes: AsyncIterator[Outcome], ready: deque[Outcome]) -> bool:
    """Wait for the next outcome and put it with those that are `ready`; tell whether there was one."""
    # Handed over beside the task, not as its result: when it restores the handler of Ctrl-C, Python writes
    # out the task with its result, which for the files of a whole article takes milliseconds.
    async for outcome in outcomes:
        ready.append(outcome)
        return True
    return False


async def _close(outcomes: AsyncGenerator[Outcome, None], engine: Engine) -> None:
    # Where the loop was left by an exception, a task of it still waits for the next outcome.
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    try:
        await outcomes.aclose()
    finally:
        await engine.close()


async def _outcomes(jobs: Iterable[Job], engine: Engine, workers: int) -> AsyncGenerator[Outcome, None]:
    """Work on a bounded number of articles at a time: enough to keep every call slot busy."""
    upcoming = iter(jobs)
    first = tuple(islice(upcoming, workers))
    upcoming = chain(first, upcoming)
    waiting: deque[asyncio.Task[Outcome]] = deque()
    room = 2 * engine.concurrency + 2 * workers
    run = _Run(engine, len(first))
    try:
        await engine.start()  # while the processes start
        while True:
            while len(waiting) < room and (job := next(upcoming, None)) is not None:
                waiting.append(asyncio.create_task(run.article(job)))
            if not waiting:
                return
            yield await waiting.popleft()
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        run.end()


def _use(uses: tuple[StepUse, ...], drafted: Drafted | None) -> tuple[StepUse, ...]:
    """Return what the steps took, with what the checks refused of their answers."""
    refused: dict[str, Counter[str]] = {}
    for each in drafted.rejections if drafted else ():
        refused.setdefault(each.step, Counter())[each.kind] += 1
    return tuple(
        use.model_copy(update={"rejected": dict(sorted(refused.get(use.step, Counter()).items()))})
        for use in uses
    )


class _Run:
    """The articles of one run."""

    def __init__(self, engine: Engine, workers: int) -> None:
        self._engine = engine
        self._workers = [Worker() for _ in range(workers)]
        self._numbers = count()
        self._seen = Seen()
        self._alone = asyncio.Lock()

    def end(self) -> None:
        """Stop the worker processes."""
        for worker in self._workers:
            worker.end()

    async def article(self, job: Job) -> Outcome:
        """Return what became of one article."""
        number = next(self._numbers)
        place = number % len(self._workers)
        worker = self._workers[place]
        replies: dict[Request, Reply] = {}
        try:
            try:
                return await self._dialogue(worker, number, job, replies)
            except BrokenProcessPool:
                # Which article killed the process cannot be told: each is tried alone.
                if self._workers[place] is worker:
                    self._workers[place] = Worker()
                worker.end()
                async with self._alone:
                    lone = Worker()
                    try:
                        return await self._dialogue(lone, number, job, replies)
                    finally:
                        lone.end()
        except BrokenProcessPool:
            return brought_down(job.input)
        except NotLoadedError:
            raise
        except Exception as error:  # no call for a replay, a recording that cannot be written
            return failed(job.input, error)

    async def _dialogue(
        self, worker: Worker, number: int, job: Job, replies: dict[Request, Reply]
    ) -> Outcome:
        adviser = Adviser(self._engine.model.id, self._engine.prompts)
        step = await worker.do(Turn.BEGIN, begin, number, job, adviser)
        if not isinstance(step, Asked):
            return step
        slug = step.slug
        if refused := self._seen.refuses(step.id, step.slug, job.input):
            await worker.do(Turn.BEGIN, forget, number)
            return refused
        async with _meanwhile(worker, number):
            turn = Turn.REPLIED
            while isinstance(step, Asked):
                try:
                    with exchange.article(exchange.ArticleRef(slug=slug, path=job.input.path)):
                        answers = await answered(self._engine, step.requests, replies)
                except ReplayError:
                    await worker.do(turn, forget, number)
                    raise
                step = await worker.do(turn, go_on, number, answers)
                turn = Turn.GO_ON
        await self._engine.finish(slug, whole=step.drafted is not None)
        return step._replace(use=_use(self._engine.meter.of(slug), step.drafted))


@asynccontextmanager
async def _meanwhile(worker: Worker, number: int) -> AsyncIterator[None]:
    """Have the worker read an article ahead when it has nothing better to do, until the block is left."""
    ahead = asyncio.create_task(worker.do(Turn.AHEAD, read_ahead, number))
    try:
        yield
    finally:
        ahead.cancel()
        await asyncio.gather(ahead, return_exceptions=True)  # of a dead process the block hears too
