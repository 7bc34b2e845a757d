"""What `--on` says: a Ray of this run's own, or a cluster that is there."""

import re
from typing import NamedTuple

from briefs.errors import ConfigError
from briefs.llm.plan import Plan

_PLACE = re.compile(r"(?P<host>[^\s:/@\[\]]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})")
_ADVICE = "give ray (one is started here), ray://HOST:PORT (a cluster's client port) or HOST:PORT (its head)"


class Address(NamedTuple):
    """Where a run's articles are worked on."""

    given: str
    """As `ray.init` takes it; "local" for a Ray of the run's own."""
    host: str = ""
    port: int = 0

    @property
    def own(self) -> bool:
        """Tell whether the run starts Ray itself."""
        return self.given == "local"

    def sentence(self, plan: Plan) -> str:
        """Return where articles go, for the first line of a run, in place of what the engine alone says."""
        if self.own:
            return f"{plan.sentence} Articles are read by Ray on this computer."
        cluster = f"the Ray cluster at {self.given.removeprefix('ray://')}"
        if plan.offline:
            return (
                f"Engine: offline. No model is asked. Articles are read on {cluster}: their text goes there."
            )
        engine = f"Engine: {plan.spec.id}." if plan.spec.kind == "local" else plan.sentence
        return (
            f"{engine} Articles are read on {cluster}: their text goes there, and calls are made from there."
        )


def address(given: str) -> Address:
    """Return what a person gave after --on; raises ConfigError where it is neither Ray nor an address."""
    if given in {"ray", "ray://"}:
        return Address("local")
    place = _PLACE.fullmatch(given.removeprefix("ray://"))
    if place is None or not 0 < int(place["port"]) < 65_536:
        raise ConfigError(f"--on {given!r}: is no address; {_ADVICE}")
    return Address(given, place["host"].strip("[]"), int(place["port"]))
