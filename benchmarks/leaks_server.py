"""A server on loopback that gives back whatever it was sent, keys above all; for `leaks`.

The first part of a path says how it answers: `ok` as the stub does, `says` with the caller's own key in the
answer's words, a number with that status and an error that repeats every header and the whole request,
`moved` with a redirect whose address holds the key, `page` with a page of HTML, `torn` with half an answer.
Every answer has a cookie, an organisation and the key in its headers.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks.stub_server import answer_to


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        """Answer a page that is asked for, or a list of models."""
        self._answer(b"")

    def do_POST(self) -> None:
        """Answer a request to a model."""
        self._answer(self.rfile.read(int(self.headers.get("content-length") or 0)))

    def _answer(self, body: bytes) -> None:
        how = self.path.strip("/").partition("/")[0]
        key = self.headers.get("authorization", "").removeprefix("Bearer ")
        self.server.keys.add(key)
        status, content = self._content(how, key, body)
        self.send_response(status)
        self.send_header("content-type", "text/html" if how == "page" else "application/json")
        self.send_header("content-length", str(len(content) + (900 if how == "torn" else 0)))
        self.send_header("set-cookie", f"session={key}; Path=/")
        self.send_header("openai-organization", self.server.organisation)
        self.send_header("x-request-id", f"req_{key}")
        if how == "moved":
            self.send_header("location", f"http://127.0.0.1:{self.server.server_port}/ok/v1?key={key}")
        if how == "torn":
            self.close_connection = True
        self.end_headers()
        self.wfile.write(content)

    def _content(self, how: str, key: str, body: bytes) -> tuple[int, bytes]:
        echo = (
            f"You sent {dict(self.headers)} and {body.decode('utf-8', 'replace')}; your key {key} is wrong."
        )
        if how == "page":
            return 200, f"<html><title>{key}</title><p>{echo}".encode()
        if how == "moved":
            return 307, echo.encode()
        if how.isdecimal():
            error = {"message": echo, "type": key, "code": key, "param": key}
            return int(how), json.dumps({"error": error}).encode()
        if not body:
            return 200, json.dumps({"data": [{"id": "stub", "owned_by": key}], "object": "list"}).encode()
        asked = json.loads(body)
        said = json.dumps(answer_to(asked))
        if how == "says":
            said = said.replace("where it is from", f"whether {key} is the key").replace("?", f" {key}?")
        return 200, json.dumps(_completion(asked, said, key)).encode()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _completion(asked: dict[str, Any], said: str, key: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": said}
    return {
        "id": f"chatcmpl-{key}",
        "object": "chat.completion",
        "created": 0,
        "model": asked["model"],
        "system_fingerprint": key,
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18},
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, organisation: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.organisation = organisation
        self.keys: set[str] = set()


@contextmanager
def echoing(organisation: str) -> Iterator["_Server"]:
    """Serve until the block ends; `keys` are those that callers sent."""
    server = _Server(organisation)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
