"""What happens to what figures count, as classes: "quit" and "left" are one, "killed" is another."""

import re
from functools import cache, lru_cache

from briefs.data import load
from briefs.domain.scan import Quantity
from briefs.language.comparing.things import Thing, thing_of

_WORD = re.compile(r"[^\W\d_]+")
_AFTER = 80
"""So far behind a figure its own clause says what it was for: "treated for injuries"."""


def happening(quantity: Quantity, behind: str = "") -> str | None:
    """Return the class of what happens to the counted thing, or none where that is not said.

    `behind` are the words that follow the figure in its sentence; they tell a strike from leaving, and for
    what people were treated. A verb of no class stands for itself; "not" before it makes another class.
    """
    thing = thing_of(quantity)
    told = quantity.predicate or _of_unit(quantity.unit)
    return None if told is None else _class(told, thing, behind[:_AFTER].lower())


def _class(told: str, thing: Thing, behind: str) -> str | None:
    lists = _lists()
    if told.startswith("not "):
        rest = _class(told.removeprefix("not "), thing, behind)
        return None if rest is None else f"not {rest}"
    words = set(_WORD.findall(behind))
    if thing.kind == "files":
        return "filed" if told in lists.filed else lists.classes.get(told, told)
    if told in lists.filed and told not in lists.classes:
        return None
    if told == "walk out" and words & lists.striking:
        return "strike"
    if told in lists.taking_lives and thing.kind == "people":
        return "die" if thing.head == "anyone" else told
    found = lists.classes.get(told, told)
    return "injure" if found == "treat" and words & lists.injuries else found


@lru_cache(maxsize=10_000)
def _of_unit(unit: str | None) -> str | None:
    """Return what the unit itself says: "deserters" left."""
    words = _WORD.findall(unit.lower()) if unit else []
    return next((found for word in words[-1:] if (found := _lists().nouns.get(word))), None)


class _Lists:
    def __init__(self) -> None:
        data, words = load("comparing"), load("quantities")
        classes: list[list[str]] = data["events"]["classes"]
        self.classes = {form: line[0] for line in classes for form in line}
        self.filed = frozenset(data["events"]["filed"])
        self.taking_lives = frozenset(data["events"]["taking_lives"])
        self.striking = frozenset(data["events"]["striking"])
        self.injuries = frozenset(data["events"]["injuries"])
        nouns = [*words["happenings"], *words["doers"]]
        self.nouns = {form: noun for noun in nouns for form in (noun, f"{noun}s")}


@cache
def _lists() -> _Lists:
    return _Lists()
