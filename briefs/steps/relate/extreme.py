"""Records that a text speaks of: "the highest number of …", "a record"."""

import re
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.language.terms import common, content

_REACH = 80
"""So many characters after an extreme, or before it, say of what it is one."""
_SINCE = re.compile(r"\bsince\s+([^.,;:!?]{3,60})")


class Extreme(NamedTuple):
    """That something is a record."""

    way: str
    """"up", "down", or empty for a record without a direction."""
    about: frozenset[str]
    """Terms of what stands near."""
    scope: frozenset[str]
    """Terms of what bounds it: since when, in what."""
    words: str


def extremes(text: str) -> tuple[Extreme, ...]:
    """Return the extremes that a text speaks of."""
    found = []
    for match in _pattern().finditer(text):
        after = text[match.end() : match.end() + _REACH]
        near = text[max(0, match.start() - _REACH) : match.end() + _REACH]
        scope = _SINCE.search(after)
        found.append(
            Extreme(
                way=_ways()[match.group().lower()],
                about=frozenset(t for t in content(near) if not common(t) and not t.startswith("@")),
                scope=frozenset(content(scope.group(1))) if scope else frozenset(),
                words=match.group(),
            )
        )
    return tuple(found)


@cache
def _ways() -> dict[str, str]:
    lists = load("relating")
    ways = {"up": lists["up"], "down": lists["down"], "": lists["record"]}
    return {word: way for way, words in ways.items() for word in words}


@cache
def record_terms() -> frozenset[str]:
    """Return the terms of the words that call something a record."""
    return frozenset(term for word in _ways() for term in content(word))


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_ways(), key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
