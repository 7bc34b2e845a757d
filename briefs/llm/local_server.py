"""The process that holds a model in its memory: llama.cpp's own OpenAI-compatible server, through xllamacpp.

`briefs/llm/local.py` starts this file as a program and is the only one to do so. A process of its own,
because a model file that llama.cpp cannot digest ends the process that reads it. It reads one line of JSON
from standard input (`model`, `key`, `context`, `slots`, `threads`), answers with one line on standard
output, {"address": "http://127.0.0.1:PORT"}, once the model is loaded, and ends when its standard input is
closed: whatever becomes of the parent, kill -9 included, the system closes that.

It refuses to listen anywhere but on loopback, to serve whoever lacks the key, to keep prompts on disk or a
core dump of its memory, and to write anything after the model is loaded: llama.cpp's log could hold words
of an article. It imports nothing of the project, so that it is there before the model is.
"""

import contextlib
import json
import os
import select
import signal
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from typing import Any

_ONLY_ERRORS = 1
"""Of llama.cpp's levels of verbosity."""


def main() -> None:
    """Load the model that standard input names, say where it is served, and serve until input is closed."""
    _leave_no_core_dump()
    report = os.dup(sys.stdout.fileno())
    _to_nowhere(sys.stdout.fileno())
    asked = json.loads(sys.stdin.buffer.readline())
    closed = Event()
    _end_with_input(closed)
    server = _server(asked)
    _to_nowhere(sys.stderr.fileno())
    with os.fdopen(report, "w") as out:
        out.write(json.dumps({"address": server.listening_address}) + "\n")
    closed.wait()
    os._exit(0)


def _server(asked: dict[str, Any]) -> Any:
    """Return the running server; returns when the model is loaded, raises RuntimeError when it cannot be."""
    os.environ["GGML_NO_BACKTRACE"] = "1"  # no debugger is started to look at a process with an article
    # Threads that wait in a loop stand still together when a core is shared: on two busy cores, 0.8 tokens a
    # second, and 22 when they sleep.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    xllamacpp = import_module("xllamacpp")  # an extra: it has no types, and need not be there
    params = xllamacpp.CommonParams()
    params.model.path = asked["model"]
    params.model_alias = {Path(asked["model"]).name}  # replies name the model: not the folder it lies in
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [asked["key"]]
    params.n_parallel = asked["slots"]
    params.n_ctx = asked["context"] * asked["slots"]  # the slots divide it
    threads = asked["threads"] or physical_cores()
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.cache_ram_mib = 0  # else up to 8 GiB of earlier prompts
    params.verbosity = _ONLY_ERRORS
    params.offline = True
    params.ui = False
    params.endpoint_slots = False  # would show the prompt being read
    params.cors_origins = ""
    return xllamacpp.Server(params)


def physical_cores() -> int:
    """Return how many cores this process may use, two threads of one core counted once."""
    try:
        allowed: Iterable[int] = os.sched_getaffinity(0)
    except AttributeError:  # not on Linux
        return max(1, os.cpu_count() or 1)
    cores = set()
    for cpu in allowed:
        topology = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology")
        try:
            cores.add(tuple((topology / name).read_text() for name in ("physical_package_id", "core_id")))
        except OSError:
            cores.add((str(cpu),))
    return max(1, len(cores))


def _end_with_input(closed: Event) -> None:
    """End this process when standard input is closed, even while C++ code holds the interpreter."""

    def wait() -> None:
        sys.stdin.buffer.read()
        closed.set()
        os._exit(0)

    Thread(target=wait, daemon=True).start()
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    # Loading holds the interpreter's lock for as long as it takes: no thread would notice. The kernel does,
    # and SIGIO ends a process that has no handler for it.
    with contextlib.suppress(OSError):
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
        if select.select([0], [], [], 0)[0]:  # closed before the kernel was asked
            os._exit(0)


def _leave_no_core_dump() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _to_nowhere(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


if __name__ == "__main__":
    main()
