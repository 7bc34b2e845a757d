"""A cluster as the place where articles are worked on: each worker is a reading actor.

The driver reads files and standard input and sends what is in them: no machine of the cluster needs its disk.
Pages from the web are fetched by the workers.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from briefs.cluster.connection import Cluster
from briefs.cluster.losses import NotLoadableError, result_of
from briefs.cluster.make import difference, make
from briefs.cluster.reader import Bundle, Introduction, Reader
from briefs.errors import where_raised
from briefs.pipeline.work import Job
from briefs.pipeline.worker import Executor, NoRoomError, UnfitWorkerError, WorkerLostError
from briefs.readers.inputs import Loaded, load

ResultT = TypeVar("ResultT")

PATIENCE = 600.0
"""Seconds that a run waits for the first worker: a cluster may have to start machines."""


class RaySite:
    """The workers of a run on a cluster; `needs` are files and folders that jobs name by their paths."""

    def __init__(self, cluster: Cluster, needs: Iterable[Path] = ()) -> None:
        self._cluster = cluster
        self._reader = cluster.ray.remote(Reader)
        self._bundles = tuple(Bundle.of(each) for each in needs)
        self._sent: dict[Bundle, Any] = {}

    def executor(self, *, lone: bool = False) -> Executor:
        """Start an actor; a `lone` one is there beside the run's own, on nobody's account."""
        # No restarts by Ray: a new actor would know nothing of the drafts that the old one held.
        options = {"num_cpus": 0 if lone else 1, "max_restarts": 0, "max_task_retries": 0}
        return _ActorExecutor(self, self._cluster, self._reader.options(**options).remote())

    def content(self, job: Job) -> Loaded | None:
        """Return what is in a file or standard input; raises InputError where it cannot be read."""
        return load(job.input) if job.input.kind in {"file", "stdin"} else None

    @property
    def bundles(self) -> tuple[Bundle, ...]:
        """Return what work needs of the driver's disk."""
        return self._bundles

    def contents(self, bundle: Bundle) -> Any:
        """Return a reference to what is in a bundle, put into the cluster once for all its machines."""
        if bundle not in self._sent:
            self._sent[bundle] = self._cluster.ray.put(bundle.contents())
        return self._sent[bundle]


class _ActorExecutor:
    """A reading actor, which loads what the work needs as it starts."""

    def __init__(self, site: RaySite, cluster: Cluster, actor: Any) -> None:
        self._site, self._cluster, self._actor = site, cluster, actor

    async def ready(self) -> None:
        """Wait until the actor is there, is of our make and has what it needs."""
        try:
            await self._made_ready()
        except TimeoutError:
            raise NoRoomError(
                f"--on: no processor was free for {PATIENCE / 60:.0f} minutes; the cluster has "
                f"{self._cluster.processors()}; free some, or give fewer --jobs"
            ) from None
        except NotLoadableError as error:
            raise not_loadable(error) from None
        except (UnfitWorkerError, WorkerLostError):
            raise
        except Exception as error:
            raise UnfitWorkerError(
                f"--on: a worker of the cluster failed as it started ({where_raised(error)})"
            ) from error

    async def _made_ready(self) -> None:
        async with asyncio.timeout(PATIENCE):
            there = await result_of(self._actor.introduce.remote())
        check(there)
        for bundle in await result_of(self._actor.lacks.remote(self._site.bundles)):
            await result_of(self._actor.take.remote(bundle, self._site.contents(bundle)))

    async def run(self, work: Callable[..., ResultT], *arguments: object) -> ResultT:
        """Return what `work` gives in the actor; raises WorkerLostError when that died before."""
        try:
            done: ResultT = await result_of(self._actor.do.remote(work, arguments))
        except NotLoadableError:
            raise WorkerLostError from None
        return done

    def end(self) -> None:
        """Stop the actor, whatever it is at."""
        with suppress(Exception):  # there may be no cluster any more
            self._cluster.ray.kill(self._actor)


def not_loadable(error: NotLoadableError) -> UnfitWorkerError:
    """Return the error of a machine that has no briefs, or none that runs."""
    return UnfitWorkerError(
        f"--on: a machine of the cluster cannot load briefs ({error}); "
        f"install briefs {make().briefs} on every machine"
    )


def check(there: Introduction) -> None:
    """Raise UnfitWorkerError where a worker is of another make: its briefs would not be ours."""
    if (differs := difference(make(), there.make)) is not None:
        raise UnfitWorkerError(
            f"--on: {there.machine.name} {differs}; install the same on every machine of the cluster"
        )
