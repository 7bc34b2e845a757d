"""A stub of an OpenAI-compatible server for benchmarks: every call takes as long as it is told, none thinks.

    python -m benchmarks.stub_server [--seconds 1] [--most 32]

prints its base URL and serves until its input is closed. To extract it answers with sentences of the
article as claims, to compose with a question for each claim, to stance that no passage settles any, so that
all checks have something to do. It never refuses a call: how many arrived while `--most` were at work already
is counted, and GET /stats tells.
"""

import argparse
import asyncio
import json
import re
import sys
from typing import Any

_NUMBERED = re.compile(r"^\W{0,2}(\d{1,3})\W{1,3}(\S.*)$", re.MULTILINE)
_PAIR = re.compile(r"^\[(\d+)\] claim:", re.MULTILINE)
_CLAIMS = 6


class Stub:
    """The server and its counts."""

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds, self._most = seconds, most
        self._busy = 0
        self.stats = {"calls": 0, "busiest": 0, "breaches": 0}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection's requests until it is closed."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(length[1]) if length else 0)
                answer = self.stats if head.startswith(b"GET /stats") else await self._completion(body)
                data = json.dumps(answer).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                    % (len(data), data)
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _completion(self, body: bytes) -> dict[str, Any]:
        self._busy += 1
        self.stats["calls"] += 1
        self.stats["busiest"] = max(self.stats["busiest"], self._busy)
        self.stats["breaches"] += self._busy > self._most
        try:
            await asyncio.sleep(self._seconds)
        finally:
            self._busy -= 1
        asked = json.loads(body)
        content = json.dumps(answer_to(asked))
        return {
            "id": "stub",
            "object": "chat.completion",
            "created": 0,
            "model": asked["model"],
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
            ],
            "usage": {
                "prompt_tokens": len(body) // 4,
                "completion_tokens": len(content) // 4,
                "total_tokens": (len(body) + len(content)) // 4,
            },
        }


def answer_to(asked: dict[str, Any]) -> dict[str, Any]:
    """Return an answer of the asked shape, made of the lines of the request that begin with a number."""
    properties = asked["response_format"]["json_schema"]["schema"]["properties"]
    if "ready" in properties:  # `briefs doctor --call`
        return {"ready": True}
    lines = _NUMBERED.findall(asked["messages"][-1]["content"])
    if "left_out" in properties:
        reasons = properties["left_out"]["properties"]
        claims = [
            {"n": int(n), "words": text[:240], "source": "", "via": [], "type": "event", "names": []}
            for n, text in lines[:_CLAIMS]
        ]
        return {"claims": claims, "left_out": {reason: [] for reason in reasons}}
    if "stance" in properties["claims"]["items"]["properties"]:
        pairs = _PAIR.findall(asked["messages"][-1]["content"])
        return {"claims": [{"n": int(n), "words": "", "stance": "not_enough"} for n in pairs]}
    return {"claims": [_suggestions(int(n), text) for n, text in lines[:_CLAIMS]]}


def _suggestions(number: int, text: str) -> dict[str, Any]:
    words = " ".join(text.split()[:8])
    question = {
        "ask": "the author",
        "text": f"Which record shows that {words}?",
        "settles": "where it is from",
    }
    return {"claim": number, "about": words[:80] or "it", "missing": [], "questions": [question]}


async def _main(seconds: float, most: int) -> None:
    stub = Stub(seconds, most)
    server = await asyncio.start_server(stub.serve, "127.0.0.1", 0, limit=2**20, backlog=512)
    port = server.sockets[0].getsockname()[1]
    print(f"http://127.0.0.1:{port}/v1", flush=True)
    async with server:
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--most", type=int, default=32)
    given = parser.parse_args()
    asyncio.run(_main(given.seconds, given.most))


if __name__ == "__main__":
    main()
