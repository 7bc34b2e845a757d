"""The command line in a process of its own that need not load the parser again: forked from a warm one.

A benchmark that starts a run three hundred times would else spend most of its time loading. The worker
processes of a run are started as always, or forked from the warm one too, where a benchmark says so.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, NoReturn

from benchmarks.processes import cpu
from briefs.pipeline.work import Job, Outcome, process


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

    def killed_when(self, reached: Callable[[], bool], *, alone: bool = False) -> bool:
        """Kill it with its workers, or the process `alone`, at a moment; tell whether it was still there."""
        while not reached():
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return False
            time.sleep(0.002)
        (os.kill if alone else os.killpg)(self.pid, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def has_used(self, seconds: float) -> Callable[[], bool]:
        """Return what tells whether it has used so much of the processor's time, however busy the machine.

        A little more, by chance: the system counts in hundredths of a second.
        """
        more = random.uniform(0, 0.015)  # noqa: S311 - no secret
        since: list[float] = []

        def reached() -> bool:
            if not since and self.used() >= seconds:
                since.append(time.monotonic())
            return bool(since) and time.monotonic() - since[0] >= more

        return reached

    def used(self) -> float:
        """Return the seconds of the processor's time that the process has used, without its workers."""
        return cpu(self.pid, waited=False)

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


def warm(*, read_once: bool = False) -> None:
    """Load what a run needs, the parser with it.

    With `read_once` an article that this process has drafted is not drafted again by runs forked from it.
    """
    import briefs.cli.run  # noqa: PLC0415
    import briefs.pipeline.corpus  # noqa: F401, PLC0415
    from briefs.pipeline import many  # noqa: PLC0415
    from briefs.pipeline.one import run  # noqa: PLC0415

    run("Crates\n\nThe harbour board lost 1,200 crates in May 2024, Ana Petrel said.\n")
    if read_once:
        vars(many)["process"] = _Read()


class _Read:
    """Drafts, each made once: what is wanted of an article, and whether evidence is, decides what it is."""

    def __init__(self) -> None:
        self._drafts: dict[tuple[object, ...], Outcome] = {}

    def __call__(self, job: Job) -> Outcome:
        """Return a job's outcome."""
        wanted = job.wanted
        key = (os.path.realpath(job.input.path), wanted.formats, wanted.relates, wanted.evidence is None)
        if key not in self._drafts:
            self._drafts[key] = process(job)
        return self._drafts[key]


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


def _settled(settle: Callable[[], None]) -> Callable[[], None]:
    """Return what a forked worker does first: it forgets how the command line heeds its end."""

    def settled() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        settle()

    return settled


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
            vars(processes)["_settle"] = _settled(processes._settle)
        main(list(arguments))
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
