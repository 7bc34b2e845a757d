"""What an article is about, told from its head: two claims are compared only where their articles meet."""

from dataclasses import dataclass
from datetime import date

from briefs.domain.relations import IndexedArticle
from briefs.language.terms import common, content
from briefs.steps.relate.figures import Frame

_ONE = 99
"""Kinship of an article with itself."""
_TITLE = 2
"""So many words of two titles in common are one topic."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The head of an article as it is compared."""

    id: str
    published: str | None
    day: date | None
    """The day of publication."""
    names: frozenset[str]
    """Names of the checklist, each by its last word's term, and `main`."""
    main: frozenset[str]
    """Countries of the title."""
    title: frozenset[str]
    """Terms of the title that say what it is about."""
    frame: Frame
    """What comparing figures takes of it."""


def head(article: IndexedArticle) -> Head:
    """Return what is compared of an article; its claims are not read."""
    title = content(article.title)
    named = {words[-1] for name in article.names if (words := content(name))}
    main = frozenset(term for term in title if term.startswith("@"))
    known = frozenset(named) | main
    frame = Frame(
        label=article.outlet or (f"“{article.title}”" if article.title else article.slug),
        published=article.published,
        title=frozenset(title),
        about=frozenset(title) | known,
    )
    return Head(
        id=article.id,
        published=article.published,
        day=_day(article.published),
        names=known,
        main=main,
        title=frozenset(term for term in title if not common(term)) - main,
        frame=frame,
    )


def kinship(one: Head, other: Head) -> int:
    """Return how many names two articles share, one more where their titles share words; 0: strangers."""
    if one.id == other.id:
        return _ONE
    return len(one.names & other.names) + (len(one.title & other.title) >= _TITLE)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
