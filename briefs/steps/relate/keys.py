"""Blocking keys: two claims are compared only where they share one, so that no archive needs all pairs.

A key is a letter, a colon and what is shared: `w` a run of terms, `n` a figure, `p` a figure of nearly that
size for one period, `s` the size of a large figure and a country, `u` a unit with its period or with a word
beside it, `t` a name or country with a word, `y` what is in a
numbered year of its course, `x` of what something is a record. Blocking as in record linkage
(Christen 2012, "Data Matching", ch. 4).
"""

import math
import re
from collections.abc import Iterator
from functools import cache
from hashlib import blake2s

from briefs.data import load
from briefs.domain.relations import IndexedClaim
from briefs.domain.scan import Quantity
from briefs.language.terms import common, content, countless
from briefs.steps.relate.extreme import record_terms
from briefs.steps.relate.profile import Profile, profile

KEYS_VERSION = 1
"""Raised whenever a claim can get other keys or terms than before, so that an index is made anew."""

_RUN = 4
_WINDOW = 3
"""Of so many runs in a row the one with the smallest hash is kept (winnowing, Schleimer et al. 2003): a
shared stretch of `_RUN + _WINDOW - 1` terms always shares a key."""
_ALL_RUNS = 6
_STEP = math.log(1.1)
_SMALL = 20
_LARGE = 10_000
_DIGITS = 3
_BESIDE = 6
_PAIRED = 8
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LETTERS = re.compile(r"[^\W\d_]+")


def keys_of(claim: IndexedClaim) -> frozenset[str]:
    """Return the blocking keys of a claim: stable strings, some ten to thirty, none for an empty claim."""
    return keys(profile(claim))


def keys(claim: Profile) -> frozenset[str]:
    """Return the blocking keys of a claim whose comparison is worked out already."""
    return frozenset((*_runs(claim.words), *_figures(claim), *_pairs(claim), *_spoken_of(claim)))


def _runs(words: tuple[str, ...]) -> Iterator[str]:
    if not words:
        return
    if len(words) < _RUN:
        yield from (f"w:{_hash(sorted(set(words)))}" for _ in (0,) if len(set(words)) > 1)
        return
    hashes = [_hash(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
    if len(hashes) > _ALL_RUNS:
        hashes = [min(hashes[i : i + _WINDOW]) for i in range(len(hashes) - _WINDOW + 1)]
    yield from (f"w:{each}" for each in hashes)


def _hash(words: tuple[str, ...] | list[str]) -> str:
    return blake2s(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _figures(claim: Profile) -> Iterator[str]:
    places = sorted(claim.places)
    beside = [term for term in dict.fromkeys(claim.words) if not common(term)][:_BESIDE]
    for figure in claim.claim.quantities:
        value = figure.low if figure.low is not None else figure.high
        if value is None or figure.kind == "ordinal":
            continue
        yield from _sized(abs(value), figure, places)
        yield from _counted(figure, beside)


def _sized(value: float, figure: Quantity, places: list[str]) -> Iterator[str]:
    if len(f"{value:.12g}".replace(".", "").strip("0")) >= _DIGITS:
        yield f"n:{value:.12g}"
    if value >= _SMALL:
        size = math.log(value) / _STEP
        about = {math.floor(size), math.floor(size + 0.5) - 1}
        times = [_time(figure.period)] if figure.period else []
        yield from (f"p:{each}|{time}" for each in about for time in times if time)
    if value >= _LARGE:
        yield from (f"s:{math.floor(math.log10(value))}|{place}" for place in places)


def _counted(figure: Quantity, beside: list[str]) -> Iterator[str]:
    heads = content(
        re.split(r"\s(?:of|in|from|for|by|who|that|per|at|on)\s", figure.unit or "", maxsplit=1)[0]
    )
    if not heads:
        return
    unit = heads[-1]
    if not countless(unit) and figure.period and (time := _time(figure.period)):
        yield f"u:{unit}|{time}"
    yield from (f"u:{unit}|{each}" for each in beside if each != unit)


def _time(period: str) -> str:
    """Return the months that a period names, else its years, else its words."""
    words = [word.lower() for word in _LETTERS.findall(period)]
    months = [_months()[word] for word in words if word in _months()]
    return "+".join(months) or "+".join(_YEAR.findall(period)) or " ".join(content(period))


def _pairs(claim: Profile) -> Iterator[str]:
    """Yield each name or country with each word that says what it is about, the longest words first."""
    named = dict.fromkeys(term for name in claim.claim.names for term in content(name)[-1:])
    named |= dict.fromkeys(term for term in claim.words if term.startswith("@"))
    about = [t for t in dict.fromkeys(claim.words) if t not in named and not common(t)]
    about = sorted(sorted(about), key=len, reverse=True)[:_BESIDE]
    found = [f"t:{name}|{term}" for term in about for name in named]
    yield from found[: _PAIRED * 2]


def _spoken_of(claim: Profile) -> Iterator[str]:
    yield from (f"y:{each.thing}|{each.unit}" for each in claim.lasting)
    for each in claim.extremes:
        yield from (f"x:{term}" for term in sorted(each.about - each.scope - record_terms())[:_BESIDE])


@cache
def _months() -> dict[str, str]:
    names: list[list[str]] = load("dates")["months"]
    return {each.lower(): str(n) for n, forms in enumerate(names, start=1) for each in forms}
