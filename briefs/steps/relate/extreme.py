"""Records that a text speaks of: "the highest number of …", "a record"."""

import re
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.language.terms import common, content

_REACH = 80
"""So many characters after an extreme, or before it, say of what it is one."""
_ONE_OF = re.compile(r"\bone of\s+(?:[\w'’]+\s+){0,2}$", re.IGNORECASE)
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
    """Return the extremes that a text speaks of: of a figure ("highest number"), or with "since" behind.

    "The nation's largest company" is none, and neither is "one of the largest".
    """
    found = []
    for match in _pattern().finditer(text):
        after = text[match.end() : match.end() + _REACH]
        near = text[max(0, match.start() - _REACH) : match.end() + _REACH]
        scope = _SINCE.search(after)
        way = _ways().get(match.group().lower(), "")
        if not (scope or _measured().match(after) or way == "") or _ONE_OF.search(text[: match.start()]):
            continue
        found.append(
            Extreme(
                way=way,
                about=frozenset(t for t in content(near) if not common(t) and not t.startswith("@")),
                scope=frozenset(content(scope.group(1))) if scope else frozenset(),
                words=match.group(),
            )
        )
    return tuple(found)


@cache
def _ways() -> dict[str, str]:
    lists = load("relating")
    return {word: way for way in ("up", "down") for word in lists[way]}


@cache
def record_terms() -> frozenset[str]:
    """Return the terms of the words that call something a record."""
    lists = load("relating")
    words = (*lists["up"], *lists["down"], *lists["measures"], "record", "unprecedented")
    return frozenset(term for word in words for term in content(word))


@cache
def _measured() -> re.Pattern[str]:
    """Return the pattern of up to two words and a noun of measure, right after an extreme."""
    return re.compile(
        rf"\s+(?:[\w-]+\s+){{0,2}}?(?:{'|'.join(load('relating')['measures'])})\b", re.IGNORECASE
    )


@cache
def _pattern() -> re.Pattern[str]:
    lists = load("relating")
    plain = (re.escape(word) for word in sorted(_ways(), key=len, reverse=True))
    measures = "|".join(lists["measures"])
    records = (each.replace("MEASURE", f"(?:{measures})") for each in lists["record"])
    return re.compile(rf"\b(?:{'|'.join((*records, *plain))})(?!\w)", re.IGNORECASE)
