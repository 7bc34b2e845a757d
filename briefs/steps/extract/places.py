"""Where the article states the same claim again: headline, lead and body become one claim.

Careful by design: two wordings stay two claims when a figure, a name, a negation or a hedge differs, because
such differences are what a checker has to see.
"""

import re
from collections.abc import Sequence
from functools import cache
from heapq import nsmallest
from typing import NamedTuple

from briefs.data import load
from briefs.domain.article import BlockRole
from briefs.domain.scan import SourceKind
from briefs.domain.spans import How, Span
from briefs.steps.extract.facts import words
from briefs.steps.extract.stating import Statement
from briefs.steps.extract.view import within

_DISPLAYED = {BlockRole.HEADLINE, BlockRole.SUBHEAD, BlockRole.CAPTION, BlockRole.QUOTE}
_NEAREST = 8
"""Earlier statements that one is compared with."""
CROWDED = 24
"""A word or figure that more claims share tells none of them apart; looking at it would cost a square."""


class Stated(NamedTuple):
    """A claim's fullest statement and the other places that state it."""

    statement: Statement
    also_at: tuple[Span, ...]


class _Print(NamedTuple):
    """What is compared of a statement."""

    words: tuple[str, ...]
    figures: frozenset[tuple[str, str]]
    content: frozenset[str]
    names: frozenset[str]
    negated: bool
    hedges: frozenset[str]
    source: str | None
    role: BlockRole

    @property
    def keys(self) -> tuple[object, ...]:
        """Return what to look it up by."""
        return (self.words, *sorted(self.figures), *sorted(self.content))


def gathered(text: str, statements: Sequence[Statement]) -> tuple[Stated, ...]:
    """Return the claims in the article's order, each statement in exactly one of them."""
    prints = [_print(text, statement) for statement in statements]
    buckets: dict[object, list[int]] = {}
    group = list(range(len(statements)))
    for i, made in enumerate(prints):
        for j in _candidates(made, buckets):
            if group[j] == j and _same(made, prints[j]):
                group[i] = j
                break
        if group[i] == i:
            for key in made.keys:
                buckets.setdefault(key, []).append(i)
    members: dict[int, list[int]] = {}
    for i, first in enumerate(group):
        members.setdefault(first, []).append(i)
    stated = [_fullest([statements[i] for i in each]) for each in members.values()]
    return tuple(sorted(stated, key=lambda each: (each.statement.quote.start, each.statement.quote.end)))


def _candidates(made: _Print, buckets: dict[object, list[int]]) -> list[int]:
    """Return the earlier statements that share most with one: in the same words, or at least two keys."""
    counts: dict[int, int] = {}
    for key in made.keys:
        bucket = buckets.get(key, ())
        if len(bucket) <= CROWDED:
            for j in bucket:
                counts[j] = counts.get(j, 0) + 1
    near = [(-shared, j) for j, shared in counts.items() if shared > 1]
    return [*buckets.get(made.words, ())[:1], *(j for _, j in nsmallest(_NEAREST, near))]


def _same(one: _Print, other: _Print) -> bool:
    if _differ(one, other):
        return False
    if one.words == other.words:
        return True
    common = len(one.content & other.content)
    fewer, more = sorted((len(one.content), len(other.content)))
    wordy = 0.7 if {one.role, other.role} & _DISPLAYED else 0.8
    needed = 0.5 if one.figures & other.figures else wordy
    return common >= 2 and common >= needed * fewer and common >= 0.25 * more


def _differ(one: _Print, other: _Print) -> bool:
    """Tell whether two statements differ in something that a checker has to see."""
    figures = one.figures, other.figures
    return (
        one.negated != other.negated
        or one.hedges != other.hedges
        or bool(one.source and other.source and one.source != other.source)
        or bool(one.names and other.names and one.names.isdisjoint(other.names))
        or not (figures[0] <= figures[1] or figures[1] <= figures[0])
        or (bool(figures[0]) != bool(figures[1]))
    )


def _fullest(statements: list[Statement]) -> Stated:
    """Choose the statement in the body that says most of its source, then the longest, then the first."""

    def fullness(each: Statement) -> tuple[bool, bool, bool, int, int]:
        sentence = each.views[0].sentence
        sourced = each.attribution.source is not None and each.attribution.how is not How.POSSIBLE
        named = each.attribution.kind not in {SourceKind.UNATTRIBUTED, SourceKind.ANONYMOUS}
        return (
            sentence.role is BlockRole.BODY,
            sourced,
            named,
            each.quote.end - each.quote.start,
            -sentence.index,
        )

    best = max(statements, key=fullness)
    others = (each.quote for each in statements if each is not best)
    return Stated(best, tuple(sorted(others, key=lambda span: span.start)))


def _print(text: str, statement: Statement) -> _Print:
    quote, source = statement.quote, statement.attribution.source
    said = words(quote.of(text))
    figures = frozenset(
        (f"{q.low}..{q.high}", _stem((q.unit or "").lower().split()[-1]) if q.unit else "")
        for view in statement.views
        for q in within(view.quantities, quote)
        if q.kind != "ordinal"
    )
    common = compared()
    return _Print(
        figures=figures,
        words=tuple(said),
        content=frozenset(_stem(w) for w in said if w not in common.stop and not w[0].isdigit()),
        names=frozenset(
            e.name
            for view in statement.views
            for e in within(view.entities, quote)
            if e.label in {"PERSON", "ORG"}
        ),
        negated=any(w in common.negations or w.endswith(("n't", "n’t")) for w in said),
        hedges=frozenset(
            h.kind
            for view in statement.views
            for h in within(view.hedges, quote)
            if h.kind != "approximation"
        ),
        source=source.name if source and source.how is not How.POSSIBLE else None,
        role=statement.views[0].sentence.role,
    )


class Compared(NamedTuple):
    """Words that count for nothing, and words that turn a claim round."""

    stop: frozenset[str]
    negations: frozenset[str]


@cache
def compared() -> Compared:
    """Return the word lists of the data file."""
    lists = load("stopwords")
    return Compared(frozenset(lists["words"]), frozenset(lists["negations"]))


_ENDING = re.compile(r"(?:['’]s|ations?|ions?|ings?|ments?|ed|es|ers?|s|e)$")


def _stem(word: str) -> str:
    """Return a word without its commonest endings, never shorter than four letters."""
    if len(word) <= 4:
        return word
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= 4 else word
