"""A real HTTP server on loopback that keeps files and batches as OpenAI's API documents them, or worse.

    with BatchServer(answer=sound) as server:
        ... server.url; server.finish()     # every batch is carried out

Documented behaviour (guide and reference of the Batch API): files are uploaded with purpose "batch", at most
`most_bytes`; a batch is validating, in_progress, finalizing, then completed; failed where its file does not pass
validation, expired after 24 hours, cancelled on demand, each with what was done by then; output and error
file, in any order; errors per line in the error file; batches are listed newest first, in pages. The same server
answers chat completions at once, so that both ways can be compared. `faults` are played to requests whose method
and path match, in their order; `spoil` says what becomes of a line.

It can be run by itself: python tests/batch/batch_server.py [--seconds-a-batch N] prints its base URL.
"""

import argparse
import itertools
import json
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

Body = dict[str, Any]
ENDPOINT = "/v1/chat/completions"


class Fault(NamedTuple):
    """What is done to a request whose "METHOD /path" matches a pattern."""

    pattern: str
    status: int = 0
    """To answer with, in place of doing it; 0 to do as `how` says."""
    how: str = "answer"
    """Or "reset" before anything is done, "lost": done, and the answer cut off; "half": the body cut off."""
    headers: tuple[tuple[str, str], ...] = ()
    error: Body | None = None
    times: int = 1


class Spoilt(NamedTuple):
    """What becomes of a line in place of a good answer."""

    how: str
    """"status", "none" (in neither file), "expired", "twice", "unknown", "torn", "body"."""
    status: int = 500
    error: Body | None = None
    body: Body | None = None


class Stored(NamedTuple):
    """A file."""

    id: str
    name: str
    purpose: str
    path: Path
    created: int


class BatchServer:
    """The server; `answer` makes the content of a good answer from a request's body.

    `by_itself`: each look at a batch moves it on by one state.
    """

    def __init__(
        self,
        answer: Callable[[Body], str],
        *,
        most_requests: int = 50_000,
        most_bytes: int = 200_000_000,
        most_tokens: int | None = None,
        by_itself: bool = False,
        batch_api: bool = True,
        port: int = 0,
    ) -> None:
        self.most_requests, self.most_bytes, self.most_tokens = most_requests, most_bytes, most_tokens
        self.by_itself, self.batch_api = by_itself, batch_api
        self.files: dict[str, Stored] = {}
        self.batches: dict[str, Body] = {}
        self.faults: list[Fault] = []
        self.spoil: Callable[[Body, int], Spoilt | None] = lambda *_: None
        """What becomes of a line of a file (its `body`) the nth time that its custom_id is carried out, from 1."""
        self.seen: list[str] = []
        """"METHOD /path" of every request."""
        self.headers: list[dict[str, str]] = []
        self.online: list[Body] = []
        """Bodies of chat completions asked for at once."""
        self.expiries: list[Any] = []
        """After how many seconds files were to be deleted, as was said of each upload and batch."""
        self.carried_out: dict[str, int] = {}
        """How often each custom_id was."""
        self.bodies: dict[str, Body] = {}
        self.lock = threading.RLock()
        self._answer = answer
        self._numbers = itertools.count(1)
        self._folder = TemporaryDirectory()
        self._http = _Server(self, port)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """Return the base URL."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        self._folder.cleanup()

    def finish(self, status: str = "completed", *, share: float = 1.0) -> None:
        """Carry out every batch to its end; `share` of its requests, where it expires or is cancelled."""
        with self.lock:
            for batch in self.batches.values():
                if batch["status"] in ("validating", "in_progress", "finalizing", "cancelling"):
                    self._end(batch, status, share)

    def uploads(self) -> list[str]:
        """Return the names of the input files that are there."""
        return [each.name for each in self.files.values() if each.purpose == "batch"]

    def stats(self) -> Body:
        """Return how often requests were carried out, and what is there; GET /v1/stats gives it too."""
        with self.lock:
            times = self.carried_out.values()
            return {
                "requests": len(times),
                "carried_out": sum(times),
                "batches": len(self.batches),
                "files": len(self.files),
            }

    # What the handler asks.

    def fault(self, line: str) -> Fault | None:
        """Return the fault to be played to a request, once less from now on."""
        with self.lock:
            for at, each in enumerate(self.faults):
                if re.search(each.pattern, line):
                    if each.times > 1:
                        self.faults[at] = each._replace(times=each.times - 1)
                    else:
                        del self.faults[at]
                    return each
        return None

    def completion(self, body: Body) -> Body:
        """Return a chat completion."""
        content = self._answer(body)
        tokens = len(json.dumps(body["messages"])) // 4
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": body["model"],
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "stop",
                    "logprobs": None,
                    "message": {"role": "assistant", "content": content, "refusal": None},
                }
            ],
            "usage": {
                "prompt_tokens": tokens,
                "completion_tokens": len(content) // 4,
                "total_tokens": tokens + len(content) // 4,
            },
        }

    def store(self, data: bytes | Path, name: str, purpose: str) -> Stored:
        """Keep a file."""
        with self.lock:
            number = next(self._numbers)
            path = data if isinstance(data, Path) else Path(self._folder.name) / f"{number}"
            if isinstance(data, bytes):
                path.write_bytes(data)
            stored = Stored(f"file-{number:06}", name, purpose, path, int(time.time()))
            self.files[stored.id] = stored
            return stored

    def create(self, asked: Body) -> tuple[int, Body]:
        """Create a batch."""
        with self.lock:
            wrong = {
                "input_file_id": asked.get("input_file_id") not in self.files,
                "endpoint": asked.get("endpoint") != ENDPOINT,
                "completion_window": asked.get("completion_window") != "24h",
            }
            for param, is_wrong in wrong.items():
                if is_wrong:
                    return 400, error(f"Invalid {param}", param=param)
            self.expiries.append((asked.get("output_expires_after") or {}).get("seconds"))
            number = next(self._numbers)
            now = int(time.time())
            batch: Body = {
                "id": f"batch_{number:06}",
                "object": "batch",
                "endpoint": ENDPOINT,
                "errors": None,
                "input_file_id": asked["input_file_id"],
                "completion_window": "24h",
                "status": "validating",
                "output_file_id": None,
                "error_file_id": None,
                "created_at": now,
                "in_progress_at": None,
                "expires_at": now + 24 * 3600,
                "finalizing_at": None,
                "completed_at": None,
                "failed_at": None,
                "expired_at": None,
                "cancelling_at": None,
                "cancelled_at": None,
                "request_counts": {"total": 0, "completed": 0, "failed": 0},
                "metadata": asked.get("metadata"),
            }
            self.batches[batch["id"]] = batch
            return 200, batch

    def step(self, batch: Body) -> None:
        """Move a batch on by one state."""
        status = batch["status"]
        if status == "validating":
            self._validate(batch)
        elif status == "in_progress":
            batch["status"], batch["finalizing_at"] = "finalizing", int(time.time())
        elif status == "finalizing":
            self._end(batch, "completed", 1.0)
        elif status == "cancelling":
            self._end(batch, "cancelled", 0.5)

    def _lines(self, batch: Body) -> Iterator[Body]:
        with self.files[batch["input_file_id"]].path.open("rb") as file:
            for line in file:
                yield json.loads(line)

    def _validate(self, batch: Body) -> None:
        complaints, total, tokens = [], 0, 0
        names: set[str] = set()
        model = None
        path = self.files[batch["input_file_id"]].path
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                total += 1
                try:
                    line = json.loads(raw)
                    body, name = line["body"], line["custom_id"]
                except (ValueError, KeyError):
                    complaints.append(complaint("invalid_json_line", number))
                    continue
                tokens += len(json.dumps(body["messages"])) // 4
                model = model or body["model"]
                if name in names:
                    complaints.append(complaint("duplicate_custom_id", number))
                if line.get("method") != "POST" or line.get("url") != ENDPOINT:
                    complaints.append(complaint("invalid_url", number))
                if body["model"] != model:
                    complaints.append(complaint("mismatched_model", number))
                if body.get("stream"):
                    complaints.append(complaint("invalid_request", number))
                names.add(name)
        if total == 0:
            complaints.append(complaint("empty_file", None))
        if total > self.most_requests:
            complaints.append(complaint("too_many_tasks", None))
        batch["_tokens"] = tokens
        queued = sum(
            each.get("_tokens", 0)
            for each in self.batches.values()
            if each is not batch and each["status"] in ("in_progress", "finalizing")
        )
        if self.most_tokens is not None and queued + tokens > self.most_tokens:
            said = f"Enqueued token limit reached for {model}. Limit: {self.most_tokens:,} enqueued tokens. "
            complaints = [complaint("token_limit_exceeded", None, said + "Please try again.")]
        if complaints:
            batch["status"], batch["failed_at"] = "failed", int(time.time())
            batch["errors"] = {"object": "list", "data": complaints}
            return
        batch["status"], batch["in_progress_at"] = "in_progress", int(time.time())
        batch["request_counts"]["total"] = total

    def _end(self, batch: Body, status: str, share: float) -> None:
        if batch["status"] == "validating":
            self._validate(batch)
        if batch["status"] == "failed":
            return
        total = batch["request_counts"]["total"]
        most = total if status == "completed" else int(total * share)
        done = failed = 0
        number = next(self._numbers)
        output, errors = (Path(self._folder.name) / f"{number}.{kind}" for kind in ("output", "errors"))
        with output.open("wb") as good, errors.open("wb") as bad:
            for at, line in enumerate(self._lines(batch)):
                code = {"expired": "batch_expired", "cancelled": "batch_cancelled"}.get(status)
                if at >= most and code is not None:
                    failed += 1
                    if status == "expired":
                        bad.write(_line(line["custom_id"], None, {"code": code, "message": "not executed"}))
                    continue
                was_good = self._carry_out(line, good, bad)
                done, failed = done + was_good, failed + (not was_good)
        batch["request_counts"] |= {"completed": done, "failed": failed}
        for key, path in (("output_file_id", output), ("error_file_id", errors)):
            if path.stat().st_size:
                name = f"{batch['id']}_{key}.jsonl"
                batch[key] = self.store(path, name, "batch_output").id
        batch["status"], batch[f"{status}_at"] = status, int(time.time())

    def _carry_out(self, line: Body, good: Any, bad: Any) -> bool:
        name = line["custom_id"]
        times = self.carried_out[name] = self.carried_out.get(name, 0) + 1
        self.bodies[name] = line["body"]
        spoilt = self.spoil(line["body"], times)
        if spoilt is None or spoilt.how == "twice":
            answered = _line(name, _response(200, self.completion(line["body"])), None)
            good.write(answered)
            if spoilt is not None:
                good.write(_line(name, _response(200, {"choices": []}), None))
            return True
        if spoilt.how == "status":
            told = error("told by the server") if spoilt.error is None else {"error": spoilt.error}
            bad.write(_line(name, _response(spoilt.status, told), None))
        elif spoilt.how == "expired":
            bad.write(_line(name, None, {"code": "batch_expired", "message": "not executed"}))
        elif spoilt.how == "unknown":
            good.write(_line("f" * 32, _response(200, self.completion(line["body"])), None))
        elif spoilt.how == "torn":
            good.write(_line(name, _response(200, self.completion(line["body"])), None)[:50] + b"\n")
        elif spoilt.how == "body":
            good.write(_line(name, _response(200, spoilt.body or {}), None))
        return False


def error(message: str, **more: Any) -> Body:
    """Return an error in OpenAI's shape."""
    return {
        "error": {"message": message, "type": "invalid_request_error", "param": None, "code": None} | more
    }


def complaint(code: str, line: int | None, message: str = "told by the server") -> Body:
    """Return an error of validation."""
    return {"code": code, "line": line, "message": message, "param": None}


def _response(status: int, body: Body) -> Body:
    return {"status_code": status, "request_id": "req_1", "body": body}


def _line(name: str, response: Body | None, error: Body | None) -> bytes:
    said = {"id": f"batch_req_{name[:8]}", "custom_id": name, "response": response, "error": error}
    return json.dumps(said).encode() + b"\n"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, owner: BatchServer, port: int) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that go away are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        owner = self.server.owner
        raw = self.rfile.read(int(self.headers.get("content-length", "0")))
        url = urlsplit(self.path)
        line = f"{self.command} {url.path}"
        with owner.lock:
            owner.seen.append(line)
            owner.headers.append({name.lower(): value for name, value in self.headers.items()})
        fault = owner.fault(line)
        if fault is not None and fault.how == "reset":
            self._reset()
            return
        if fault is not None and fault.status:
            self._send(fault.status, json.dumps({"error": fault.error or {}}).encode(), fault.headers)
            return
        if url.path == "/v1/stats":
            self._send(200, json.dumps(owner.stats()).encode())
            return
        if url.path == ENDPOINT:
            body = json.loads(raw)
            owner.online.append(body)
            self._send(200, json.dumps(owner.completion(body)).encode())
            return
        status, answer = self._answered(url.path, parse_qs(url.query), raw)
        if fault is not None and fault.how == "lost":
            self._reset()
            return
        data = answer if isinstance(answer, bytes) else json.dumps(_public(answer)).encode()
        if fault is not None and fault.how == "half":
            self._begin(status, len(data))
            self.wfile.write(data[: len(data) // 2])
            self.wfile.flush()
            self._reset()
            return
        self._send(status, data)

    def _answered(  # noqa: PLR0911 - one route after another
        self, path: str, query: dict[str, list[str]], raw: bytes
    ) -> tuple[int, Body | bytes]:
        owner = self.server.owner
        if not owner.batch_api:
            return 404, error("Not found")
        parts = path.removeprefix("/v1/").split("/")
        with owner.lock:
            match (self.command, *parts):
                case ("POST", "files"):
                    return self._upload(raw)
                case ("GET", "files"):
                    found = [each for each in owner.files.values() if each.purpose == query["purpose"][0]]
                    return 200, _page([_file(each) for each in reversed(found)], query)
                case ("GET", "files", name, "content") if name in owner.files:
                    return 200, owner.files[name].path.read_bytes()
                case ("DELETE", "files", name) if name in owner.files:
                    del owner.files[name]
                    return 200, {"id": name, "object": "file", "deleted": True}
                case ("POST", "batches"):
                    return owner.create(json.loads(raw))
                case ("GET", "batches"):
                    return 200, _page([_public(each) for each in reversed(owner.batches.values())], query)
                case ("GET", "batches", name) if name in owner.batches:
                    if owner.by_itself:
                        owner.step(owner.batches[name])
                    return 200, owner.batches[name]
                case ("POST", "batches", name, "cancel") if name in owner.batches:
                    owner.batches[name]["status"] = "cancelling"
                    return 200, owner.batches[name]
        return 404, error("No such thing", code="not_found")

    def _upload(self, raw: bytes) -> tuple[int, Body]:
        boundary = re.search("boundary=([^;]+)", self.headers["content-type"])
        assert boundary is not None
        fields: dict[str, bytes] = {}
        name = ""
        for part in raw.split(b"--" + boundary[1].encode())[1:-1]:
            head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            field = re.search(rb' name="([^"]+)"', head)
            given = re.search(rb' filename="([^"]+)"', head)
            assert field is not None
            fields[field[1].decode()] = content[:-2]
            name = given[1].decode() if given else name
        owner = self.server.owner
        owner.expiries.append(int(fields.get("expires_after[seconds]", b"0")) or None)
        if fields["purpose"] != b"batch" or not name.endswith(".jsonl"):
            return 400, error("Invalid purpose or extension")
        if len(fields["file"]) > owner.most_bytes:
            return 400, error("File is too large.")
        return 200, _file(owner.store(fields["file"], name, "batch"))

    def _begin(self, status: int, length: int, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.send_response(status)
        for name, value in (("content-type", "application/json"), *headers):
            self.send_header(name, value)
        self.send_header("content-length", str(length))
        self.end_headers()

    def _send(self, status: int, data: bytes, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self._begin(status, len(data), headers)
        self.wfile.write(data)
        self.wfile.flush()

    def _reset(self) -> None:
        # Without lingering, closing sends a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


def _public(answer: Body) -> Body:
    return {key: value for key, value in answer.items() if not key.startswith("_")}


def _file(stored: Stored) -> Body:
    return {
        "id": stored.id,
        "object": "file",
        "bytes": stored.path.stat().st_size,
        "created_at": stored.created,
        "filename": stored.name,
        "purpose": stored.purpose,
        "status": "processed",
    }


def _page(found: list[Body], query: dict[str, list[str]]) -> Body:
    """Return a page of a list, newest first."""
    limit = int(query.get("limit", ["20"])[0])
    after = query.get("after", [""])[0]
    names = [each["id"] for each in found]
    begin = names.index(after) + 1 if after in names else 0
    page = found[begin : begin + limit]
    return {
        "object": "list",
        "data": page,
        "first_id": page[0]["id"] if page else None,
        "last_id": page[-1]["id"] if page else None,
        "has_more": begin + limit < len(found),
    }


def main() -> None:
    """Serve by itself, with the answers of the benchmarks' stub, until the input is closed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from benchmarks.stub_server import answer_to  # noqa: PLC0415 - where it is run by itself

    with BatchServer(lambda body: json.dumps(answer_to(body)), by_itself=True, port=given.port) as server:
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
