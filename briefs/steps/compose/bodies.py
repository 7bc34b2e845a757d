"""The bodies that an article names, found by their words and their country without looking at each."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from briefs.domain.scan import Entity
from briefs.text.names_within import NamesWithin

_WORD = re.compile(r"[a-z]+")
_OWNER = re.compile(r"([A-Z]\w+['’]s)\s$")
CountriesOf = Callable[[str], list[str]]
"""Gives the countries that words name, in order."""


class Called(NamedTuple):
    """The bodies that have one of some words in their names."""

    numbers: frozenset[int]
    first_of: dict[str, int]
    """By country the first of them."""


class Bodies:
    """An article's bodies, each name once; their numbers are in the order in which it first names them."""

    def __init__(self, text: str, bodies: Sequence[Entity], countries_of: CountriesOf) -> None:
        """Take the article's text, the bodies, and what tells the countries that words name."""
        self._text, self.all, self._countries_of = text, tuple(bodies), countries_of
        self._groups: dict[frozenset[str], Called] = {}
        self._names = NamesWithin(body.name for body in self.all)

    def within(self, words: str) -> list[int]:
        """Return the numbers of the bodies whose names stand in `words`, in order."""
        return sorted(set(self._names.of(words)))

    def called(self, names: frozenset[str]) -> Called:
        """Return the bodies that have one of these words (in lower case) in their names."""
        if names not in self._groups:
            numbers = [n for n, body in enumerate(self.all) if names & words_of(body.name)]
            first_of: dict[str, int] = {}
            for number in numbers:
                for country in self._home(number)[:1]:
                    first_of.setdefault(country, number)
            self._groups[names] = Called(frozenset(numbers), first_of)
        return self._groups[names]

    def owner(self, number: int) -> str | None:
        """Return the name in the genitive right before a body's: "Norway’s"."""
        start = self.all[number].start
        found = _OWNER.search(self._text, max(start - 40, 0), start)
        return found.group(1) if found else None

    def _home(self, number: int) -> list[str]:
        owner, name = self.owner(number), self.all[number].name
        return self._countries_of(f"{owner} {name}" if owner else name)


@lru_cache(maxsize=4096)
def words_of(name: str) -> frozenset[str]:
    """Return the words of a name in lower case."""
    return frozenset(_WORD.findall(name.lower()))
