"""Makes calls through the real adapter, recorded or replayed, for the tests of cassettes."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import httpx2
from leaky_server import KEY, Server
from pydantic import SecretStr

from briefs.llm.adapter import Adapter
from briefs.llm.cassettes import CassetteTransport, Finished, Mode, Recording
from briefs.llm.exchange import ArticleRef, article
from briefs.llm.port import Message, PromptRef, Reply, Request
from briefs.llm.recording import RecordingInfo
from briefs.llm.transport import network

INFO = RecordingInfo(
    model="openai:plain", parameters={"temperature": 0.0, "tokens_field": "max_tokens"},
    prompts={"extract": "3"}, tool_version="0.1.0",
)  # fmt: skip
SCHEMA = '{"additionalProperties":false,"properties":{"echo":{"maxLength":900,"type":"string"}},"required":["echo"],"type":"object"}'
SYSTEM = "You read news articles.\nAnswer in JSON.\n\n" + "A rule that every call repeats. " * 8


def ask(text: str, place: str = "chunk 1", version: str = "3", schema: str = SCHEMA) -> Request:
    """Return a request about `text`."""
    return Request(
        step="extract",
        place=place,
        prompt=PromptRef(name="extract", version=version, sha256="0" * 64),
        messages=(Message(role="system", text=SYSTEM), Message(role="user", text=text)),
        schema_name="claims",
        json_schema=schema,
        max_tokens=200,
    )


def adapter(transport: httpx2.AsyncBaseTransport, base_url: str) -> Adapter:
    """Return an adapter over `transport`."""
    return Adapter(
        id="openai:plain", provider="openai", name="plain", base_url=base_url, api_key=SecretStr(KEY),
        attempts=1, transport=transport, concurrency=32,
    )  # fmt: skip


def record(folder: Path, server: Server, asked: Iterable[Request], slug: str = "fire-1a2b3c") -> list[Reply]:
    """Record one article, all its calls at once."""
    recording = Recording(folder, Mode.RECORD, INFO)
    transport = CassetteTransport(network(server.base_url, connections=8), recording)
    return _one(recording, transport, server.base_url, asked, slug)[0]


def replay(folder: Path, asked: Iterable[Request], slug: str = "fire-1a2b3c") -> tuple[list[Reply], Finished]:
    """Replay one article: at an address that does not exist."""
    recording = Recording(folder, Mode.REPLAY)
    return _one(recording, CassetteTransport(None, recording), "http://replay.invalid/v1", asked, slug)


def _one(
    recording: Recording, transport: CassetteTransport, base_url: str, asked: Iterable[Request], slug: str
) -> tuple[list[Reply], Finished]:
    async def calls() -> tuple[list[Reply], Finished]:
        model = adapter(transport, base_url)
        try:
            with article(ArticleRef(slug=slug, path=f"drafts/{slug}.txt")):
                replies = await asyncio.gather(*(model.ask(each) for each in asked))
            return replies, recording.finish(slug)
        finally:
            await model.close()

    return asyncio.run(calls())
