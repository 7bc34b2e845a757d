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


def gathered(text: str, statements: Sequence[Statement]) -> tuple[Stated, ...]:
    """Return the claims in the article's order, each statement in exactly one of them."""
    compared = [likeness(text, statement) for statement in statements]
    buckets: dict[object, list[int]] = {}
    groups: dict[int, list[int]] = {}
    for i, made in enumerate(compared):
        first = next((j for j in _candidates(made, buckets) if same(made, compared[j])), i)
        groups.setdefault(first, []).append(i)
        if first == i:
            for key in made.keys:
                buckets.setdefault(key, []).append(i)
    stated = [_fullest([statements[i] for i in each]) for each in groups.values()]
    return tuple(sorted(stated, key=lambda each: (each.statement.quote.start, each.statement.quote.end)))


def _candidates(made: Likeness, buckets: dict[object, list[int]]) -> list[int]:
    """Return the earlier statements that share most with one: in the same words, or at least two keys."""
    counts: dict[int, int] = {}
    for key in made.keys:
        bucket = buckets.get(key, ())
        if len(bucket) <= CROWDED:
            for j in bucket:
                counts[j] = counts.get(j, 0) + 1
    near = [(-shared, j) for j, shared in counts.items() if shared > 1]
    return [*buckets.get(made.words, ())[:1], *(j for _, j in nsmallest(_NEAREST, near))]


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
