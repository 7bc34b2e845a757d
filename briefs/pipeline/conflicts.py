"""What to ask where an article and another one differ: one question a claim, and few an article.

A question goes to whoever the article has for the claim: a source that is asked about it already, else its
author or outlet. It never says who is right.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefs.data import load
from briefs.domain.article import Article, Copy
from briefs.domain.brief import ArticleBriefs, Brief, Question
from briefs.domain.relations import Aspect, IndexedArticle, IndexedClaim, Relation
from briefs.domain.scan import Quantity, SourceKind
from briefs.domain.spans import How, Quote, Span

MOST = 3
"""The most questions that conflicts raise in one article: on its most important claims."""
_OTHERS = 2
"""The most other articles that one question names."""
_WORDS = 12
"""The most words that a question quotes where the conflict is not about a figure or a date."""
_ANSWERABLE = frozenset({SourceKind.NAMED, SourceKind.ORGANISATION, SourceKind.MEDIA})


class _Wording(NamedTuple):
    asks: str
    settles: str


_ASKS = {
    Aspect.FIGURE: _Wording(
        "which count is yours, and of what", "whether both figures count one thing, and which of them holds"
    ),
    Aspect.DATE: _Wording("which date is yours, and from which record", "which of the two dates holds"),
}
_ELSE = _Wording("what do you know yours from", "which of the two accounts a record bears out")


class _Side(NamedTuple):
    """The words of another article that differ."""

    name: str
    """Of the other article, for people."""
    words: str


class _Conflict(NamedTuple):
    """What a claim of the article differs from, in one respect."""

    brief: Brief
    aspect: Aspect
    own: str
    """The article's own words, between marks, with the time they are for."""
    sides: tuple[_Side, ...]


class _End(NamedTuple):
    """A relation as seen from one of its claims."""

    other: str
    aspect: Aspect
    own_words: Span | None
    other_words: Span | None


def questions(
    result: ArticleBriefs,
    relations: Iterable[Relation],
    claims: Mapping[str, IndexedClaim],
    articles: Mapping[str, IndexedArticle],
) -> dict[str, Question]:
    """Return the questions that conflicts with other articles raise, by the brief that prints each.

    Conflicts within the article raise none: flags ask about them. Claims that differ from the same words
    (a headline and its text) share a question.
    """
    ends: dict[str, list[_End]] = {}
    for each in relations:
        if each.kind == "conflict":
            ends.setdefault(each.one, []).append(
                _End(each.other, each.aspect, each.one_words, each.other_words)
            )
            ends.setdefault(each.other, []).append(
                _End(each.one, each.aspect, each.other_words, each.one_words)
            )
    alike: dict[tuple[_Side, ...], list[_Conflict]] = {}
    for brief in result.briefs:
        conflict = _conflict(brief, ends.get(brief.id, ()), result.article, claims, articles)
        if conflict is not None:
            alike.setdefault(conflict.sides, []).append(conflict)
    groups = [sorted(group, key=lambda each: -_score(each)) for group in alike.values()]
    groups = sorted(groups, key=lambda group: -_score(group[0]))[:MOST]
    return {group[0].brief.id: _question(n, group, result) for n, group in enumerate(groups, 1)}


def _score(conflict: _Conflict) -> float:
    return conflict.brief.claim.priority.score


def _conflict(
    brief: Brief,
    ends: Sequence[_End],
    article: Article,
    claims: Mapping[str, IndexedClaim],
    articles: Mapping[str, IndexedArticle],
) -> _Conflict | None:
    """Return what a claim differs from in other articles, in the respect of the first of them."""
    known = [(claims[end.other], end) for end in ends if end.other in claims]
    elsewhere = [(other, end) for other, end in known if other.article != article.id]
    if not elsewhere:
        return None
    elsewhere.sort(key=lambda pair: (pair[0].article, pair[0].quote.start, pair[0].id))
    first = elsewhere[0][1]
    sides: dict[str, _Side] = {}
    for other, end in elsewhere:
        if end.aspect is first.aspect:
            name = _name(articles.get(other.article), other.article, article.outlet)
            sides.setdefault(
                other.article, _Side(name, _words(other.quote, other.quantities, end.other_words))
            )
    words = _words(brief.claim.quote, brief.claim.quantities, first.own_words)
    own = f"“{words}”{_time(brief, first.own_words)}"
    return _Conflict(brief, first.aspect, own, tuple(sides.values())[:_OTHERS])


def _question(number: int, group: Sequence[_Conflict], result: ArticleBriefs) -> Question:
    conflict, article = group[0], result.article
    wording = _ASKS.get(conflict.aspect, _ELSE)
    here = "The draft" if article.copy_kind is Copy.OWN else article.outlet or "The article"
    there = " and ".join(f"{side.name} “{side.words}”" for side in conflict.sides)
    return Question(
        id=f"r{number}",
        text=f"{here} has {conflict.own}, {there}: {wording.asks}?",
        ask=_ask(conflict.brief, result),
        settles=wording.settles,
        serves=tuple(each.brief.id for each in group),
    )


def _ask(brief: Brief, result: ArticleBriefs) -> str:
    """Return whom to ask: the claim's source, where compose found how to reach it; else author or outlet."""
    source, article = brief.attribution.source, result.article
    if source is not None and source.how is not How.POSSIBLE and brief.attribution.kind in _ANSWERABLE:
        asked = (q.ask for each in (brief, *result.briefs) for q in each.questions)
        known = next((ask for ask in asked if source.name.casefold() in ask.casefold()), None)
        if known is not None:
            return known
    if article.copy_kind is Copy.OWN:
        return "the author"
    return f"the news desk of {article.outlet}" if article.outlet else "the article’s author or outlet"


def _name(other: IndexedArticle | None, article: str, outlet: str | None) -> str:
    """Return what to call another article; one of the same outlet is called by its title."""
    if other is None:
        return article
    if other.outlet and other.outlet != outlet:
        return other.outlet
    return f"another report ({other.title})" if other.title.strip() else article


def _words(quote: Quote, quantities: Sequence[Quantity], place: Span | None) -> str:
    """Return the words at a place in a quotation, a figure with its unit; else its first words."""
    if place is not None and quote.contains(place) and place.start < place.end:
        start, end = place.start - quote.start, place.end - quote.start
        unit = next((q.unit for q in quantities if q.overlaps(place) and q.unit), None)
        if unit and quote.text[end:].startswith(f" {unit}"):
            end += 1 + len(unit)
        return " ".join(quote.text[start:end].split())
    words = quote.text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def _time(brief: Brief, place: Span | None) -> str:
    """Return the time that the article's figure is for, as it goes on after the figure: " in October"."""
    if place is None:
        return ""
    period = next((q.period for q in brief.claim.quantities if q.overlaps(place) and q.period), None)
    if period is None or period.casefold() in _words(brief.claim.quote, (), place).casefold():
        return ""
    first, _, rest = period.partition(" ")
    if first.casefold() in load("relating")["before_times"] and rest:
        return f" {first.lower()} {rest}"
    return f" for {period}"
