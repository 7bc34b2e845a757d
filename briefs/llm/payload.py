"""What is sent to an OpenAI-compatible server for a request: one definition, for calls, cache and cassettes.

It needs no library, so that an article whose calls are all in the cache pays for no import.
"""

import json
import re
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from briefs.llm.port import Request

TokensField = Literal["max_tokens", "max_completion_tokens"]


REASONING_TOKENS = 8_000
"""What an answer's bound is raised by for models that reason first: their reasoning counts as answer."""


class Form(StrEnum):
    """How the schema of an answer is asked for; a server that refuses one is asked in the next."""

    BOUNDED = "bounded"
    """Strict, with all bounds of strings and lists."""
    UNBOUNDED = "unbounded"
    """Strict, without the bounds: some models' strict mode refuses them, and the steps check them anyway."""
    TOLD = "told"
    """In the message, where the server has no such thing."""

    @property
    def next(self) -> "Form | None":
        """Return the form to try after this one."""
        return {Form.BOUNDED: Form.UNBOUNDED, Form.UNBOUNDED: Form.TOLD}.get(self)


class Dialect(NamedTuple):
    """How a server wants to be spoken to."""

    model: str
    tokens_field: TokensField
    temperature: float | None
    send_store: bool
    reasoning_tokens: int = 0
    """Added to the bound of every answer."""
    effort: str | None = None
    """How much the model may reason; none leaves it to the model."""


def dialect(
    model: str, *, hosted: bool, tokens_field: TokensField | None, temperature: float | None, send_store: bool
) -> Dialect:
    """Return how to speak to `model`; `hosted` means OpenAI's own API.

    OpenAI's API takes `max_completion_tokens`. Servers that imitate it know the older `max_tokens` (Ollama
    and LM Studio document that one alone; vLLM and llama.cpp take both). Models that reason first refuse
    a temperature and `max_tokens`, wherever they are served; they are told to reason little, where they are
    known to take that word, and get `REASONING_TOKENS` for it.
    """
    reasons = _reasons(model)
    field = tokens_field or ("max_completion_tokens" if hosted or reasons else "max_tokens")
    return Dialect(
        model,
        field,
        None if reasons else temperature,
        send_store,
        reasoning_tokens=REASONING_TOKENS if reasons else 0,
        effort="low" if _TAKE_LOW.fullmatch(_bare(model)) else None,
    )


_TAKE_LOW = re.compile(r"(?:gpt-5(?:\.\d+)?(?:-mini|-nano)?|o1|o3(?:-mini)?|o4-mini)(?:-\d{4}-\d\d-\d\d)?")
"""Models with an effort "low" (OpenAI's reasoning guide): not the "pro" ones, o1-mini or o1-preview."""


def _bare(model: str) -> str:
    return model.rsplit("/", 1)[-1].lower()  # "openai/gpt-5" on servers that pass calls on


def _reasons(model: str) -> bool:
    name = _bare(model)
    return re.match(r"gpt-([5-9]|\d\d)|o\d", name) is not None and "chat" not in name and "oss" not in name


def most_tokens(request: Request, way: Dialect) -> int:
    """Return the most tokens that an answer may have, with what goes into reasoning."""
    return request.max_tokens + way.reasoning_tokens


def extra(request: Request, way: Dialect, form: Form = Form.BOUNDED) -> dict[str, Any]:
    """Return the fields of the body besides model and messages."""
    fields: dict[str, Any] = {way.tokens_field: most_tokens(request, way)}
    if form is not Form.TOLD:
        schema = json.loads(request.json_schema)
        fields["response_format"] = {
            "type": "json_schema",
            "json_schema": {
                "name": request.schema_name,
                "strict": True,
                "schema": schema if form is Form.BOUNDED else without_bounds(schema),
            },
        }
    if way.effort is not None:
        fields["reasoning_effort"] = way.effort
    if way.send_store:
        fields["store"] = False
    if way.temperature is not None:
        fields["temperature"] = way.temperature
    return fields


_BOUNDS = frozenset(
    {
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    }
)
_NAMED = frozenset({"properties", "$defs"})
"""Keywords whose value has names of its own, which may be those of bounds."""


def without_bounds(schema: Any) -> Any:
    """Return a JSON schema that says what an answer holds, and not how much of it."""
    if isinstance(schema, list):
        return [without_bounds(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: {key: without_bounds(each) for key, each in value.items()}
        if name in _NAMED
        else without_bounds(value)
        for name, value in schema.items()
        if name not in _BOUNDS
    }


def body(request: Request, way: Dialect) -> str:
    """Return the whole body as canonical JSON (keys sorted, no spaces): equal for what is sent alike.

    It is the body that is sent first: a server that refuses the schema gets another, for the same call.
    """
    system = "developer" if re.match(r"o\d", way.model) else "system"  # as langchain-openai sends it
    messages = [
        {"role": system if each.role == "system" else each.role, "content": each.text}
        for each in request.messages
    ]
    whole = {"model": way.model, "messages": messages, "stream": False, **extra(request, way)}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
