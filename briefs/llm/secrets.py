"""Shapes of secrets: what must not leave in a recording, and whether it does."""

import re
from functools import cache
from typing import NamedTuple

from briefs.data import load


class Shape(NamedTuple):
    """A kind of secret, and how one looks."""

    name: str
    pattern: re.Pattern[str]
    place: bool = False
    """It says where a call was made, and opens nothing."""


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the shapes of `data/secret_shapes.toml`."""
    return tuple(
        Shape(each["name"], re.compile(each["pattern"]), each.get("place", False))
        for each in load("secret_shapes")["shape"]
    )


def secrets_in(text: str) -> tuple[str, ...]:
    """Return the names of the shapes that `text` holds, each once; never what was found."""
    return tuple(shape.name for shape in shapes() if shape.pattern.search(text))


def holds_a_key(text: str) -> bool:
    """Return whether `text` holds what opens something: a folder or a server's address alone does not."""
    return any(not shape.place and shape.pattern.search(text) for shape in shapes())


def without_secrets(text: str) -> str:
    """Return `text` with everything taken out that looks like a secret."""
    for shape in shapes():
        text = shape.pattern.sub("[taken out]", text)
    return text
