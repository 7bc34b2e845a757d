"""The articles of a story, by date, with those that have nearly the same text."""

from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.story import Filed, Twin
from briefs.steps.survey.gather import Gathered
from briefs.text.sketch import alike, bands

NEARLY = 0.5
"""Share of word sequences from which on two texts are nearly the same."""
_COMPARED = 8
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
    """Return for each article, by its number, those with nearly the same text, the nearest first."""
    held: dict[str, list[int]] = {}
    for number, each in enumerate(articles):
        for band in bands(each.sketch):
            held.setdefault(band, []).append(number)
    pairs = {
        (one, other)
        for numbers in held.values()
        for at, one in enumerate(numbers)
        for other in numbers[at + 1 : at + 1 + _COMPARED]
    }
    found: dict[int, list[Twin]] = {}
    for one, other in sorted(pairs):
        share = round(alike(articles[one].sketch, articles[other].sketch), 2)
        if share >= NEARLY:
            found.setdefault(one, []).append(Twin(place=articles[other].filed.place, share=share))
            found.setdefault(other, []).append(Twin(place=articles[one].filed.place, share=share))
    return {
        number: tuple(sorted(twins, key=lambda t: (-t.share, t.place.article))[:_TWINS])
        for number, twins in found.items()
    }
