"""Names of bodies: what tells one of them, and what every one of its kind is called."""

from functools import cache

from briefs.data import load
from briefs.language.terms import content


def calling(name: str) -> str:
    """Return the term that tells a name: its last one that is no class noun of bodies; "" if there is none.

    "Danuta Rósza" is told by "rósza", "the Orla Board" by "orla": every place has a board.
    """
    return next((term for term in reversed(content(name)) if term not in bodies()), "")


@cache
def bodies() -> frozenset[str]:
    """Return the terms of what bodies are called: "board", "agency"."""
    return frozenset(term for word in load("relating")["bodies"] for term in content(word))
