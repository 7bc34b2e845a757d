"""The port: what a step asks of a model and what comes back, without a word about networks or vendors.

A step that needs a model is a generator: it yields the requests that it has now, all at once, and is sent
their replies in the same order. So steps stay free of clients, event loops and retries, a test is a list,
and whoever drives the generator decides how many calls are in flight.
"""

from collections.abc import Callable, Generator
from enum import StrEnum
from typing import Literal, Protocol, TypeVar

from pydantic import Field

from briefs.domain.spans import Frozen

ResultT = TypeVar("ResultT")


class PromptRef(Frozen):
    """Which prompt a request was made from."""

    name: str
    version: str
    sha256: str
    """Of the whole prompt file."""


class Message(Frozen):
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    text: str


class Request(Frozen):
    """One call: a function of the article's text, the prompt, the schema and bounds, never of the scan.

    The stance of documents alone is asked of passages that the offline rules find.
    """

    step: str
    """"extract", "compose" or "stance": for records, never sent."""
    place: str
    """Which part of the article, in words for people ("chunk 2"): for records, never sent."""
    prompt: PromptRef
    messages: tuple[Message, ...]
    schema_name: str
    json_schema: str
    """The strict JSON schema of the answer, as canonical JSON."""
    max_tokens: int = Field(ge=1)
    """The most tokens that an answer may have."""


class FailureKind(StrEnum):
    """Why a call gave nothing to read."""

    RATE_LIMITED = "rate_limited"
    QUOTA = "quota"
    """The account is out of money or allowance: no later call will do better."""
    NOT_AUTHORISED = "not_authorised"
    """401 or 403: the key is wrong or may not use this model."""
    BAD_REQUEST = "bad_request"
    CONTEXT_LENGTH = "context_length"
    """The request is longer than the model can read: ask again in smaller parts."""
    SERVER_ERROR = "server_error"
    UNREACHABLE = "unreachable"
    """No connection: name, TLS, refused, reset."""
    TIMED_OUT = "timed_out"
    REFUSED = "refused"
    """The model declined in so many words."""
    CONTENT_FILTER = "content_filter"
    TRUNCATED = "truncated"
    """The answer reached `max_tokens`; `Reply.text` holds what there is."""
    EMPTY = "empty"
    MALFORMED = "malformed"
    """The answer is not of the asked shape, and a repair did not help."""
    BUDGET = "budget"
    """The call was not made: the budget is spent."""


class CallFailure(Frozen):
    """A call that gave nothing to read, and why, in words for people; never a word of the article."""

    kind: FailureKind
    message: str


class Usage(Frozen):
    """Tokens, as the provider counts them; estimated from characters where it says nothing."""

    tokens_in: int = Field(default=0, ge=0)
    tokens_out: int = Field(default=0, ge=0)


class Reply(Frozen):
    """What came back. `text` is untrusted: any string at all."""

    text: str = ""
    failure: CallFailure | None = None
    usage: Usage = Usage()
    """Of all attempts together; nothing for a reply from the call cache."""
    cached: bool = False
    attempts: int = Field(default=0, ge=0)
    """HTTP requests made; 0 for a reply from the call cache or one that was never sent."""
    seconds: float = Field(default=0.0, ge=0)


Asking = Generator[tuple[Request, ...], tuple[Reply, ...], ResultT]
"""A step that asks: yields requests together, is sent as many replies in their order, returns its result."""


class Model(Protocol):
    """A model that can be asked."""

    @property
    def id(self) -> str:
        """Return what `drafted_by` says: "openai:gpt-5-mini", "local:qwen.gguf"."""

    async def ask(self, request: Request) -> Reply:
        """Return the reply; whatever the network or the model does is a failure in it, never an exception.

        Raises ReplayError, since a replay that lacks the call must stop the article, and NotLoadedError where
        the first call loads a model file and cannot, which stops the run.
        """

    async def close(self) -> None:
        """Let go of connections and processes."""


def drive(asking: "Asking[ResultT]", answer: Callable[[Request], Reply]) -> ResultT:
    """Run a step that asks to its end, each request answered by `answer`: for tests and simple callers."""
    try:
        requests = next(asking)
        while True:
            requests = asking.send(tuple(answer(request) for request in requests))
    except StopIteration as stop:
        result: ResultT = stop.value
        return result
