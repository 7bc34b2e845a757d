"""LangChain's chat models, made for one event loop and asked in one way.

`openai` stands for every server that speaks OpenAI's protocol, through our own HTTP client. Other providers
speak through their own LangChain packages, with their SDK's retries off; where LangChain has no common way to
ask for a schema, it is put in the message, and what comes back is checked by the steps all the same.
"""

import importlib.util
import json
import math
import os
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import httpx2
from pydantic import SecretStr

from briefs.errors import ConfigError
from briefs.llm.payload import Dialect, Form, extra, most_tokens
from briefs.llm.port import Request, Usage
from briefs.llm.quiet import hush

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, BaseMessage

OPENAI = "openai"
OPENAI_URL = "https://api.openai.com/v1"


class Answered(NamedTuple):
    """An answer as the provider gave it, in plain types."""

    text: str
    finish_reason: str
    refusal: str
    usage: Usage | None


class Chat(Protocol):
    """A chat model in one event loop."""

    async def answer(self, request: Request, form: Form) -> Answered:
        """Return the model's answer, its schema asked for as `form`; raises whatever its libraries raise."""

    async def close(self) -> None:
        """Close its connections."""


def load() -> None:
    """Import what the first call to an OpenAI-compatible server needs; more than a second the first time."""
    hush()  # OPENAI_LOG turns logging on while openai is imported
    import langchain.chat_models  # noqa: F401, PLC0415
    import langchain_core.tracers.context  # noqa: F401, PLC0415
    import langchain_openai  # noqa: F401, PLC0415
    import langsmith.run_helpers  # noqa: F401, PLC0415


class OpenAIChat:
    """Any server that speaks OpenAI's chat completions, over a client of ours."""

    def __init__(
        self, way: Dialect, base_url: str, key: SecretStr | None, http: httpx2.AsyncClient, timeout: float
    ) -> None:
        load()
        from langchain.chat_models import init_chat_model  # noqa: PLC0415 - see `load`

        async def secret() -> str:
            # A coroutine keeps the key out of the model's repr, and keeps LangChain from making a second,
            # synchronous client. The SDK wants some key; the guard takes it out again where there is none.
            return key.get_secret_value() if key is not None else "none"

        self._way = way
        self._http = http
        self._model: BaseChatModel = init_chat_model(
            model=way.model,
            model_provider=OPENAI,
            base_url=base_url,
            api_key=secret,
            http_async_client=http,
            http_socket_options=(),
            openai_proxy=None,
            max_retries=0,
            temperature=None,  # unsaid, LangChain would give o1 one of its own
            timeout=timeout,
            streaming=False,
            stream_usage=False,
            use_responses_api=False,
            output_version="v0",
            cache=False,
            verbose=False,
            callbacks=None,
        )
        hush()

    async def answer(self, request: Request, form: Form) -> Answered:
        """Return the model's answer; raises what openai, httpx2 and LangChain raise."""
        # In `extra_body` the fields go out as they are. As keyword arguments `max_tokens` is renamed, and a
        # `response_format` makes the SDK parse the answer: twice the time, and a truncated one is lost.
        message = await self._model.ainvoke(
            _messages(request, with_schema=form is Form.TOLD),
            config={"callbacks": []},
            extra_body=extra(request, self._way, form),
        )
        return _answered(message)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


class Provider(NamedTuple):
    """A model of a provider other than OpenAI."""

    provider: str
    name: str
    base_url: str | None
    key: SecretStr | None
    timeout: float
    way: Dialect


class ProviderChat:
    """A provider other than OpenAI, through its own LangChain package.

    Raises ConfigError for a provider that is unknown, not installed or lacks its key.
    """

    def __init__(self, asked: "Provider") -> None:
        _check_provider(asked.provider)
        self._asked = asked
        self._models: dict[int, BaseChatModel] = {}
        try:
            self._made(1)
        except Exception as error:  # each package has its own; a missing key is the usual reason
            kind = type(error).__name__
            advice = "is its API key set, and the model's name right?"
            raise ConfigError(f"{asked.provider}:{asked.name} cannot be used ({kind}); {advice}") from None

    async def answer(self, request: Request, form: Form) -> Answered:  # noqa: ARG002 - there is but one
        """Return the model's answer; raises what the provider's package raises."""
        most = most_tokens(request, self._asked.way)
        model = self._models.get(most) or self._made(most)
        return _answered(await model.ainvoke(_messages(request, with_schema=True), config={"callbacks": []}))

    def _made(self, max_tokens: int) -> "BaseChatModel":
        hush()
        from langchain.chat_models import init_chat_model  # noqa: PLC0415

        asked = self._asked
        optional: dict[str, Any] = {
            "base_url": asked.base_url,
            "api_key": asked.key,
            "temperature": asked.way.temperature,
        }
        given = {name: value for name, value in optional.items() if value is not None}
        model: BaseChatModel = init_chat_model(
            model=asked.name,
            model_provider=asked.provider,
            max_tokens=max_tokens,
            timeout=max(1, math.ceil(asked.timeout)),  # some take whole seconds alone
            max_retries=0,
            cache=False,
            verbose=False,
            **given,
        )
        hush()
        self._models[max_tokens] = model
        return model

    async def close(self) -> None:
        """Forget the models; their packages own their connections."""
        self._models.clear()


_ELSEWHERE = {
    "anthropic": ("ANTHROPIC_API_URL", "ANTHROPIC_BASE_URL", "ANTHROPIC_PROXY"),
    "google_genai": ("GOOGLE_GEMINI_BASE_URL", "GOOGLE_VERTEX_BASE_URL", "GOOGLE_GENAI_USE_VERTEXAI"),
    "cohere": ("CO_API_URL",),
    "deepseek": ("DEEPSEEK_API_BASE", "OPENAI_PROXY"),
    "groq": ("GROQ_API_BASE", "GROQ_BASE_URL", "GROQ_PROXY"),
    "mistralai": ("MISTRAL_BASE_URL",),
    "openrouter": ("OPENROUTER_API_BASE", "OPENROUTER_BASE_URL", "OPENAI_PROXY"),
    "xai": ("XAI_API_BASE", "OPENAI_PROXY"),
}
"""Environment variables with which a provider's package would send drafts to another address."""


def _check_provider(provider: str) -> None:
    """Raise ConfigError unless `provider` can be used here, naming what to install or to unset."""
    packages = _packages()
    if provider not in packages:
        usable = ", ".join(sorted(name for name, package in packages.items() if _installed(package)))
        raise ConfigError(
            f"unknown model provider {provider!r}; installed here: {usable}, and local, offline"
        )
    package = packages[provider]
    if not _installed(package):
        raise ConfigError(
            f"{provider}: its package is not installed; run: pip install {package.replace('_', '-')}"
        )
    for variable in (*_ELSEWHERE.get(provider, ()), "LANGSMITH_GATEWAY"):
        if os.environ.get(variable, "").lower() not in {"", "0", "false", "no"}:
            advice = "unset it, and give the address with --base-url if it is meant"
            raise ConfigError(f"{variable} is set and would send drafts elsewhere; {advice}")


def _packages() -> dict[str, str]:
    """Return the package of each provider that LangChain knows; the table has no public name."""
    from langchain.chat_models import base  # noqa: PLC0415

    return {name: entry[0].split(".", 1)[0] for name, entry in base._BUILTIN_PROVIDERS.items()}


def _installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _messages(request: Request, *, with_schema: bool = False) -> "list[BaseMessage]":
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage  # noqa: PLC0415

    kinds = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
    texts = [(each.role, each.text) for each in request.messages]
    if with_schema:
        schema = json.dumps(json.loads(request.json_schema), ensure_ascii=False)
        told = f"Answer with JSON alone, without Markdown, that is valid against this JSON Schema:\n{schema}"
        first = next((at for at, (role, _) in enumerate(texts) if role == "system"), None)
        if first is None:
            texts.insert(0, ("system", told))
        else:
            texts[first] = ("system", f"{texts[first][1]}\n\n{told}")
    return [kinds[role](text) for role, text in texts]


def _answered(message: "AIMessage") -> Answered:
    about = message.response_metadata
    counted = message.usage_metadata
    reason = about.get("finish_reason") or about.get("stop_reason") or ""
    usage = None
    if counted is not None:
        usage = Usage(tokens_in=max(0, counted["input_tokens"]), tokens_out=max(0, counted["output_tokens"]))
    # JSON can spell half a surrogate pair, which is no character: it becomes "?".
    text = str(message.text).encode("utf-8", "replace").decode()
    return Answered(text, str(reason), str(message.additional_kwargs.get("refusal") or ""), usage)
