"""The command line in a process of its own that need not load the parser again: forked from a warm one.

A benchmark that starts a run three hundred times would else spend most of its time loading. The worker
processes of a run are started as always, or forked from the warm one too, where a benchmark says so.
"""

import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, NoReturn


class Ended(NamedTuple):
    """How a run ended."""

    code: int
    seconds: float


class Child(NamedTuple):
    """A run under way: its process is the first of a group of its own."""

    pid: int
    log: Path
    """What it says, on both streams."""

    def wait(self) -> int:
        """Return its exit code when it has ended; negative: the signal that ended it."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def killed_after(self, seconds: float, *, alone: bool = False) -> bool:
        """Kill it with its workers, or the process `alone`; tell whether it was still there.

        `seconds` of the processor's time that the process has used by then: how far it is, however busy the
        machine.
        """
        while self.used() < seconds:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return False
            time.sleep(0.002)
        (os.kill if alone else os.killpg)(self.pid, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def used(self) -> float:
        """Return the seconds of the processor's time that the process has used, without its workers."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def watched(self) -> Ended:
        """Return how it ended, and the processor's time that it used, without its workers."""
        used = 0.0
        while True:
            used = max(used, self.used())
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                return Ended(os.waitstatus_to_exitcode(status), used)
            time.sleep(0.005)

    def said(self) -> str:
        """Return what it has said."""
        return self.log.read_text("utf-8", "replace")

    def is_gone(self, within: float = 20.0) -> bool:
        """Tell whether nothing of its group is left, or left after some seconds."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            try:
                os.killpg(self.pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.02)
        return False


def warm() -> None:
    """Load what a run needs, the parser with it."""
    import briefs.cli.run  # noqa: PLC0415
    import briefs.pipeline.corpus  # noqa: F401, PLC0415
    from briefs.pipeline.one import run  # noqa: PLC0415

    run("Crates\n\nThe harbour board lost 1,200 crates in May 2024, Ana Petrel said.\n")


def started(
    arguments: Sequence[str], log: Path, cwd: Path | None = None, *, warm_workers: bool = False
) -> Child:
    """Start `briefs` with these arguments, its output going to a file."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if not pid:
        _become(arguments, log, cwd, warm_workers)
    with suppress(OSError):  # it is gone, or has done it itself
        os.setpgid(pid, pid)
    return Child(pid, log)


def _become(arguments: Sequence[str], log: Path, cwd: Path | None, warm_workers: bool) -> NoReturn:
    code = 70
    try:
        with suppress(OSError):
            os.setpgid(0, 0)
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        null = os.open(os.devnull, os.O_RDONLY)
        for stream, at in ((null, 0), (output, 1), (output, 2)):
            os.dup2(stream, at)
        if cwd is not None:
            os.chdir(cwd)
        from briefs.cli import main  # noqa: PLC0415 - in the child alone

        if warm_workers:
            from briefs.pipeline import processes  # noqa: PLC0415

            vars(processes)["get_context"] = lambda _: get_context("fork")
        main(list(arguments))
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
