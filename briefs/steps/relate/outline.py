"""Whether two claims may relate, told from what an index keeps of each: without their words, in microseconds.

Sharing a key makes a pair, and of forty pairs in a large archive one or two are related. What is asked here
is what the rules of `judge` ask first, so that no pair is passed over that it would relate.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from briefs.domain.relations import IndexedArticle, IndexedClaim, Outline
from briefs.language.comparing.things import Counted, Kind, Thing, compare_things
from briefs.language.comparing.values import Agreement, Bounds, compare_bounds
from briefs.steps.relate.figures.reading import Figure, read
from briefs.steps.relate.head import head, of_one_title
from briefs.steps.relate.profile import profile
from briefs.steps.relate.topic import LEAST, of_one_subject
from briefs.steps.relate.wording import overlap

_KEPT = 64
"""Only the claims of the article at hand are kept as they were read: an archive has too many others."""
_SHARED = 2
_ANY = "?"
"""Stands for a figure that may bear on others of whatever thing, or whatever happened to it."""
_OWN_KIND: frozenset[Kind] = frozenset({"thing", "measure", "money"})
"""Such figures bear on none of another kind or noun, and on none with another happening."""
_Flat = tuple[Kind, str, list[str], list[str], list[str]]


class _Head(NamedTuple):
    """What is asked of an article's head."""

    names: frozenset[str]
    title: frozenset[str]
    beside: frozenset[str]
    """The other words of the title."""


class _Amount(NamedTuple):
    """What is asked of a figure."""

    thing: Thing
    event: str | None
    ahead: bool
    bounds: Bounds


class _Claim(NamedTuple):
    """What is asked of a claim."""

    flags: str
    """A "+" or "-" each: any article may say it; it puts something in a numbered year; it speaks of a record;
    it denies something; it calls something possible."""
    content: frozenset[str]
    places: frozenset[str]
    telling: frozenset[str]
    named: frozenset[str]
    counted: frozenset[str]
    """What `_sign` makes of each figure."""
    placing: frozenset[str]
    """Names and countries that another claim has to know for its figures to be compared."""
    known: frozenset[str]
    """What it knows of those beside its content."""
    figures: str
    """What `_amounts` reads."""

    @property
    def stock(self) -> bool:
        """Tell whether it is what any article says of those who did not answer."""
        return self.flags[0] == "+"


class _Far(NamedTuple):
    """A claim of another article, merely split: most are told for strangers before more is made of them."""

    flags: str
    content: list[str]
    places: list[str]
    telling: str
    named: str
    counted: list[str]
    placing: str
    known: str
    figures: str


def head_outline(article: IndexedArticle) -> str:
    """Return what is kept of an article's head."""
    about = head(article)
    return _lines((about.names, about.title, about.frame.title - about.title - about.names))


def outline(claim: IndexedClaim, article: IndexedArticle) -> str:
    """Return what is kept of a claim of an article."""
    seen = profile(claim)
    counting = read(claim, head(article).frame)
    signs = frozenset(_sign(each.thing, each.event) for each in counting.figures)
    placing = (counting.names - counting.frame.title) | counting.countries
    known = (counting.names | counting.telling | counting.countries) - seen.content
    words = (seen.content, seen.places, seen.telling, seen.named, signs, placing, known)
    flags = (seen.stock, seen.lasting, seen.extremes, seen.denied is not None, seen.possible)
    told = "".join("+" if each else "-" for each in flags)
    return f"{told}\n{_lines(words)}\n{json.dumps([_flat(each) for each in counting.figures])}"


def may_relate(one: Outline, other: Outline) -> bool:
    """Tell whether two claims of two articles may relate; of those that do not, most are told from the rest.

    Symmetric; quick where it is asked about the same `one` again and again. Raises ValueError, TypeError or
    LookupError for outlines that were made otherwise.
    """
    first, (names, title, _) = _head(one.head), other.head.split("\n")
    if first.names.isdisjoint(names.split()) and not of_one_title(first.title, title.split()):
        return False
    mine = _claim(one.claim)
    flags, content, places, telling, named, counted, *rest = other.claim.split("\n")
    theirs = _Far(flags, content.split(), places.split(), telling, named, counted.split(), *rest)
    if (mine.flags[1] == flags[1] == "+") or overlap(mine.content, theirs.content):
        return True
    if mine.places and theirs.places and mine.places.isdisjoint(theirs.places):
        return False
    return (
        _spoken(mine, theirs)
        or _figures_bear(mine, theirs, first, other.head)
        or _of_one_subject(mine, theirs, first, other)
    )


def _spoken(one: _Claim, other: _Far) -> bool:
    """Tell whether one may deny the other or call it possible, or both speak of a record."""
    if one.flags[3] != other.flags[3] or one.flags[2] == other.flags[2] == "+":
        return True
    return one.flags[4] != other.flags[4] and len(one.content.intersection(other.content)) >= _SHARED


def _of_one_subject(one: _Claim, other: _Far, first: _Head, second: Outline) -> bool:
    if len(one.telling.intersection(other.telling.split())) < LEAST:
        return False
    return of_one_subject(one, _claim.__wrapped__(second.claim), first, _head.__wrapped__(second.head))


def _figures_bear(one: _Claim, other: _Far, first: _Head, second: str) -> bool:
    """Tell whether a figure of one may bear on one of the other; for most the signs suffice."""
    if one.counted.isdisjoint(other.counted) and not (_ANY in one.counted or _ANY in other.counted):
        return False
    couples = [(a, b) for a in _amounts(one.figures) for b in _amounts(other.figures)]
    if any(_bear(a, b) for a, b in couples):
        return True
    return any(_of_one_thing(a, b) for a, b in couples) and _of_one_place(one, other, first, second)


def _bear(one: _Amount, other: _Amount) -> bool:
    """Tell whether two figures may bear on each other at any place: by their values, or as two measures."""
    counted = compare_things(one.thing, other.thing)
    if counted in (Counted.APART, Counted.MEASURE):
        return counted is Counted.MEASURE
    told = one.event is not None and other.event is not None
    if counted is not Counted.UNKNOWN and ((told and one.event != other.event) or one.ahead != other.ahead):
        return False
    return compare_bounds(one.bounds, other.bounds) is Agreement.AGREES or one.bounds[:2] == other.bounds[:2]


def _of_one_thing(one: _Amount, other: _Amount) -> bool:
    """Tell whether two figures are of one thing and happening, so that differing values matter."""
    if one.event is None or one.event != other.event or one.ahead or other.ahead:
        return False
    return compare_things(one.thing, other.thing) in (Counted.SAME, Counted.WIDER, Counted.NARROWER)


def _of_one_place(one: _Claim, other: _Far, first: _Head, second: str) -> bool:
    """Tell whether neither claim names a place or body that the other and its article know nothing of."""
    if one.placing.difference(other.content, other.known.split(), second.split()):
        return False
    return not set(other.placing.split()).difference(one.content, one.known, *first)


def _sign(thing: Thing, event: str | None) -> str:
    """Return a word for a figure: two that bear on each other have the same one, or one has `_ANY`.

    So `_bear` has it where both say what happened: things, measures and sums of money have to be of one
    noun, people may be of several; an equal word for two of different things costs a longer look.
    """
    if event is None or (thing.kind not in _OWN_KIND and thing.kind != "people"):
        return _ANY
    told = f"{thing.kind} {thing.head if thing.kind in _OWN_KIND else ''} {event}"
    return f"{crc32(told.encode('utf-8', 'surrogatepass')):x}"


def _flat(figure: Figure) -> list[object]:
    thing = figure.thing
    counted = [thing.kind, thing.head, *(sorted(each) for each in (thing.wider, thing.extra, thing.of))]
    return [counted, figure.event, figure.ahead, [*figure.bounds]]


def _lines(words: Iterable[frozenset[str]]) -> str:
    """Return terms a line; no term has a space in it."""
    return "\n".join(" ".join(sorted(each)) for each in words)


@lru_cache(maxsize=_KEPT)
def _head(text: str) -> _Head:
    return _Head(*(frozenset(each.split()) for each in text.split("\n")))


@lru_cache(maxsize=_KEPT)
def _claim(text: str) -> _Claim:
    flags, *words, figures = text.split("\n")
    content, places, telling, named, signs, placing, known = (frozenset(each.split()) for each in words)
    return _Claim(flags, content, places, telling, named, signs, placing, known, figures)


@lru_cache(maxsize=_KEPT * 16)
def _amounts(figures: str) -> tuple[_Amount, ...]:
    return tuple(_amount(*each) for each in json.loads(figures))


def _amount(thing: _Flat, event: str | None, ahead: bool, bounds: list[float]) -> _Amount:
    kind, name, wider, extra, of = thing
    counted = Thing(kind, name, frozenset(wider), frozenset(extra), frozenset(of))
    low, high, grain, approximate, vague = bounds
    return _Amount(counted, event, ahead, Bounds(low, high, grain, bool(approximate), bool(vague)))
