"""What an article is about, told from its head: two claims are compared only where their articles meet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from briefs.domain.relations import IndexedArticle
from briefs.language.comparing.times import day_of
from briefs.language.terms import common, content
from briefs.steps.relate.bodies import calling
from briefs.steps.relate.figures import Frame
from briefs.text.marks import quotable
from briefs.text.shortened import shortened

_ONE = 99
"""Kinship of an article with itself."""
_KEPT = 5_000
_LABEL = 60
"""Characters of a title that tell which article it is."""
_TITLE = 2
"""So many words of two titles in common are one topic."""
_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of text: in a label they would turn the sentence that names it."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The head of an article as it is compared."""

    id: str
    published: str | None
    day: date | None
    """The day of publication."""
    names: frozenset[str]
    """Names of the checklist, each by the term of its `calling` word, and `main`."""
    main: frozenset[str]
    """Countries of the title."""
    title: frozenset[str]
    """Terms of the title that say what it is about."""
    frame: Frame
    """What comparing figures takes of it."""


def head(article: IndexedArticle) -> Head:
    """Return what is compared of an article, kept for the next time; its claims are not read."""
    label = _STEERING.sub("", article.outlet or _short(article.title) or article.slug)
    return _kept(article.id, article.title, article.names, article.published, label)


@lru_cache(maxsize=_KEPT)
def _kept(name: str, title: str, names: tuple[str, ...], published: str | None, label: str) -> Head:
    terms = content(title)
    main = frozenset(term for term in terms if term.startswith("@"))
    known = frozenset(word for each in names if (word := calling(each))) | main
    return Head(
        id=name,
        published=published,
        day=day_of(published),
        names=known,
        main=main,
        title=frozenset(term for term in terms if not common(term)) - main,
        frame=Frame(label=label, published=published, title=frozenset(terms), about=frozenset(terms) | known),
    )


def _short(title: str) -> str:
    if not title or not quotable(title):
        return ""
    return f"“{shortened(title, _LABEL)}”"


def kinship(one: Head, other: Head) -> int:
    """Return how many names two articles share, one more where their titles share words; 0: strangers."""
    if one.id == other.id:
        return _ONE
    return len(one.names & other.names) + of_one_title(one.title, other.title)


def of_one_title(one: frozenset[str], other: Iterable[str]) -> bool:
    """Tell whether two titles, by their terms, are of one topic."""
    return len(one.intersection(other)) >= _TITLE
