"""What of an exchange is kept: the request as it was sent, of the answer only what a step reads.

Everything is allow-listed. An answer's ids, times, fingerprints and token details differ from call to call,
say who called, and are read by nobody here; a file of a recording that holds them is neither safe to publish
nor pleasant to review.
"""

import json
from typing import TypeAlias

from pydantic import JsonValue

from briefs.llm.secrets import without_key, without_secrets

Json: TypeAlias = JsonValue

KEPT_STATUSES = frozenset({200, 400, 413, 422})
"""Answers to the request itself. What a server says of the key or of the moment is not recorded."""

_ANSWER = {
    "object": None,
    "model": None,
    "choices": {
        "index": None,
        "finish_reason": None,
        "message": {"role": None, "content": None, "refusal": None},
    },
    "usage": {"prompt_tokens": None, "completion_tokens": None, "total_tokens": None},
    "error": {"code": None, "type": None, "param": None, "message": None},
}
"""The fields of a chat completion, and of an error, that stay."""

_FILLED_IN: dict[str, Json] = {"id": "recorded", "created": 0}
"""What clients expect in an answer and a recording does not hold."""


def canonical(body: bytes) -> bytes:
    """Return JSON with its keys sorted and no white space; what is not JSON as it is.

    Two requests are equal exactly when these are: one changed character of a prompt, a schema or an article
    is another request.
    """
    try:
        value = json.loads(body)
    except ValueError:
        return body
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def kept(body: bytes, key: str = "") -> bytes:
    """Return an answer with only the fields that stay; what is no JSON object as empty text.

    The `key` that the request was sent with stands nowhere in it.
    """
    try:
        value = json.loads(body)
    except ValueError:
        return b""
    if not isinstance(value, dict):
        return b"{}"
    return json.dumps(_without(_clean(_pick(value, _ANSWER)), key), ensure_ascii=True).encode("ascii")


def filled_in(body: bytes) -> bytes:
    """Return an answer that was kept as clients expect it: with an id and a time, the same for all."""
    try:
        value = json.loads(body)
    except ValueError:
        return body
    if not isinstance(value, dict) or "choices" not in value:
        return body
    return json.dumps(_FILLED_IN | value, ensure_ascii=True).encode("ascii")


def differing(one: bytes, other: bytes) -> tuple[str, ...]:
    """Return the names of the fields in which two request bodies differ; never what stands in them."""
    try:
        mine, theirs = json.loads(one), json.loads(other)
        names = {key for key in mine.keys() | theirs.keys() if mine.get(key) != theirs.get(key)}
    except (ValueError, AttributeError):
        return ("content",)
    return tuple(sorted(names))


def _pick(value: Json, shape: object) -> Json:
    if isinstance(value, list):
        return [_pick(each, shape) for each in value]
    if isinstance(value, dict) and isinstance(shape, dict):
        return {key: _pick(value[key], shape[key]) for key in shape if key in value}
    return value if shape is None and not isinstance(value, dict) else None


def _clean(answer: Json) -> Json:
    """Take a path out of the model's name and secrets out of an error's message."""
    if not isinstance(answer, dict):
        return answer
    cleaned = dict(answer)
    model, error = cleaned.get("model"), cleaned.get("error")
    if isinstance(model, str):
        cleaned["model"] = model.replace("\\", "/").rsplit("/", 1)[-1]
    if isinstance(error, dict):
        cleaned["error"] = {key: _plain(each) for key, each in error.items()}
    elif isinstance(error, str):
        cleaned["error"] = _plain(error)
    return cleaned


def _without(value: Json, key: str) -> Json:
    if isinstance(value, dict):
        return {name: _without(each, key) for name, each in value.items()}
    if isinstance(value, list):
        return [_without(each, key) for each in value]
    return without_key(value, key) if isinstance(value, str) else value


def _plain(value: Json) -> Json:
    return without_secrets(value) if isinstance(value, str) else value
