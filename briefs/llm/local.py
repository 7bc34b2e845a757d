"""A model file on this machine: `local:FILE.gguf`, served by a process that ends with this one.

The server speaks the OpenAI API on a free loopback port, with a random key, so that from here on a model
file is a server like any other. Nothing is downloaded, ever, and nothing of an article leaves the machine.
"""

import contextlib
import hashlib
import http.client
import importlib.util
import json
import queue
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import IO, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from briefs.domain.spans import Frozen
from briefs.errors import ConfigError
from briefs.llm.local_file import model_file, parts, why_not_loaded

_PROGRAM = Path(__file__).with_name("local_server.py")
_BLOCK = 1 << 24
_PATIENCE = 10.0
"""Seconds for a loaded server to answer, and for a stopped one to end."""


class LocalOptions(Frozen):
    """How a model file is served."""

    context: int = Field(default=8192, ge=512)
    """Tokens that a prompt and its answer may have together."""
    slots: int = Field(default=1, ge=1)
    """Calls at once. Each needs memory for a context of its own; on processors, one is as fast as many."""
    threads: int | None = Field(default=None, ge=1)
    """Without a number: one for each physical core."""
    load_seconds: float = Field(default=300.0, gt=0)
    """How long loading may take."""


class LocalServer:
    """A model file being served: a context manager; the attributes are there from `start` to `stop`.

        with LocalServer("qwen.gguf") as server:
            server.base_url, server.api_key

    The process ends with this one in every case: the end of the block, Ctrl-C, an exception, kill -9.
    """

    def __init__(self, name: str, options: LocalOptions | None = None, *, folder: Path | None = None) -> None:
        """Take the file that `name` means, a bare name also in `folder`; raises ConfigError without one."""
        self.options = options or LocalOptions()
        self.path = model_file(name, folder)
        self.id = f"local:{self.path.name}"
        """What `drafted_by` says."""
        self.base_url = ""
        """Ends in "/v1"."""
        self.api_key = SecretStr(secrets.token_urlsafe(32))
        self.identity = ""
        """"local:" and the first 16 hex digits of the SHA-256 of the file: the model under any name."""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """Return the process that serves, or none when there is none any more."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def check(self) -> None:
        """Raise ConfigError when the package that runs model files is not installed."""
        if importlib.util.find_spec("xllamacpp") is None:
            raise ConfigError(
                f"{self.id}: needs the package xllamacpp, which runs model files; pip install 'briefs[local]'"
            )

    def identify(self) -> str:
        """Return `identity` without loading the model; reads its file once, a second or so a gigabyte."""
        self.identity = f"local:{self._digest(lambda: True)}"
        return self.identity

    def start(self) -> Self:
        """Load the model; returns when it answers. Blocks, for seconds to minutes.

        Raises ConfigError, with what to do, when xllamacpp is not installed or the model cannot be loaded.
        """
        self.check()
        with tempfile.TemporaryFile() as log:
            try:
                address = self._load(log)
                self._look_at_health(address)
            except BaseException:
                self.stop()
                raise
        self.base_url = f"{address}/v1"
        return self

    def stop(self) -> None:
        """End the process, now; stopping twice does nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None  # noqa: S101 - for the type checker
        assert process.stdout is not None  # noqa: S101
        with contextlib.suppress(OSError):  # it may have ended by itself
            process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()  # last: a thread may be reading it until the process has ended

    def _load(self, log: IO[bytes]) -> str:
        """Start the process and return its address; the file is hashed meanwhile."""
        until = time.monotonic() + self.options.load_seconds
        process = self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own file
            [sys.executable, "-P", str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the parent, which stops it
        )
        assert process.stdin is not None  # noqa: S101 - for the type checker
        assert process.stdout is not None  # noqa: S101
        asked = {
            "model": str(self.path),
            "key": self.api_key.get_secret_value(),
            **self.options.model_dump(include={"context", "slots", "threads"}),
        }
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            raise self._died(process, log) from None
        report: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        Thread(target=_first_line, args=(process.stdout, report.put), daemon=True).start()
        if not self.identity:
            digest = self._digest(lambda: process.poll() is None and time.monotonic() < until)
            self.identity = f"local:{digest}"
        try:
            line = report.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            raise ConfigError(
                f"{self.id}: not loaded after {self.options.load_seconds:g} s; "
                "take a smaller model, or allow more time"
            ) from None
        if not line:
            raise self._died(process, log)
        address = json.loads(line)["address"]
        return str(address)

    def _digest(self, going: Callable[[], bool]) -> str:
        """Return the beginning of the file's hash; of less than all of it when `going` ends meanwhile."""
        digest = hashlib.sha256()
        for part in parts(self.path):
            with part.open("rb") as file:
                while (block := file.read(_BLOCK)) and going():
                    digest.update(block)
        return digest.hexdigest()[:16]

    def _died(self, process: "subprocess.Popen[bytes]", log: IO[bytes]) -> ConfigError:
        code = process.wait(_PATIENCE)
        log.seek(0)
        return ConfigError(f"{self.id}: {why_not_loaded(code, log.read().decode('utf-8', 'replace'))}")

    def _look_at_health(self, address: str) -> None:
        where = urlsplit(address)
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=_PATIENCE)
        try:
            connection.request("GET", "/health")
            status = connection.getresponse().status
        except OSError as error:
            status = 0
            reason = type(error).__name__
        else:
            reason = f"status {status}"
        finally:
            connection.close()
        if status != http.HTTPStatus.OK:
            raise ConfigError(f"{self.id}: loaded, but its server does not answer ({reason}); try again")


def _first_line(stream: IO[bytes], put: Callable[[bytes], None]) -> None:
    try:
        put(stream.readline())
    except ValueError:  # closed by `stop`
        put(b"")
