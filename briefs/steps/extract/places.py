"""Where the article states the same claim again: headline, lead and body become one claim."""

from collections.abc import Sequence
from heapq import nsmallest
from typing import NamedTuple

from briefs.domain.article import BlockRole
from briefs.domain.scan import SourceKind
from briefs.domain.spans import How, Span
from briefs.steps.extract.likeness import Likeness, likeness, same
from briefs.steps.extract.stating import Statement

_NEAREST = 8
"""Earlier statements that one is compared with."""
CROWDED = 24
"""A word or figure that more claims share tells none of them apart; looking at it would cost a square."""


class Stated(NamedTuple):
    """A claim's fullest statement and the other places that state it."""

    statement: Statement
    also_at: tuple[Span, ...]


class Seen:
    """Claims met so far, in which another statement of the same claim is found."""

    def __init__(self) -> None:
        self._made: list[Likeness] = []
        self._buckets: dict[object, list[int]] = {}

    def add(self, made: Likeness) -> int:
        """Remember a claim by its likeness and return its number, from 0 in the order added."""
        at = len(self._made)
        self._made.append(made)
        for key in made.keys:
            self._buckets.setdefault(key, []).append(at)
        return at

    def same_as(self, made: Likeness) -> int | None:
        """Return the number of the claim that is the same, or none."""
        return next((at for at in self._candidates(made) if same(made, self._made[at])), None)

    def _candidates(self, made: Likeness) -> list[int]:
        """Return the claims that share most with one: in the same words, or at least two keys."""
        counts: dict[int, int] = {}
        for key in made.keys:
            bucket = self._buckets.get(key, ())
            if len(bucket) <= CROWDED:
                for at in bucket:
                    counts[at] = counts.get(at, 0) + 1
        near = [(-shared, at) for at, shared in counts.items() if shared > 1]
        return [*self._buckets.get(made.words, ())[:1], *(at for _, at in nsmallest(_NEAREST, near))]


def gathered(text: str, statements: Sequence[Statement]) -> tuple[Stated, ...]:
    """Return the claims in the article's order, each statement in exactly one of them."""
    seen = Seen()
    groups: dict[int, list[Statement]] = {}
    for statement in statements:
        made = likeness(text, statement)
        at = seen.same_as(made)
        groups.setdefault(seen.add(made) if at is None else at, []).append(statement)
    stated = [_fullest(each) for each in groups.values()]
    return tuple(sorted(stated, key=lambda each: (each.statement.quote.start, each.statement.quote.end)))


def _fullest(statements: list[Statement]) -> Stated:
    """Choose the statement in the body that says most of its source, then the longest, then the first."""

    def fullness(each: Statement) -> tuple[bool, bool, bool, int, int]:
        sentence = each.views[0].sentence
        sourced = each.attribution.source is not None and each.attribution.how is not How.POSSIBLE
        named = each.attribution.kind not in {SourceKind.UNATTRIBUTED, SourceKind.ANONYMOUS}
        length = each.quote.end - each.quote.start
        return (sentence.role is BlockRole.BODY, sourced, named, length, -sentence.index)

    best = max(statements, key=fullness)
    others = (each.quote for each in statements if each is not best)
    return Stated(best, tuple(sorted(others, key=lambda span: span.start)))
