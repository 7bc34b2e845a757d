"""A cassette on disk: vcrpy's format with a serializer of our own, so that a person can review it.

Bodies are written as what they are, texts line by line, what recurs (a prompt, a schema) once, and the
exchanges in an order that does not depend on which call was faster: the same exchanges make the same bytes,
and recording again changes only the lines that changed. Hosts and headers are not written at all.
"""

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import yaml
from vcr.persisters.filesystem import CassetteNotFoundError
from vcr.request import Request
from vcr.serialize import deserialize, serialize

from briefs.errors import ReplayError
from briefs.llm.cassette_yaml import Dumper, in_reading_order, load, readable

_HEAD = """\
# Model calls of one article, recorded by `briefs run --record`. Not written or edited by hand: to change one,
# record it again. No key, host or account stands here. See docs/ci.md.
"""
_JSON, _TEXT = "application/json", "text/plain; charset=utf-8"


class Label(NamedTuple):
    """Where in an article's work an exchange belongs: for people, and for the order in the file."""

    step: str
    place: str
    prompt: str
    """Name and version, as in "extract@3"."""

    def __str__(self) -> str:
        """Return it in words for a message."""
        return f"{self.step}, {self.place} (prompt {self.prompt})"


def label_of(response: Mapping[str, Any]) -> Label:
    """Return the label of a recorded response."""
    return Label(*response["label"])


class Shelf(Protocol):
    """Where the files of a recording lie."""

    def read(self, path: Path) -> str | None:
        """Return a file's text, none where there is no such file; raises OSError and UnicodeDecodeError."""

    def write(self, path: Path, text: str) -> None:
        """Put a text in the place of a file; raises OSError."""


class Disk:
    """The file system, as a shelf."""

    def read(self, path: Path) -> str | None:
        """Return a file's text, none where there is no such file; raises OSError and UnicodeDecodeError."""
        try:
            return path.read_text("utf-8")
        except FileNotFoundError:
            return None

    def write(self, path: Path, text: str) -> None:
        """Put a text in the place of a file, whole or not at all; raises OSError."""
        write_whole(path, text)


class Persister:
    """Reads and writes cassette files; a damaged one is an error, never taken for an empty one."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        """Take where they lie; on the disk where nothing else is said."""
        self._shelf = shelf or Disk()

    def load_cassette(self, path: str | Path, serializer: Any) -> Any:
        """Return vcrpy's requests and responses; raises CassetteNotFoundError and ReplayError."""
        try:
            text = self._shelf.read(Path(path))
        except (OSError, UnicodeDecodeError) as error:
            raise _damaged(path, type(error).__name__) from error
        if text is None:
            raise CassetteNotFoundError
        try:
            return deserialize(text, serializer)
        except yaml.MarkedYAMLError as error:
            line = f"line {error.problem_mark.line + 1}" if error.problem_mark else "not YAML"
            raise _damaged(path, line) from error
        except (ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
            raise _damaged(path, "it is not as this version writes it") from error

    def save_cassette(self, path: str | Path, cassette_dict: dict[str, Any], serializer: Any) -> None:
        """Write the file whole or not at all; one that already holds this is not touched."""
        pairs = zip(cassette_dict["requests"], cassette_dict["responses"], strict=True)
        ordered = sorted(pairs, key=lambda pair: _order(pair[0], label_of(pair[1])))
        content = serialize(
            {"requests": [pair[0] for pair in ordered], "responses": [pair[1] for pair in ordered]},
            serializer,
        )
        self._shelf.write(Path(path), content)


class Serializer:
    """Turns vcrpy's dictionary into our text and back."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        """Return the file's text."""
        exchanges = [_written(each["request"], each["response"]) for each in cassette["interactions"]]
        body = yaml.dump(
            readable({"version": cassette["version"], "interactions": exchanges}),
            Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1 << 30,
        )  # fmt: skip
        return _HEAD + body

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        """Return vcrpy's dictionary; raises yaml.YAMLError, KeyError, TypeError and ValueError."""
        whole = load(text)
        if whole["version"] != 1:
            raise ValueError("a cassette of another version")
        return {"version": 1, "interactions": [_read(each) for each in whole["interactions"]]}


def write_whole(target: Path, text: str) -> None:
    """Put a text in the place of `target`, whole or not at all, for its owner alone; raises OSError."""
    data = text.encode("utf-8")
    with suppress(OSError):
        if target.read_bytes() == data:
            return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _order(request: Request, label: Label) -> tuple[list[tuple[int, int | str]], bytes]:
    words = re.split(r"(\d+)", "\0".join(label))
    return [(0, int(word)) if word.isdecimal() else (1, word) for word in words], request.body


def _written(request: dict[str, Any], response: dict[str, Any]) -> dict[str, Any]:
    label = label_of(response)
    return {
        "step": label.step,
        "place": label.place,
        "prompt": label.prompt,
        "request": {"method": request["method"], "uri": request["uri"], **_body(request["body"])},
        "response": {"status": response["status"]["code"], **_body(response["body"]["string"])},
    }


def _read(exchange: dict[str, Any]) -> dict[str, Any]:
    request, response = exchange["request"], exchange["response"]
    kind = _JSON if "json" in response else _TEXT
    return {
        "request": {
            "method": request["method"],
            "uri": request["uri"],
            "body": _bytes(request),
            "headers": {},
        },
        "response": {
            "status": {"code": response["status"], "message": ""},
            "headers": {"content-type": [kind]},
            "body": {"string": _bytes(response)},
            "label": (exchange["step"], exchange["place"], exchange["prompt"]),
        },
    }


def _body(body: str | bytes) -> dict[str, Any]:
    """Return a body as parsed JSON where that gives it back, else as its text."""
    text = body.decode("utf-8", "backslashreplace") if isinstance(body, bytes) else body
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except ValueError:  # half a character in a text, which YAML cannot hold, is one
        return {"text": text}
    return {"json": in_reading_order(value)}


def _bytes(part: dict[str, Any]) -> bytes:
    if "json" in part:
        return json.dumps(part["json"], sort_keys=True, separators=(",", ":")).encode("ascii")
    return str(part["text"]).encode("utf-8")


def _damaged(path: str | Path, why: str) -> ReplayError:
    return ReplayError(f"{path}: not a whole cassette ({why}); delete it and record the article again")
