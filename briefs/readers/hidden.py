"""Hidden: words that a file holds and no reader of it sees, as the readers of every format record them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from briefs.data import load
from briefs.domain.article import FurnitureKind, Omitted, Reading
from briefs.readers.charset import whole
from briefs.text.machine import signs

LONGEST = 120
_LONGEST_STATED = {"title": 400, "outlet": 160, "byline": 200}
"""Characters that a title, the name of an outlet and the names of authors have at most."""
_WORD = re.compile(r"[^\W_]+")
_NO_NAME = re.compile(r"[?!{}<>=`]|[.]\s+\w+\s+\w+\s+\w+.*[.]\s*$")
_FEW = 4
"""Words up to which a name may do without capitals ("staff and agencies")."""
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
            hidden[text] = _omitted(FurnitureKind.HIDDEN, text, found[0].place.start if found else 0)
            ways[each.how] += 1
        elif each.kind != "silent" and len(words) >= _PROSE:
            unshown.setdefault(text, _omitted(FurnitureKind.UNSHOWN, text, 0))
    longest = sorted(unshown.values(), key=lambda each: -each.characters)
    listed = (*hidden.values(), *longest)[:_MOST]
    return Told(listed, tuple(_notes(ways, len(hidden), len(hidden) + len(unshown) - len(listed))))


def guarded(reading: Reading) -> Reading:
    """Return a reading of which title, outlet and byline are names: what is no name is recorded, not used.

    They are printed above the article and stand in questions about every claim, so no order to a program and
    no essay may stand there; a headline in the text is not touched.
    """
    stated = {"title": reading.title, "outlet": reading.outlet, "byline": reading.byline}
    refused = {field: said for field, said in stated.items() if said and not _is_name(field, said)}
    if not refused:
        return reading
    record = tuple(_omitted(FurnitureKind.HIDDEN, " ".join(said.split()), 0) for said in refused.values())
    listed = {each.excerpt for each in reading.omitted}
    return reading.model_copy(
        update={
            **dict.fromkeys(refused),
            "omitted": (*reading.omitted, *(each for each in record if each.excerpt not in listed)),
            "notes": (
                *reading.notes,
                *(f"What the file states as {f} is no name; not used." for f in refused),
            ),
        }
    )


def _is_name(field: str, said: str) -> bool:
    if len(said) > _LONGEST_STATED[field] or signs(said, out_of_sight=True):
        return False
    if field == "title":  # a headline may be a question or an order
        return True
    words = _WORD.findall(said)
    lists = load("addressing")
    lower = [word.lower() for word in words]
    orders = lower[:1] and lower[0] in lists["orders"] and not words[-1][0].isupper()
    if not words or _NO_NAME.search(said) or orders or set(lower) & set(lists["second_person"]):
        return False
    capitals = sum(word[0].isupper() or word[0].isdigit() or not word.isascii() for word in words)
    return len(words) <= _FEW or 2 * capitals >= len(words)


def _notes(ways: Counter[str], count: int, unlisted: int) -> Iterable[str]:
    if count:
        said = ", ".join(f"{number} {how}" for how, number in ways.items())
        noun = "passage" if count == 1 else "passages"
        yield f"Hidden text in the file: {count} {noun} ({said}), left out of the article’s text."
    if unlisted > 0:
        yield f"{unlisted} more passages that the page does not show are not listed."


def _omitted(kind: FurnitureKind, text: str, place: int) -> Omitted:
    """Return a record that begins at the passage's first words, or shortly before its first sign."""
    start = 0 if place < LONGEST // 2 else text.rfind(" ", 0, place - LONGEST // 4) + 1
    shown = f"… {text[start:]}" if start else text
    excerpt = shown if len(shown) <= LONGEST else shown[: LONGEST - 1].rstrip() + "…"
    return Omitted(kind=kind, excerpt=excerpt, characters=len(text))
