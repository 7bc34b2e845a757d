"""What is sent to an OpenAI-compatible server for a request: one definition, for calls, cache and cassettes.

It needs no library, so that an article whose calls are all in the cache pays for no import.
"""

import json
import re
from typing import Any, Literal, NamedTuple

from briefs.llm.port import Request

TokensField = Literal["max_tokens", "max_completion_tokens"]


class Dialect(NamedTuple):
    """How a server wants to be spoken to."""

    model: str
    tokens_field: TokensField
    temperature: float | None
    send_store: bool


def dialect(
    model: str, *, hosted: bool, tokens_field: TokensField | None, temperature: float | None, send_store: bool
) -> Dialect:
    """Return how to speak to `model`; `hosted` means OpenAI's own API.

    OpenAI's API takes `max_completion_tokens`. Servers that imitate it know the older `max_tokens` (Ollama
    and LM Studio document that one alone; vLLM and llama.cpp take both). Models that reason first refuse
    a temperature and `max_tokens`, wherever they are served.
    """
    reasons = _reasons(model)
    field = tokens_field or ("max_completion_tokens" if hosted or reasons else "max_tokens")
    return Dialect(model, field, None if reasons else temperature, send_store)


def _reasons(model: str) -> bool:
    name = model.rsplit("/", 1)[-1].lower()  # "openai/gpt-5" on servers that pass calls on
    return re.match(r"gpt-([5-9]|\d\d)|o\d", name) is not None and "chat" not in name and "oss" not in name


def extra(request: Request, way: Dialect) -> dict[str, Any]:
    """Return the fields of the body besides model and messages."""
    fields: dict[str, Any] = {
        way.tokens_field: request.max_tokens,
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": request.schema_name,
                "strict": True,
                "schema": json.loads(request.json_schema),
            },
        },
    }
    if way.send_store:
        fields["store"] = False
    if way.temperature is not None:
        fields["temperature"] = way.temperature
    return fields


def body(request: Request, way: Dialect) -> str:
    """Return the whole body as canonical JSON (keys sorted, no spaces): equal for what is sent alike."""
    system = "developer" if re.match(r"o\d", way.model) else "system"  # as langchain-openai sends it
    messages = [
        {"role": system if each.role == "system" else each.role, "content": each.text}
        for each in request.messages
    ]
    whole = {"model": way.model, "messages": messages, "stream": False, **extra(request, way)}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
