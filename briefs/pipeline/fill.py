"""Fill: put what other claims say into an article's briefs, and take it out again.

Pure: the same briefs and the same relations give the same value, however often and in whatever order it is
done. `blank` is the inverse: it leaves what the article alone gives. No question of compose is touched, and
none of its answers; relating adds questions of its own, "r1", "r2", ….
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefs.domain.brief import MOST_IDS, ArticleBriefs, Brief, Origins, Question, Related
from briefs.domain.relations import KINDS, Aspect, IndexedArticle, IndexedClaim, Relation
from briefs.domain.spans import Quote, Span
from briefs.pipeline.conflicts import questions
from briefs.steps.relate import best
from briefs.steps.render.sources import who

MOST = 50
"""The most related claims that a brief keeps; how many there are stands in `related_in_all`."""

_ASPECTS = tuple(Aspect)
_OURS = re.compile(r"r[0-9]+\Z")


class Known(NamedTuple):
    """What is known around one article's claims."""

    relations: Sequence[Relation] = ()
    """Every relation that a claim of the article has."""
    claims: Mapping[str, IndexedClaim] = {}
    """The claims at their other ends, by id."""
    articles: Mapping[str, IndexedArticle] = {}
    """The articles that these stand in, by id."""
    origins: Mapping[str, Origins] = {}
    """What stands behind the article's claims, by brief id."""
    beside: frozenset[str] = frozenset()
    """Ids of the articles whose files are in the same folder."""


def fill(result: ArticleBriefs, known: Known) -> ArticleBriefs:
    """Return an article's briefs with related claims, origins and the questions that conflicts raise.

    What an earlier filling put in is replaced.
    """
    bare = blank(result)
    ends: dict[str, list[Relation]] = {}
    for relation in known.relations:
        ends.setdefault(relation.one, []).append(relation)
        ends.setdefault(relation.other, []).append(relation)
    asked = questions(bare, known.relations, known.claims, known.articles)
    briefs = tuple(
        _filled(brief, result.article.id, ends.get(brief.id, ()), known, asked.get(brief.id))
        for brief in bare.briefs
    )
    return bare.model_copy(update={"briefs": briefs})


def blank(result: ArticleBriefs) -> ArticleBriefs:
    """Return an article's briefs as the article alone gives them: nothing that other claims added."""
    briefs = tuple(_blank(brief) for brief in result.briefs)
    first = tuple(each for each in result.overview.first_questions if not _OURS.match(each))
    overview = result.overview.model_copy(update={"first_questions": first})
    return result.model_copy(update={"briefs": briefs, "overview": overview})


def _blank(brief: Brief) -> Brief:
    own = tuple(each for each in brief.questions if not _OURS.match(each.id))
    return brief.model_copy(
        update={"related": (), "related_in_all": 0, "origins": Origins(), "questions": own}
    )


def _filled(
    brief: Brief, article: str, ends: Iterable[Relation], known: Known, question: Question | None
) -> Brief:
    every = tuple(ends)
    shown = [_related(brief.id, each, known) for each in best(brief.id, every)]
    related = sorted((each for each in shown if each), key=lambda each: _rank(each, article))
    return brief.model_copy(
        update={
            "related": tuple(related[:MOST]),
            # Each brief shows its own few of those that are related and no more: the rest is counted.
            "related_in_all": sum(_other_end(brief.id, each) in known.claims for each in every),
            "origins": bounded(known.origins.get(brief.id, Origins())),
            "questions": (*brief.questions, question) if question else brief.questions,
        }
    )


def bounded(origins: Origins) -> Origins:
    """Return origins with their lists of ids cut as a brief keeps them; the counts stay."""
    found = tuple(
        each.model_copy(update={"claims": each.claims[:MOST_IDS], "articles": each.articles[:MOST_IDS]})
        for each in origins.origins[:MOST]
    )
    return origins.model_copy(update={"shared_with": origins.shared_with[:MOST], "origins": found})


def _rank(related: Related, article: str) -> tuple[object, ...]:
    """Order conflicts first, other articles before this one, the surest aspect first, the newest first."""
    return (
        KINDS.index(related.kind),
        related.article == article,
        _ASPECTS.index(Aspect(related.aspect or Aspect.TOPIC)),
        _backwards(related.published or ""),
        related.article,
        related.quote.start if related.quote else 0,
        related.brief,
    )


def _backwards(date: str) -> tuple[int, ...]:
    """Return what sorts later dates first and a missing one last."""
    return (*(-ord(each) for each in date), 0)


def _related(brief: str, relation: Relation, known: Known) -> Related | None:
    first = relation.one == brief
    claim = known.claims.get(_other_end(brief, relation))
    if claim is None:
        return None
    article = known.articles.get(claim.article)
    return Related(
        kind=relation.kind,
        brief=claim.id,
        article=claim.article,
        note=relation.note,
        aspect=relation.aspect.value,
        quote=claim.quote,
        words=_words(claim.quote, relation.other_words if first else relation.one_words),
        source=who(claim.attribution),
        slug=article.slug if article and claim.article in known.beside else None,
        title=article.title if article else None,
        outlet=article.outlet if article else None,
        published=article.published if article else None,
        text_sha256=article.text_sha256 if article else None,
    )


def _other_end(brief: str, relation: Relation) -> str:
    return relation.other if relation.one == brief else relation.one


def _words(quote: Quote, place: Span | None) -> Quote | None:
    """Return the words at a place of the article that lies within a quotation of it; none if it does not."""
    if place is None or not quote.contains(place) or place.start == place.end:
        return None
    words = quote.text[place.start - quote.start : place.end - quote.start]
    return Quote(start=place.start, end=place.end, text=words)
