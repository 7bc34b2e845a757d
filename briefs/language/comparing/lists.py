"""Which things and happenings of `comparing.toml` a rule is about."""

from functools import cache

from briefs.data import load


@cache
def listed(name: str) -> frozenset[str]:
    """Return the classes under a name of the list's `claims`: "tolls", "broad"; KeyError for another name."""
    return frozenset(load("comparing")["claims"][name])
