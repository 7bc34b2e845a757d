"""Shapes of secrets: what must not leave in a recording, and whether it does."""

import re
from functools import cache
from typing import NamedTuple

from briefs.data import load

_TAKEN_OUT = "[taken out]"
_LEAST_KEY = 16
"""Characters; a shorter key ("none", "EMPTY", of servers that want none) may be any word."""
_NO_SHAPE = re.compile(
    r"(?=[A-Za-z]*[0-9])(?=[A-Za-z0-9]*[a-z])(?=[A-Za-z0-9]*[A-Z])[A-Za-z0-9]{16,}"
    r"|(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{24,}"
)
"""Letters and digits mixed, longer than the words that names are made of."""


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


def may_be_a_key(word: str) -> bool:
    """Return whether a word holds a key, or what no name and no word is like: then it is not repeated."""
    return word.startswith("sk-") or holds_a_key(word) or _NO_SHAPE.search(word) is not None


def without_secrets(text: str) -> str:
    """Return `text` with everything taken out that looks like a secret."""
    for shape in shapes():
        text = shape.pattern.sub(_TAKEN_OUT, text)
    return text


def without_key(text: str, key: str) -> str:
    """Return `text` without a key that was sent: a server, or a model that sees it, may give it back.

    A key of fewer than 16 characters is no secret, and may be a word of an answer: it stays.
    """
    return text.replace(key, _TAKEN_OUT) if len(key) >= _LEAST_KEY else text
