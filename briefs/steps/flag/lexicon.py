"""The word lists of the flags, loaded once, and the patterns made of them."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from briefs.data import load


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of the flags' data file."""
    return frozenset(load("flags")[name])


@cache
def phrase_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern for any phrase of one list of the flags' data file, longest first."""
    return re.compile(rf"\b(?:{alternatives(words(name))})\b", re.IGNORECASE)


@cache
def counts() -> dict[str, int]:
    """Return the words that count a few days, weeks, months or years, articles among them."""
    numbers = load("numbers")
    return {"a": 1, "an": 1, **numbers["units"], **numbers["teens"]}


def count(word: str) -> int:
    """Return the number that digits or one of the `counts` stand for."""
    return int(word) if word.isdecimal() else counts()[word.lower()]


@cache
def ordinals() -> dict[str, int]:
    """Return the ordinals of years that news spells out."""
    return dict(load("flags")["ordinals"])


class Measure(NamedTuple):
    """What a unit measures, and how much of the base unit it is."""

    of: str
    size: float


@cache
def lengths() -> dict[str, Measure]:
    """Return the units that news gives in two systems, each with its size."""
    return {
        name: Measure(measured, size)
        for measured, units in load("flags")["conversions"].items()
        for name, size in units.items()
    }


@cache
def months() -> tuple[str, ...]:
    """Return the names of the months in full, January first."""
    return tuple(names[0] for names in load("dates")["months"])


def weekdays() -> tuple[str, ...]:
    """Return the names of the days of the week in full, Monday first, as `date.weekday` counts them."""
    return tuple(load("dates")["weekdays"])


@cache
def event_families() -> tuple[re.Pattern[str], ...]:
    """Return a pattern a kind of event, for the beginnings of words that tell it."""
    return tuple(
        re.compile(rf"\b(?:{alternatives(family)})", re.IGNORECASE) for family in load("flags")["events"]
    )


@cache
def stopwords() -> frozenset[str]:
    """Return the words that stand for nothing by themselves, in lower case."""
    return frozenset(load("stopwords")["words"])


def alternatives(phrases: Iterable[str]) -> str:
    """Return phrases as the alternatives of a pattern, longest first."""
    return "|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase))))


_WORD = re.compile(r"[^\W_]{3,}")


def singular(noun: str) -> str:
    """Return the singular of a regular English noun in lower case; irregular ones stay as they are."""
    noun = noun.lower()
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def stems(text: str) -> frozenset[str]:
    """Return the content words of `text` without their commonest endings, in lower case."""
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in stopwords())


@cache
def time_stems() -> frozenset[str]:
    """Return the stems of words for times, the months among them."""
    return stems(" ".join((*words("times"), *months())))


def _stem(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
