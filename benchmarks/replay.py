"""What a replay costs: milliseconds to load an article's recording, and to replay a call.

    python -m benchmarks.replay

Twenty articles of ten calls each, with the prompt and the schema that ship, are recorded through the real
adapter from a transport that answers at once, and replayed article by article, ten calls at once. Times are
of the processor, so that other work on the machine does not count.
"""

import asyncio
import json
import tempfile
import time
from pathlib import Path

import httpx2
from pydantic import SecretStr

from briefs.llm.adapter import Adapter
from briefs.llm.cassettes import CassetteTransport, Mode, Recording
from briefs.llm.exchange import ArticleRef, article
from briefs.llm.port import Request
from briefs.llm.recording import RecordingInfo
from briefs.llm.wire import ExtractAnswer, json_schema
from briefs.prompts import load_prompts

ARTICLES, CALLS = 20, 10
ADDRESS = "http://127.0.0.1:9/v1"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(_pass(Recording(folder, Mode.RECORD, RecordingInfo(model="openai:plain"))))
        size = sum(path.stat().st_size for path in folder.iterdir()) / ARTICLES
        recording = Recording(folder, Mode.REPLAY)
        begun = time.process_time()
        for number in range(ARTICLES):
            recording.finish(f"article-{number}")
        load = 1000 * (time.process_time() - begun) / ARTICLES
        seconds = asyncio.run(_pass(Recording(folder, Mode.REPLAY)))
    print(f"recording of an article, {CALLS} calls: {size / 1000:.0f} kB, loaded in {load:.1f} ms")
    print(
        f"replay of a call through adapter, LangChain and openai: {1000 * seconds / ARTICLES / CALLS:.1f} ms"
    )


async def _pass(recording: Recording) -> float:
    """Make every call of every article once; return the seconds after the libraries are loaded."""
    inner = None if recording.mode is Mode.REPLAY else httpx2.MockTransport(_answer)
    model = Adapter(
        id="openai:plain", provider="openai", name="plain", base_url=ADDRESS, api_key=SecretStr("none"),
        transport=CassetteTransport(inner, recording), concurrency=8,
    )  # fmt: skip
    seconds = 0.0
    try:
        for number in range(ARTICLES):
            with article(ArticleRef(slug=f"article-{number}", path=f"article-{number}.txt")):
                requests = [_request(number, each) for each in range(CALLS)]
                begun = time.process_time()
                replies = await asyncio.gather(*(model.ask(each) for each in requests))
                if any(reply.failure for reply in replies):
                    raise SystemExit(f"a call failed: {replies}")
                recording.finish(f"article-{number}")
                if number:  # the first pays two seconds of imports
                    seconds += time.process_time() - begun
    finally:
        await model.close()
    return seconds * ARTICLES / (ARTICLES - 1)


def _request(number: int, call: int) -> Request:
    lines = (f"{line}: Sentence {line} of article {number}, part {call}, says so." for line in range(1, 41))
    prompt = load_prompts().extract
    given = dict.fromkeys(prompt.about.variables, "") | {"article": "\n".join(lines)}
    return Request(
        step="extract",
        place=f"chunk {call + 1}",
        prompt=prompt.ref,
        messages=prompt.messages(**given),
        schema_name="claims",
        json_schema=json_schema(ExtractAnswer),
        max_tokens=1500,
    )


def _answer(request: httpx2.Request) -> httpx2.Response:
    claims = [
        {"n": number, "words": "word " * 20, "type": "event", "alone": "", "source": "X"}
        for number in range(8)
    ]
    message = {"role": "assistant", "content": json.dumps({"claims": claims, "asked": len(request.content)})}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    usage = {"prompt_tokens": 900, "completion_tokens": 300, "total_tokens": 1200}
    return httpx2.Response(
        200, json={"object": "chat.completion", "model": "plain", "choices": [choice], "usage": usage}
    )


if __name__ == "__main__":
    main()
