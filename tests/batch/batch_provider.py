"""What a provider keeps of files and batches, and how a batch is carried out, as OpenAI documents it, or worse.

Documented behaviour (guide and reference of the Batch API): files are uploaded with purpose "batch", at most
`most_bytes`; a batch is validating, in_progress, finalizing, then completed; failed where its file does not pass
validation, expired after 24 hours, cancelled on demand, each with what was done by then; output and error
file, in any order; errors per line in the error file. `spoil` says what becomes of a line.
"""

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

Body = dict[str, Any]
ENDPOINT = "/v1/chat/completions"


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


class Provider:
    """Files and batches; `answer` makes the content of a good answer from a request's body."""

    def __init__(
        self,
        answer: Callable[[Body], str],
        *,
        most_requests: int = 50_000,
        most_bytes: int = 200_000_000,
        most_tokens: int | None = None,
    ) -> None:
        self.most_requests, self.most_bytes, self.most_tokens = most_requests, most_bytes, most_tokens
        self.files: dict[str, Stored] = {}
        self.batches: dict[str, Body] = {}
        self.spoil: Callable[[Body, int], Spoilt | None] = lambda *_: None
        """What becomes of a line of a file (its `body`) the nth time that its custom_id is carried out, from 1."""
        self.expiries: list[Any] = []
        """After how many seconds files were to be deleted, as was said of each upload and batch."""
        self.carried_out: dict[str, int] = {}
        """How often each custom_id was."""
        self.bodies: dict[str, Body] = {}
        self.lock = threading.RLock()
        self._answer = answer
        self._numbers = itertools.count(1)
        self._folder = TemporaryDirectory()

    def clean_up(self) -> None:
        """Delete what is kept."""
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
        """Return how often requests were carried out, and what is there."""
        with self.lock:
            times = self.carried_out.values()
            return {
                "requests": len(times),
                "carried_out": sum(times),
                "batches": len(self.batches),
                "files": len(self.files),
            }

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
