"""Which of Ray's errors mean that a worker is lost, and how to wait for what it gives."""

from collections.abc import Awaitable
from typing import Any

from briefs.pipeline.worker import WorkerLostError


async def result_of(reference: Awaitable[Any]) -> Any:
    """Return what an actor's method gives; raises WorkerLostError when the actor died before.

    What the method itself raised is raised here.
    """
    from ray.exceptions import (  # noqa: PLC0415 - where there is an actor, there is Ray
        ActorDiedError,
        ObjectLostError,
        RayError,
        RayTaskError,
    )

    try:
        return await reference
    except RayTaskError as error:
        raise error.cause from None
    except ActorDiedError as error:
        if error.actor_init_failed:
            raise NotLoadableError(_last_line(str(error))) from None
        raise WorkerLostError(machine=error.preempted or "node has died" in str(error)) from None
    except ObjectLostError:
        raise WorkerLostError(machine=True) from None
    except RayError:  # out of memory, unreachable, crashed
        raise WorkerLostError from None


class NotLoadableError(Exception):
    """An actor could not even be made: there is no briefs on its machine, or one that cannot be imported."""


def _last_line(trace: str) -> str:
    lines = [line.strip() for line in trace.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "no reason is given"
