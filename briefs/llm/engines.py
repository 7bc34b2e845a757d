"""From settings to a model that can be asked: what is used, where articles go, and the parts put together.

    Metered ── Cached ── Budgeted ── Adapter ── (cassettes) ── network

`plan` reads and checks, and touches nothing; `engine` puts the parts together; `Engine.start` opens what
must be open. A cached reply costs nothing, so it passes a spent budget. A recording and its replay go without
the cache: a recording must hold every call.
"""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import SecretStr

from briefs import __version__
from briefs.config import Price, Settings, api_key
from briefs.errors import ConfigError
from briefs.llm.budget import Budget, Budgeted, check_budget
from briefs.llm.cached import Cached, Calls
from briefs.llm.limits import RateLimits
from briefs.llm.meter import Meter, Metered
from briefs.llm.payload import Dialect, TokensField, dialect
from briefs.llm.port import Model
from briefs.llm.prices import price_list, price_of
from briefs.llm.recording import RecordingInfo
from briefs.llm.spec import OPENAI, Spec, parse

if TYPE_CHECKING:
    from briefs.llm.adapter import Adapter
    from briefs.llm.cassettes import Recording
    from briefs.llm.local import LocalServer

OPENAI_KEY = "OPENAI_API_KEY"
"""Sent to OpenAI's own hosts alone."""
SERVER_KEY = "BRIEFS_API_KEY"
"""Sent to the server of --base-url alone."""

_NOWHERE = "http://127.0.0.1:9/v1"
"""The address that a replay believes in; nothing is ever sent there."""
_TEMPERATURE = 0.0


class _Provider(NamedTuple):
    key: str
    host: str


_PROVIDERS = {
    "anthropic": _Provider("ANTHROPIC_API_KEY", "api.anthropic.com"),
    "cohere": _Provider("COHERE_API_KEY", "api.cohere.com"),
    "deepseek": _Provider("DEEPSEEK_API_KEY", "api.deepseek.com"),
    "google_genai": _Provider("GOOGLE_API_KEY", "generativelanguage.googleapis.com"),
    "groq": _Provider("GROQ_API_KEY", "api.groq.com"),
    "mistralai": _Provider("MISTRAL_API_KEY", "api.mistral.ai"),
    "openrouter": _Provider("OPENROUTER_API_KEY", "openrouter.ai"),
    "xai": _Provider("XAI_API_KEY", "api.x.ai"),
}
"""Where the packages of common providers send to, and the variable that they take their key from."""


class Plan(NamedTuple):
    """Which engine will be used, and what follows from it."""

    spec: Spec
    sentence: str
    """Where an article's text goes: the first line that a run prints."""
    key_variable: str | None
    """The environment variable that the key is taken from; none where none is used."""
    price: Price | None
    prices_of: str | None
    """ISO date of the price list, where a price is from it."""
    concurrency: int
    way: Dialect
    """How the server is spoken to."""
    record: Path | None = None
    replay: Path | None = None

    @property
    def offline(self) -> bool:
        """Return whether no model is asked at all."""
        return self.spec.kind == "offline"


def plan(settings: Settings, *, record: Path | None = None, replay: Path | None = None) -> Plan:
    """Return which engine the settings name, checked as far as can be without opening anything.

    A replay takes its model from the recording where none is named. Raises ConfigError in one line: an
    unknown or incomplete model, a missing key, an unsafe address, a budget that cannot be kept.
    """
    if record is not None and replay is not None:
        raise ConfigError("--record and --replay: give one of them")
    info = RecordingInfo.read(replay) if replay is not None else None
    spec = _spec(settings, info)
    if spec.kind == "offline" and record is not None:
        raise ConfigError("--record: the offline engine makes no calls; name a model with --model")
    if spec.kind == "provider" and (record or replay):
        raise ConfigError(
            f"{spec.id}: calls can be recorded and replayed with openai: and local: models alone"
        )
    if spec.kind == "local" and info is None and not spec.name:
        from briefs.llm.local_file import model_file  # noqa: PLC0415 - only to explain

        model_file("")
    variable = None if info is not None else _key_variable(spec)
    if info is None:
        _check_key(spec, variable)
    own = settings.prices
    price = price_of(spec, own)
    listed = price is not None and price_of(spec) is not None and not spec.here and price == price_of(spec)
    if info is None:
        check_budget(_budget(settings), price, spec.id)
    return Plan(
        spec=spec,
        sentence=_sentence(spec, settings, record=record, replay=replay),
        key_variable=variable,
        price=price,
        prices_of=price_list().date if listed else None,
        concurrency=settings.concurrency or _concurrency(spec),
        way=_way(spec, settings, info),
        record=record,
        replay=replay,
    )


class Engine:
    """A model with all that surrounds it, for one run: started, asked through `model`, closed."""

    def __init__(
        self,
        plan: Plan,
        settings: Settings,
        recording: "Recording | None" = None,
        calls: Calls | None = None,
    ) -> None:
        self.plan = plan
        self.prompts = settings.prompts
        """Folder of the user's own prompts."""
        self.concurrency = plan.concurrency
        """Calls in flight at most."""
        self.meter = Meter(plan.price)
        self._settings = settings
        self._recording = recording
        self._calls = calls
        self._server: LocalServer | None = None
        self._model: Model | None = None

    @property
    def id(self) -> str:
        """Return the model's id, as `drafted_by` says it; known before `start`."""
        return self.plan.spec.id

    @property
    def model(self) -> Model:
        """Return the model; there is one from `start` on."""
        if self._model is None:
            raise RuntimeError("the engine is not started")
        return self._model

    async def start(self) -> None:
        """Open what must be open: for a model file its server, which takes seconds to minutes.

        Raises ConfigError when the file cannot be served.
        """
        if self._model is not None:
            return
        spec = self.plan.spec
        base_url, key = spec.base_url, _key(self.plan.key_variable)
        if self.plan.replay is not None:
            base_url, key = _NOWHERE, None
        elif spec.kind == "local":
            server = self._server = _server(spec, self.concurrency)
            await asyncio.to_thread(server.start)
            base_url, key = server.base_url, server.api_key
        address = self._server.identity if self._server is not None else None
        self._model = Metered(self._guarded(self._adapted(base_url, key), address), self.meter)

    async def finish(self, slug: str) -> None:
        """Say that an article was drafted to its end: its recording is written, what it lacks is dropped."""
        if self._recording is not None:
            self._recording.finish(slug)

    async def close(self) -> None:
        """Let go of connections, files and the server; an engine that was not started has none."""
        model, self._model = self._model, None
        server, self._server = self._server, None
        calls, self._calls = self._calls, None
        try:
            if model is not None:
                await model.close()  # and with it the cache
            elif calls is not None:
                calls.close()
            if self._recording is not None:
                self._recording.close()
        finally:
            if server is not None:
                server.stop()

    def _guarded(self, adapter: "Adapter", address: str | None) -> Model:
        if self.plan.replay is not None:
            return adapter  # nothing is spent
        budgeted = Budgeted(adapter, _budget(self._settings), self.plan.price, address=address)
        return budgeted if self._calls is None else Cached(budgeted, self._calls)

    def _adapted(self, base_url: str | None, key: SecretStr | None) -> "Adapter":
        from briefs.llm.adapter import Adapter  # noqa: PLC0415 - its HTTP library is not for `briefs --help`

        settings, way, spec = self._settings, self.plan.way, self.plan.spec
        transport = None
        if self._recording is not None:
            from briefs.llm.cassettes import CassetteTransport  # noqa: PLC0415
            from briefs.llm.transport import network  # noqa: PLC0415

            replayed = self.plan.replay is not None
            inner = None if replayed or base_url is None else network(base_url, connections=self.concurrency)
            transport = CassetteTransport(inner, self._recording)
        limits = RateLimits(
            requests_per_minute=settings.requests_per_minute, tokens_per_minute=settings.tokens_per_minute
        )
        return Adapter(
            id=spec.id,
            provider=OPENAI if spec.kind == "local" else spec.provider,
            name=way.model,
            base_url=base_url,
            api_key=key,
            timeout=settings.timeout,
            total=settings.total_time,
            attempts=settings.attempts,
            concurrency=self.concurrency,
            limits=RateLimits() if self.plan.replay is not None else limits,
            transport=transport,
            send_store=way.send_store,
            temperature=way.temperature,
            tokens_field=way.tokens_field,
        )


def engine(
    settings: Settings,
    *,
    record: Path | None = None,
    replay: Path | None = None,
    prompts: Mapping[str, str] | None = None,
    calls: Calls | None = None,
) -> Engine:
    """Return the engine that the settings name, not yet started.

    `record` and `replay` are folders of recorded calls; `prompts` are the versions of the prompts by name,
    noted in a recording. `calls` keeps finished calls, and is closed with the engine; a recording and its
    replay pass it by. Raises ConfigError as `plan` does, for the offline engine, which has no model,
    and for a model file that is not there.
    """
    chosen = plan(settings, record=record, replay=replay)
    if chosen.offline:
        raise ConfigError("offline: no model is asked; name one with --model")
    if chosen.spec.kind == "provider":
        from briefs.llm.chat import check_provider  # noqa: PLC0415 - imports LangChain

        check_provider(chosen.spec.provider)
    if chosen.spec.kind == "local" and replay is None:
        _server(chosen.spec, 1)  # the file is looked at; nothing is started
    if calls is not None and (record is not None or replay is not None):
        calls.close()
        calls = None
    return Engine(chosen, settings, _recording(chosen, prompts or {}), calls)


def _recording(chosen: Plan, prompts: Mapping[str, str]) -> "Recording | None":
    folder = chosen.replay or chosen.record
    if folder is None:
        return None
    from briefs.llm.cassettes import Mode, Recording  # noqa: PLC0415 - vcrpy, where it is wanted

    if chosen.replay is not None:
        return Recording(folder, Mode.REPLAY)
    way = chosen.way
    info = RecordingInfo(
        model=chosen.spec.id,
        parameters={
            "tokens_field": way.tokens_field,
            "temperature": way.temperature,
            "send_store": way.send_store,
        },
        prompts=dict(prompts),
        tool_version=__version__,
    )
    return Recording(folder, Mode.RECORD, info)


def _spec(settings: Settings, info: RecordingInfo | None) -> Spec:
    origin = settings.origin("model")
    said_by = "model" if origin == "default" else origin
    if info is None:
        return parse(settings.model, settings.base_url, allow_http=settings.allow_http, said_by=said_by)
    recorded = parse(info.model)
    if settings.model not in {"offline", info.model} and origin.startswith("--"):
        raise ConfigError(f"--replay: recorded with {info.model}, not {settings.model}; leave out --model")
    return recorded


def _key_variable(spec: Spec) -> str | None:
    if spec.kind == "openai":
        return OPENAI_KEY if spec.hosted_by_openai else SERVER_KEY
    known = _PROVIDERS.get(spec.provider) if spec.kind == "provider" else None
    return known.key if known else None


def _key(variable: str | None) -> SecretStr | None:
    """Return the key for servers that we speak to ourselves; providers' packages read theirs on their own."""
    return api_key(variable) if variable in {OPENAI_KEY, SERVER_KEY} else None


def _check_key(spec: Spec, variable: str | None) -> None:
    if variable is None or api_key(variable) is not None or variable == SERVER_KEY:
        return
    other = ", or name another server with --base-url" if spec.kind == "openai" else ""
    raise ConfigError(f"{spec.id}: needs a key; set {variable} in the environment{other}")


def _budget(settings: Settings) -> Budget:
    return Budget(tokens=settings.budget_tokens, cost=settings.budget_cost)


def _concurrency(spec: Spec) -> int:
    if spec.kind == "local":
        return 1  # on processors, one call at a time is as fast as many
    return 4 if spec.here else 8


def _server(spec: Spec, slots: int) -> "LocalServer":
    from briefs.llm.local import LocalOptions, LocalServer  # noqa: PLC0415

    return LocalServer(spec.name, LocalOptions(slots=slots))


def _way(spec: Spec, settings: Settings, info: RecordingInfo | None) -> Dialect:
    name = spec.id.partition(":")[2]
    if info is not None:
        given = info.parameters
        field: TokensField = (
            "max_completion_tokens" if given.get("tokens_field") == "max_completion_tokens" else "max_tokens"
        )
        temperature = given.get("temperature")
        return Dialect(
            model=name,
            tokens_field=field,
            temperature=float(temperature) if isinstance(temperature, int | float) else None,
            send_store=given.get("send_store") is True,
        )
    return dialect(
        name,
        hosted=spec.hosted_by_openai,
        tokens_field=None,
        temperature=_TEMPERATURE,
        send_store=_stores_off(spec, settings),
    )


def _stores_off(spec: Spec, settings: Settings) -> bool:
    return spec.hosted_by_openai if settings.send_store is None else settings.send_store


def _sentence(spec: Spec, settings: Settings, *, record: Path | None, replay: Path | None) -> str:
    if replay is not None:
        return f"Engine: {spec.id} replayed from {replay}; no call is made."
    return _where(spec, settings) + (
        f" Calls are recorded in {record}, with the article's text." if record is not None else ""
    )


def _where(spec: Spec, settings: Settings) -> str:
    if spec.kind == "offline":
        return "Engine: offline. No model is asked, and nothing of an article leaves this machine."
    if spec.kind == "local":
        return f"Engine: {spec.id}, run on this computer; nothing of an article leaves it."
    if spec.kind == "provider":
        known = _PROVIDERS.get(spec.provider)
        to = f"to {known.host}" if known else "where the provider's package sends it"
        return f"Engine: {spec.id}. The article's text is sent {to}; what is stored there is that provider's."
    if spec.here:
        return f"Engine: {spec.id} at {spec.host}. The article's text goes to that server on this computer."
    stored = "storing is turned off" if _stores_off(spec, settings) else "storing is not turned off"
    if not spec.hosted_by_openai and settings.send_store is None:
        stored = "what is stored there is up to that server"
    clear = ", unencrypted" if spec.in_clear else ""
    proxied = " through the proxy" if os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy") else ""
    return f"Engine: {spec.id} at {spec.host}. The article's text is sent there{proxied}{clear}; {stored}."
