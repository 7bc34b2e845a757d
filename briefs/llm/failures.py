"""What went wrong with a call: every exception, status and finish reason as one of the port's kinds.

A message says what happened and what to do, in our own words. Nothing of a server's message is repeated
in it: servers echo prompts, and proxies echo keys. Only the status and short codes are shown.
"""

import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple

from briefs.llm.port import CallFailure, FailureKind
from briefs.llm.transport import AnswerTooLongError, NoRoomError, WrongAddressError


class Retry(Enum):
    """Whether the same call may do better."""

    NO = 0
    ONCE = 1
    """What came back is strange: a second look tells an accident from a habit."""
    YES = 2


class Failed(NamedTuple):
    """A failed attempt."""

    failure: CallFailure
    retry: Retry = Retry.NO
    lasting: bool = False
    """No other call of this run will do better: none is made."""
    perhaps_one_text: bool = False
    """Lasting, unless calls have been answered before: some filters refuse a single text in the same way."""
    schema_refused: bool = False
    """The server does not take the schema of the answer, or no schema in this way."""
    status: int = 0
    """Of HTTP; 0 where the server said none."""
    codes: frozenset[str] = frozenset()
    """What the server called it, in lower case: its code and its type. To compare, never to show."""


class _Said(NamedTuple):
    """What a server says of an error: to be searched, never to be shown."""

    status: int
    code: str
    kind: str
    param: str
    words: str

    def shown(self) -> str:
        """Return the status and the codes that are known, for a message: another may be the key itself."""
        codes = dict.fromkeys(filter(None, map(shown_code, (self.code, self.kind))))
        return (
            ", ".join([f"status {self.status}", *codes]) if self.status else ", ".join(codes) or "no status"
        )


_QUOTA = {
    "insufficient_quota",
    "billing_hard_limit_reached",
    "billing_not_active",
    "billing_error",
    "insufficient_balance",
    "insufficient_credits",
    "quota_exceeded",
}
_QUOTA_WORDS = ("credit balance is too low", "insufficient balance")  # Anthropic, DeepSeek
_CONTEXT = {
    "context_length_exceeded",
    "exceed_context_size_error",
    "string_above_max_length",
    "request_too_large",
}
_CONTEXT_WORDS = (  # OpenAI and vLLM; llama.cpp; LM Studio; Anthropic; Google; Mistral
    "maximum context length",
    "available context size",
    "context length",
    "context window",
    "prompt is too long",
    "exceeds the maximum number of tokens",
    "too large for model with",
    "request too large for",
)
_FILTER = {
    "content_filter",
    "content_policy_violation",
    "responsible_ai_policy_violation",
    "moderation_blocked",
}
_NO_MODEL = {"model_not_found", "not_found_error", "deploymentnotfound"}
_BAD_KEY_WORDS = ("api key not valid",)  # Google, as a 400
_BAD_KEY = {"invalid_api_key", "api_key_invalid", "authentication_error"}
_SHOWN = (
    _QUOTA
    | _CONTEXT
    | _FILTER
    | _NO_MODEL
    | _BAD_KEY
    | {
        "api_error",
        "bad_request_error",
        "internal_server_error",
        "invalid_request_error",
        "invalid_value",
        "missing_required_parameter",
        "not_found",
        "not_implemented",
        "overloaded_error",
        "permission_error",
        "rate_limit_error",
        "rate_limit_exceeded",
        "request_timeout",
        "requests",
        "server_error",
        "service_unavailable",
        "slow_down",
        "timeout",
        "token_limit_exceeded",
        "tokens",
        "unavailable_error",
        "unknown_parameter",
        "unsupported_country_region_territory",
        "unsupported_parameter",
        "unsupported_value",
    }
)
"""Codes that a message repeats."""
_OF_BATCHES = {
    "batch_expired",
    "duplicate_custom_id",
    "empty_file",
    "invalid_custom_id",
    "invalid_json_line",
    "invalid_method",
    "invalid_request",
    "invalid_url",
    "mismatched_model",
    "model_mismatch",
    "too_many_tasks",
    "url_mismatch",
}
"""What the validation of a batch says besides."""
_FIELDS = {
    "max_completion_tokens",
    "max_tokens",
    "messages",
    "model",
    "reasoning_effort",
    "response_format",
    "store",
    "stream",
    "temperature",
}
"""Fields of our requests, of which a message says that a server objects to them."""


def of_exception(error: BaseException, model: str) -> Failed:
    """Return what an exception raised by a call means; `model` is shown."""
    chain = tuple(causes(error))
    for each in chain:
        if (said := _said(each)) is not None:
            codes = frozenset({said.code, said.kind})
            return _of_status(said, model)._replace(status=said.status, codes=codes)
    return _of_connection(chain)


def shown_code(said: object) -> str:
    """Return a server's word for an error if it is a known one, in lower case, else nothing."""
    code = said.lower() if isinstance(said, str) else ""
    return code if code in _SHOWN or code in _OF_BATCHES else ""


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that led to it: SDKs wrap what matters several times over."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _said(error: BaseException) -> _Said | None:
    status = getattr(error, "status_code", None)
    if not isinstance(status, int):
        status = getattr(getattr(error, "response", None), "status_code", None)
    if not isinstance(status, int):
        status = getattr(error, "code", None)
    body: Any = getattr(error, "body", None) or getattr(error, "details", None)
    if isinstance(error, ValueError) and error.args and isinstance(error.args[0], Mapping):
        body = error.args[0]  # a 200 whose JSON is an error
        status = body.get("code") if isinstance(body.get("code"), int) else 0
    if not isinstance(status, int) or isinstance(status, bool) or (status < 300 and status != 0):
        return None
    if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping):
        body = body["error"]
    fields = body if isinstance(body, Mapping) else {}
    code, kind, param = (str(fields.get(name) or "").lower() for name in ("code", "type", "param"))
    return _Said(status, code, kind, param, f"{fields.get('message') or ''} {error}".lower())


def _of_status(said: _Said, model: str) -> Failed:  # noqa: PLR0911 - one case after another
    status, shown = said.status, said.shown()
    codes = {said.code, said.kind}
    if codes & _QUOTA or status == 402 or any(words in said.words for words in _QUOTA_WORDS):
        return _failed(
            FailureKind.QUOTA,
            f"the account has no allowance left ({shown}); see to its billing",
            lasting=True,
        )
    if status == 401 or codes & _BAD_KEY or any(words in said.words for words in _BAD_KEY_WORDS):
        message = f"the key was not accepted ({shown}); check the API key"
        return _failed(FailureKind.NOT_AUTHORISED, message, lasting=True)
    if 400 <= status < 600 and (
        codes & _CONTEXT or status == 413 or any(words in said.words for words in _CONTEXT_WORDS)
    ):
        return _failed(FailureKind.CONTEXT_LENGTH, f"the request is longer than the model can read ({shown})")
    if codes & _FILTER:
        return _failed(
            FailureKind.CONTENT_FILTER, f"the provider's content filter stopped the call ({shown})"
        )
    if status == 403:
        message = f"the key may not use {model} ({shown}); check the key and the model's name"
        failed = _failed(FailureKind.NOT_AUTHORISED, message, lasting=True)
        return failed._replace(perhaps_one_text=True)
    if status in (404, 405) or codes & _NO_MODEL:
        message = f"the server has no {model} ({shown}); check the model's name and the base URL"
        return _failed(FailureKind.BAD_REQUEST, message, lasting=True)
    if 300 <= status < 400:
        message = f"the server sends callers elsewhere ({shown}); give the base URL that it points to"
        return _failed(FailureKind.UNREACHABLE, message, lasting=True)
    if status == 429:
        return _failed(
            FailureKind.RATE_LIMITED, f"the provider allows no more calls for now ({shown})", Retry.YES
        )
    if status == 408:
        return _failed(FailureKind.TIMED_OUT, f"the server gave up waiting ({shown})", Retry.YES)
    if status in (0, 409) or status >= 500:
        return _failed(FailureKind.SERVER_ERROR, f"the model's server is in trouble ({shown})", Retry.YES)
    param = said.param.partition(".")[0]
    param = param if param in _FIELDS else ""
    about = f"; it objects to {param}" if param else ""
    failed = _failed(FailureKind.BAD_REQUEST, f"the server did not accept the request ({shown}){about}")
    return failed._replace(schema_refused=refuses_schema(status, f"{said.code} {said.param} {said.words}"))


def refuses_schema(status: int, said: str) -> bool:
    """Return whether an error status and all that is said with it are about the schema of the answer.

    OpenAI names `response_format` and "Invalid schema", vLLM and DeepSeek the field or its type, llama.cpp
    the grammar it makes of a schema. Groq's `json_validate_failed` is about an answer, not about a schema.
    """
    said = said.lower()
    about = any(word in said for word in ("response_format", "json_schema", "schema", "grammar"))
    return status in (400, 422) and about and "json_validate_failed" not in said


def _of_connection(chain: tuple[BaseException, ...]) -> Failed:  # noqa: PLR0911 - one case after another
    def any_of(*kinds: type[BaseException]) -> bool:
        return any(isinstance(each, kinds) for each in chain)

    names = " ".join(type(each).__name__ for each in chain)
    if no_room := next((each for each in chain if isinstance(each, NoRoomError)), None):
        return _failed(FailureKind.BUDGET, str(no_room))
    if any_of(WrongAddressError):
        message = "the call was about to go to another server than the chosen one, and was stopped"
        return _failed(FailureKind.UNREACHABLE, message, lasting=True)
    if any_of(AnswerTooLongError):
        return _failed(FailureKind.SERVER_ERROR, "the answer did not end; it was cut off", Retry.ONCE)
    if any_of(TimeoutError) or "Timeout" in names:
        return _failed(FailureKind.TIMED_OUT, "the model did not answer in time", Retry.YES)
    if any_of(ssl.SSLError) and not any_of(ssl.SSLEOFError, ssl.SSLZeroReturnError):
        message = "no secure connection (TLS): the server's certificate was not accepted; check the base URL"
        return _failed(FailureKind.UNREACHABLE, message, lasting=True)
    if any_of(socket.gaierror):
        message = "the server's name was not found; check the base URL and the network"
        return _failed(FailureKind.UNREACHABLE, message, Retry.YES)
    if "ProxyError" in names:
        return _failed(FailureKind.UNREACHABLE, "the proxy did not let the call through", Retry.YES)
    if re.search(r"ConnectError|ConnectionRefused", names):
        return _failed(
            FailureKind.UNREACHABLE, "no connection to the model's server; is it running?", Retry.YES
        )
    if any_of(OSError) or re.search(r"ReadError|WriteError|RemoteProtocolError|ConnectionError", names):
        message = "the connection broke before the answer was whole"
        return _failed(FailureKind.UNREACHABLE, message, Retry.YES)
    kind = type(chain[0]).__name__
    message = f"what came back is not a model's answer ({kind}); check the base URL and any proxy"
    return _failed(FailureKind.SERVER_ERROR, message, Retry.ONCE)


_LENGTH_REASONS = {"length", "max_tokens", "model_length"}
_FILTER_REASONS = {"content_filter", "safety", "recitation", "blocklist", "prohibited_content", "spii"}


def of_answer(text: str, finish_reason: str, refusal: str) -> CallFailure | None:
    """Return why an answer that arrived whole cannot be used, or none."""
    reason = finish_reason.lower()
    if refusal.strip() or reason == "refusal":
        return CallFailure(kind=FailureKind.REFUSED, message="the model declined to answer")
    if reason in _FILTER_REASONS:
        message = "the provider's content filter stopped the answer"
        return CallFailure(kind=FailureKind.CONTENT_FILTER, message=message)
    if reason in _LENGTH_REASONS and not text.strip():
        message = (
            "the model's answer was cut off before its first word: all its tokens went into reasoning; "
            "take a model that reasons less"
        )
        return CallFailure(kind=FailureKind.TRUNCATED, message=message)
    if reason in _LENGTH_REASONS:
        return CallFailure(
            kind=FailureKind.TRUNCATED, message="the answer was longer than allowed and is cut off"
        )
    if not text.strip():
        return CallFailure(kind=FailureKind.EMPTY, message="the model answered with nothing")
    return None


def _failed(kind: FailureKind, message: str, retry: Retry = Retry.NO, *, lasting: bool = False) -> Failed:
    return Failed(CallFailure(kind=kind, message=message), retry, lasting)
