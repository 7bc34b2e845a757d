"""Which article of one folder of briefs is which of another: by id, by the name of its files, by its text."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs
from briefs.steps.trace import sketch_of
from briefs.text.sketch import alike, bands

LEAST = 0.4
"""Estimated share of short word sequences that two versions of one article have in common at least."""


class Head(NamedTuple):
    """What pairing needs to know of an article."""

    key: str
    """What its file is known by to whoever asks."""
    article: str
    slug: str
    sketch: tuple[int, ...]


class PairedHeads(NamedTuple):
    """An article of both folders."""

    old: Head
    new: Head


class Paired(NamedTuple):
    """The articles of two folders, each once, by their order in the old one."""

    pairs: tuple[PairedHeads, ...]
    only_old: tuple[Head, ...]
    only_new: tuple[Head, ...]


def head_of(key: str, result: ArticleBriefs) -> Head:
    """Return what pairing needs to know of an article."""
    article = result.article
    return Head(key, article.id, article.slug, sketch_of(article))


def paired(old: Sequence[Head], new: Sequence[Head]) -> Paired:
    """Return which articles are one.

    By equal id first, then by the name of their files, then by nearly equal text, the nearest first. An
    article without a like one stays alone; so does the second of two with one id.
    """
    partner: dict[str, Head] = {}
    taken: set[str] = set()

    def take(one: Head, other: Head) -> None:
        if one.key not in partner and other.key not in taken:
            partner[one.key] = other
            taken.add(other.key)

    _by(lambda head: head.article, old, new, take)
    _by(lambda head: head.slug, _without(old, partner), _without(new, taken), take)
    for near in _nearest(_without(old, partner), _without(new, taken)):
        take(near.old, near.new)
    return Paired(
        tuple(PairedHeads(head, partner[head.key]) for head in old if head.key in partner),
        tuple(_without(old, partner)),
        tuple(_without(new, taken)),
    )


def _by(
    name: Callable[[Head], str],
    old: Iterable[Head],
    new: Iterable[Head],
    take: Callable[[Head, Head], None],
) -> None:
    known: dict[str, Head] = {}
    for head in new:
        known.setdefault(name(head), head)
    for head in old:
        if name(head) in known:
            take(head, known[name(head)])


def _without(heads: Iterable[Head], keys: Iterable[str]) -> list[Head]:
    held = set(keys)
    return [head for head in heads if head.key not in held]


def _nearest(old: Iterable[Head], new: Iterable[Head]) -> list[PairedHeads]:
    """Return articles of nearly equal text, the nearest first; only those that share a band are compared."""
    held: dict[str, list[Head]] = {}
    for head in new:
        for band in bands(head.sketch):
            held.setdefault(band, []).append(head)
    offers: dict[tuple[str, str], tuple[float, PairedHeads]] = {}
    for one in old:
        for band in bands(one.sketch):
            for other in held.get(band, ()):
                if (one.key, other.key) not in offers:
                    offers[one.key, other.key] = (alike(one.sketch, other.sketch), PairedHeads(one, other))
    near = [(share, *key, pair) for key, (share, pair) in offers.items() if share >= LEAST]
    return [pair for *_, pair in sorted(near, key=lambda each: (-each[0], each[1], each[2]))]
