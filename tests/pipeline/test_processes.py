"""Workers that are lost: no article is, none is done twice, and one that kills them all is one failed article."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from briefs.pipeline import processes, spread
from briefs.pipeline.one import given_by_user
from briefs.pipeline.processes import ProcessExecutor
from briefs.pipeline.work import Job, Outcome, Wanted, failed
from briefs.pipeline.worker import Executor, NoRoomError, UnfitWorkerError, WorkerLostError
from briefs.readers.inputs import Input, Loaded

ResultT = TypeVar("ResultT")


def jobs(number: int) -> list[Job]:
    """Return jobs that nothing opens."""
    given = given_by_user("published", None, None)
    inputs = [Input(kind="file", path=f"{n}.txt", id=f"{n}.txt") for n in range(number)]
    return [Job(each, given, Wanted(("md",))) for each in inputs]


class Fragile:
    """A site whose workers die of articles that `kills` names, or after `life` pieces of work."""

    def __init__(self, kills: Callable[[str], bool] = lambda _: False, life: int = 1000) -> None:
        self.kills, self.life = kills, life
        self.started = self.ended = self.most = self.under_way = 0
        self.done: Counter[str] = Counter()
        self.machine = self.stillborn = False
        self.room = 1000
        """Workers that there is room for."""

    def executor(self, *, lone: bool = False) -> Executor:
        """Start one."""
        del lone
        self.started += 1
        return _Fragile(self)

    def content(self, job: Job) -> Loaded | None:
        """Return nothing."""
        del job
        return None


class _Fragile:
    def __init__(self, site: Fragile) -> None:
        self.site, self.left, self.dead = site, site.life, False

    async def ready(self) -> None:
        """Be there, or not."""
        await asyncio.sleep(0)
        if self.site.stillborn:
            raise WorkerLostError
        if self.site.room == 0:
            raise NoRoomError("no processor was free")
        self.site.room -= 1

    async def run(self, work: Callable[..., ResultT], *arguments: object) -> ResultT:
        """Work, or die."""
        del work
        job = arguments[0]
        assert isinstance(job, Job)
        self.site.under_way += 1
        self.site.most = max(self.site.most, self.site.under_way)
        await asyncio.sleep(0.001)
        self.site.under_way -= 1
        self.left -= 1
        if self.dead or self.left < 0 or self.site.kills(job.input.path):
            self.dead = True
            raise WorkerLostError(machine=self.site.machine)
        self.site.done[job.input.path] += 1
        return failed(job.input, ValueError("read"))  # type: ignore[return-value]

    def end(self) -> None:
        """Count."""
        self.site.ended += 1


@pytest.mark.parametrize("machine", [False, True])
def test_lost_workers_cost_no_article(machine: bool) -> None:
    """Protects a long run: workers that die every few articles; the order and the number stay."""
    site = Fragile(life=5)
    site.machine = machine
    done = [each.input.path for each in spread.offline(jobs(60), site, 3)]
    assert done == [f"{n}.txt" for n in range(60)]
    assert set(site.done.values()) == {1}
    assert site.started == site.ended > 10


def test_an_article_that_kills_every_worker_fails_alone() -> None:
    """The others are done, and what was with it when it died too."""
    site = Fragile(kills=lambda path: path in {"3.txt", "11.txt"})
    outcomes = list(spread.offline(jobs(20), site, 2))
    down = [each.input.path for each in outcomes if "brought down the process" in (each.error or "")]
    assert down == ["3.txt", "11.txt"]
    assert [each.input.path for each in outcomes] == [f"{n}.txt" for n in range(20)]
    assert sum(site.done.values()) == 18


def test_only_so_many_articles_are_begun() -> None:
    """Memory is constant: the source is drawn from as outcomes are taken, and workers have few at a time."""
    drawn = 0

    def endless() -> Iterator[Job]:
        nonlocal drawn
        for each in jobs(10_000):
            drawn += 1
            yield each

    site = Fragile()
    outcomes = spread.offline(endless(), site, 2)
    for _ in range(5):
        next(outcomes)
    outcomes.close()
    assert drawn <= 5 + 8
    assert site.most <= 6
    assert site.started == site.ended == 2


def test_nothing_begins_while_a_run_is_stopped() -> None:
    """Ctrl-C: what waits for a turn does not get that of an article that is given up before it."""
    begun: list[str] = []

    async def stopped() -> None:
        turns = asyncio.Semaphore(1)

        async def article(job: Job) -> Outcome:
            async with turns:
                begun.append(job.input.path)
                await asyncio.sleep(30)
            return failed(job.input, RuntimeError("never"))

        outcomes = spread.in_order(jobs(5), article, 3)
        first = asyncio.ensure_future(anext(outcomes))
        while not begun:
            await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await outcomes.aclose()

    asyncio.run(stopped())
    assert begun == ["0.txt"]


def test_workers_that_never_start_end_the_run() -> None:
    """A machine without memory for one worker is an error for a person, not an endless loop."""
    site = Fragile()
    site.stillborn = True
    with pytest.raises(UnfitWorkerError, match="die as they start"):
        list(spread.offline(jobs(3), site, 2))
    assert site.started <= 8


@pytest.mark.parametrize("room", [2, 0])
def test_a_cluster_with_less_room_than_asked_for_is_used_as_it_is(room: int) -> None:
    """Fewer workers than --jobs do the work; with none the run ends with the reason."""
    site = Fragile()
    site.room = room
    if room:
        assert len(list(spread.offline(jobs(20), site, 5))) == 20
        assert site.started == site.ended == 5
    else:
        with pytest.raises(UnfitWorkerError, match="no processor was free"):
            list(spread.offline(jobs(20), site, 5))


def test_a_killed_process_is_a_lost_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the boundary to the operating system: kill -9 while work is under way."""
    monkeypatch.setattr(processes, "warm", int)  # no parser: nothing is read

    async def run() -> None:
        executor = ProcessExecutor()
        try:
            with pytest.raises(WorkerLostError):
                await executor.run(_die)
            with pytest.raises(WorkerLostError):
                await executor.run(os.getpid)
        finally:
            executor.end()

    asyncio.run(run())


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
