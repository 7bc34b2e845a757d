"""The adapter: what it sends, where, how much at once, and what it refuses to be made of."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from asking import KEY, a_request, adapter
from fault_server import RATE_LIMITED, FaultServer, body, status
from tiktoken.registry import ENCODINGS

from briefs.errors import ConfigError, ReplayError
from briefs.llm import exchange
from briefs.llm.adapter import Adapter
from briefs.llm.clock import FakeClock
from briefs.llm.limits import RateLimits
from briefs.llm.port import FailureKind, Message, Reply, Request
from briefs.llm.transport import is_loopback

SPEAKERS = {
    "stub": ("max_tokens", True),
    "gpt-4o-mini": ("max_tokens", True),
    "gpt-5-mini": ("max_completion_tokens", False),
    "openai/gpt-5": ("max_completion_tokens", False),
    "gpt-5-chat-latest": ("max_tokens", True),
    "o3-mini": ("max_completion_tokens", False),
    "gpt-oss-20b": ("max_tokens", True),
    "o1": ("max_completion_tokens", False),
}
EFFORTS = {
    "gpt-5-mini": "low",
    "openai/gpt-5": "low",
    "gpt-5.1": "low",
    "o4-mini-2025-04-16": "low",
    "gpt-5-pro": None,
    "o1-mini": None,
    "gpt-6": None,
}


@pytest.mark.parametrize("name", SPEAKERS)
def test_the_body_is_what_is_sent(name: str) -> None:
    """Cache and cassettes know a call by `body`: it must be the HTTP body, to the last field."""
    turns = [
        ("system", "Be exact."),
        ("user", "“Un café”, dit-elle – 𝒳"),
        ("assistant", "{}"),
        ("user", "again"),
    ]
    request = a_request().model_copy(
        update={
            "messages": tuple(Message.model_validate({"role": role, "text": text}) for role, text in turns)
        }
    )
    with FaultServer() as server:
        model = adapter(server.url, name=name)
        asyncio.run(ask(model, request))
        sent = server.requests[0]
    assert json.loads(model.body(request)) == sent.body
    assert model.body(request) == json.dumps(
        sent.body, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    field, tempered = SPEAKERS[name]
    assert sent.body[field] == request.max_tokens + (0 if tempered else 8000)
    assert ("temperature" in sent.body) is tempered
    assert sent.body["store"] is False
    assert sent.body["response_format"]["json_schema"]["strict"] is True
    assert (sent.method, sent.path) == ("POST", "/v1/chat/completions")


@pytest.mark.parametrize("name", EFFORTS)
def test_a_model_that_reasons_has_room_for_it(name: str) -> None:
    """Reasoning counts as answer: without room of its own it eats the answer; who knows the word is told "low"."""
    body = json.loads(adapter("http://127.0.0.1:9/v1", name=name).body(a_request()))
    assert body["max_completion_tokens"] == 8050
    assert body.get("reasoning_effort") == EFFORTS[name]


async def ask(model: Adapter, *requests: Request) -> tuple[Reply, ...]:
    """Return the replies to requests asked together, and close."""
    try:
        return tuple(await asyncio.gather(*(model.ask(each) for each in requests)))
    finally:
        await model.close()


def test_settings_change_what_is_sent() -> None:
    """A server that refuses unknown fields, or wants another name for the bound, can be pleased."""
    with FaultServer() as server:
        model = adapter(server.url, send_store=False, temperature=None, tokens_field="max_completion_tokens")
        asyncio.run(ask(model, a_request()))
        sent = server.requests[0].body
    assert "store" not in sent
    assert "temperature" not in sent
    assert sent["max_completion_tokens"] == 50


def test_openai_itself_is_spoken_to_in_its_own_words() -> None:
    """OpenAI's API is reached at its own address, with its own name for the bound."""
    model = adapter(None)
    assert model.address == "https://api.openai.com/v1"
    body = json.loads(model.body(a_request()))
    assert body["max_completion_tokens"] == 50
    assert "max_tokens" not in body


def test_the_address_shows_no_credentials() -> None:
    """The address goes into cache keys and cassettes."""
    assert adapter("http://name:secret@127.0.0.1:9/v1/?key=secret").address == "http://127.0.0.1:9/v1"


def test_the_key_is_shown_nowhere() -> None:
    """Neither the adapter nor what it is made of prints its key."""
    model = adapter("http://127.0.0.1:9/v1")
    asyncio.run(one_loop(model))
    assert KEY not in f"{model!r}{vars(model)}"


async def one_loop(model: Adapter) -> None:
    """Open the adapter's session and close it."""
    assert KEY not in repr(vars(model._opened().chat))
    await model.close()


def test_without_a_key_none_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of the environment is not handed to a server that nobody chose it for."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-environment")
    with FaultServer() as server:
        asyncio.run(ask(adapter(server.url, api_key=None), a_request()))
    assert "authorization" not in server.requests[0].headers


def test_no_more_calls_at_once_than_allowed() -> None:
    """Concurrency is bounded, and used."""
    with FaultServer(seconds=0.05) as server:
        model = adapter(server.url, concurrency=3)
        replies = asyncio.run(ask(model, *[a_request()] * 9))
    assert all(each.failure is None for each in replies)
    assert server.most_at_once == 3


def test_a_call_that_waits_to_be_repeated_holds_no_slot() -> None:
    """With one slot, a call goes through while another sits out its Retry-After."""
    clock = Held()

    async def main(url: str) -> None:
        model = adapter(url, concurrency=1, clock=clock)
        first = asyncio.create_task(model.ask(a_request("first")))
        await clock.asleep.wait()
        assert (await model.ask(a_request("second"))).failure is None
        assert not first.done()
        clock.wake.set()
        assert (await first).attempts == 2
        await model.close()

    with FaultServer([status(503)]) as server:
        asyncio.run(main(server.url))


class Held(FakeClock):
    """A clock whose sleepers wait until they are woken."""

    def __init__(self) -> None:
        super().__init__()
        self.asleep, self.wake = asyncio.Event(), asyncio.Event()
        self.sleepers = 0

    async def sleep(self, seconds: float) -> None:
        """Wait for `wake`."""
        self.sleepers += 1
        self.asleep.set()
        await self.wake.wait()
        await super().sleep(seconds)


def test_limits_hold_across_articles() -> None:
    """Five articles together make no more requests a minute than one may."""
    clock = FakeClock()
    with FaultServer() as server:
        model = adapter(server.url, clock=clock, limits=RateLimits(requests_per_minute=2))
        asyncio.run(ask(model, *[a_request()] * 5))
    assert len(server.requests) == 5
    assert clock.now() == pytest.approx(120)


def test_one_call_told_to_wait_makes_all_wait() -> None:
    """A Retry-After means the account: the others do not each find out for themselves."""
    clock = Held()

    async def main(url: str) -> None:
        model = adapter(url, clock=clock, concurrency=1)
        calls = [asyncio.create_task(model.ask(a_request())) for _ in range(3)]
        while clock.sleepers < 2 and len(server.requests) < 2:
            await asyncio.sleep(0.005)
        assert len(server.requests) == 1  # one sits out its wait, the next in line waits with it
        clock.wake.set()
        assert sum(each.attempts for each in await asyncio.gather(*calls)) == 4
        await model.close()

    with FaultServer([RATE_LIMITED]) as server:
        asyncio.run(main(server.url))


def test_waiting_for_a_turn_is_not_counted_against_a_call() -> None:
    """A thousand articles behind a limit wait for hours, and none of them times out."""
    with FaultServer() as server:
        model = adapter(server.url, clock=FakeClock(), limits=RateLimits(requests_per_minute=1), total=30)
        replies = asyncio.run(ask(model, *[a_request()] * 4))
    assert [each.failure for each in replies] == [None] * 4


def test_attempts_and_waits_end_with_the_total() -> None:
    """However patient a server asks us to be, a call ends within its total time."""
    clock = FakeClock()
    with FaultServer(after=status(503, ("retry-after", "40"))) as server:
        model = adapter(server.url, clock=clock, total=60)
        (reply,) = asyncio.run(ask(model, a_request()))
    assert reply.failure is not None
    assert reply.attempts == 2
    assert clock.now() < 60


def test_one_adapter_may_serve_one_loop_after_another() -> None:
    """The client belongs to a loop and is made again: no "Event loop is closed"."""
    with FaultServer() as server:
        model = adapter(server.url)
        for _ in range(2):
            (reply,) = asyncio.run(ask(model, a_request()))
            assert reply.failure is None


def test_usage_is_estimated_where_the_server_says_nothing() -> None:
    """Budgets work with servers that count nothing, and no token table is downloaded for it."""
    whole = (
        '{"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"'
        + "word " * 70
        + '"}}]}'
    )
    with FaultServer(after=body(whole)) as server:
        (reply,) = asyncio.run(ask(adapter(server.url), a_request("x" * 3500)))
    assert 1000 <= reply.usage.tokens_in <= 1100
    assert 90 <= reply.usage.tokens_out <= 110
    assert ENCODINGS == {}


class Tape(httpx2.AsyncBaseTransport):
    """A transport in place of the network, as cassettes are."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.asked: list[Request | None] = []
        self.closed = False

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer from memory."""
        assert request.method == "POST"
        self.asked.append(exchange.current_request())
        if self.error is not None:
            raise self.error
        message = {"role": "assistant", "content": "{}"}
        return httpx2.Response(200, json={"choices": [{"finish_reason": "stop", "message": message}]})

    async def aclose(self) -> None:
        """Remember it."""
        self.closed = True


def test_a_transport_knows_which_request_it_serves() -> None:
    """Cassettes name the step and prompt of a missing call: the request stands in a context variable."""
    tape = Tape()
    first, second = a_request("one"), a_request("two")
    replies = asyncio.run(ask(adapter("http://127.0.0.1:9/v1", transport=tape), first, second))
    assert [each.failure for each in replies] == [None, None]
    assert tape.asked == [first, second]
    assert tape.closed
    assert exchange.current_request() is None


def test_a_replay_error_stops_the_article() -> None:
    """A call that was not recorded is no failure to fall back from."""
    tape = Tape(ReplayError("corpus/one.txt: extract, chunk 1: not recorded"))
    with pytest.raises(ReplayError, match="not recorded"):
        asyncio.run(ask(adapter("http://127.0.0.1:9/v1", transport=tape), a_request()))
    assert len(tape.asked) == 1


def test_a_surprise_is_a_failed_call() -> None:
    """A defect of a library fails one call; the article is drafted without it."""
    (reply,) = asyncio.run(
        ask(adapter("http://127.0.0.1:9/v1", transport=Tape(KeyError("choices"))), a_request())
    )
    assert reply.failure is not None
    assert reply.failure.kind is FailureKind.SERVER_ERROR
    assert "KeyError" in reply.failure.message


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"provider": "nonesuch"}, r"nonesuch.*installed here: .*openai"),
        ({"provider": "cohere"}, "pip install langchain-cohere"),
        ({"base_url": None, "api_key": None}, "OPENAI_API_KEY"),
        ({"base_url": "127.0.0.1:8080/v1"}, "http://HOST:PORT/v1"),
        ({"base_url": "ftp://host/v1"}, "http://HOST:PORT/v1"),
    ],
)
def test_what_cannot_be_used_is_said_before_anything_is_asked(settings: dict[str, str], told: str) -> None:
    """A wrong setting ends the run at once, with what to do."""
    with pytest.raises(ConfigError, match=told):
        adapter("http://127.0.0.1:9/v1", **settings)


def test_loopback_is_this_machine() -> None:
    """A local server needs no proxy and gets more time."""
    here = ["http://127.0.0.1:1/v1", "http://localhost/v1", "http://[::1]:80/v1", "http://127.9.9.9/"]
    assert all(map(is_loopback, here))
    assert not any(
        map(is_loopback, ["https://api.openai.com/v1", "http://10.0.0.1/v1", "http://localhost.example/"])
    )


def test_a_company_proxy_is_used_for_servers_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY is network policy; NO_PROXY is its exception."""
    with FaultServer(answer=lambda _: "by proxy") as proxy:
        monkeypatch.setenv("http_proxy", f"127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        (reply,) = asyncio.run(ask(adapter("http://model.invalid/v1"), a_request()))
        assert reply.text == "by proxy"
        assert proxy.requests[0].path == "http://model.invalid/v1/chat/completions"
        monkeypatch.setenv("no_proxy", "model.invalid")
        (reply,) = asyncio.run(ask(adapter("http://model.invalid/v1", attempts=1), a_request()))
        assert reply.failure is not None
        assert len(proxy.requests) == 1


def test_importing_and_making_an_adapter_is_cheap() -> None:
    """LangChain takes two seconds to import: `briefs --help` and a run from the cache never pay that."""
    program = """
import sys
from briefs.llm.adapter import Adapter
a = Adapter(id="openai:x", provider="openai", name="x", base_url="http://127.0.0.1:9/v1")
from asking import a_request
a.body(a_request())
print([name for name in sys.modules if name.startswith(("langchain", "openai", "langsmith"))])
"""
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
