"""Which engine a run will use, checked before anything is opened; and, in one sentence, where articles go."""

import urllib.request
from pathlib import Path
from typing import NamedTuple

from briefs.config import Price, Settings, api_key
from briefs.errors import ConfigError
from briefs.llm.budget import Budget, check_budget
from briefs.llm.payload import Dialect, TokensField, dialect
from briefs.llm.prices import batched, price_list, price_of
from briefs.llm.recording import RecordingInfo
from briefs.llm.secrets import secrets_in
from briefs.llm.spec import Spec, is_openai, parse

OPENAI_KEY = "OPENAI_API_KEY"
"""Sent to OpenAI's own hosts alone."""
SERVER_KEY = "BRIEFS_API_KEY"
"""Sent to the server of --base-url alone."""

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

    def by_batch(self) -> "Plan":
        """Return the same at the price of a batch."""
        return self._replace(price=batched(self.price))


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
    if record is not None and spec.kind == "openai" and (held := secrets_in(spec.name)):
        raise ConfigError(
            f"--record: the model's name holds {held[0]}, and a recording must not; "
            "have the server call the model by another name (llama.cpp: --alias)"
        )
    if spec.kind == "local" and info is None and not spec.name:
        from briefs.llm.local_file import model_file  # noqa: PLC0415 - only to explain

        model_file("")
    variable = None if info is not None else _key_variable(spec)
    if info is None:
        _check_key(spec, variable)
        check_chosen(settings)
    own = settings.prices
    price = price_of(spec, own)
    listed = price is not None and price_of(spec) is not None and not spec.here and price == price_of(spec)
    if info is None:
        check_budget(budget_of(settings), price, spec.id)
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


def check_chosen(settings: Settings) -> None:
    """Raise ConfigError where a file alone names the server that a key would be sent to.

    A `briefs.toml` may come with somebody else's folder: it chooses where an article goes, which the first
    line of a run says, but collects no key.
    """
    address = settings.base_url or ""
    if settings.from_file("base_url") and not is_openai(address) and api_key(SERVER_KEY) is not None:
        raise ConfigError(
            f"{settings.file}: names the server that {SERVER_KEY} would be sent to, as no file may; say "
            "it with --base-url or BRIEFS_BASE_URL, or unset the key"
        )


def budget_of(settings: Settings) -> Budget:
    """Return what a run may use."""
    return Budget(tokens=settings.budget_tokens, cost=settings.budget_cost)


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


def _check_key(spec: Spec, variable: str | None) -> None:
    if variable is None or api_key(variable) is not None or variable == SERVER_KEY:
        return
    other = ", or name another server with --base-url" if spec.kind == "openai" else ""
    raise ConfigError(f"{spec.id}: needs a key; set {variable} in the environment{other}")


def _concurrency(spec: Spec) -> int:
    if spec.kind == "local":
        return 1  # on processors, one call at a time is as fast as many
    return 4 if spec.here else 8


def _way(spec: Spec, settings: Settings, info: RecordingInfo | None) -> Dialect:
    name = spec.id.partition(":")[2]
    if info is not None:
        given = info.parameters
        field: TokensField = (
            "max_completion_tokens" if given.get("tokens_field") == "max_completion_tokens" else "max_tokens"
        )
        temperature = given.get("temperature")
        return dialect(
            name,
            hosted=False,
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
        proxied = " through the proxy" if urllib.request.getproxies().keys() & {"https", "all"} else ""
        stored = "what is stored there is that provider's"
        return f"Engine: {spec.id}. The article's text is sent {to}{proxied}; {stored}."
    if spec.here:
        return f"Engine: {spec.id} at {spec.host}. The article's text goes to that server on this computer."
    stored = "storing is turned off" if _stores_off(spec, settings) else "storing is not turned off"
    if not spec.hosted_by_openai and settings.send_store is None:
        stored = "what is stored there is up to that server"
    clear = ", unencrypted" if spec.in_clear else ""
    from briefs.llm.transport import proxy_for  # noqa: PLC0415 - no HTTP client for offline runs

    proxied = " through the proxy" if proxy_for(spec.base_url or "") else ""
    return f"Engine: {spec.id} at {spec.host}. The article's text is sent there{proxied}{clear}; {stored}."
