"""Apart: PDFs are read by a process of its own, because native code reads there what anybody has written.

A PDF of a few kilobytes can make PDFium take gigabytes or minutes, or the process with it. The process that
reads has a bound for each; where it ends, that file is refused, and the next one gets a new process. It is
started for the first PDF, kept for the next ones, and ends with its owner. On Windows there is no bound of
memory or time, but a crash is survived there too.
"""

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

from pydantic import ValidationError

from briefs.domain.article import Reading
from briefs.errors import InputError

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space that reading may take beside what the process begins with."""
SECONDS = 20
"""Of CPU time for one file."""
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from briefs.readers.apart import serve; serve()"
)
_HEAD = struct.Struct(">II")
_READ, _REFUSED = b"r", b"e"
_LOCK = threading.Lock()


class _Reader:
    """The process that reads PDFs for this one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._left: list[object] = []

    def read(self, data: bytes, name: str) -> Reading:
        with _LOCK:
            try:
                answer = self._asked(data, name)
            except (OSError, EOFError) as error:
                self.end()
                reason = "takes more memory or time to read than any article, or is damaged"
                raise InputError(
                    name, reason, "export it again, or give the article's pages alone"
                ) from error
        kind, content = answer[:1], answer[1:]
        if kind == _READ:
            return Reading.model_validate_json(content)
        raise InputError(name, *json.loads(content))

    def _asked(self, data: bytes, name: str) -> bytes:
        process = self._started()
        if process.stdin is None or process.stdout is None:
            raise EOFError
        called = name.encode("utf-8", "surrogatepass")
        process.stdin.write(_HEAD.pack(len(called), len(data)) + called)
        process.stdin.write(data)
        process.stdin.flush()
        return _exactly(process.stdout, struct.unpack(">I", _exactly(process.stdout, 4))[0])

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner != os.getpid():
            self._left.append(self._process)  # a fork's copy: the process is its parent's
            self._process = None
        if self._process is not None and self._process.poll() is not None:
            self.end()  # somebody else has ended it
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own code
                [sys.executable, "-c", _START, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._owner = os.getpid()
        return self._process

    def end(self) -> None:
        """End the process, if it is this one's and runs."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        with suppress(OSError):
            process.communicate()


_READER = _Reader()
atexit.register(_READER.end)


def read_pdf_apart(data: bytes, name: str) -> Reading:
    """Return the text of a PDF, read by another process; raises InputError as `read_pdf` does.

    Also for one that makes the reading process crash, or go beyond its memory or time.
    """
    return _READER.read(data, name)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def serve() -> None:
    """Read PDFs from standard input until it ends: what the reading process does."""
    from briefs.readers.pdf import read_pdf  # noqa: PLC0415 - the owner never loads the library

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not look like an answer
    _bound_memory()
    with suppress(EOFError):
        while True:
            lengths = _HEAD.unpack(_exactly(sys.stdin.buffer, _HEAD.size))
            name = _exactly(sys.stdin.buffer, lengths[0]).decode("utf-8", "surrogatepass")
            data = _exactly(sys.stdin.buffer, lengths[1])
            _bound_time()
            try:
                answer = _READ + read_pdf(data, name).model_dump_json().encode()
            except InputError as error:
                answer = _REFUSED + json.dumps([error.reason, error.advice]).encode()
            except (ValidationError, ValueError, ArithmeticError, RecursionError):
                answer = _REFUSED + json.dumps(["is a damaged PDF", "export it again"]).encode()
            answers.write(struct.pack(">I", len(answer)) + answer)
            answers.flush()


def _bound_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not there on Windows

        used = int(_statm().split()[0]) * resource.getpagesize()
        if used:
            resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))


def _bound_time() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not there on Windows

        usage = resource.getrusage(resource.RUSAGE_SELF)
        most = int(usage.ru_utime + usage.ru_stime) + SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _statm() -> str:
    """Return how much memory this process has in use, as Linux tells it; 0 elsewhere."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return file.read()
    except OSError:
        return "0"
