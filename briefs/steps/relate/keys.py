"""Blocking keys: two claims are compared only where they share one, so that no archive needs all pairs.

A key is a letter, a colon and what is shared: `w` a run of terms, `b` two long terms, `n` a figure, `p` a
figure of nearly that size for one period, `e` what happens to what is counted with its month or unit, `d` the
same with a name of the article where the unit says nothing, `i` the same in one article, `s` the size of a
large figure with a country, `u` a unit with its period or with a word beside it, `t` a name or country with a
word, `y` what is in a numbered year of its course, `x` of what something is a record. Blocking as in record
linkage (Christen 2012, "Data Matching", ch. 4).
"""

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import blake2s
from itertools import combinations
from typing import NamedTuple

from briefs.data import load
from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.domain.scan import Quantity
from briefs.language.comparing.happenings import happening
from briefs.language.comparing.things import thing_of
from briefs.language.terms import content, countless
from briefs.steps.relate.bodies import calling
from briefs.steps.relate.claim_key import ClaimKey
from briefs.steps.relate.extreme import record_terms
from briefs.steps.relate.profile import Profile, profile, times

KEYS_VERSION = 7
"""Raised whenever a claim can get other keys, terms or outlines than before: an index is made anew then."""

_RUN = 4
_WINDOW = 3
"""Of so many runs in a row the one with the smallest hash is kept (winnowing, Schleimer et al. 2003): a
shared stretch of `_RUN + _WINDOW - 1` terms always shares a key."""
_ALL_RUNS = 6
_STEP = math.log(1.1)
_SMALL = 20
_LARGE = 10_000
_DIGITS = 3
_BESIDE = 4
_SAID = 6
_PAIRED = 12
_LONGEST = 4
_NAMES = 8
"""So many names of an article's head are read, the first ones."""
_INSIDE = "i:"
_KEPT = 1_000
"""Claims whose keys are kept: those of the article at hand are asked for twice."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LETTERS = re.compile(r"[^\W\d_]+")
_OF = re.compile(r"\s(?:of|in|from|for|by|who|that|per|at|on)\s")


def keys_of(claim: IndexedClaim, article: IndexedArticle | None = None) -> frozenset[str]:
    """Return the blocking keys of a claim: stable strings, some ten to thirty, none for an empty claim.

    `article` is the claim's own; only its head is read. Without it, claims such as "five people had died"
    lack the keys that its names would give.
    """
    return _kept(ClaimKey(claim, _Head() if article is None else _head(article.names, article.title)))


def shared_by_articles(keys: frozenset[str]) -> frozenset[str]:
    """Return those keys that claims of two articles can share."""
    return frozenset(key for key in keys if not key.startswith(_INSIDE))


@lru_cache(maxsize=_KEPT)
def _kept(key: ClaimKey["_Head"]) -> frozenset[str]:
    read = profile(key.claim)
    return frozenset((*_runs(read.words), *_figures(read, key.read_with), *_pairs(read), *_spoken_of(read)))


class _Head(NamedTuple):
    """What keys take of an article."""

    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@lru_cache(maxsize=_KEPT)
def _head(names: tuple[str, ...], title: str) -> _Head:
    found = dict.fromkeys(name for each in names if (name := calling(each)))
    return _Head(tuple(found)[:_NAMES], tuple(t for t in content(title) if t.startswith("@")))


def _runs(words: tuple[str, ...]) -> Iterator[str]:
    if len(words) < _RUN:
        if len(set(words)) > 1:
            yield f"w:{_hash(sorted(set(words)))}"
        return
    hashes = [_hash(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
    if len(hashes) > _ALL_RUNS:
        hashes = [min(hashes[i : i + _WINDOW]) for i in range(len(hashes) - _WINDOW + 1)]
    yield from (f"w:{each}" for each in hashes)


def _hash(words: tuple[str, ...] | list[str]) -> str:
    return blake2s(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _figures(claim: Profile, head: _Head) -> Iterator[str]:
    text, base = claim.claim.quote.text, claim.claim.quote.start
    places = (*sorted(claim.places), *head.places)
    for figure in claim.claim.quantities:
        value = figure.low if figure.low is not None else figure.high
        if value is None or figure.kind == "ordinal":
            continue
        time = _time(figure.period) if figure.period else ""
        happens = happening(figure, text[figure.end - base :])
        yield from _sized(abs(value), time, places)
        yield from _counted(figure, time, claim)
        if happens:
            yield from _happening(happens, figure, time, head.names)
            yield f"{_INSIDE}{_hash([claim.claim.article])}|{happens}"


def _sized(value: float, time: str, places: tuple[str, ...]) -> Iterator[str]:
    if len(f"{value:.12g}".replace(".", "").strip("0")) >= _DIGITS:
        yield f"n:{value:.12g}"
    if value >= _SMALL and time:
        size = math.log(value) / _STEP
        yield from (f"p:{each}|{time}" for each in {math.floor(size), math.floor(size + 0.5) - 1})
    if value >= _LARGE:
        yield from (f"s:{math.floor(math.log10(value))}|{place}" for place in places)


def _happening(happens: str, figure: Quantity, time: str, names: tuple[str, ...]) -> Iterator[str]:
    thing = thing_of(figure)
    if thing.kind in ("thing", "files") or (thing.kind == "people" and thing.head != "anyone"):
        yield f"e:{happens}|{thing.head}"
    else:
        yield from (f"d:{happens}|{name}" for name in names)
    if time and time[0].isdigit():
        yield f"e:{happens}|{time}"


def _counted(figure: Quantity, time: str, claim: Profile) -> Iterator[str]:
    heads = content(_OF.split(figure.unit or "", maxsplit=1)[0])
    if not heads:
        return
    unit = heads[-1]
    if not countless(unit) and time:
        yield f"u:{unit}|{time}"
    beside = (t for t in dict.fromkeys(claim.words) if t in claim.telling and t != unit and t not in times())
    yield from (f"u:{unit}|{each}" for each in list(beside)[:_BESIDE])


def _time(period: str) -> str:
    """Return the months that a period names, else its years, else its words."""
    months = [_months()[word] for word in _LETTERS.findall(period.lower()) if word in _months()]
    return "+".join(months) or "+".join(_YEAR.findall(period)) or " ".join(content(period))


def _pairs(claim: Profile) -> Iterator[str]:
    """Yield each name or country with each word that says what a claim is about, and those words in pairs."""
    named = dict.fromkeys(term for name in claim.claim.names for term in content(name)[-1:])
    named |= dict.fromkeys(term for term in claim.words if term.startswith("@"))
    about = sorted(claim.telling - claim.named - times() - named.keys(), key=lambda term: (-len(term), term))
    found = [f"t:{name}|{term}" for term in about[:_SAID] for name in named]
    yield from found[:_PAIRED]
    yield from (f"b:{'|'.join(sorted(two))}" for two in combinations(about[:_LONGEST], 2))


def _spoken_of(claim: Profile) -> Iterator[str]:
    yield from (f"y:{each.thing}|{each.unit}" for each in claim.lasting)
    for each in claim.extremes:
        yield from (f"x:{term}" for term in sorted(each.about - each.scope - record_terms())[:_BESIDE])


@cache
def _months() -> dict[str, str]:
    names: list[list[str]] = load("dates")["months"]
    return {each.lower(): str(n) for n, forms in enumerate(names, start=1) for each in forms}
