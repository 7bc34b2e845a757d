"""Machine: wording that speaks to a program reading a text, told by rules; never a judgement of what is true.

What is found is shown to an editor and changes nothing else: the protection against such texts is that no
sentence can touch another, not that they are recognised. Signs: briefs/data/machine_text.toml.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.spans import Span

_BETWEEN = ' \t\n.!?:;,"“”„«»)]}>—–-'
LONGEST = 20_000
"""Characters of one passage that are looked at; an attack that hides behind more is text like any other."""


class Sign(NamedTuple):
    """One sign in a text: what it is, in words for people, how much it tells, and where it stands."""

    name: str
    weight: int
    place: Span


class _Rule(NamedTuple):
    name: str
    weight: int
    everywhere: bool
    """Also told of what pages hold and do not show."""
    patterns: tuple[re.Pattern[str], ...]


class _Rules(NamedTuple):
    enough: int
    rules: tuple[_Rule, ...]


def signs(
    text: str, start: int = 0, end: int | None = None, *, out_of_sight: bool = False
) -> tuple[Sign, ...]:
    """Return the signs that `text[start:end]` speaks to a program, in order, if they suffice; else nothing.

    Offsets are those of `text`. One sign of full weight suffices, or two lighter ones of different names.
    `out_of_sight`: it is what a page holds and does not show, where code and forms for passwords are no sign.
    """
    limit = min(len(text) if end is None else end, start + LONGEST)
    found = _signs(text[start:limit], out_of_sight)
    return tuple(
        each._replace(place=Span(start=start + each.place.start, end=start + each.place.end))
        for each in found
    )


@lru_cache(maxsize=1024)  # a paragraph is asked about by several steps
def _signs(piece: str, out_of_sight: bool) -> tuple[Sign, ...]:
    rules = _rules()
    read = piece.replace("’", "'").replace("\u00a0", " ")
    found = [
        Sign(rule.name, rule.weight, Span(start=_begin(hit), end=hit.end()))
        for rule in rules.rules
        if (rule.everywhere or not out_of_sight) and (hit := _first(rule, read)) is not None
    ]
    if sum(sign.weight for sign in found) < rules.enough:
        return ()
    return tuple(sorted(found, key=lambda sign: sign.place.start))


def _begin(hit: re.Match[str]) -> int:
    """Return where the words of a sign begin: what ends the sentence before it is no part of it."""
    bare = hit[0].lstrip(_BETWEEN)
    return hit.end() - len(bare) if bare else hit.start()


def _first(rule: _Rule, piece: str) -> re.Match[str] | None:
    hits = (pattern.search(piece) for pattern in rule.patterns)
    return min((hit for hit in hits if hit), key=lambda hit: hit.start(), default=None)


@cache
def _rules() -> _Rules:
    loaded = load("machine_text")
    parts: dict[str, str] = loaded["parts"]

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, part in parts.items():
            pattern = pattern.replace(f"{{{name}}}", part)
        pattern = re.sub(r"\\x\{([0-9A-F]+)\}", lambda code: chr(int(code[1], 16)), pattern)
        # White space within [] is one of its characters; anywhere else it is a gap between words.
        gaps = re.sub(r"(\[[^\]]*\])|( )", lambda part: part[1] or r"[ \t\n]+", pattern)
        return re.compile(gaps, re.IGNORECASE | re.MULTILINE)

    return _Rules(
        enough=loaded["enough"],
        rules=tuple(
            _Rule(
                sign["name"],
                sign["weight"],
                sign.get("everywhere", True),
                tuple(compiled(pattern) for pattern in sign["match"]),
            )
            for sign in loaded["sign"]
        ),
    )
