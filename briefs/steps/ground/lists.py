"""The word lists of `grounding.toml`, typed, and the words of a text as this step compares them."""

import re
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.proposals import LeaveReason

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W_]+)*|[^\W_]+")
_PLAIN = str.maketrans({"’": "'", "‘": "'"})


class Token(NamedTuple):
    """A word of a text with its place in that text; `key` is what is compared."""

    start: int
    end: int
    key: str


class Lists(NamedTuple):
    """The content of `grounding.toml`."""

    leave_out: dict[LeaveReason, str]
    nobody: frozenset[str]
    verbs: tuple[str, ...]
    before: tuple[str, ...]
    around: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    firms: frozenset[str]
    negations: frozenset[str]
    hedges: frozenset[str]
    date_leads: frozenset[str]
    stop: frozenset[str]


@cache
def lists() -> Lists:
    """Return the lists, loaded once."""
    data = load("grounding")
    frames, pronouns, turning = data["frames"], data["pronouns"], data["turning"]
    return Lists(
        leave_out={LeaveReason(key): text for key, text in data["leave_out"].items()},
        nobody=frozenset(data["nobody"]["names"]),
        verbs=tuple(frames["verbs"]),
        before=tuple(frames["before"]),
        around=frozenset(frames["around"]),
        he=frozenset(pronouns["he"]),
        she=frozenset(pronouns["she"]),
        firms=frozenset(pronouns["firms"]),
        negations=frozenset(turning["negations"]),
        hedges=frozenset(turning["hedges"]),
        date_leads=frozenset(turning["date_leads"]),
        stop=frozenset(load("stopwords")["words"]),
    )


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of `text` in order, to be compared without regard to case or kind of apostrophe."""
    return tuple(
        Token(match.start(), match.end(), match.group().translate(_PLAIN).lower())
        for match in _TOKEN.finditer(text)
    )


def keys(text: str) -> tuple[str, ...]:
    """Return the words of `text` as they are compared."""
    return tuple(token.key for token in tokens(text))


def without_possessive(key: str) -> str:
    """Return a word without its possessive ending."""
    return key.removesuffix("'s").removesuffix("'")
