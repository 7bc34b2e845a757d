"""Where the work of a model run is done: what leads to calls first, the scan while they are under way."""

import asyncio
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from assisting import MODEL, WEIR, article_of, sound
from fault_server import Body

from briefs.domain.scan import Scan
from briefs.llm.port import Reply, Request
from briefs.pipeline import Assistance, Reading, drafting, order, processes, work
from briefs.pipeline.processes import ProcessExecutor
from briefs.pipeline.work import Adviser, Asked, Job, Outcome, Wanted, begin, forget, go_on, read_ahead
from briefs.pipeline.worker import AT_HAND, Turn, Worker
from briefs.prompts import load_prompts
from briefs.readers.inputs import inputs
from briefs.steps.ingest import Given


def replies(requests: tuple[Request, ...]) -> tuple[Reply, ...]:
    """Return what the sound model replies."""
    return tuple(Reply(text=sound(body(each))) for each in requests)


def body(request: Request) -> Body:
    """Return a request as the model on loopback reads it."""
    form = {"json_schema": {"name": request.schema_name}}
    return {"messages": [{"content": request.messages[-1].text}], "response_format": form}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Return an article to be drafted."""
    path = tmp_path / "weir.txt"
    path.write_text(WEIR, "utf-8")
    return Job(next(iter(inputs([str(path)]))), Given(), Wanted(("md", "json")))


@pytest.fixture
def in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a worker be a thread: whose turn it is has nothing to do with processes."""
    monkeypatch.setattr(processes, "pool_of", ThreadPoolExecutor)
    monkeypatch.setattr(processes, "warm", int)


@pytest.mark.usefixtures("in_a_thread")
def test_what_leads_to_calls_goes_first() -> None:
    """Behind what the process has already: first replies, beginnings, later replies, and then reading ahead."""
    done: list[Turn] = []

    async def run() -> None:
        one = Worker(ProcessExecutor())
        held = [asyncio.create_task(one.do(Turn.AHEAD, time.sleep, 0.01)) for _ in range(AT_HAND)]
        await asyncio.sleep(0)
        turns = [Turn.AHEAD, Turn.GO_ON, Turn.REPLIED, Turn.BEGIN, Turn.GO_ON, Turn.REPLIED]
        later = [asyncio.create_task(one.do(turn, done.append, turn)) for turn in turns]
        await asyncio.gather(*held, *later)

    asyncio.run(run())
    assert done == sorted(done)
    assert len(done) == 6


@pytest.mark.usefixtures("in_a_thread")
def test_a_turn_that_is_given_up_costs_no_place() -> None:
    """Whether it waits or has just been given a place, cancelled work leaves the places to the others."""
    done: list[int] = []

    async def run() -> None:
        one = Worker(ProcessExecutor())
        waiting: list[asyncio.Task[None]] = []

        async def cancelling(number: int) -> None:
            await one.do(Turn.BEGIN, time.sleep, 0.01)
            waiting[number].cancel()  # has the place now, and has not yet heard of it

        held = [asyncio.create_task(cancelling(number)) for number in range(1, AT_HAND + 1)]
        await asyncio.sleep(0)
        waiting += [asyncio.create_task(one.do(Turn.BEGIN, done.append, 0)) for _ in range(2 * AT_HAND)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.gather(*held)
        async with asyncio.timeout(5):
            await asyncio.gather(*waiting, return_exceptions=True)
            await one.do(Turn.BEGIN, done.append, 1)

    asyncio.run(run())
    assert done[-1] == 1


def test_no_call_waits_for_the_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """All requests of an article are made before it is parsed, and with it."""
    scans = 0

    def counted(*_: object) -> Scan:
        nonlocal scans
        scans += 1
        return Scan()

    monkeypatch.setattr(order, "scan", counted)
    asking = drafting(article_of(), Assistance(MODEL, load_prompts()))
    steps = []
    requests = next(asking)
    try:
        while True:
            assert scans == 0
            steps += [each.step for each in requests]
            requests = asking.send(replies(requests))
    except StopIteration:
        pass
    assert steps == ["extract", "compose"]
    assert scans == 1


def test_reading_ahead_changes_nothing(job: Job) -> None:
    """An article read ahead at any moment, or never, gives the same files."""
    adviser = Adviser(MODEL, None)
    files = []
    for moments in ((), (0,), (1,), (0, 1)):
        step: Asked | Outcome = begin(7, job, adviser)
        for moment in range(2):
            assert isinstance(step, Asked)
            if moment in moments:
                read_ahead(7)
            step = go_on(7, replies(step.requests))
        assert isinstance(step, Outcome)
        assert step.drafted is not None
        files.append(step.drafted.files)
    assert files[0] == files[1] == files[2] == files[3]
    read_ahead(7)  # it is done: nothing is left of it
    assert 7 not in work._open


def test_what_fails_while_reading_ahead_fails_in_the_draft(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the rules is neither lost nor the end of the worker: the article's outcome names it."""

    def broken(*_: object) -> Scan:
        raise ZeroDivisionError("no sentence")

    monkeypatch.setattr(order, "scan", broken)
    step: Asked | Outcome = begin(8, job, Adviser(MODEL, None))
    read_ahead(8)
    while isinstance(step, Asked):
        step = go_on(8, replies(step.requests))
    assert step.drafted is None
    assert "ZeroDivisionError" in (step.error or "")
    begin(9, job, Adviser(MODEL, None))
    forget(9)
    read_ahead(9)
    assert not {8, 9} & work._open.keys()


def test_a_reading_scans_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read ahead is what the draft uses."""
    reading = Reading(article_of())
    reading.read_ahead()
    monkeypatch.setattr(order, "scan", None)
    monkeypatch.setattr(order, "extract", None)
    assert reading.extraction.claims


def test_a_process_that_makes_calls_loads_no_parser() -> None:
    """The command's own process starts the workers without the second and more that spaCy takes to import."""
    imports = "import briefs.cli.run, briefs.pipeline.calls, briefs.pipeline.one, briefs.llm.adapter, sys"
    tell = "print(*(sys.modules.keys() & {'spacy', 'thinc', 'nupunkt', 'trafilatura', 'langchain_core', 'openai'}))"
    told = subprocess.run(
        [sys.executable, "-c", f"{imports}; {tell}"], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == ""
