"""Hidden: words that a file holds and no reader of it sees, as the readers of every format record them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from briefs.domain.article import FurnitureKind, Omitted
from briefs.readers.charset import whole
from briefs.text.machine import signs

LONGEST = 120
"""Characters of a passage that are shown."""
_MOST = 24
"""Passages of one file that are listed."""
_LEAST = 3
"""Words below which a hidden passage says nothing."""
_PROSE = 8
"""Words from which a passage is listed that a page merely does not show at first (a menu, a notice)."""


class Hidden(NamedTuple):
    """One passage that no reader sees."""

    how: str
    """In words for people, after "2 …": "in the colour of its background"."""
    text: str
    kind: Literal["trick", "unshown", "silent"]
    """"trick": within the article, in its colour, size or place made to be unseen. "unshown": pages do this
    every day. "silent": descriptions and code that no page shows, of no interest by themselves."""


class Told(NamedTuple):
    """What is recorded of a file's hidden passages."""

    omitted: tuple[Omitted, ...]
    notes: tuple[str, ...]


def told(passages: Sequence[Hidden]) -> Told:
    """Return how hidden passages are recorded: what may be meant for programs first, then longer ones.

    Those that are hidden by a trick, or are worded for a program, are FurnitureKind.HIDDEN and counted in a
    note; ordinary parts of a page that are not shown are UNSHOWN.
    """
    hidden: dict[str, Omitted] = {}
    unshown: dict[str, Omitted] = {}
    ways: Counter[str] = Counter()
    for each in passages:
        words = whole(each.text).split()
        text = " ".join(words)
        if text in hidden or not any(char.isalnum() for char in text):
            continue
        found = signs(text, out_of_sight=True)
        if found or (each.kind == "trick" and len(words) >= _LEAST):
            hidden[text] = omitted(FurnitureKind.HIDDEN, text, found[0].place.start if found else 0)
            ways[each.how] += 1
        elif each.kind != "silent" and len(words) >= _PROSE:
            unshown.setdefault(text, omitted(FurnitureKind.UNSHOWN, text))
    longest = sorted(unshown.values(), key=lambda each: -each.characters)
    listed = (*hidden.values(), *longest)[:_MOST]
    return Told(listed, tuple(_notes(ways, len(hidden), len(hidden) + len(unshown) - len(listed))))


def _notes(ways: Counter[str], count: int, unlisted: int) -> Iterable[str]:
    if count:
        said = ", ".join(f"{number} {how}" for how, number in ways.items())
        noun = "passage" if count == 1 else "passages"
        yield f"Hidden text in the file: {count} {noun} ({said}), left out of the article’s text."
    if unlisted > 0:
        yield f"{unlisted} more passages that the page does not show are not listed."


def omitted(kind: FurnitureKind, text: str, place: int = 0) -> Omitted:
    """Return a record of a passage that begins at its first words, or shortly before `place`."""
    start = 0 if place < LONGEST // 2 else text.rfind(" ", 0, place - LONGEST // 4) + 1
    shown = f"… {text[start:]}" if start else text
    excerpt = shown if len(shown) <= LONGEST else shown[: LONGEST - 1].rstrip() + "…"
    return Omitted(kind=kind, excerpt=excerpt, characters=len(text))
