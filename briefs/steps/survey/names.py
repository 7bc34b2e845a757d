"""Who is meant, whatever the words: "the press office of the Ministry of Health", "the health ministry"."""

import re
from collections.abc import Callable
from functools import cache

from briefs.data import load

Canonical = Callable[[str], str]
"""Gives the name that a name is known under; itself, where nothing is known of it."""
_POSSESSIVE = re.compile(r"[’'](?:s\b|(?=\s|$))")
_WORD = re.compile(r"[^\W_]+(?:[.&-][^\W_]+)*")
_OFFICES = re.compile(
    r"(?:the )?(?:(?:press|news) (?:office|desk)|spokes\w+) (?:of|for) (?P<body>.+)"
    r"|(?P<owner>.+?)[’'](?:s)? (?:press )?office",
    re.IGNORECASE,
)
"""Where somebody is rung: the body or person behind it."""


def one_name(name: str) -> str:
    """Return a name in one form: lower case, straight, without an article before it."""
    words = _POSSESSIVE.sub("", name.replace("’", "'")).casefold().split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) and len(words) > 1 else words)


def behind(asked: str) -> str:
    """Return whom a press office, a news desk, a spokesperson or somebody's office speaks for."""
    match = _OFFICES.fullmatch(asked)
    return asked if match is None else match["body"] or match["owner"]


def key(name: str, canonical: Canonical) -> str:
    """Return what is the same for all forms of a body's or person's name.

    Order, small words, spelling variants and a country's adjective do not matter.
    """
    known = canonical(behind(name))
    words = _WORD.findall(_POSSESSIVE.sub("", _countries_named(known)).casefold())
    lists = _lists()
    kept = {lists.spellings.get(word, word) for word in words if word not in lists.small}
    return " ".join(sorted(kept)) or one_name(known)


def is_general(name: str) -> bool:
    """Tell whether words name an office that every place has: "the council", "the health authority"."""
    words = _WORD.findall(_POSSESSIVE.sub("", behind(name)))
    lists = _lists()
    return all(w[:1].islower() or w.casefold() in lists.general for w in words)


class _Lists:
    def __init__(self) -> None:
        given = load("story")
        self.small = frozenset(given["small"])
        self.general = frozenset(given["general"]) | self.small
        self.spellings: dict[str, str] = {
            variant: word for word, variants in given["spellings"].items() for variant in variants
        }


@cache
def _lists() -> _Lists:
    return _Lists()


@cache
def _adjectives() -> dict[str, str]:
    """Return the adjective of each country, which the list has first, to the country."""
    return {words[0]: country for country, words in load("countries")["names"].items()}


@cache
def _any_adjective() -> re.Pattern[str]:
    words = sorted(_adjectives(), key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def _countries_named(name: str) -> str:
    """Return a name with the adjectives of countries replaced by the countries."""
    return _any_adjective().sub(lambda match: _adjectives()[match.group()], name)
