"""Trace where a family's claims come from: how many attributions, and how many origins behind them.

An origin is as far back as the articles' own words lead: a person, the body that they speak for, what they
lean on. Attributions are counted as one where a reason can be shown; that two origins have nothing in common
is never said, only that no common source is known.
"""

from collections.abc import Mapping

from briefs.domain.aliases import Aliases
from briefs.domain.article import Article
from briefs.domain.brief import Origins
from briefs.domain.relations import Family, IndexedArticle, IndexedClaim
from briefs.steps.trace.known_as import known_as
from briefs.steps.trace.origins import origins_of
from briefs.steps.trace.tracing import traced
from briefs.text.sketch import sketch

__all__ = ["known_as", "sketch_of", "trace"]


def trace(
    family: Family,
    claims: Mapping[str, IndexedClaim],
    articles: Mapping[str, IndexedArticle],
    aliases: Aliases,
) -> Mapping[str, Origins]:
    """Return the origins behind each claim of a family, by the brief's id.

    Behind a claim stand the claims that say the same; those of the family that conflict with it have origins
    of their own. `claims` and `articles` must hold the family's claims and their articles, of which only the
    head is read. The result does not depend on any order.
    """
    return origins_of(family, traced(family, claims, articles, aliases), articles)


def sketch_of(article: Article) -> tuple[int, ...]:
    """Return the sketch of an article's text without what is not article text (menus, rights, adverts)."""
    kept, place = [], 0
    for piece in article.furniture:
        kept.append(article.text[place : piece.start])
        place = max(place, piece.end)
    kept.append(article.text[place:])
    return sketch(" \n ".join(kept))
