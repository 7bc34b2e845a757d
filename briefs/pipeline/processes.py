"""Worker processes of this machine: an executor each, and pools that leave Ctrl-C to their parent."""

import asyncio
import os
import signal as signals
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import TypeVar

from briefs.pipeline.work import Job, warm
from briefs.pipeline.worker import Executor, WorkerLostError
from briefs.readers.inputs import Loaded, load

ResultT = TypeVar("ResultT")


class Processes:
    """The site that is there always, each worker a process of this machine."""

    def executor(self, *, lone: bool = False) -> Executor:
        """Start a process; `lone` makes no difference here."""
        del lone
        return ProcessExecutor()

    def content(self, job: Job) -> Loaded | None:
        """Return what only this process can read, standard input; raises InputError."""
        return load(job.input) if job.input.kind == "stdin" else None


class ProcessExecutor:
    """A process that is started at once and loads what the work needs."""

    def __init__(self) -> None:
        self._pool = pool_of(1)
        submitted(self._pool, warm)

    async def ready(self) -> None:
        """Return at once: what it is given waits until it has started."""

    async def run(self, work: Callable[..., ResultT], *arguments: object) -> ResultT:
        """Return what `work` gives in the process; raises WorkerLostError when that was killed."""
        try:
            return await asyncio.wrap_future(submitted(self._pool, work, *arguments))
        except BrokenProcessPool:
            raise WorkerLostError from None

    def end(self) -> None:
        """Stop the process, whatever it is at."""
        end(self._pool)


def pool_of(jobs: int) -> ProcessPoolExecutor:
    """Return a pool of processes that leave Ctrl-C to their parent and end when it does."""
    # Spawned, not forked: a fork of a process with threads (BLAS, progress bar) may hang.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_settle)


def submitted(pool: ProcessPoolExecutor, work: Callable[..., ResultT], *arguments: object) -> Future[ResultT]:
    """Submit work; the process that this may start never sees Ctrl-C, not even while it starts."""
    if not hasattr(signals, "pthread_sigmask"):  # Windows
        return pool.submit(work, *arguments)
    before = signals.pthread_sigmask(signals.SIG_BLOCK, {signals.SIGINT})
    try:
        return pool.submit(work, *arguments)
    finally:
        signals.pthread_sigmask(signals.SIG_SETMASK, before)


def end(pool: ProcessPoolExecutor) -> None:
    """Stop a pool and its processes now, whatever they are at: what they make is wanted no more."""
    running = tuple((pool._processes or {}).values())  # public only from Python 3.14 on
    for item in tuple(pool._pending_work_items.values()):
        if item.future.cancelled():  # Python 3.11's pool stumbles over these when its process ends
            item.future = Future()
    pool.shutdown(wait=False, cancel_futures=True)
    for each in running:
        each.terminate()


def _settle() -> None:
    """Make a new process one that leaves Ctrl-C to its parent, and that ends when its parent does."""
    signals.signal(signals.SIGINT, signals.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    # A killed parent cannot stop its workers, and its queue would keep them waiting for ever.
    parent.join()
    os._exit(1)
