"""Names as keys: one key for the forms of one name, and how near two names are."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from briefs.data import load
from briefs.text.sketch import plain
from briefs.text.stems import stem

LONGEST = 120
"""Characters of a name that are shown; a hostile article may have names of any length."""
_READ = 400
_WORD = re.compile(r"[^\W_]+")
_OWNING = re.compile(r"['’]s?(?=\s|$)")
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
"""Letters that decomposition leaves whole (Unicode Standard Annex 15)."""


class _Lists(NamedTuple):
    titles: frozenset[str]
    suffixes: dict[str, str]
    stop: frozenset[str]
    common: frozenset[str]
    spellings: dict[str, str]
    sounds: tuple[tuple[str, str], ...]
    cyrillic: dict[int, str]
    countries: dict[str, str]
    outlets: frozenset[tuple[str, ...]]
    outlet_marks: frozenset[str]


@cache
def _lists() -> _Lists:
    roles, data = load("roles"), load("origins")
    titles = roles["titles"]
    countries: dict[str, str] = {}
    for country, others in load("countries")["names"].items():
        for each in (country, *others):
            countries.setdefault(" ".join(words(each)), country)
    return _Lists(
        titles=frozenset(
            each.rstrip(".") for group in ("male", "female", "either") for each in titles[group]
        ),
        suffixes=data["suffixes"],
        stop=frozenset(load("stopwords")["words"]) | {"s"},
        common=frozenset(data["common_words"]),
        spellings=data["spellings"],
        sounds=tuple(sorted(data["sounds"].items(), key=lambda pair: (-len(pair[0]), pair[0]))),
        cyrillic=str.maketrans(data["cyrillic"]),
        countries=countries,
        outlets=frozenset(outlet_words(each) for each in roles["media"]["names"]),
        outlet_marks=frozenset(plain(each) for each in roles["media"]["marks"]),
    )


def shown(name: str) -> str:
    """Return a name for people: in one line, with straight apostrophes, a very long one cut."""
    kept = "".join(c if c.isprintable() else " " for c in name[: LONGEST * 4])
    line = " ".join(kept.replace("’", "'").split())
    if not line:
        return "somebody whose name cannot be read"
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def readable(name: str) -> bool:
    """Tell whether a name has anything in it that a person could read."""
    return any(c.isprintable() and not c.isspace() for c in name[:_READ])


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """Return a name's words in lower case, without accents and genitives."""
    return tuple(_WORD.findall(plain(_OWNING.sub("", name[:_READ])).translate(_LETTERS)))


@cache
def suffixes() -> frozenset[str]:
    """Return what stands behind a name to tell a son from his father, in its short form: "jr"."""
    return frozenset(_lists().suffixes.values())


def outlet_words(name: str) -> tuple[str, ...]:
    """Return an outlet's words: "The Orla Courier" and "Orla Courier" are one."""
    found = words(name)
    return found[1:] if len(found) > 1 and found[0] == "the" else found


def outlet(name: str) -> bool:
    """Tell whether a name is an outlet's, as far as the word lists know."""
    found = outlet_words(name)
    marked = bool(found) and any(c.isupper() for c in name) and found[-1] in _lists().outlet_marks
    return marked or found in _lists().outlets


@lru_cache(maxsize=20_000)
def person(name: str) -> tuple[str, ...]:
    """Return a person's words without forms of address; a "Jr." stays, since a father has the same name."""
    found = [_lists().suffixes.get(each, each) for each in words(name)]
    while len(found) > 1 and found[0] in _lists().titles:
        del found[0]
    return tuple(found)


@lru_cache(maxsize=20_000)
def body(name: str) -> frozenset[str]:
    """Return a body's telling words, in no order: "Ministry of Trade" is "the Trade Ministry".

    A country and its adjective are one word; so are British and American spellings.
    """
    lists = _lists()
    found = [each for each in words(name) if each not in lists.stop]
    telling: list[str] = []
    place = 0
    while place < len(found):
        for length in (3, 2, 1):
            country = lists.countries.get(" ".join(found[place : place + length]))
            if country:
                telling.append("@" + country)
                place += length
                break
        else:
            word = found[place]
            telling.append(lists.spellings.get(word, word))
            place += 1
    rare = [each for each in telling if each not in lists.common]
    kept = rare if len(rare) > 1 else telling
    return frozenset(each if each.startswith("@") else stem(each) for each in kept)


def countries(name: str) -> frozenset[str]:
    """Return the countries that a name, role or description names."""
    return frozenset(each for each in body(name) if each.startswith("@"))


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Return what the romanisations of one word have in common: "Bezouglya" and "Bezuhla" are "bezuhla"."""
    lists = _lists()
    rest = plain(word.casefold().translate(lists.cyrillic))
    heard = []
    while rest:
        for letters, stand_in in lists.sounds:
            if rest.startswith(letters):
                heard.append(stand_in)
                rest = rest[len(letters) :]
                break
        else:
            heard.append(rest[0])
            rest = rest[1:]
    once = [each for place, each in enumerate(heard) if place == 0 or heard[place - 1] != each]
    return "".join(once)


def near_words(one: str, other: str) -> bool:
    """Tell whether two words may be spellings of one name."""
    if one == other:
        return True
    first, second = sound(one), sound(other)
    if first == second:
        return True
    shortest = min(len(first), len(second))
    allowed = 0 if shortest < 5 else 1 if shortest < 9 else 2
    return DamerauLevenshtein.distance(first, second, score_cutoff=allowed) <= allowed
