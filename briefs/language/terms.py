"""The words that say what a text is about: stems, with countries and near-synonyms as one term each.

A country and its adjectives are one term that begins with "@" ("@ukraine"); near-synonyms of `synonyms.toml`
share one. No parse: plain words, so that claims, passages and titles are read alike.
"""

import re
from functools import cache, lru_cache

from briefs.data import load
from briefs.text.stems import stem

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PLAIN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")
"""The same for ASCII, in half the time."""
_OWNING = re.compile(r"['’]s?$")
_LONGEST = 400
"""Words of a text that are read; beyond lies no claim that anybody wrote."""
_KEPT = 50_000
"""So many different words cover a large archive's vocabulary in a few megabytes."""


def content(text: str) -> tuple[str, ...]:
    """Return the terms of a text in their order, with repetitions; stopwords and figures are left out."""
    found: list[str] = []
    words = (_PLAIN if text.isascii() else _WORD).findall(text)[:_LONGEST]
    begins = _begins()
    if begins.isdisjoint(words):
        return tuple(filter(None, map(term, words)))
    taken = 0
    for place, word in enumerate(words):
        if place < taken:
            continue
        country, length = _country(words, place) if word in begins else ("", 0)
        if country:
            found.append(country)
            taken = place + length
        elif each := term(word):
            found.append(each)
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def term(word: str) -> str:
    """Return the term of one word as it stands in a text; empty for a stopword, "" or a lone letter."""
    bare = _OWNING.sub("", word.lower().replace("’", "'"))
    lists = _lists()
    if word[0].isupper() and (country := countries().get((word.removesuffix("’s").removesuffix("'s"),))):
        return country
    if len(bare) < 2 or bare in lists.stop or word.lower().replace("’", "'") in lists.stop:
        return ""
    stemmed = stem(bare)
    return lists.classes.get(bare) or lists.classes.get(stemmed, stemmed)


def common(term: str) -> bool:
    """Tell whether a term is too common in news to say what a claim is about."""
    return term in _lists().common


def countless(term: str) -> bool:
    """Tell whether a term names a unit that anything can be counted in: people, years, crowns."""
    return term in _lists().units


def _country(words: list[str], place: int) -> tuple[str, int]:
    """Return the country that is named by the words of several from a place on, and how many they are."""
    for length in (3, 2):
        run = (
            *words[place : place + length - 1],
            _OWNING.sub("", words[min(place + length, len(words)) - 1]),
        )
        if country := countries().get(run):
            return country, length
    return "", 0


@cache
def _begins() -> frozenset[str]:
    """Return the first words of the names of countries that have several."""
    return frozenset(words[0] for words in countries() if len(words) > 1)


@cache
def countries() -> dict[tuple[str, ...], str]:
    """Return the terms of countries by the words, as written, that stand for them."""
    named: dict[str, list[str]] = load("countries")["names"]
    found: dict[tuple[str, ...], str] = {}
    for country, others in named.items():
        for each in (country, *others):
            found.setdefault(tuple(_WORD.findall(each)), "@" + country.lower().replace(" ", "-"))
    return found


class _Lists:
    """Word lists, stemmed once."""

    def __init__(self) -> None:
        lists, stop = load("synonyms"), load("stopwords")
        self.stop = frozenset(stop["words"]) | frozenset(stop["negations"])
        self.classes = {
            form: stem(line[0]) for line in lists["classes"] for word in line for form in (word, stem(word))
        }
        self.common = frozenset(self._term(word) for word in lists["common"])
        self.units = frozenset(self._term(word) for word in lists["units"])

    def _term(self, word: str) -> str:
        return self.classes.get(word) or self.classes.get(stem(word), stem(word))


@cache
def _lists() -> _Lists:
    return _Lists()
