"""Where articles are worked on: processes of this machine, or a cluster. Who hands out work need not know."""

from typing import Protocol

from briefs.pipeline.work import Job
from briefs.pipeline.worker import Executor
from briefs.readers.inputs import Loaded


class Site(Protocol):
    """A place that has workers, and what must be handed to them because they cannot read it there."""

    def executor(self, *, lone: bool = False) -> Executor:
        """Start what does one worker's work; a `lone` one is there beside the run's own, for a moment."""

    def content(self, job: Job) -> Loaded | None:
        """Return what is in a job's input where a worker there cannot read it; none where it can.

        Raises InputError when it cannot be read here either.
        """
