"""Work on a cluster: Ray, an engine that is there, behind the site that `briefs.pipeline` hands work to.

    driver (the command) ──┬── reading actors: parser and rules, one article at a time each
                           └── one asking actor: client of the model, limits of a minute, cassettes

The driver reads inputs, keeps meter, budget and call cache, and alone writes outputs. Ray is imported here
and nowhere else, and only where --on is given.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from briefs.cluster.address import Address, address

if TYPE_CHECKING:
    from briefs.cluster.site import RaySite
    from briefs.llm.engines import Engine

__all__ = ["Address", "address", "site_on"]


@contextmanager
def site_on(
    place: Address, workers: int, *, engine: "Engine | None" = None, library: Path | None = None
) -> "Iterator[RaySite]":
    """Give the site of a run on Ray, for `workers` reading actors; the engine's calls are made there too.

    `library` is the index of evidence that jobs name. Raises ConfigError where Ray is not installed, does not
    start or is not reached.
    """
    from briefs.cluster.connection import connected  # noqa: PLC0415 - imports Ray
    from briefs.cluster.site import RaySite  # noqa: PLC0415

    with connected(place, workers) as cluster:
        needs = [] if library is None else [library]
        if engine is not None:
            from briefs.cluster.model import AskerElsewhere  # noqa: PLC0415 - the model room

            engine.move(AskerElsewhere(cluster, engine))
            needs.extend([] if engine.prompts is None else [engine.prompts])
        yield RaySite(cluster, needs)
