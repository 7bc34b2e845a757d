"""Whether two claims may relate, told from what an index keeps of each: without their words, in microseconds.

Sharing a key makes a pair, and of forty pairs in a large archive one or two are related. What is asked here
is what the rules of `judge` ask first, so that no pair is passed over that it would relate.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from briefs.domain.relations import IndexedArticle, IndexedClaim, Outline
from briefs.language.comparing.things import Counted, Kind, Thing, compare_things
from briefs.language.comparing.values import Agreement, Bounds, compare_bounds
from briefs.steps.relate.figures.reading import Figure, read
from briefs.steps.relate.head import head, of_one_title
from briefs.steps.relate.profile import profile
from briefs.steps.relate.topic import of_one_subject
from briefs.steps.relate.wording import overlap

_KEPT = 8_000
"""How many of each are kept as they were read."""
_SHARED = 2
_Flat = tuple[Kind, str, list[str], list[str], list[str]]


class _Head(NamedTuple):
    """What is asked of an article's head."""

    names: frozenset[str]
    title: frozenset[str]


class _Amount(NamedTuple):
    """What is asked of a figure."""

    thing: Thing
    event: str | None
    ahead: bool
    bounds: Bounds


class _Claim(NamedTuple):
    """What is asked of a claim."""

    content: frozenset[str]
    telling: frozenset[str]
    named: frozenset[str]
    places: frozenset[str]
    stock: bool
    lasting: bool
    extremes: bool
    denies: bool
    possible: bool
    figures: str
    """What `_amounts` reads."""


def head_outline(article: IndexedArticle) -> str:
    """Return what is kept of an article's head."""
    about = head(article)
    return _lines((about.names, about.title))


def outline(claim: IndexedClaim, article: IndexedArticle) -> str:
    """Return what is kept of a claim of an article."""
    seen = profile(claim)
    figures = read(claim, head(article).frame).figures
    words = (seen.content, seen.telling, seen.named, seen.places)
    flags = (seen.stock, seen.lasting, seen.extremes, seen.denied is not None, seen.possible)
    told = "".join("+" if each else "-" for each in flags)
    return f"{told}\n{_lines(words)}\n{json.dumps([_flat(each) for each in figures])}"


def may_relate(one: Outline, other: Outline) -> bool:
    """Tell whether two claims of two articles may relate; of each that do not, most are told from the rest.

    Symmetric. Raises ValueError, TypeError or LookupError for outlines that were made otherwise.
    """
    first, second = _head(one.head), _head(other.head)
    if first.names.isdisjoint(second.names) and not of_one_title(first.title, second.title):
        return False
    mine, theirs = _claim(one.claim), _claim(other.claim)
    if (mine.lasting and theirs.lasting) or overlap(mine.content, theirs.content):
        return True
    if mine.places and theirs.places and mine.places.isdisjoint(theirs.places):
        return False
    return _spoken(mine, theirs) or _counted(mine, theirs) or of_one_subject(mine, theirs, first, second)


def _spoken(one: _Claim, other: _Claim) -> bool:
    """Tell whether one may deny the other or call it possible, or both speak of a record."""
    if one.denies != other.denies or (one.extremes and other.extremes):
        return True
    return one.possible != other.possible and len(one.content & other.content) >= _SHARED


def _counted(one: _Claim, other: _Claim) -> bool:
    """Tell whether a figure of one claim may bear on one of the other."""
    return any(_bear(a, b) for a in _amounts(one.figures) for b in _amounts(other.figures))


def _bear(one: _Amount, other: _Amount) -> bool:
    """Tell whether two figures may bear on each other, by what they count, what happened and their values."""
    counted = compare_things(one.thing, other.thing)
    if counted is Counted.APART:
        return False
    if counted is Counted.MEASURE:
        return True
    told = one.event is not None and other.event is not None
    if counted is not Counted.UNKNOWN and ((told and one.event != other.event) or one.ahead != other.ahead):
        return False
    if compare_bounds(one.bounds, other.bounds) is Agreement.AGREES or one.bounds[:2] == other.bounds[:2]:
        return True
    return told and counted is not Counted.UNKNOWN and not one.ahead


def _flat(figure: Figure) -> list[object]:
    thing = figure.thing
    counted = [thing.kind, thing.head, *(sorted(each) for each in (thing.wider, thing.extra, thing.of))]
    return [counted, figure.event, figure.ahead, [*figure.bounds]]


def _lines(words: Iterable[frozenset[str]]) -> str:
    """Return terms a line; no term has a space in it."""
    return "\n".join(" ".join(sorted(each)) for each in words)


@lru_cache(maxsize=_KEPT)
def _head(text: str) -> _Head:
    names, title = text.split("\n")
    return _Head(frozenset(names.split()), frozenset(title.split()))


@lru_cache(maxsize=_KEPT)
def _claim(text: str) -> _Claim:
    flags, *words, figures = text.split("\n")
    content, telling, named, places = (frozenset(each.split()) for each in words)
    stock, lasting, extremes, denies, possible = (each == "+" for each in flags)
    return _Claim(
        content=content,
        telling=telling,
        named=named,
        places=places,
        stock=stock,
        lasting=lasting,
        extremes=extremes,
        denies=denies,
        possible=possible,
        figures=figures,
    )


@lru_cache(maxsize=_KEPT)
def _amounts(figures: str) -> tuple[_Amount, ...]:
    return tuple(_amount(*each) for each in json.loads(figures))


def _amount(thing: _Flat, event: str | None, ahead: bool, bounds: list[float]) -> _Amount:
    kind, name, wider, extra, of = thing
    counted = Thing(kind, name, frozenset(wider), frozenset(extra), frozenset(of))
    low, high, grain, approximate, vague = bounds
    return _Amount(counted, event, ahead, Bounds(low, high, grain, bool(approximate), bool(vague)))
