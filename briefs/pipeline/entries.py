"""What the claim index keeps of an article, made from its briefs alone."""

from briefs import __version__
from briefs.domain.brief import ArticleBriefs
from briefs.domain.relations import IndexedArticle
from briefs.steps.relate import KEYS_VERSION, head_outline, keys_of, outline, shared_by_articles, terms_of
from briefs.steps.trace import sketch_of
from briefs.store.claim_index.entry import Entry, Limits

RULES = f"{__version__}/{KEYS_VERSION}/{'-'.join(map(str, Limits()))}"
"""By which rules entries, pairs and relations are made: an index made by others is filled anew."""


def entry_of(result: ArticleBriefs) -> Entry:
    """Return what the index keeps of an article, and what its claims are found by."""
    return entry_for(IndexedArticle.of(result, sketch_of(result.article)))


def entry_for(article: IndexedArticle) -> Entry:
    """Return an article with what its claims are found by."""
    # All of a claim before the next one: what was read of it is kept for a few thousand claims only.
    found = [
        (shared_by_articles(keys_of(claim, article)), terms_of(claim), outline(claim, article))
        for claim in article.claims
    ]
    return Entry(
        article,
        keys=tuple(keys for keys, _, _ in found),
        terms=tuple(terms for _, terms, _ in found),
        outlines=tuple(outlined for _, _, outlined in found),
        head=head_outline(article),
    )
