"""From settings to engines: what is refused before a draft is read, where keys and articles go."""

import asyncio
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from alone import alone
from asking import a_request
from fault_server import FaultServer

from briefs.config import Settings, load_settings
from briefs.domain.run import StepUse
from briefs.errors import ConfigError, ReplayError
from briefs.llm import exchange
from briefs.llm.engines import Engine, engine
from briefs.llm.local import LocalServer
from briefs.llm.plan import plan
from briefs.llm.port import FailureKind, Reply, Request
from briefs.llm.served import NotLoadedError
from briefs.llm.transport import proxy_for
from briefs.store.calls import Calls

KEY = "sk-proj-0123456789abcdefghijklmnop"
SERVER_KEY = "sk-server-0123456789abcdefghijkl"
ARTICLE = exchange.ArticleRef(slug="harbour", path="harbour.txt")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start every test without keys, proxies and settings of the machine."""
    alone(tmp_path, monkeypatch)


def settings(**given: Any) -> Settings:
    """Return settings with what a command line said."""
    return load_settings(given)


@pytest.mark.parametrize(
    "path",
    [str(PurePosixPath("/", "root", "models", "x.gguf")), "/home/anna/x.gguf", r"C:\Users\anna\x.gguf"],
)
def test_a_path_is_a_models_name_but_not_in_a_recording(path: str, tmp_path: Path) -> None:
    """llama.cpp lists its model by the file's path; where it lies is nobody's business in a recording."""
    given = settings(model=f"openai:{path}", base_url="http://localhost:8080/v1")
    assert plan(given).spec.name == path
    with pytest.raises(ConfigError, match="--alias"):
        plan(given, record=tmp_path / "calls")


def test_an_unencrypted_address_can_be_allowed() -> None:
    """A newsroom's own network may be private without looking so; then the sentence says it."""
    given = settings(model="openai:x", base_url="http://llm.example.org/v1", allow_http=True)
    assert "unencrypted" in plan(given).sentence


SENTENCES = [
    ({}, "Engine: offline. No model is asked, and nothing of an article leaves this machine."),
    (
        {"model": "openai:gpt-5-mini"},
        "Engine: openai:gpt-5-mini at api.openai.com. The article's text is sent there; storing is turned off.",
    ),
    (
        {"model": "openai:gpt-5-mini", "send_store": False},
        "Engine: openai:gpt-5-mini at api.openai.com. The article's text is sent there; "
        "storing is not turned off.",
    ),
    (
        {"model": "openai:q", "base_url": "http://127.0.0.1:8099/v1"},
        "Engine: openai:q at 127.0.0.1:8099. The article's text goes to that server on this computer.",
    ),
    (
        {"model": "openai:q", "base_url": "http://gpu-box/v1"},
        "Engine: openai:q at gpu-box. The article's text is sent there, unencrypted; "
        "what is stored there is up to that server.",
    ),
    (
        {"model": "local:dir/q.gguf"},
        "Engine: local:q.gguf, run on this computer; nothing of an article leaves it.",
    ),
]


@pytest.mark.parametrize(("given", "sentence"), SENTENCES)
def test_the_first_line_says_where_articles_go(
    given: dict[str, Any], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to read documentation to learn where a draft is sent."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert plan(settings(**given)).sentence == sentence


def test_openai_wants_its_key_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing key is told at once, by the variable's name; another server needs none."""
    with pytest.raises(ConfigError, match="OPENAI_API_KEY"):
        plan(settings(model="openai:gpt-5-mini"))
    with pytest.raises(ConfigError, match="ANTHROPIC_API_KEY"):
        plan(settings(model="anthropic:claude-sonnet-4-5"))
    plan(settings(model="openai:q", base_url="http://localhost:1/v1"))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    plan(settings(model="openai:gpt-5-mini"))


def test_a_budget_in_dollars_wants_a_price(tmp_path: Path) -> None:
    """Nobody is told that a budget holds which cannot be kept."""
    given = {"model": "openai:new", "base_url": "https://llm.example.org/v1", "budget_cost": 1.0}
    with pytest.raises(ConfigError, match="--budget-cost: no price is known for openai:new"):
        plan(settings(**given))
    (tmp_path / "briefs.toml").write_text('[prices."openai:new"]\nin = 1\nout = 2\n')
    chosen = plan(settings(**given))
    assert chosen.price is not None
    assert chosen.prices_of is None, "the user's own price is of no list"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "offline engine makes no calls"),
        ({"model": "anthropic:x"}, "openai: and local: models alone"),
    ],
)
def test_what_cannot_be_recorded(given: dict[str, Any], expected: str, tmp_path: Path) -> None:
    """A recording is refused where no call of ours could be recorded."""
    with pytest.raises(ConfigError, match=expected):
        plan(settings(**given), record=tmp_path / "recorded")


def asked(made: Engine, *requests: Request) -> list[Reply]:
    """Start an engine, ask, say that the article is done, close."""

    async def whole() -> list[Reply]:
        try:
            await made.start()
            with exchange.article(ARTICLE):
                replies = [await made.model.ask(each) for each in requests]
            await made.finish(ARTICLE.slug)
            return replies
        finally:
            await made.close()

    return asyncio.run(whole())


def test_a_server_gets_its_own_key_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """OPENAI_API_KEY never goes to another server, whoever wrote the address; BRIEFS_API_KEY does."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with FaultServer([]) as server:
        given = settings(model="openai:stub", base_url=server.url)
        asked(engine(given), a_request())
        monkeypatch.setenv("BRIEFS_API_KEY", SERVER_KEY)
        asked(engine(given), a_request())
        sent = [received.headers.get("authorization") for received in server.requests]
    assert sent == [None, f"Bearer {SERVER_KEY}"]


def test_a_settings_file_collects_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `briefs.toml` that came with somebody's folder names a server: the key goes there only if one says so."""
    (tmp_path / "briefs.toml").write_text('model = "openai:q"\nbase_url = "https://llm.example.org/v1"\n')
    monkeypatch.chdir(tmp_path)
    assert plan(settings()).spec.host == "llm.example.org"
    monkeypatch.setenv("BRIEFS_API_KEY", SERVER_KEY)
    with pytest.raises(ConfigError, match=r"briefs\.toml: names the server that BRIEFS_API_KEY"):
        plan(settings())
    plan(settings(base_url="https://llm.example.org/v1"))
    monkeypatch.setenv("BRIEFS_BASE_URL", "https://llm.example.org/v1")
    plan(settings())


@pytest.mark.parametrize(
    ("variable", "address", "through"),
    [
        ("http_proxy", "http://10.1.2.3:8000/v1", True),
        ("ALL_PROXY", "https://llm.example.org/v1", True),
        ("https_proxy", "http://10.1.2.3:8000/v1", False),
        ("http_proxy", "http://localhost.:8000/v1", False),
    ],
)
def test_a_proxy_on_the_way_is_said(
    variable: str, address: str, through: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first line says what the transport does: in a person's own words to a host, and through whom."""
    monkeypatch.setenv(variable, "http://proxy.example:3128")
    assert ("through the proxy" in plan(settings(model="openai:q", base_url=address)).sentence) is through
    assert (proxy_for(address) is not None) is through


def test_others_variables_send_nothing_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """OPENAI_BASE_URL, which libraries obey, does not move a draft to another server."""
    with FaultServer([]) as chosen, FaultServer([]) as other:
        monkeypatch.setenv("OPENAI_BASE_URL", other.url)
        monkeypatch.setenv("OPENAI_API_BASE", other.url)
        asked(engine(settings(model="openai:stub", base_url=chosen.url)), a_request())
        assert (len(chosen.requests), len(other.requests)) == (1, 0)


def test_use_is_counted_by_article_and_step() -> None:
    """The record of a run has calls and tokens as the server counted them."""
    with FaultServer([]) as server:
        made = engine(settings(model="openai:stub", base_url=server.url))
        replies = asked(made, a_request("one"), a_request("two"))
    (use,) = made.meter.of(ARTICLE.slug)
    assert isinstance(use, StepUse)
    assert (use.step, use.calls, use.attempts, use.cost) == ("extract", 2, 2, 0.0)
    assert use.tokens_in == sum(reply.usage.tokens_in for reply in replies) > 0


def test_kept_calls_pass_a_spent_budget(tmp_path: Path) -> None:
    """A reply from the call cache costs nothing, so the next run gets it with no budget at all."""
    with FaultServer([]) as server:
        given = {"model": "openai:stub", "base_url": server.url}
        path = tmp_path / "calls.sqlite"
        asked(engine(settings(**given), calls=Calls(path)), a_request("one"))
        poor = engine(settings(**given, budget_tokens=0), calls=Calls(path))
        kept, refused = asked(poor, a_request("one"), a_request("two"))
        assert len(server.requests) == 1
    assert kept.cached
    assert kept.failure is None
    assert refused.failure is not None
    assert refused.failure.kind is FailureKind.BUDGET
    (use,) = poor.meter.total()
    assert (use.calls, use.cache_hits, use.failed) == (0, 1, {"budget": 1})


def test_a_recording_replays_by_its_folder_alone(tmp_path: Path) -> None:
    """A replay needs no server, key or model's name, and says so in its sentence."""
    folder = tmp_path / "recorded"
    with FaultServer([]) as server:
        given = settings(model="openai:stub", base_url=server.url)
        first = asked(engine(given, record=folder, prompts={"extract": "1"}), a_request())
    replay = engine(settings(), replay=folder)
    again = asked(replay, a_request())
    assert [reply.text for reply in again] == [reply.text for reply in first]
    assert replay.plan.sentence == f"Engine: openai:stub replayed from {folder}; no call is made."
    with pytest.raises(ReplayError):
        asked(engine(settings(), replay=folder), a_request("altered"))


def test_a_replay_says_what_nothing_asked_for(tmp_path: Path) -> None:
    """A recording that holds more than is asked for is stale, and its owner hears of it."""
    folder = tmp_path / "recorded"
    with FaultServer([]) as server:
        given = settings(model="openai:stub", base_url=server.url)
        made = engine(given, record=folder)
        asked(made, a_request("one"), a_request("two"))
    assert made.notes == ()
    replay = engine(settings(), replay=folder)
    asked(replay, a_request("one"))
    [note] = replay.notes
    assert "harbour.yaml: 1 recorded call was not asked for (extract, chunk 1" in note


def test_a_model_file_is_loaded_by_the_first_call_that_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unchanged article run again costs no loading; another file of the same name is another model."""
    started: list[Path] = []
    with FaultServer([]) as server:

        def start(self: LocalServer) -> None:
            started.append(self.path)
            self.base_url = server.url

        monkeypatch.setattr(LocalServer, "start", start)
        monkeypatch.setattr(LocalServer, "check", lambda _: None)
        file = tmp_path / "small.gguf"
        file.write_bytes(b"GGUF" + bytes(20))

        def run() -> Reply:
            given = settings(model=f"local:{file}")
            [first, _] = asked(
                engine(given, calls=Calls(tmp_path / "calls.sqlite")), a_request(), a_request()
            )
            return first

        assert not run().cached
        again = run()
        assert (again.cached, len(started), len(server.requests)) == (True, 1, 1)
        file.write_bytes(b"GGUF" + bytes(21))
        assert not run().cached
        assert len(started) == 2


def test_a_model_file_that_cannot_be_loaded_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every article waits for the first to find out, and none loads for minutes again."""
    tries: list[Path] = []

    def start(self: LocalServer) -> None:
        tries.append(self.path)
        raise ConfigError("local:small.gguf: too large for this machine's memory")

    monkeypatch.setattr(LocalServer, "start", start)
    monkeypatch.setattr(LocalServer, "check", lambda _: None)
    (tmp_path / "small.gguf").write_bytes(b"GGUF" + bytes(20))
    made = engine(settings(model=f"local:{tmp_path / 'small.gguf'}"), calls=Calls(tmp_path / "calls.sqlite"))

    async def both() -> list[Reply | BaseException]:
        try:
            await made.start()
            asking = (made.model.ask(a_request(text)) for text in ("one", "two"))
            return await asyncio.gather(*asking, return_exceptions=True)
        finally:
            await made.close()

    errors = asyncio.run(both())
    assert [type(error) for error in errors] == [NotLoadedError] * 2
    assert len(tries) == 1


def test_calls_that_are_not_kept_are_said(tmp_path: Path) -> None:
    """A run whose cache cannot be used goes on, and says that the next one will pay again."""
    (tmp_path / "calls.sqlite").mkdir()
    with FaultServer([]) as server:
        given = settings(model="openai:stub", base_url=server.url)
        made = engine(given, calls=Calls(tmp_path / "calls.sqlite"))
        assert asked(made, a_request())[0].failure is None
    [note] = made.notes
    assert "finished calls are not kept" in note


def test_a_replay_is_not_of_another_model(tmp_path: Path) -> None:
    """--replay with another --model than was recorded is refused; the environment's model is passed over."""
    folder = tmp_path / "recorded"
    with FaultServer([]) as server:
        asked(engine(settings(model="openai:stub", base_url=server.url), record=folder), a_request())
    with pytest.raises(ConfigError, match="recorded with openai:stub"):
        plan(settings(model="openai:other"), replay=folder)
    with pytest.raises(ConfigError, match="give one of them"):
        plan(settings(), record=folder, replay=folder)


def test_offline_has_no_engine() -> None:
    """The offline engine asks nobody: there is nothing to start."""
    assert plan(settings()).offline
    with pytest.raises(ConfigError, match="no model is asked"):
        engine(settings())


def test_a_missing_model_file_is_told_before_a_run() -> None:
    """local: without a file, or with one that is not there, says where to get a model."""
    for model, expected in (("local:", "GGUF"), ("local:nowhere.gguf", "no such file")):
        with pytest.raises(ConfigError, match=expected):
            engine(settings(model=model))


def test_a_clock_before_1970_is_told_before_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that numbers calls panics there, with what no `except Exception` catches."""
    monkeypatch.setattr("briefs.llm.engines.time.time", lambda: -1.0)
    with pytest.raises(ConfigError, match="set the clock"):
        engine(settings(model="openai:stub", base_url="http://127.0.0.1:9/v1"))
