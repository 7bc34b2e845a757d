"""The lines of a batch's files (JSONL): a request as it goes in, and what comes out, whatever that is.

OpenAI's guide to the Batch API: a request is {custom_id, method, url, body}; a line of the output or error
file {id, custom_id, response: {status_code, request_id, body} | null, error: {code, message} | null}.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from briefs.llm.put_off import Letter, Posted

ENDPOINT: Final = "/v1/chat/completions"
MOST_REQUESTS = 50_000
"""Requests of one file (OpenAI's guide)."""
MOST_FILE_BYTES = 200_000_000
"""Bytes of one file; the guide says 200 MB, and does not say of which kind."""
_MOST_LINE = 8_000_000
"""The longest line that is read; the longest useful one is about a hundredth of it."""
_ID = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"[a-z][a-z_]{2,40}")
_NOT_RUN = 408
"""Status that stands for a request that was not carried out, which has none of its own: it took too long."""
_SERVER_ERROR = 500


class Returned(NamedTuple):
    """One line that came back, read."""

    id: str
    posted: Posted
    tokens_in: int = 0
    tokens_out: int = 0


class Unread(NamedTuple):
    """A line that says nothing of any request."""

    why: str


def request_line(letter: Letter) -> bytes:
    """Return a request as a line of the input file: the body as it would be sent, to the byte."""
    body = letter.body
    if b"\n" in body or b"\r" in body:
        body = json.dumps(json.loads(body), ensure_ascii=False, separators=(",", ":")).encode()
    head = f'{{"custom_id":"{letter.id}","method":"POST","url":"{ENDPOINT}","body":'
    return head.encode("ascii") + body + b"}\n"


def id_in(line: bytes) -> str | None:
    """Return the id in a line that `request_line` wrote, or none."""
    found = re.match(rb'\{"custom_id":"([0-9a-f]{32})"', line)
    return found[1].decode("ascii") if found else None


def returned(path: Path) -> Iterator[Returned | Unread]:
    """Yield what each line of an output or error file says, one at a time; never raises for its content."""
    with path.open("rb") as file:
        while line := file.readline(_MOST_LINE):
            if not line.endswith(b"\n") and len(line) >= _MOST_LINE:
                _skip_line(file)
                yield Unread("too long")
            elif line.strip():
                yield _read(line)


def lost(code: str, status: int = _SERVER_ERROR) -> Posted:
    """Return what stands for an answer that never came, with our own word for why."""
    return Posted(status, json.dumps({"error": {"code": code, "type": "batch", "message": ""}}).encode())


def _skip_line(file: BinaryIO) -> None:
    while (more := file.readline(_MOST_LINE)) and not more.endswith(b"\n"):
        pass


def _read(line: bytes) -> Returned | Unread:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return Unread("no JSON")
    if not isinstance(said, dict) or not isinstance(said.get("custom_id"), str):
        return Unread("no custom_id")
    name: str = said["custom_id"]
    if not _ID.fullmatch(name):
        return Unread("unknown custom_id")
    response = said.get("response")
    if isinstance(response, dict) and isinstance(response.get("body"), dict):
        status = response.get("status_code")
        if type(status) is int and 200 <= status < 600:
            body = response["body"]
            data = json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode("ascii")
            return Returned(name, Posted(status, data), *_used(body))
    return Returned(name, _refused(said.get("error")))


def _refused(error: Any) -> Posted:
    """Return what stands for a request that has no response: it expired, or was not run."""
    code = error.get("code") if isinstance(error, dict) else None
    code = code if isinstance(code, str) and _CODE.fullmatch(code) else "no_response"
    expired = code in {"batch_expired", "batch_cancelled", "request_timeout"}
    return lost(code, _NOT_RUN if expired else _SERVER_ERROR)


def _used(body: dict[str, Any]) -> tuple[int, int]:
    """Return the tokens that the provider counted, in and out; nothing where it does not say."""
    usage = body.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    found = (counts.get("prompt_tokens"), counts.get("completion_tokens"))
    tokens_in, tokens_out = (min(each, 10**9) if type(each) is int and each > 0 else 0 for each in found)
    return tokens_in, tokens_out
