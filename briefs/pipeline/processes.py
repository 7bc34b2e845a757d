"""Worker processes: many articles on several cores; a killed process costs no other article."""

import os
import signal as signals
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import NamedTuple, TypeVar

from briefs.errors import InputError
from briefs.pipeline.work import Job, Outcome, failed, process
from briefs.readers.inputs import Input

ResultT = TypeVar("ResultT")


class _Work(NamedTuple):
    job: Job
    future: Future[Outcome]


def in_processes(jobs_to_do: Iterable[Job], jobs: int) -> Iterator[Outcome]:
    """Process articles on a pool, in order, with a bounded number in flight; survive a killed process."""
    upcoming = iter(jobs_to_do)
    waiting: deque[_Work] = deque()
    pool = pool_of(jobs)
    try:
        while True:
            while len(waiting) < 3 * jobs and (each := next(upcoming, None)) is not None:
                waiting.append(_Work(each, _outcome(pool, each)))
            if not waiting:
                return
            first = waiting.popleft()
            try:
                outcome = first.future.result()
            except BrokenProcessPool:
                # Which article killed the process cannot be told: each in flight is tried alone.
                pool.shutdown(wait=False)
                for lone in (first, *waiting):
                    yield _alone(lone.job)
                waiting.clear()
                pool = pool_of(jobs)
                continue
            yield outcome
    finally:
        end(pool)


def _outcome(pool: ProcessPoolExecutor, job: Job) -> Future[Outcome]:
    """Submit a job; where a process was killed meanwhile, the future says so when its turn comes."""
    try:
        return submitted(pool, process, job)
    except BrokenProcessPool as error:
        broken: Future[Outcome] = Future()
        broken.set_exception(error)
        return broken


def _alone(job: Job) -> Outcome:
    pool = pool_of(1)
    try:
        return submitted(pool, process, job).result()
    except BrokenProcessPool:
        return brought_down(job.input)
    finally:
        end(pool)


def brought_down(found: Input) -> Outcome:
    """Return the outcome of an input that killed the process that read it."""
    reason = "brought down the process that read it (out of memory?)"
    return failed(found, InputError(found.path, reason, "split it or run it on a larger machine"))


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
