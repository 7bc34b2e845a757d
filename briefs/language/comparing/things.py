"""What figures count: whether it is one thing, a part of it, another measure of it, or something else."""

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from briefs.data import load
from briefs.domain.scan import Quantity
from briefs.text.stems import stem

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[%°]")
_OF_WHAT = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]|[^\W\d_]+")
_OF = re.compile(r"\s(?:of|in|from|for|by|who|that|per|at|on|with)\s", re.IGNORECASE)
Kind = Literal["people", "files", "money", "percent", "measure", "thing", "unsaid"]


class Thing(NamedTuple):
    """What a figure counts."""

    kind: Kind
    head: str
    """Stem of the noun, the name of its group of people, a currency or a unit of measure."""
    wider: frozenset[str] = frozenset()
    """Groups of people that it belongs to."""
    extra: frozenset[str] = frozenset()
    """Stems of the words that narrow it: "criminal", "night-shift"."""
    of: frozenset[str] = frozenset()
    """Stems of what a share is of, or a rate is per."""


class Counted(StrEnum):
    """How what two figures count stands to each other."""

    SAME = "same"
    WIDER = "wider"
    """All that the other counts belongs to what the first counts."""
    NARROWER = "narrower"
    MEASURE = "measure"
    """People by one, what is filed about them by the other, or two kinds of files."""
    UNKNOWN = "unknown"
    """One of them does not say what it counts, or a share does not say of what."""
    APART = "apart"


def thing_of(quantity: Quantity) -> Thing:
    """Return what a figure counts, read from its unit and denominator."""
    return _thing(quantity.kind, quantity.unit, quantity.denominator)


@lru_cache(maxsize=50_000)
def _thing(kind: str, unit: str | None, denominator: str | None) -> Thing:
    of = frozenset(_stems(denominator)) if denominator else frozenset()
    if kind in ("ordinal", "score", "multiple"):
        return Thing("thing", f"#{kind}", of=of)
    if unit is None:
        return Thing("unsaid", "", of=of)
    if kind == "percent":
        share = "%" if unit in ("%", "share") else unit
        return Thing("percent", share, of=of)
    if kind == "money":
        return Thing("money", unit.lower() if unit.islower() else unit, of=of)
    if kind == "measure":
        return Thing("measure", _measures().get(unit.lower(), stem(unit.lower())), of=of)
    return _counted(unit, of)


def compare_things(one: Thing, other: Thing) -> Counted:
    """Compare what two figures count; swapped, only WIDER and NARROWER change places."""
    kinds = {one.kind, other.kind}
    if len(kinds) > 1:
        unsaid = "unsaid" in kinds and kinds <= {"unsaid", "people", "files", "thing"}
        return Counted.UNKNOWN if unsaid else Counted.MEASURE if kinds == _COUNTED else Counted.APART
    if one.kind == "percent":
        return _of_shares(one, other)
    if one.kind == "unsaid" or one.of != other.of:
        return Counted.UNKNOWN if one.of == other.of else Counted.APART
    if one.kind == "people" or one.head == other.head:
        return _of_people(one, other)
    return Counted.MEASURE if one.kind == "files" else Counted.APART


_COUNTED = {"people", "files"}


def _of_shares(one: Thing, other: Thing) -> Counted:
    if one.head != other.head:
        return Counted.APART
    if not (one.of and other.of):
        return Counted.UNKNOWN
    return Counted.SAME if one.of <= other.of or other.of <= one.of else Counted.APART


def _of_people(one: Thing, other: Thing) -> Counted:
    if one.head == other.head:
        return _narrowed(one, other)
    if other.head in one.wider and not other.extra:
        return Counted.NARROWER
    if one.head in other.wider and not one.extra:
        return Counted.WIDER
    return Counted.APART


def _narrowed(one: Thing, other: Thing) -> Counted:
    if one.extra == other.extra:
        return Counted.SAME
    if one.extra < other.extra:
        return Counted.WIDER
    return Counted.NARROWER if other.extra < one.extra else Counted.APART


def _counted(unit: str, of: frozenset[str]) -> Thing:
    pieces = _OF.split(unit, maxsplit=1)
    words = [word.lower() for word in _WORD.findall(pieces[0]) if not _is_people_of_country(word)]
    behind = [word.lower() for word in _WORD.findall(pieces[1])] if len(pieces) > 1 else []
    lists = _lists()
    if words and behind and stem(words[-1]) in lists.holders:
        words, behind = behind, []
    if not words:
        return Thing("unsaid", "", of=of)
    group, taken = _group(words)
    rest = {stem(word) for word in (*words[:-taken], *behind)} - lists.idle
    if group is not None:
        return Thing("people", group, lists.wider[group], frozenset(rest), of)
    head = stem(words[-1])
    return Thing("files" if head in lists.files else "thing", head, frozenset(), frozenset(rest), of)


def _group(words: list[str]) -> tuple[str | None, int]:
    """Return the group of people that the last words name, and how many words name it."""
    groups = _lists().groups
    for length in (2, 1):
        found = groups.get(tuple(stem(word) for word in words[-length:]))
        if found is not None and len(words) >= length:
            return found, length
    return None, 1


def _is_people_of_country(word: str) -> bool:
    """Tell whether a word only says whose they are: "Ukrainian soldiers" are soldiers."""
    return word[0].isupper() and word in _lists().countries


def _stems(text: str) -> set[str]:
    stop = _lists().stop
    return {stem(word.lower()) for word in _OF_WHAT.findall(text) if word.lower() not in stop}


@cache
def _measures() -> dict[str, str]:
    """Return the name of each measure by the lower-case ways to write it."""
    table: dict[str, list[str]] = load("units")["measures"]
    return {form.lower(): name for name, forms in table.items() for form in forms}


class _Lists:
    """The word lists, stemmed once."""

    def __init__(self) -> None:
        data = load("comparing")
        anyone = [*data["anyone"], *data["each_a_person"]]
        self.groups: dict[tuple[str, ...], str] = {(stem(word),): "anyone" for word in anyone}
        self.wider: dict[str, frozenset[str]] = {"anyone": frozenset()}
        for name, group in data["groups"].items():
            above = group["within"]
            self.wider[name] = frozenset({"anyone", *((above,) if above else ())})
            for word in group["words"]:
                self.groups[tuple(stem(part) for part in word.split())] = name
        self.files = frozenset(stem(word) for word in data["files"]["words"])
        self.holders = frozenset(stem(word) for word in data["files"]["holders"])
        self.idle = frozenset(stem(word) for word in data["files"]["idle"])
        names: dict[str, list[str]] = load("countries")["names"]
        self.countries = frozenset({*names, *(form for forms in names.values() for form in forms)})
        self.stop = frozenset(load("stopwords")["words"])


@cache
def _lists() -> _Lists:
    return _Lists()
