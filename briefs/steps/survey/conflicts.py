"""Conflicts as the overview shows them: one for each pair of ways of telling a thing."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefs.domain.relations import Relation
from briefs.domain.spans import Span
from briefs.domain.story import Clash, Figure, Place
from briefs.steps.survey.figures import figure, quantity
from briefs.steps.survey.gather import Claimed
from briefs.steps.survey.web import Web, by_date, told

LIKE = 5
"""Other articles that say the same, by side of a conflict."""


_MANY = 10
"""More claims, or more articles, count no more: beyond, the most important claim decides."""


class Clashes(NamedTuple):
    """The conflicts that are shown, and how many are not."""

    shown: tuple[Clash, ...]
    more: int


def clashes(web: Web, most: int) -> Clashes:
    """Return the conflicts, the most important first.

    Where two claims conflict, so do all that say the same as either; the most important pair stands for all.
    """
    by_sides: dict[tuple[frozenset[str], str], Relation] = {}
    for relation in web.relations:
        if relation.kind == "conflict":
            key = (frozenset((web.sides.of(relation.one), web.sides.of(relation.other))), relation.aspect)
            held = by_sides.get(key)
            if held is None or _weight(relation, web) < _weight(held, web):
                by_sides[key] = relation
    chosen = sorted(by_sides.values(), key=lambda relation: _rank(relation, web))
    return Clashes(tuple(_clash(r, web) for r in chosen[:most]), max(0, len(chosen) - most))


def _weight(relation: Relation, web: Web) -> tuple[float, str, str]:
    one, other = web.claims[relation.one], web.claims[relation.other]
    return (-one.score - other.score, relation.one, relation.other)


def _rank(relation: Relation, web: Web) -> tuple[int, bool, int, float, str, str]:
    """Order conflicts by what rests on them: high-priority claims on both sides, then how widely it is told.

    Of those on which as much rests, what one article says against itself comes last: it is a flag there too.
    """
    ends = {claim.id: claim for end in (relation.one, relation.other) for claim in web.alike(end)}
    high = sum(claim.level == "high" for claim in ends.values())
    articles = len({claim.place.article for claim in ends.values()})
    return (-min(high, _MANY), articles < 2, -min(articles, _MANY), *_weight(relation, web))


def _clash(relation: Relation, web: Web) -> Clash:
    ends = [
        (web.claims[relation.one], relation.one_words),
        (web.claims[relation.other], relation.other_words),
    ]
    ends.sort(key=lambda end: by_date(end[0]))
    (one, one_words), (other, other_words) = ends
    shown = {one.place.article, other.place.article}
    like_one, more_one = _like(web.alike(one.id), shown)
    like_other, more_other = _like(web.alike(other.id), shown)
    return Clash(
        one=told(one, _figure(one, one_words), 1),
        other=told(other, _figure(other, other_words), 2),
        one_words=_words(one, one_words),
        other_words=_words(other, other_words),
        why=relation.note,
        like_one=like_one,
        like_other=like_other,
        more_like_one=more_one,
        more_like_other=more_other,
    )


def _figure(claim: Claimed, span: Span | None) -> Figure | None:
    found = quantity(claim, span) if span is not None else None
    return figure(found) if found is not None else None


def _words(claim: Claimed, span: Span | None) -> str | None:
    """Return the words that a conflict is about: the figure they belong to, or the words in the quotation."""
    if span is None:
        return None
    found = quantity(claim, span)
    start = claim.quote.start
    words = (
        found.text if found is not None else claim.quote.text[max(0, span.start - start) : span.end - start]
    )
    return " ".join(words.split()) or None


def _like(alike: Iterable[Claimed], shown: set[str]) -> tuple[tuple[Place, ...], int]:
    """Return the other articles among claims that say the same, and how many more there are."""
    others: Sequence[Place] = list(
        {
            c.place.article: c.place for c in sorted(alike, key=by_date) if c.place.article not in shown
        }.values()
    )
    return tuple(others[:LIKE]), max(0, len(others) - LIKE)
