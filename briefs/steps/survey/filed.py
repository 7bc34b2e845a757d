"""The articles of a story, by date, with those that have nearly the same text."""

from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.story import Filed, Twin
from briefs.steps.survey.gather import Gathered

NEARLY = 0.5
"""Share of word sequences from which on two texts are nearly the same."""
_BAND = 3
"""Values of a signature that must be equal, in a row, for two texts to be compared at all."""
_COMPARED = 20
"""Texts with one band that each is compared with."""
_TWINS = 3
"""Nearly equal texts listed with an article."""


class FiledArticles(NamedTuple):
    """The articles that are shown, and how many are not."""

    shown: tuple[Filed, ...]
    more: int


def filed(articles: Sequence[Gathered], most: int) -> FiledArticles:
    """Return the articles by date, undated last, each with those whose text is nearly the same."""
    ordered = sorted(articles, key=_order)
    twins = _twins(ordered)
    shown = tuple(
        each.filed.model_copy(update={"twins": twins.get(n, ())}) for n, each in enumerate(ordered[:most])
    )
    return FiledArticles(shown, max(0, len(ordered) - most))


def _order(each: Gathered) -> tuple[bool, str, str, str]:
    place = each.filed.place
    return (place.published is None, place.published or "", place.title, place.article)


def _twins(articles: Sequence[Gathered]) -> dict[int, tuple[Twin, ...]]:
    """Return for each article, by its number, those with nearly the same text, the nearest first.

    Only texts with an equal band of their signatures are compared (locality-sensitive hashing, Leskovec,
    Rajaraman & Ullman, Mining of Massive Datasets, 3.4).
    """
    bands: dict[tuple[int, ...], list[int]] = {}
    for number, each in enumerate(articles):
        for start in range(0, len(each.sketch) - _BAND + 1, _BAND):
            bands.setdefault((start, *each.sketch[start : start + _BAND]), []).append(number)
    pairs = {
        (one, other)
        for held in bands.values()
        for at, one in enumerate(held)
        for other in held[at + 1 : at + 1 + _COMPARED]
    }
    found: dict[int, list[Twin]] = {}
    for one, other in sorted(pairs):
        share = _share(articles[one].sketch, articles[other].sketch)
        if share >= NEARLY:
            found.setdefault(one, []).append(Twin(place=articles[other].filed.place, share=share))
            found.setdefault(other, []).append(Twin(place=articles[one].filed.place, share=share))
    return {
        number: tuple(sorted(twins, key=lambda t: (-t.share, t.place.article))[:_TWINS])
        for number, twins in found.items()
    }


def _share(one: Sequence[int], other: Sequence[int]) -> float:
    equal = sum(mine == theirs for mine, theirs in zip(one, other, strict=False))
    return round(equal / max(1, len(one), len(other)), 3)
