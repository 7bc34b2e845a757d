"""The articles of the corpus with their briefs, and which brief states which claim of the manifest."""

from functools import cache

from golden import GoldArticle, GoldClaim, collapse, manifest
from test_pipeline import found

from briefs.domain.brief import ArticleBriefs, Made
from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.steps.compose import compose
from briefs.steps.segment import segment

_PART = 3
"""A claim of which the tool quotes a third is found."""


@cache
def briefs_of(file: str) -> ArticleBriefs:
    """Return the briefs of one article of the corpus, drafted offline once a session."""
    ready = found(file)
    composed = compose(ready.article, segment(ready.article), ready.scan, ready.extraction, ready.findings)
    return ArticleBriefs(
        article=ready.article,
        overview=composed.overview,
        ledger=ready.extraction.ledger,
        briefs=composed.briefs,
        made=Made(engine="offline", tool_version="0"),
    )


@cache
def indexed(file: str) -> IndexedArticle:
    """Return what an index keeps of one article of the corpus."""
    return IndexedArticle.of(briefs_of(file))


@cache
def corpus() -> tuple[IndexedArticle, ...]:
    """Return every article of the corpus as an index keeps it."""
    return tuple(indexed(gold.file) for gold in manifest().articles)


def stating(gold: GoldArticle, claim: GoldClaim) -> tuple[IndexedClaim, ...]:
    """Return the briefs' claims that state a claim of the manifest; several where the tool splits it."""
    held = indexed(gold.file).claims
    return tuple(each for each in held if _is(claim.quote, collapse(each.quote.text)))


def _is(want: str, got: str) -> bool:
    return want in got or (got in want and len(got) * _PART >= len(want))
