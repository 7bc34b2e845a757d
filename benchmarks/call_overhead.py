"""Milliseconds that our side of a model call takes: LangChain, the SDK, retries, limits and the guard.

    python -m benchmarks.call_overhead

A stub server in a process of its own answers at once; the same body sent with nothing but the HTTP library is
the measure. Model and network take no part.
"""

import asyncio
import multiprocessing
import statistics
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection

import httpx2

from briefs.llm.adapter import Adapter
from briefs.llm.port import Message, PromptRef, Request

_CALLS = 200
_AT_ONCE = 32
_ANSWER = b"""{"id": "1", "object": "chat.completion", "created": 1, "model": "stub", "choices": [{"index": 0,
"finish_reason": "stop", "message": {"role": "assistant", "content": "{}"}}],
"usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}"""


class _Stub(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self) -> None:
        """Answer at once."""
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(_ANSWER)))
        self.end_headers()
        self.wfile.write(_ANSWER)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Print nothing."""


def _serve(told: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Stub)
    told.send(server.server_address[1])
    server.serve_forever()


async def _measure(url: str) -> None:
    schema = '{"additionalProperties":false,"properties":{},"required":[],"type":"object"}'
    request = Request(
        step="extract",
        place="chunk 1",
        prompt=PromptRef(name="extract", version="1", sha256="0" * 64),
        messages=(Message(role="user", text="[1] A sentence of an article. " * 200),),
        schema_name="claims",
        json_schema=schema,
        max_tokens=1000,
    )
    model = Adapter(id="openai:stub", provider="openai", name="stub", base_url=url, concurrency=_AT_ONCE)
    begun = time.perf_counter()
    assert (await model.ask(request)).failure is None
    print(f"first call (imports LangChain): {time.perf_counter() - begun:.1f} s")

    async def ours() -> None:
        assert (await model.ask(request)).failure is None

    body = model.body(request).encode()
    async with httpx2.AsyncClient() as bare:

        async def theirs() -> None:
            await bare.post(f"{url}/chat/completions", content=body)

        for name, call in (("HTTP library alone", theirs), ("adapter", ours)):
            times = []
            for _ in range(_CALLS):
                begun = time.perf_counter()
                await call()
                times.append(time.perf_counter() - begun)
            begun, cpu = time.perf_counter(), time.process_time()
            for _ in range(_CALLS // _AT_ONCE):
                await asyncio.gather(*(call() for _ in range(_AT_ONCE)))
            many = _CALLS // _AT_ONCE * _AT_ONCE
            together = (time.perf_counter() - begun) / many * 1000
            spent = (time.process_time() - cpu) / many * 1000
            print(
                f"{name}: {statistics.median(times) * 1000:.1f} ms a call (median of {_CALLS}); "
                f"{_AT_ONCE} at once: {together:.1f} ms a call, {spent:.1f} ms of them CPU"
            )
    await model.close()


def main() -> None:
    """Measure and print."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    try:
        asyncio.run(_measure(f"http://127.0.0.1:{ours.recv()}/v1"))
    finally:
        server.terminate()
        server.join()


if __name__ == "__main__":
    main()
