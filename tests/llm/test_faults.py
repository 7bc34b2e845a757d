"""Every fault that a server, a network or a model may have, played by a real server on loopback."""

import asyncio
import logging
import os
from pathlib import Path
from typing import NamedTuple

import fault_server as played
import pytest
from asking import ARTICLE_WORDS, KEY, a_request, adapter
from fault_server import Certificate, Fault, FaultServer

from briefs.llm.clock import FakeClock
from briefs.llm.port import FailureKind, Reply

K = FailureKind


class Case(NamedTuple):
    """A fault that goes on, and what becomes of the call."""

    fault: Fault
    kind: FailureKind | None
    attempts: int = 1
    slept: tuple[float, float] | None = None
    """The least and most that each wait before another attempt may be."""


def echo(status: int, **error: str) -> Fault:
    """Return an error that repeats the article and the key, as servers and proxies do."""
    said = f"cannot answer: {ARTICLE_WORDS} for key {KEY}"
    return played.status(status, error={"message": said, **error})


CASES = {
    "429, Retry-After 2": Case(played.RATE_LIMITED, K.RATE_LIMITED, 4, (2.0, 2.5)),
    "429, Retry-After a date": Case(played.retry_after_date(30), K.RATE_LIMITED, 4, (25.0, 31.5)),
    "429, Retry-After 9,999": Case(played.RATE_LIMITED_LONG, K.RATE_LIMITED, 1),
    "429, retry-after-ms": Case(played.status(429, ("retry-after-ms", "1500")), K.RATE_LIMITED, 4, (1.5, 2.0)),
    "429, nothing said": Case(played.status(429), K.RATE_LIMITED, 4, (1.0, 9.0)),
    "503, Retry-After 3": Case(played.status(503, ("retry-after", "3")), K.SERVER_ERROR, 4, (3.0, 3.5)),
    "408": Case(echo(408), K.TIMED_OUT, 4),
    "409": Case(echo(409), K.SERVER_ERROR, 4),
    "500": Case(echo(500), K.SERVER_ERROR, 4, (1.0, 9.0)),
    "502": Case(played.page(502), K.SERVER_ERROR, 4),
    "529": Case(echo(529), K.SERVER_ERROR, 4),
    "reset in mid-body": Case(played.RESET, K.UNREACHABLE, 4),
    "quota": Case(played.QUOTA, K.QUOTA),
    "402": Case(echo(402), K.QUOTA),
    "400, credit": Case(echo(400, type="billing_error"), K.QUOTA),
    "401": Case(echo(401, code="invalid_api_key"), K.NOT_AUTHORISED),
    "403": Case(echo(403), K.NOT_AUTHORISED),
    "400": Case(echo(400, param="temperature"), K.BAD_REQUEST),
    "404": Case(echo(404, code="model_not_found"), K.BAD_REQUEST),
    "422": Case(echo(422), K.BAD_REQUEST),
    "307 elsewhere": Case(
        played.status(307, ("location", "http://127.0.0.1:9/v1/chat/completions")), K.UNREACHABLE
    ),
    "context, OpenAI": Case(played.CONTEXT_LENGTH, K.CONTEXT_LENGTH),
    "context, llama.cpp": Case(echo(400, type="exceed_context_size_error"), K.CONTEXT_LENGTH),
    "context, llama.cpp of old": Case(
        played.status(500, error={"message": "the request exceeds the available context size"}), K.CONTEXT_LENGTH
    ),
    "context, vLLM": Case(
        played.status(400, error={"message": "This model's maximum context length is 4096 tokens."}),
        K.CONTEXT_LENGTH,
    ),
    "413": Case(echo(413), K.CONTEXT_LENGTH),
    "content filter, status": Case(echo(400, code="content_filter"), K.CONTENT_FILTER),
    "content filter, answer": Case(played.CONTENT_FILTER, K.CONTENT_FILTER),
    "refusal": Case(played.REFUSAL, K.REFUSED),
    "truncated": Case(played.TRUNCATED, K.TRUNCATED),
    "empty": Case(played.EMPTY, K.EMPTY),
    "null": Case(played.says(None), K.EMPTY),
    "a page with 200": Case(played.page(), K.SERVER_ERROR, 2),
    "a body that is not JSON": Case(played.body('{"choices": ['), K.SERVER_ERROR, 2),
    "no choices": Case(played.body('{"choices": []}'), K.SERVER_ERROR, 2),
    "choices null": Case(played.body('{"choices": null}'), K.SERVER_ERROR, 2),
    "another shape": Case(played.body('[1, 2]'), K.SERVER_ERROR, 2),
    "no body": Case(played.body(""), K.SERVER_ERROR, 2),
    "an error with 200": Case(played.body('{"error": {"code": 429, "message": "no"}}'), K.RATE_LIMITED, 4),
    "fences": Case(played.FENCED, None),
    "wrong shape": Case(played.WRONG_SHAPE, None),
    "truncated JSON": Case(played.TRUNCATED_JSON, None),
    "half a character": Case(played.body('{"choices":[{"message":{"role":"assistant","content":"\\ud800"}}]}'), None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_fault_becomes_part_of_the_reply(
    case: Case, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A fault has its kind, is retried when that may help, and tells nobody of article or key."""
    caplog.set_level(logging.DEBUG)
    clock = FakeClock()
    with FaultServer(after=case.fault) as server:
        reply = asked(server.url, clock)
    assert (reply.failure.kind if reply.failure else None) == case.kind
    assert reply.attempts == len(server.requests) == case.attempts
    waits = [each for each in clock.slept if each]
    if case.slept is not None:
        # The pause for all callers is slept in pieces; what comes between two attempts is what counts.
        assert len(waits) >= case.attempts - 1
        assert all(case.slept[0] <= each <= case.slept[1] for each in waits[: case.attempts - 1])
    printed = capfd.readouterr()
    failure = reply.failure.message if reply.failure else ""
    for heard in (failure, caplog.text, printed.out, printed.err):
        assert KEY not in heard
        assert ARTICLE_WORDS not in heard
        assert "told by the server" not in heard


def asked(url: str, clock: FakeClock, **settings: float) -> Reply:
    """Return the reply of one call."""

    async def ask() -> Reply:
        model = adapter(url, clock=clock, **settings)
        try:
            return await model.ask(a_request())
        finally:
            await model.close()

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "fault",
    [played.RATE_LIMITED, played.status(500), played.RESET, played.page()],
    ids=lambda fault: fault.name,
)
def test_a_fault_that_passes_is_forgotten(fault: Fault) -> None:
    """After one bad answer the good one counts."""
    with FaultServer([fault], lambda _: '{"a": "b"}') as server:
        reply = asked(server.url, FakeClock())
    assert reply.failure is None
    assert reply.text == '{"a": "b"}'
    assert reply.attempts == 2
    assert reply.usage.tokens_in == 11


@pytest.mark.parametrize("field", ["code", "type", "param"])
def test_a_code_that_is_a_key_is_not_repeated(field: str) -> None:
    """A server may give back a passphrase where its codes stand; known codes and fields alone are shown."""
    phrase = "correct_horse_battery_staple"
    with FaultServer([played.status(400, error={field: phrase.upper(), "message": "no"})]) as server:
        reply = asked(server.url, FakeClock())
    assert reply.failure is not None
    assert phrase not in reply.failure.message.lower()
    with FaultServer([played.status(400, error={"code": "unsupported_value", "param": "store"})]) as server:
        reply = asked(server.url, FakeClock())
    assert reply.failure is not None
    assert "(status 400, unsupported_value); it objects to store" in reply.failure.message


def test_truncated_text_is_kept() -> None:
    """What there is of a truncated answer is handed on: a step may find whole claims in it."""
    with FaultServer(after=played.TRUNCATED) as server:
        reply = asked(server.url, FakeClock())
    assert reply.text == '{"claims":[{"quo'
    assert reply.usage.tokens_out == 7


def test_an_answer_of_reasoning_alone_is_said_to_be_that() -> None:
    """A person who reads "cut off" would raise a bound; here the model never began."""
    with FaultServer(after=played.finished("length", "")) as server:
        reply = asked(server.url, FakeClock())
    assert reply.failure is not None
    assert reply.failure.kind is K.TRUNCATED
    assert "reasoning" in reply.failure.message


def test_silence_ends() -> None:
    """A server that accepts a call and says nothing does not hold an article for ever."""
    with FaultServer(after=played.SILENCE) as server:
        reply = asked(server.url, FakeClock(), timeout=0.5, total=10)
    assert reply.failure is not None
    assert reply.failure.kind is K.TIMED_OUT
    assert reply.attempts == len(server.requests) == 4


def test_a_body_that_never_ends_ends() -> None:
    """White space that keeps a connection alive for ever is ended by the deadline of the whole call."""
    with FaultServer(after=played.ENDLESS) as server:
        reply = asked(server.url, FakeClock(), timeout=5, total=0.2)
    assert reply.failure is not None
    assert reply.failure.kind is K.TIMED_OUT


def test_a_body_that_is_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer may not fill the memory, however fast it comes."""
    monkeypatch.setattr("briefs.llm.transport.MOST_BYTES", 40)
    with FaultServer(after=played.ENDLESS) as server:
        reply = asked(server.url, FakeClock(), timeout=5, total=60)
    assert reply.failure is not None
    assert "did not end" in reply.failure.message
    assert reply.attempts == 2


def test_tls_with_an_unknown_certificate_is_refused(tmp_path: Path) -> None:
    """A server whose certificate nobody vouches for gets no draft, and no second try."""
    try:
        certificate = Certificate.made(tmp_path)
    except FileNotFoundError:
        pytest.skip("there is no openssl command here")
    with FaultServer(tls=certificate) as server:
        reply = asked(server.url, FakeClock())
    assert reply.failure is not None
    assert reply.failure.kind is K.UNREACHABLE
    assert "certificate" in reply.failure.message
    assert (reply.attempts, len(server.requests)) == (1, 0)


def test_tls_with_a_server_that_has_none_is_refused() -> None:
    """https:// to a server that speaks plain HTTP fails as TLS does, with advice."""
    with FaultServer() as server:
        reply = asked(server.url.replace("http:", "https:"), FakeClock())
    assert reply.failure is not None
    assert reply.failure.kind is K.UNREACHABLE
    assert server.requests == []


def test_a_name_that_does_not_exist() -> None:
    """A wrong host name is said to be one."""
    reply = asked("http://model.invalid/v1", FakeClock())
    assert reply.failure is not None
    assert reply.failure.kind is K.UNREACHABLE
    assert "name" in reply.failure.message
    assert reply.attempts == 4


def test_nobody_listens() -> None:
    """A server that is not running is said to be unreachable."""
    with FaultServer() as server:
        url = server.url
    reply = asked(url, FakeClock())
    assert reply.failure is not None
    assert reply.failure.kind is K.UNREACHABLE
    assert "running" in reply.failure.message


@pytest.mark.parametrize(
    "fault",
    [echo(401), echo(403), played.QUOTA, echo(404), played.RATE_LIMITED_LONG],
    ids=lambda fault: fault.name,
)
def test_a_lasting_failure_is_asked_once(fault: Fault) -> None:
    """A run of a thousand articles does not send a thousand calls with a key that does not work."""

    async def ask_thrice(url: str) -> list[Reply]:
        model = adapter(url, clock=FakeClock())
        first = [await model.ask(a_request())]
        later = await asyncio.gather(*(model.ask(a_request()) for _ in range(2)))
        await model.close()
        return first + later

    with FaultServer(after=fault) as server:
        replies = asyncio.run(ask_thrice(server.url))
    assert len(server.requests) == 1
    assert [each.attempts for each in replies] == [1, 0, 0]
    assert len({each.failure for each in replies}) == 1


def test_a_403_after_answers_is_about_one_text() -> None:
    """Filters in front of servers refuse single texts with 403: the key has shown that it works."""

    async def ask_thrice(url: str) -> list[Reply]:
        model = adapter(url, clock=FakeClock())
        replies = [await model.ask(a_request()) for _ in range(3)]
        await model.close()
        return replies

    with FaultServer([None, echo(403), None]) as server:
        replies = asyncio.run(ask_thrice(server.url))
    assert [each.failure is None for each in replies] == [True, False, True]


def test_cancelling_closes_the_connection() -> None:
    """Ctrl-C in the middle of a call leaves no open socket, no task and no warning (which is an error here)."""

    async def cancel(url: str) -> None:
        model = adapter(url)
        task = asyncio.create_task(model.ask(a_request()))
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(asyncio.all_tasks()) == 1
        await model.close()

    with FaultServer(after=played.SILENCE) as server:
        before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
        asyncio.run(cancel(server.url))
        after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert after <= before + 1  # the server's side of the connection may still be closing
