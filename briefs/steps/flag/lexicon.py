"""The word lists of the flags, loaded once, and the patterns made of them."""

import re
from functools import cache

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
def numbers(name: str) -> dict[str, int]:
    """Return one table of number words of the flags' data file."""
    return dict(load("flags")[name])


@cache
def months() -> tuple[str, ...]:
    """Return the names of the months, January first."""
    return tuple(load("flags")["months"])


@cache
def event_families() -> tuple[re.Pattern[str], ...]:
    """Return a pattern a kind of event, for the beginnings of words that tell it."""
    return tuple(
        re.compile(rf"\b(?:{alternatives(frozenset(family))})", re.IGNORECASE)
        for family in load("flags")["events"]
    )


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(load("stopwords")["words"])


def alternatives(phrases: frozenset[str] | tuple[str, ...]) -> str:
    """Return phrases as the alternatives of a pattern, longest first."""
    return "|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase))))


_WORD = re.compile(r"[^\W_]{3,}")


def singular(noun: str) -> str:
    """Return the singular of a regular English noun in lower case; irregular ones stay as they are."""
    noun = noun.lower()
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def stems(text: str) -> frozenset[str]:
    """Return the content words of `text` without their commonest endings, in lower case."""
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in _stopwords())


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
