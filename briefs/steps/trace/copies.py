"""Articles that are one text: republished, from one agency, or nearly word for word the same."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from briefs.domain.relations import IndexedArticle
from briefs.groups import Groups
from briefs.steps.trace.names import outlet, outlet_words, readable, shown
from briefs.steps.trace.parties import Party, named_outlet
from briefs.text.marks import quotable
from briefs.text.shortened import shortened
from briefs.text.sketch import bands, shared

COPY = 0.35
"""Share of the shorter text's wording from which two texts are counted as one. Rewritten wire copy of the
sample corpus shares 0.42 to 0.71, other reports of one event 0.05 at most (tests/corpus/test_origins.py)."""
_ALL_PAIRS = 60
"""Up to so many articles every two are compared; beyond, those that meet under a band of their sketches."""
_ENOUGH = 8
_TITLE = 60
_READ = 400


class Copy(NamedTuple):
    """Two articles with one text."""

    one: str
    other: str
    share: int
    """Percent of the shorter text's wording that stands in the other."""


class Copies(NamedTuple):
    """Which articles of a family are one text, and whose."""

    group: Mapping[str, str]
    """Article's id to the least id among its copies; its own id where it has none."""
    members: Mapping[str, tuple[str, ...]]
    """Articles' ids by the group's id."""
    pairs: tuple[Copy, ...]
    makers: Mapping[str, Party]
    """Whose text it is, by the group's id, where an article says so: an agency's, or another outlet's."""
    told: Mapping[str, Party]
    """Whose text an article itself says it is, by the article's id."""


def copies_of(articles: Sequence[IndexedArticle], agencies: frozenset[str]) -> Copies:
    """Return which articles are one text; `agencies` are keys of outlets that the chains name."""
    listed = sorted(articles, key=lambda article: article.id)
    joined = Groups(members=(article.id for article in listed))
    found = dict.fromkeys(_measured(listed))
    # The nearest first, so that what is shown of three copies is how the nearest two of them stand.
    strongest = sorted(found, key=lambda copy: (-copy.share, copy.one, copy.other))
    pairs = [copy for copy in strongest if joined.join(copy.one, copy.other)]
    group = {article.id: joined.of(article.id) for article in listed}
    named: dict[str, dict[str, Party]] = {}
    told = {article.id: maker for article in listed if (maker := _maker(article, agencies)) is not None}
    for article in listed:
        maker = told.get(article.id)
        if maker is not None:
            named.setdefault(group[article.id], {}).setdefault(maker.key, maker)
    makers = {each: next(iter(found.values())) for each, found in named.items() if len(found) == 1}
    members = {root: tuple(each) for root, each in joined.sets().items()}
    return Copies(group, members, tuple(pairs), makers, told)


def _maker(article: IndexedArticle, agencies: frozenset[str]) -> Party | None:
    """Return whose text an article says it is: republished from, or by an agency and nobody else."""
    if article.republished_from and readable(article.republished_from):
        return named_outlet(article.republished_from[:_READ])
    byline = (article.byline or "")[:_READ].strip()
    byline = byline[3:] if byline.casefold().startswith("by ") else byline
    party = named_outlet(byline)
    own = article.outlet is not None and outlet_words(article.outlet) == outlet_words(byline)
    return party if readable(byline) and not own and (party.key in agencies or outlet(byline)) else None


def _measured(articles: Sequence[IndexedArticle]) -> Iterator[Copy]:
    near = Groups(members=(article.id for article in articles))
    many = len(articles) > _ALL_PAIRS
    for one, other in _candidates(articles):
        if many and near.of(one.id) == near.of(other.id):
            continue
        equal = one.text_sha256 == other.text_sha256
        share = 1.0 if equal else shared(one.sketch, other.sketch)
        if share >= COPY:
            near.join(one.id, other.id)
            yield Copy(one.id, other.id, round(100 * share))


def _candidates(articles: Sequence[IndexedArticle]) -> Iterator[tuple[IndexedArticle, IndexedArticle]]:
    if len(articles) <= _ALL_PAIRS:
        yield from combinations(articles, 2)
        return
    met: dict[str, list[IndexedArticle]] = {}
    for article in articles:
        for key in (f"={article.text_sha256}", *bands(article.sketch)):
            others = met.setdefault(key, [])
            # Of texts that are one already a few are enough to find the next one.
            for other in others[:_ENOUGH]:
                yield other, article
            others.append(article)


def first_published(article: IndexedArticle, maker: Party) -> str:
    """Return in words for people why an article's text is somebody else's."""
    if article.republished_from:
        return f"{title(article)} was first published by {shown(maker.name)}"
    return f"{title(article)} is by {shown(maker.name)}"


def said(copy: Copy, articles: Mapping[str, IndexedArticle]) -> str:
    """Return in words for people that two articles are one text."""
    names = " and ".join(title(articles[each]) for each in (copy.one, copy.other))
    return f"{names} share {copy.share} % of their wording"


def title(article: IndexedArticle) -> str:
    """Return what to call an article: its outlet, else its title, else the name of its files."""
    if article.outlet and readable(article.outlet):
        return shown(article.outlet)
    words = " ".join(article.title.split())
    # Between quotation marks its characters stay what they are: `verify` holds them to the article's.
    return f"“{shortened(words, _TITLE)}”" if readable(words) and quotable(words) else shown(article.slug)
