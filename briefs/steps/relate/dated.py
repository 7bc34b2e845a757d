"""Which year, month, week or day of its course a text says that something is in."""

import re
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.language.terms import term


class Lasting(NamedTuple):
    """That something is in a numbered year, month, week or day of its course."""

    thing: str
    """Its term: "war"."""
    ordinal: int
    unit: str
    words: str
    """The words that say so, as they stand."""


def lasting(text: str) -> tuple[Lasting, ...]:
    """Return every "the war enters its fourth year" of a text."""
    if not any(unit in text for unit in ("year", "month", "week", " day")):
        return ()
    return tuple(
        Lasting(name, _number(found["nth"]), found["unit"].lower(), found.group())
        for pattern in (_enters(), _of())
        for found in pattern.finditer(text)
        if (name := term(found["thing"].lower()))
    )


@cache
def _ordinals() -> dict[str, int]:
    names: list[str] = load("dates")["ordinals"]
    return {name: place for place, name in enumerate(names, start=1)}


def _number(nth: str) -> int:
    return _ordinals().get(nth.lower()) or int(nth[:-2])


@cache
def _nth() -> str:
    return "|".join((*sorted(_ordinals(), key=len, reverse=True), r"\d{1,3}(?:st|nd|rd|th)"))


@cache
def _enters() -> re.Pattern[str]:
    return re.compile(
        r"\b(?P<thing>[^\W\d_]+)\s+(?:(?:has|have|is|are|now|just|already|soon)\s+){0,2}"
        r"(?:enter(?:s|ed|ing)?|in|into|reach(?:es|ed|ing)?|mark(?:s|ed|ing)?|beg(?:ins|an|inning|un))\s+"
        rf"(?:into\s+)?(?:its|their|the|a)\s+(?P<nth>{_nth()})\s+(?P<unit>year|month|week|day)\b",
        re.IGNORECASE,
    )


@cache
def _of() -> re.Pattern[str]:
    things = "|".join(load("relating")["lasting"])
    return re.compile(
        rf"\b(?:the|its)\s+(?P<nth>{_nth()})\s+(?P<unit>year|month|week|day)\s+of\s+"
        rf"(?:the|its|their|this)\s+(?:[^\W\d_]+\s+){{0,2}}?(?P<thing>{things})\b",
        re.IGNORECASE,
    )
