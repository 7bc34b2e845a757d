"""Two claims of two articles that say something alike of one subject, without being the same.

What both articles are about all along (the names of their heads, the words of their titles) tells nothing
here, else every two claims of one election would be related.
"""

from typing import Protocol

from briefs.domain.relations import Aspect, Relation
from briefs.steps.relate.bodies import bodies
from briefs.steps.relate.head import Head
from briefs.steps.relate.notes import relation
from briefs.steps.relate.profile import Profile

LEAST = 3
"""So many telling terms two claims of one subject share."""
_ENOUGH = 4
_SHARE = 0.6
_OF_LONGER = 0.25
_NEARLY_ALL = 0.8
_NOTE = "They share a subject and much of their wording; they need not be one claim."


class Said(Protocol):
    """What a claim says, as far as its subject goes."""

    @property
    def telling(self) -> frozenset[str]:
        """Return the terms that say what it is about."""

    @property
    def named(self) -> frozenset[str]:
        """Return the terms of its names."""

    @property
    def stock(self) -> bool:
        """Tell whether any article may say it."""


class Around(Protocol):
    """What the article of a claim is about all along."""

    @property
    def names(self) -> frozenset[str]:
        """Return the terms of its names."""

    @property
    def title(self) -> frozenset[str]:
        """Return the terms of its title."""


def on_topic(pair: tuple[Profile, Profile], first: Head, second: Head) -> Relation | None:
    """Return that two claims say something alike of one subject; none where they only share words."""
    if first.id == second.id or not of_one_subject(pair[0], pair[1], first, second):
        return None
    return relation(pair, "related", Aspect.TOPIC, _NOTE)


def of_one_subject(one: Said, other: Said, first: Around, second: Around) -> bool:
    """Tell whether two claims of two articles say something alike of one subject."""
    shared = one.telling & other.telling
    if len(shared) < LEAST or one.stock or other.stock:
        return False
    if _of_other_names(one.named, other.named):
        return False
    known = (first.names | first.title) & (second.names | second.title)
    known |= one.named | other.named
    fewer, more = sorted((len(one.telling - known), len(other.telling - known)))
    telling = len(shared - known)
    if telling < LEAST or telling < _SHARE * fewer or telling < _OF_LONGER * more:
        return False
    return telling >= _ENOUGH or (telling >= _NEARLY_ALL * fewer and telling * 2 >= more)


def _of_other_names(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether both give names and share none but what such bodies are called: "Board", "Agency"."""
    if not one or not other:
        return False
    shared = (one & other) - bodies()
    return not shared and bool(one - other - bodies() or other - one - bodies() or one.isdisjoint(other))
