"""What was left out and why: the sentences that are no claims, grouped by what became of them."""

from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs
from briefs.domain.claims import Disposition
from briefs.domain.spans import Span
from briefs.steps.render.wording import upperfirst

WORDS = 12
"""Words shown of a sentence that was left out."""

_TITLES = {
    Disposition.FAILED: "Could not be worked on: ",
    Disposition.NOT_CHECKABLE: "",
    Disposition.FURNITURE: "Not article text: ",
}


class Excerpt(NamedTuple):
    """The first words of a sentence; `whole` if that is all of it."""

    words: str
    whole: bool


class Group(NamedTuple):
    """Sentences left out for one reason."""

    title: str
    """What became of them and why, in words for people."""
    excerpts: tuple[Excerpt, ...]


def left_out(result: ArticleBriefs) -> tuple[Group, ...]:
    """Return the sentences that are no claims by what became of them and why, in the article's order."""
    groups: dict[tuple[Disposition, str], list[Excerpt]] = {}
    for entry in result.ledger:
        if entry.disposition is not Disposition.CLAIM:
            excerpt = _excerpt(Span(start=entry.start, end=entry.end).of(result.article.text))
            groups.setdefault((entry.disposition, entry.reason), []).append(excerpt)
    order = list(_TITLES)
    ranked = sorted(groups, key=lambda key: order.index(key[0]))
    return tuple(Group(_title(*key), tuple(groups[key])) for key in ranked)


def _title(disposition: Disposition, reason: str) -> str:
    words = _TITLES[disposition]
    said = reason.casefold().startswith(words.rstrip(": ").casefold())
    return upperfirst(reason if said else words + reason)


def _excerpt(text: str) -> Excerpt:
    words = text.split(None, WORDS)
    return Excerpt(" ".join(words[:WORDS]), len(words) <= WORDS)
