"""The call cache: no finished call is made twice, whatever ended the run, and no failure is kept."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from recorded_calls import SCHEMA, ask

from briefs.llm.cached import Cached, key_of
from briefs.llm.port import CallFailure, FailureKind, Reply, Request, Usage
from briefs.pipeline.spread import drawn
from briefs.pipeline.work import Outcome, failed
from briefs.readers.inputs import Input
from briefs.store.calls import Calls


class Memory:
    """Keeps calls in memory."""

    note: str | None = None

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """Return what is kept."""
        return self.kept.get(key)

    def put(self, key: str, reply: str) -> None:
        """Keep it."""
        self.kept[key] = reply

    def close(self) -> None:
        """Nothing to close."""


class Told:
    """A model that replies as it is told, and counts."""

    id = "openai:plain"

    def __init__(self, *replies: Reply, address: str = "http://127.0.0.1:9/v1") -> None:
        self.address = address
        self.calls = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self._replies = list(replies)

    def body(self, request: Request) -> str:
        """Return what would be sent."""
        return request.model_dump_json(include={"messages", "json_schema", "max_tokens"})

    async def ask(self, request: Request) -> Reply:  # noqa: ARG002
        """Wait for the gate, and reply."""
        self.calls += 1
        await self.gate.wait()
        return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]

    async def close(self) -> None:
        """Nothing to close."""


ANSWER = Reply(text='{"claims":[]} 😀\x00', usage=Usage(tokens_in=9, tokens_out=3), attempts=2, seconds=1.5)
REQUEST = ask("1 x")


def _failed(kind: FailureKind, text: str = "") -> Reply:
    return Reply(
        text=text, failure=CallFailure(kind=kind, message="why"), usage=Usage(tokens_in=9), attempts=1
    )


def test_an_answer_is_kept_though_the_run_is_stopped(tmp_path: Path) -> None:
    """Protects money: Ctrl-C finds answers whose way to the disk has not begun, since all threads are at work."""
    at_work = threading.Event()

    class Asked(Told):
        async def ask(self, request: Request) -> Reply:
            asyncio.get_running_loop().run_in_executor(None, at_work.wait, 30)
            return await super().ask(request)

        async def close(self) -> None:
            at_work.set()

    async def outcomes(model: Cached) -> AsyncGenerator[Outcome, None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        asking = [asyncio.create_task(model.ask(request)) for request in requests]
        while len(model._keeping) < len(requests):
            await asyncio.sleep(0.01)
        signal.raise_signal(signal.SIGINT)
        await asyncio.gather(*asking)
        yield failed(Input(kind="file", path="never", id="never"), RuntimeError("never"))

    requests = [ask(f"{number} x") for number in range(4)]
    first = Cached(Asked(ANSWER), Calls(tmp_path / "c"))
    with pytest.raises(KeyboardInterrupt):
        list(drawn(outcomes(first), first.close))
    again = Told(ANSWER)
    asyncio.run(_asked(Cached(again, Calls(tmp_path / "c")), *requests))
    assert again.calls == 0


def test_a_finished_call_costs_nothing_the_second_time(tmp_path: Path) -> None:
    """Protects money: another process gets the same words, with no usage and no attempt."""
    first = Told(ANSWER)
    assert asyncio.run(_asked(Cached(first, Calls(tmp_path / "c")), REQUEST)) == [ANSWER]
    second = Told(ANSWER)
    (reply,) = asyncio.run(_asked(Cached(second, Calls(tmp_path / "c")), REQUEST))
    assert reply == Reply(text=ANSWER.text, cached=True)
    assert second.calls == 0


async def _asked(model: Cached, *requests: Request) -> list[Reply]:
    replies = [await model.ask(each) for each in requests]
    await model.close()
    return replies


@pytest.mark.parametrize(
    ("other", "address"),
    [
        (ask("1 y"), "http://127.0.0.1:9/v1"),
        (ask("1 x", schema=SCHEMA.replace("900", "901")), "http://127.0.0.1:9/v1"),
        (REQUEST.model_copy(update={"max_tokens": 201}), "http://127.0.0.1:9/v1"),
        (REQUEST, "http://127.0.0.1:8/v1"),
    ],
)
def test_another_body_or_server_is_another_call(other: Request, address: str) -> None:
    """Protects correctness: text, schema, bounds and address all count."""
    memory = Memory()
    asyncio.run(_asked(Cached(Told(ANSWER), memory), REQUEST))
    model = Told(ANSWER, address=address)
    asyncio.run(_asked(Cached(model, memory), other))
    assert model.calls == 1


def test_names_of_steps_and_places_do_not_count() -> None:
    """Protects reuse: what is not sent does not make another call."""
    memory = Memory()
    model = Told(ANSWER)
    asyncio.run(_asked(Cached(model, memory), REQUEST, ask("1 x", place="chunk 7", version="9")))
    assert model.calls == 1


ANSWERS = {FailureKind.TRUNCATED, FailureKind.REFUSED, FailureKind.CONTENT_FILTER, FailureKind.MALFORMED}


@pytest.mark.parametrize("kind", FailureKind)
def test_an_answer_is_kept_and_a_failed_call_is_not(kind: FailureKind) -> None:
    """Protects both promises: an unchanged article makes no call again, a bad hour is not remembered."""
    memory = Memory()
    asyncio.run(_asked(Cached(Told(_failed(kind, "half an ans")), memory), REQUEST))
    model = Told(ANSWER)
    (reply,) = asyncio.run(_asked(Cached(model, memory), REQUEST))
    if kind in ANSWERS:
        assert (model.calls, reply.text, reply.cached, reply.usage.tokens_in) == (0, "half an ans", True, 0)
        assert reply.failure is not None
        assert reply.failure.kind is kind
    else:
        assert (model.calls, reply) == (1, ANSWER)


def test_what_cannot_be_read_is_asked_again() -> None:
    """Protects against a file of another make: a reply that does not parse is no reply."""
    memory = Memory()
    memory.put(key_of("http://127.0.0.1:9/v1", Told(ANSWER).body(REQUEST)), '{"other":1}')
    model = Told(ANSWER)
    assert asyncio.run(_asked(Cached(model, memory), REQUEST)) == [ANSWER]
    assert model.calls == 1


def test_equal_calls_under_way_are_one() -> None:
    """Protects money when articles share a paragraph: twenty ask at once, one call is made and counted once."""

    async def run() -> tuple[int, list[Reply]]:
        model = Told(ANSWER)
        model.gate.clear()
        cached = Cached(model, Memory())
        asking = [asyncio.create_task(cached.ask(REQUEST)) for _ in range(20)]
        while not model.calls:
            await asyncio.sleep(0)
        model.gate.set()
        return model.calls, await asyncio.gather(*asking)

    calls, replies = asyncio.run(run())
    assert calls == 1
    assert {each.text for each in replies} == {ANSWER.text}
    assert sum(each.usage.tokens_in for each in replies) == 9
    assert sum(each.attempts for each in replies) == 2
    assert [each.cached for each in replies] == [False] + [True] * 19


def test_a_cancelled_call_is_made_by_the_next_in_line() -> None:
    """Protects the articles that waited for a call of one that was stopped."""

    async def run() -> tuple[int, list[Reply | BaseException]]:
        model = Told(ANSWER)
        model.gate.clear()
        cached = Cached(model, Memory())
        asking = [asyncio.create_task(cached.ask(REQUEST)) for _ in range(3)]
        while not model.calls:
            await asyncio.sleep(0)
        asking[0].cancel()
        while model.calls < 2:
            await asyncio.sleep(0)
        model.gate.set()
        return model.calls, await asyncio.gather(*asking, return_exceptions=True)

    calls, replies = asyncio.run(run())
    assert calls == 2
    assert isinstance(replies[0], asyncio.CancelledError)
    assert [each.text for each in replies[1:] if isinstance(each, Reply)] == [ANSWER.text] * 2


def test_a_failure_shared_is_not_called_a_reply_from_the_cache() -> None:
    """Protects the run record: those who waited for a failed call fail too, at no cost, and not as a hit."""

    async def run() -> list[Reply]:
        cached = Cached(Told(_failed(FailureKind.TIMED_OUT)), Memory())
        return list(await asyncio.gather(cached.ask(REQUEST), cached.ask(REQUEST)))

    one, other = asyncio.run(run())
    assert (one.attempts, other.attempts, other.cached, other.usage) == (1, 0, False, Usage())
    assert other.failure == one.failure


def test_a_killed_run_repeats_no_finished_call(tmp_path: Path) -> None:
    """Protects resume: killed without warning at any moment, again and again, no finished call is made twice."""
    count, log, finished = 150, tmp_path / "log", set[str]()
    seed = random.Random(7)  # noqa: S311 - any moments will do
    command = [
        sys.executable,
        str(Path(__file__).with_name("kept_calls.py")),
        str(tmp_path / "c"),
        str(count),
        str(log),
    ]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    for last in (False, False, False, True):
        made_before = len(log.read_text().split("\n")) - 1 if log.exists() else 0
        done_before = set(finished)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
            assert process.stdout is not None
            enough = seed.randint(10, 40)
            for number, line in enumerate(process.stdout):
                finished.add(line.split()[1])
                if not last and number > len(done_before) + enough:
                    process.send_signal(signal.SIGKILL)
                    break
            for line in process.stdout:  # what it still said before it died
                if line.endswith("\n"):
                    finished.add(line.split()[1])
        made = [line.split()[1] for line in log.read_text().splitlines()[made_before:]]
        assert not done_before & set(made)
        assert len(made) == len(set(made))
    assert len(finished) == count
    assert len(log.read_text().splitlines()) <= count + 3 * 4  # at each kill, at most four were under way
