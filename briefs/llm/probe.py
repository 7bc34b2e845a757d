"""One tiny call to see whether a model answers: no word of any article is in it."""

import http.client
import json
import ssl
from urllib.parse import urlsplit

from pydantic import SecretStr

from briefs.llm.engines import Engine
from briefs.llm.port import FailureKind, Message, PromptRef, Reply, Request

_SCHEMA = {
    "type": "object",
    "properties": {"ready": {"type": "boolean"}},
    "required": ["ready"],
    "additionalProperties": False,
}
_MOST_NAMES = 200

ADVICE = {
    FailureKind.RATE_LIMITED: "wait, or set --requests-per-minute and --tokens-per-minute to what is allowed",
    FailureKind.QUOTA: "add credit or raise the account's limit with the provider",
    FailureKind.NOT_AUTHORISED: "the key is wrong, revoked, or may not use this model; ask the provider",
    FailureKind.BAD_REQUEST: "the server does not know the model's name, or not JSON-schema answers",
    FailureKind.CONTEXT_LENGTH: "the model reads fewer tokens than this tiny call has; take another model",
    FailureKind.SERVER_ERROR: "the server has a problem of its own; try again, and look at its log",
    FailureKind.UNREACHABLE: "is the server running, the address right, and the network or proxy open?",
    FailureKind.TIMED_OUT: "the server took the call and said nothing; raise --timeout, or look at its load",
    FailureKind.REFUSED: "the model declined a harmless call; take another model",
    FailureKind.CONTENT_FILTER: "the provider's filter stopped a harmless call; ask the provider",
    FailureKind.TRUNCATED: "the model rambles, or spends its tokens on reasoning; try it on an article",
    FailureKind.EMPTY: "the model answered with nothing; take another model",
    FailureKind.MALFORMED: "the model does not keep to a JSON schema; drafts will mostly be offline ones",
    FailureKind.BUDGET: "the budget is too small for one call; raise it",
}
"""What a person can do about each kind of failure."""


async def probe(engine: Engine) -> Reply:
    """Return the reply to one tiny call; the engine is started and closed. Raises ConfigError as it does."""
    try:
        await engine.start()
        return checked(await engine.model.ask(request()))
    finally:
        await engine.close()


def request() -> Request:
    """Return the call: a fixed question about nothing."""
    return Request(
        step="doctor",
        place="one call",
        prompt=PromptRef(name="doctor", version="1", sha256=""),
        messages=(
            Message(role="system", text="Answer in JSON that fits the schema."),
            Message(role="user", text='Are you ready? Answer {"ready": true}.'),
        ),
        schema_name="ready",
        json_schema=json.dumps(_SCHEMA, sort_keys=True, separators=(",", ":")),
        max_tokens=1000,  # models that reason first need hundreds before the first word
    )


def checked(reply: Reply) -> Reply:
    """Return the reply, as a failure where its text is not of the asked shape."""
    if reply.failure is not None:
        return reply
    try:
        answer = json.loads(reply.text)
        fits = isinstance(answer, dict) and set(answer) == {"ready"} and isinstance(answer["ready"], bool)
    except ValueError:
        fits = False
    if fits:
        return reply
    failure = {"kind": FailureKind.MALFORMED, "message": "the answer is not of the asked shape"}
    return Reply.model_validate(reply.model_dump() | {"failure": failure})


def offered(base_url: str, key: SecretStr | None, *, seconds: float = 10.0) -> tuple[str, ...]:
    """Return the names of the models that a server lists at /models, or nothing where it does not say."""
    url = urlsplit(base_url)
    make = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = make(url.hostname or "", url.port, timeout=seconds)
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key is not None else {}
    try:
        connection.request("GET", f"{url.path.rstrip('/')}/models", headers=headers)
        listed = json.loads(connection.getresponse().read(1_000_000))["data"]
        names = [each["id"] for each in listed if isinstance(each["id"], str) and each["id"].isprintable()]
    except (OSError, ssl.SSLError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return ()
    finally:
        connection.close()
    return tuple(name[:200] for name in names[:_MOST_NAMES])
