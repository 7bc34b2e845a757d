"""A real HTTP server on loopback that keeps files and batches as OpenAI's API documents them, or worse.

    with BatchServer(answer=sound) as server:
        ... server.url; server.finish()     # every batch is carried out

What becomes of files and batches is `batch_provider`'s. Lists are newest first, in pages. The same server
answers chat completions at once, so that both ways can be compared. `faults` are played to requests whose
method and path match, in their order.
"""

import json
import re
from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from batch_provider import ENDPOINT, Body, Provider, Stored, error
from loopback import JSON, Loopback, LoopbackHandler


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


class BatchServer(Provider, Loopback):
    """The server; `answer` and `limits` are the provider's.

    `by_itself`: each look at a batch moves it on by one state.
    """

    def __init__(
        self,
        answer: Callable[[Body], str],
        *,
        by_itself: bool = False,
        batch_api: bool = True,
        port: int = 0,
        **limits: int,
    ) -> None:
        Provider.__init__(self, answer, **limits)
        Loopback.__init__(self, _Handler, port)
        self.by_itself, self.batch_api = by_itself, batch_api
        self.faults: list[Fault] = []
        self.seen: list[str] = []
        """"METHOD /path" of every request."""
        self.headers: list[dict[str, str]] = []
        self.online: list[Body] = []
        """Bodies of chat completions asked for at once."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        self.clean_up()

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


class _Handler(LoopbackHandler):
    def serve(self, raw: bytes) -> None:
        owner: BatchServer = self.server.owner
        url = urlsplit(self.path)
        line = f"{self.command} {url.path}"
        with owner.lock:
            owner.seen.append(line)
            owner.headers.append({name.lower(): value for name, value in self.headers.items()})
        fault = owner.fault(line)
        if fault is not None and fault.how == "reset":
            self.reset()
            return
        if fault is not None and fault.status:
            self._send(fault.status, {"error": fault.error or {}}, fault.headers)
            return
        if url.path == "/v1/stats":
            self._send(200, owner.stats())
            return
        if url.path == ENDPOINT:
            body = json.loads(raw)
            owner.online.append(body)
            self._send(200, owner.completion(body))
            return
        status, answer = self._answered(url.path, parse_qs(url.query), raw)
        if fault is not None and fault.how == "lost":
            self.reset()
        elif fault is not None and fault.how == "half":
            data = _bytes(answer)
            self.begin(status, len(data))
            self.put(data[: len(data) // 2])
            self.reset()
        else:
            self._send(status, answer)

    def _send(self, status: int, answer: Body | bytes, headers: tuple[tuple[str, str], ...] = ()) -> None:
        data = _bytes(answer)
        self.begin(status, len(data), (JSON, *headers))
        self.put(data)

    def _answered(  # noqa: PLR0911 - one route after another
        self, path: str, query: dict[str, list[str]], raw: bytes
    ) -> tuple[int, Body | bytes]:
        owner: BatchServer = self.server.owner
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
        owner: BatchServer = self.server.owner
        owner.expiries.append(int(fields.get("expires_after[seconds]", b"0")) or None)
        if fields["purpose"] != b"batch" or not name.endswith(".jsonl"):
            return 400, error("Invalid purpose or extension")
        if len(fields["file"]) > owner.most_bytes:
            return 400, error("File is too large.")
        return 200, _file(owner.store(fields["file"], name, "batch"))


def _bytes(answer: Body | bytes) -> bytes:
    return answer if isinstance(answer, bytes) else json.dumps(_public(answer)).encode()


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
