"""Articles with a model: the work in worker processes, all calls on one event loop of this process.

A worker holds a suspended draft and hands out its requests; the calls are made here, where limits, budget,
cache and recording are shared by all articles of the run. A killed worker costs no finished call: its
articles are begun again, one at a time, and their replies are still at hand.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import count
from typing import TypeVar

from briefs.domain.article import Article
from briefs.domain.run import StepUse
from briefs.errors import BriefsError, ReplayError
from briefs.llm import exchange
from briefs.llm.engines import Engine
from briefs.llm.port import Reply, Request
from briefs.llm.served import NotLoadedError
from briefs.pipeline.many import Seen
from briefs.pipeline.order import Assistance, Draft, drafting
from briefs.pipeline.processes import brought_down, end, pool_of, submitted
from briefs.pipeline.work import Adviser, Asked, Drafted, Job, Outcome, begin, failed, forget, go_on, warm
from briefs.prompts import load_prompts

ResultT = TypeVar("ResultT")


def with_model(jobs: Iterable[Job], engine: Engine, workers: int) -> Generator[Outcome, None, None]:
    """Yield the outcome of every job in the order given; closing it cancels the calls in flight.

    The event loop runs while the caller waits for an outcome, and rests while it writes one.
    """
    with asyncio.Runner() as runner:
        outcomes = _outcomes(jobs, engine, workers)
        try:
            while (outcome := runner.run(_next(outcomes))) is not None:
                yield outcome
        finally:
            runner.run(_close(outcomes, engine))


async def ask_for(article: Article, engine: Engine) -> Draft:
    """Draft one article in this process; the engine is closed at the end."""
    try:
        await engine.start()
        draft = drafting(article, Assistance(engine.model.id, load_prompts(engine.prompts)))
        replies: tuple[Reply, ...] | None = None
        with exchange.article(exchange.ArticleRef(slug=article.slug, path=article.source_path)):
            while True:
                try:
                    requests = next(draft) if replies is None else draft.send(replies)
                except StopIteration as stop:
                    done: Draft = stop.value
                    return done
                replies = await _answered(engine, requests, {})
    finally:
        await engine.close()


async def _next(outcomes: AsyncGenerator[Outcome, None]) -> Outcome | None:
    return await anext(outcomes, None)


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
    await engine.start()
    upcoming = iter(jobs)
    waiting: deque[asyncio.Task[Outcome]] = deque()
    room = 2 * engine.concurrency + 2 * workers
    run = _Run(engine, workers)
    try:
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


class _Worker:
    """One worker process; a suspended draft is gone on with where it was begun."""

    def __init__(self) -> None:
        self.pool = pool_of(1)
        # One article is begun at a time: those that have their replies come first.
        self.beginning = asyncio.Lock()

    def renew(self, broken: ProcessPoolExecutor) -> None:
        """Put a new process in place of one that died, once for all the articles that it held."""
        if self.pool is broken:
            self.pool = pool_of(1)
            broken.shutdown(wait=False)


class _Run:
    """The articles of one run."""

    def __init__(self, engine: Engine, workers: int) -> None:
        self._engine = engine
        self._adviser = Adviser(engine.model.id, engine.prompts)
        self._workers = [_Worker() for _ in range(workers)]
        self._numbers = count()
        self._seen = Seen()
        self._alone = asyncio.Lock()

    def end(self) -> None:
        """Stop the worker processes."""
        for worker in self._workers:
            end(worker.pool)

    async def article(self, job: Job) -> Outcome:
        """Return what became of one article."""
        number = next(self._numbers)
        worker = self._workers[number % len(self._workers)]
        pool = worker.pool
        replies: dict[Request, Reply] = {}
        try:
            try:
                return await self._dialogue(pool, worker.beginning, number, job, replies)
            except BrokenProcessPool:
                # Which article killed the process cannot be told: each is tried alone.
                worker.renew(pool)
                async with self._alone:
                    with _lone_pool() as lone:
                        return await self._dialogue(lone, asyncio.Lock(), number, job, replies)
        except BrokenProcessPool:
            return brought_down(job.input)
        except NotLoadedError:
            raise
        except Exception as error:  # no call for a replay, a recording that cannot be written
            return failed(job.input, error)

    async def _dialogue(
        self,
        pool: ProcessPoolExecutor,
        beginning: asyncio.Lock,
        number: int,
        job: Job,
        replies: dict[Request, Reply],
    ) -> Outcome:
        async with beginning:
            step = await _in(pool, begin, number, job, self._adviser)
        if number < len(self._workers):
            submitted(pool, warm)
        if isinstance(step, Asked) and (refused := self._seen.refuses(step.id, job.input)):
            await _in(pool, forget, number)
            return refused
        slug = step.slug if isinstance(step, Asked) else None
        while isinstance(step, Asked):
            try:
                with exchange.article(exchange.ArticleRef(slug=step.slug, path=job.input.path)):
                    answers = await _answered(self._engine, step.requests, replies)
            except ReplayError:
                await _in(pool, forget, number)
                raise
            step = await _in(pool, go_on, number, answers)
        if slug is None:
            return step
        await self._engine.finish(slug, whole=step.drafted is not None)
        return step._replace(use=_use(self._engine.meter.of(slug), step.drafted))


async def _in(pool: ProcessPoolExecutor, work: Callable[..., ResultT], *arguments: object) -> ResultT:
    return await asyncio.wrap_future(submitted(pool, work, *arguments))


async def _answered(
    engine: Engine, requests: tuple[Request, ...], known: dict[Request, Reply]
) -> tuple[Reply, ...]:
    """Ask for all replies at once; those in `known` were had before a worker died."""

    async def answer(request: Request) -> Reply:
        if request not in known:
            known[request] = await engine.model.ask(request)
        return known[request]

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(answer(request)) for request in requests]
    except* (ReplayError, NotLoadedError) as errors:
        raise _first(errors) from None
    return tuple(task.result() for task in tasks)


def _first(group: BaseExceptionGroup[BriefsError]) -> BriefsError:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if not isinstance(error, BriefsError):
        raise TypeError("a group of our errors holds another error")
    return error


@contextmanager
def _lone_pool() -> Iterator[ProcessPoolExecutor]:
    pool = pool_of(1)
    try:
        yield pool
    finally:
        end(pool)
