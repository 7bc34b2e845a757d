"""Worker processes: what is handed to a pool that has just lost a process is done all the same."""

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from briefs.pipeline import processes
from briefs.pipeline.one import given_by_user
from briefs.pipeline.work import Job, Outcome, Wanted, failed
from briefs.readers.inputs import Input


class _Pool:
    """Stands for a pool: the third job finds it broken, as when the system kills a process in between."""

    made = 0

    def __init__(self) -> None:
        type(self).made += 1
        self._processes: dict[int, object] = {}
        self.left = 2 if self.made == 1 else 1000

    def submit(self, _: object, job: Job) -> "Future[Outcome]":
        if not self.left:
            raise BrokenProcessPool("a process was killed")
        self.left -= 1
        future: Future[Outcome] = Future()
        future.set_result(failed(job.input, ValueError("read")))
        return future

    def shutdown(self, **_: bool) -> None:
        """Stop nothing."""


def test_a_pool_that_breaks_between_two_jobs_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects a long run: a worker killed while the next article is handed out must not stop it."""
    monkeypatch.setattr(_Pool, "made", 0)
    monkeypatch.setattr(processes, "pool_of", lambda _: _Pool())
    given = given_by_user("published", None, None)
    inputs = [Input(kind="file", path=f"{n}.txt", id=f"{n}.txt") for n in range(9)]
    jobs = [Job(each, given, Wanted(("md",))) for each in inputs]
    done = [each.input.path for each in processes.in_processes(jobs, 1)]
    assert done == [f"{n}.txt" for n in range(9)]
    assert _Pool.made > 1
