"""Articles with a model: the work in worker processes, all calls on one event loop of this process.

A worker holds a suspended draft and hands out its requests; the calls are made here, where limits, budget,
cache and recording are shared by all articles of the run. A killed worker costs no finished call: its
articles are begun again, one at a time, and their replies are still at hand.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterable
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from itertools import count

from briefs.domain.run import StepUse
from briefs.errors import ReplayError
from briefs.llm import exchange
from briefs.llm.engines import Engine
from briefs.llm.port import Reply, Request
from briefs.llm.put_off import PutOffError
from briefs.llm.served import NotLoadedError
from briefs.pipeline.asking import answered
from briefs.pipeline.crew import Crew
from briefs.pipeline.many import Seen
from briefs.pipeline.site import Site
from briefs.pipeline.spread import drawn, in_order, peeked
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
from briefs.pipeline.worker import Turn, UnfitWorkerError, Worker


def with_model(
    jobs: Iterable[Job], engine: Engine, site: Site, workers: int
) -> Generator[Outcome, None, None]:
    """Yield the outcome of every job in the order given; closing it cancels the calls in flight."""
    yield from drawn(_outcomes(jobs, engine, site, workers), engine.close)


async def _outcomes(
    jobs: Iterable[Job], engine: Engine, site: Site, workers: int
) -> AsyncGenerator[Outcome, None]:
    """Work on a bounded number of articles at a time: enough to keep every call slot busy."""
    workers, jobs = peeked(jobs, workers)
    room = 2 * engine.concurrency + 2 * workers
    run = _Run(engine, Crew(site, workers, depth=-(-room // workers)))
    outcomes = in_order(jobs, run.article, room)
    try:
        await engine.start()  # while the workers start
        async for outcome in outcomes:
            yield outcome
    finally:
        await outcomes.aclose()
        await run.crew.end()


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

    def __init__(self, engine: Engine, crew: Crew) -> None:
        self.crew = crew
        self._engine = engine
        self._numbers = count()
        self._seen = Seen()

    async def article(self, job: Job) -> Outcome:
        """Return what became of one article."""
        try:
            return await self.crew.work(job, partial(self._dialogue, next(self._numbers), {}))
        except (NotLoadedError, UnfitWorkerError):
            raise
        except PutOffError as later:
            return Outcome(job.input, None, None, 0.0, put_off=later.calls)
        except Exception as error:  # no call for a replay, a recording that cannot be written
            return failed(job.input, error)

    async def _dialogue(
        self, number: int, replies: dict[Request, Reply], worker: Worker, job: Job
    ) -> Outcome:
        """Draft an article with one worker; `replies` are those that another one has asked for already."""
        adviser = Adviser(self._engine.model.id, self._engine.prompts)
        step = await worker.do(Turn.BEGIN, begin, number, job, adviser)
        if not isinstance(step, Asked):
            return step
        slug = step.slug
        if refused := self._seen.refuses(step.id, step.slug, job.input):
            await worker.do(Turn.BEGIN, forget, number)
            return refused
        # Where no one waits for a reply, nothing is read in the meantime: most articles will be put off.
        async with nullcontext() if self._engine.at_once else _meanwhile(worker, number):
            turn = Turn.REPLIED
            while isinstance(step, Asked):
                try:
                    with exchange.article(exchange.ArticleRef(slug=slug, path=job.input.path)):
                        answers = await answered(self._engine, step.requests, replies)
                except (ReplayError, PutOffError):
                    await worker.do(turn, forget, number)
                    raise
                step = await worker.do(turn, go_on, number, answers)
                turn = Turn.GO_ON
        await self._engine.finish(slug, whole=step.drafted is not None)
        return step._replace(use=_use(self._engine.meter.taken(slug), step.drafted))


@asynccontextmanager
async def _meanwhile(worker: Worker, number: int) -> AsyncIterator[None]:
    """Have the worker read an article ahead when it has nothing better to do, until the block is left."""
    ahead = asyncio.create_task(worker.do(Turn.AHEAD, read_ahead, number))
    try:
        yield
    finally:
        ahead.cancel()
        await asyncio.gather(ahead, return_exceptions=True)  # of a lost worker the block hears too
