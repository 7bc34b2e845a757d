"""A loopback server that answers chat completions and sends along all that must not be kept."""

import gzip
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-proj-" + "a1B2c3D4e5F6g7H8i9J0"
ORGANISATION = "org-" + "q1w2e3r4t5y6u7i8o9p0"
COOKIE = "__cf_bm=" + "cookiesecretcookiesecret"
MODEL_PATH = "/home/" + "someone/models/plain.gguf"


class Server:
    """What the server was asked, and what it is to answer."""

    def __init__(self) -> None:
        self.bodies: list[str] = []
        self.statuses: list[int] = []
        """Statuses to answer first, one a request; 200 when there are none left."""
        self.base_url = ""
        self.compress = False
        self.suffix = ""
        """Ends each answer, so that a later answer can be told from an earlier."""

    @property
    def asked(self) -> Counter[str]:
        """Return how often each body was sent."""
        return Counter(self.bodies)


@contextmanager
def leaky_server() -> Iterator[Server]:
    """Serve until the block ends."""
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            state.bodies.append(body)
            status = state.statuses.pop(0) if state.statuses else 200
            answer = _answer(json.loads(body), state.suffix) if status == 200 else _error()
            data = json.dumps(answer).encode()
            if state.compress:
                data = gzip.compress(data)
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            if state.compress:
                self.send_header("content-encoding", "gzip")
            self.send_header("set-cookie", COOKIE)
            self.send_header("openai-organization", ORGANISATION)
            self.send_header("x-request-id", "req_" + "0123456789abcdef0123")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    class Patient(ThreadingHTTPServer):
        request_queue_size = 128

    with Patient(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        state.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()


def _answer(body: dict[str, Any], suffix: str) -> dict[str, Any]:
    said = {"echo": body["messages"][-1]["content"][:400] + suffix}
    return {
        "id": "chatcmpl-" + "a4A2mRiimZRQ88TTBtWDvh",
        "object": "chat.completion",
        "created": 1795321493,
        "model": MODEL_PATH,
        "system_fingerprint": "fp_" + "0123456789",
        "service_tier": "default",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "logprobs": None,
                "message": {"role": "assistant", "content": json.dumps(said), "reasoning_content": "Hm."},
            }
        ],
        "usage": {
            "prompt_tokens": 31, "completion_tokens": 5, "total_tokens": 36,
            "prompt_tokens_details": {"cached_tokens": 7},
        },
        "timings": {"prompt_ms": 1889.37},
    }  # fmt: skip


def _error() -> dict[str, Any]:
    message = f"This model's maximum context length is 8192 tokens, {ORGANISATION}"
    return {"error": {"message": message, "type": "invalid_request_error", "code": "context_length_exceeded"}}
