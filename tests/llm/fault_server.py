"""A real HTTP server on loopback that answers as a chat model does, or as badly as a plan says.

    with FaultServer([status(503), None]) as server:   # the first request fails, the second is answered
        ... server.url, server.requests

A plan names one fault for each request, none for a good answer; `after` is what follows the plan, or what
`choose` makes of each request.
"""

import json
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from loopback import JSON, Loopback, LoopbackHandler

Body = dict[str, Any]


class Received(NamedTuple):
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: Body


class Fault(NamedTuple):
    """What is done instead of a good answer."""

    name: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (JSON,)
    body: bytes = b""
    how: str = "answer"
    """Or "reset" after half the body, "endless" white space, "silence"."""
    until: int | None = None
    """Seconds from now that Retry-After gives as a date."""


def completion(content: str | None, **message: str) -> Body:
    """Return a chat completion with `content`; `message` adds to its message, as a refusal does."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "stub",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": content} | message,
            }
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def status(code: int, *headers: tuple[str, str], error: Body | None = None) -> Fault:
    """Return an error status with an error in OpenAI's shape, which echoes as some servers do."""
    told = {"message": "told by the server", "type": "some_error", "param": None, "code": None} | (
        error or {}
    )
    return Fault(f"{code}", code, (JSON, *headers), json.dumps({"error": told}).encode())


def retry_after_date(seconds: int) -> Fault:
    """Return a 429 whose Retry-After is a date, `seconds` after it is sent."""
    return status(429)._replace(name="429 until", until=seconds)


def finished(reason: str, content: str | None) -> Fault:
    """Return a completion that ended for `reason`."""
    whole = completion(content)
    whole["choices"][0]["finish_reason"] = reason
    return Fault(reason, body=json.dumps(whole).encode())


def says(content: str | None, **message: str) -> Fault:
    """Return a completion with exactly this content."""
    return Fault("says", body=json.dumps(completion(content, **message)).encode())


def page(code: int = 200) -> Fault:
    """Return a proxy's HTML page."""
    return Fault("page", code, (("content-type", "text/html"),), b"<html><body>Please log in</body></html>")


def body(text: str) -> Fault:
    """Return a 200 with any text as its JSON."""
    return Fault("body", body=text.encode())


RATE_LIMITED = status(429, ("retry-after", "2"), error={"code": "rate_limit_exceeded"})
RATE_LIMITED_LONG = status(429, ("retry-after", "9999"))
QUOTA = status(429, error={"code": "insufficient_quota", "type": "insufficient_quota"})
CONTEXT_LENGTH = status(400, error={"code": "context_length_exceeded", "type": "invalid_request_error"})
CONTENT_FILTER = finished("content_filter", "")
REFUSAL = says(None, refusal="I will not.")
EMPTY = says("")
TRUNCATED = finished("length", '{"claims":[{"quo')
FENCED = says('```json\n{"claims": []}\n```')
WRONG_SHAPE = says('{"not": "asked for"}')
TRUNCATED_JSON = says('{"claims":[{"quo')
RESET = Fault("reset", body=json.dumps(completion("{}")).encode(), how="reset")
ENDLESS = Fault("endless", how="endless")
SILENCE = Fault("silence", how="silence")


class FaultServer(Loopback):
    """The server; `answer` makes the content of a good answer from the request's body.

    `seconds` is how long a good answer takes. With `tls` (certificate and key) it speaks HTTPS.
    """

    def __init__(
        self,
        plan: Iterable[Fault | None] = (),
        answer: Callable[[Body], str] = lambda _: "{}",
        *,
        after: Fault | None = None,
        choose: "Callable[[Received], Fault | None] | None" = None,
        seconds: float = 0.0,
        tls: "Certificate | None" = None,
    ) -> None:
        self.requests: list[Received] = []
        self.most_at_once = 0
        self._plan = iter(plan)
        self._answer, self._after, self._seconds = answer, after, seconds
        self._choose = choose
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._at_once = 0
        super().__init__(_Handler, tls=None if tls is None else tls.context())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        super().__exit__(kind, error, trace)

    def _next(self, received: Received) -> Fault | None:
        with self._lock:
            self.requests.append(received)
            after = self._after if self._choose is None else self._choose(received)
            return next(self._plan, after)

    def _count(self, step: int) -> None:
        with self._lock:
            self._at_once += step
            self.most_at_once = max(self.most_at_once, self._at_once)


class _Handler(LoopbackHandler):
    def serve(self, raw: bytes) -> None:
        owner: FaultServer = self.server.owner
        owner._count(1)
        try:
            headers = {name.lower(): value for name, value in self.headers.items()}
            received = Received(self.command, self.path, headers, json.loads(raw) if raw else {})
            fault = owner._next(received)
            if fault is None:
                owner._ended.wait(owner._seconds)
                fault = says(owner._answer(received.body))
        finally:
            owner._count(-1)
        self._play(fault)

    def _play(self, fault: Fault) -> None:
        ended: threading.Event = self.server.owner._ended
        if fault.how == "silence":
            ended.wait()
            self.close_connection = True
            return
        headers = fault.headers
        if fault.until is not None:
            when = datetime.now(UTC) + timedelta(seconds=fault.until)
            headers = (*headers, ("retry-after", format_datetime(when, usegmt=True)))
        if fault.how == "endless":
            self._dribble(fault.status, headers, ended)
            return
        self.begin(fault.status, len(fault.body), headers)
        if fault.how == "reset":
            self.put(fault.body[: len(fault.body) // 2])
            self.reset()
            return
        self.put(fault.body)

    def _dribble(self, status: int, headers: tuple[tuple[str, str], ...], ended: threading.Event) -> None:
        self.send_response(status)
        for name, value in (*headers, ("transfer-encoding", "chunked")):
            self.send_header(name, value)
        self.end_headers()
        try:
            while not ended.wait(0.01):
                self.put(b"4\r\n    \r\n")
        except OSError:
            pass  # the client has had enough
        self.close_connection = True


class Certificate(NamedTuple):
    """A certificate that nobody trusts, and its key."""

    certificate: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """Return what a server that shows it needs."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.certificate, self.key)
        return made

    @classmethod
    def made(cls, folder: Path) -> Self:
        """Make one with the `openssl` command; raises FileNotFoundError where there is none."""
        made = cls(folder / "certificate.pem", folder / "key.pem")
        command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
        paths = ["-keyout", str(made.key), "-out", str(made.certificate)]
        subprocess.run([*command.split(), *paths], check=True, capture_output=True)
        return made
