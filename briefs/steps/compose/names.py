"""The checklist of names: persons, bodies and places with their spellings, for one look-up each."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from briefs.domain.brief import NameEntry
from briefs.domain.scan import Entity
from briefs.steps.compose.phrases import words
from briefs.steps.compose.reading import Reading, demonyms, flat

LABELS = ("PERSON", "ORG", "PLACE", "EVENT", "LAW", "WORK")
MOST_PLACES = 50
NEAR = 0.82
"""Likeness (Ratcliff and Obershelp) from which spellings may be one name; "Sorokin"–"Sorokyn" has 0.86."""
_BUCKET = 3
"""Letters that two near spellings share at the start of a word: only such pairs are compared."""


def checklist(reading: Reading) -> tuple[NameEntry, ...]:
    """Return the names worth checking, in the order in which the article first uses them."""
    groups: dict[str, list[Entity]] = {}
    for entity in reading.entities.all:
        if entity.label in LABELS and _is_name(entity.name):
            groups.setdefault(flat(entity.name), []).append(entity)
    merged = _merge(groups)
    entries = [_entry(reading, names, groups) for names in merged]
    kept = [e for e in entries if e.name not in demonyms() or e.variants]
    return tuple(sorted(kept, key=lambda e: e.places[0].start))


def _is_name(name: str) -> bool:
    return any(letter.isalpha() for letter in name) and name.lower() not in words("vague")


def _entry(reading: Reading, names: list[str], groups: dict[str, list[Entity]]) -> NameEntry:
    entities = sorted((e for n in names for e in groups[n]), key=lambda e: e.start)
    best = max(names, key=lambda n: (len(groups[n]) > 0, len(n.split()), len(groups[n]), n))
    written = [flat(e.of(reading.text)) for e in entities]
    variants = tuple(v for v in dict.fromkeys([*written, *names]) if v and v != best)
    role = next((e.role for e in entities if e.role), None)
    return NameEntry(
        name=best,
        variants=variants,
        role=flat(role) if role else None,
        places=tuple(e.place for e in entities[:MOST_PLACES]),
    )


def _merge(groups: dict[str, list[Entity]]) -> list[list[str]]:
    """Join names that are one: a surname alone with the full name, and near spellings."""
    parent = {name: name for name in groups}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in _pairs(groups):
        if _same(one, other, groups):
            parent[root(other)] = root(one)
    joined: dict[str, list[str]] = {}
    for name in groups:
        joined.setdefault(root(name), []).append(name)
    return list(joined.values())


def _pairs(groups: dict[str, list[Entity]]) -> Iterable[tuple[str, str]]:
    """Yield pairs of names whose last words start alike; bounded, so that this stays linear."""
    buckets: dict[str, list[str]] = {}
    for name in groups:
        # Two names of one country ("Peking", "Beijing") need not look alike.
        last = demonyms().get(name) or _plain(name.split()[-1])[:_BUCKET]
        buckets.setdefault(last, []).append(name)
    for names in buckets.values():
        for place, one in enumerate(names):
            for other in names[place + 1 : place + 13]:
                yield one, other


def _same(one: str, other: str, groups: dict[str, list[Entity]]) -> bool:
    labels = {e.label for e in groups[one][:3]} | {e.label for e in groups[other][:3]}
    if one in demonyms() or other in demonyms():
        country = demonyms().get(one)
        spelt = country == demonyms().get(other) and country not in {one, other} and one[0] == other[0]
        return spelt and labels == {"PLACE"}
    if len(labels) > 1:
        return False
    short, long = sorted((_plain(one).split(), _plain(other).split()), key=len)
    if not short or not long:
        return False
    if labels == {"PERSON"} and len(short) == 1 and len(long) > 1:
        return _near(short[0], long[-1])
    if len(short) != len(long):
        return False
    return all(_near(a, b) for a, b in zip(short, long, strict=True))


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or any(c.isdigit() for c in one + other):
        return False
    return SequenceMatcher(None, one, other).ratio() >= NEAR


def _plain(name: str) -> str:
    """Return `name` in lower case without accents, possessive or hyphens, for comparing only."""
    bare = unicodedata.normalize("NFKD", name.lower().removesuffix("'s").removesuffix("’s"))
    return "".join(c for c in bare if c.isalnum() or c.isspace())
