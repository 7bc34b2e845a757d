"""A request and an adapter for the tests of this folder."""

from typing import Any

from pydantic import SecretStr

from briefs.llm.adapter import Adapter
from briefs.llm.port import Message, PromptRef, Request

KEY = "sk-test-0123456789abcdef"
ARTICLE_WORDS = "the harbour master of Quillhaven said"
SCHEMA = (
    '{"additionalProperties":false,"properties":{"a":{"type":"string"}},"required":["a"],"type":"object"}'
)


def a_request(text: str = ARTICLE_WORDS, *, max_tokens: int = 50) -> Request:
    """Return a request whose article is `text`."""
    return Request(
        step="extract",
        place="chunk 1",
        prompt=PromptRef(name="extract", version="1", sha256="0" * 64),
        messages=(Message(role="system", text="Answer in JSON."), Message(role="user", text=text)),
        schema_name="answer",
        json_schema=SCHEMA,
        max_tokens=max_tokens,
    )


def adapter(url: str | None, **settings: Any) -> Adapter:
    """Return an adapter to an OpenAI-compatible server, with a key."""
    given: dict[str, Any] = {
        "id": "openai:stub",
        "provider": "openai",
        "name": "stub",
        "base_url": url,
        "api_key": SecretStr(KEY),
    }
    return Adapter(**given | settings)
