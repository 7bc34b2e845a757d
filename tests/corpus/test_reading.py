"""Ingesting the corpus keeps what its articles say and what their files state, in every format."""

from functools import cache

import pytest
from golden import GoldArticle, collapse, manifest

from briefs.domain.article import Article
from briefs.steps.ingest import Origin, ingest

ARTICLES = pytest.mark.parametrize("gold", manifest().articles, ids=lambda a: a.file)


@cache
def read(gold: GoldArticle) -> Article:
    """Return the article as ingested from its file."""
    return ingest(gold.path.read_bytes(), Origin(id=gold.file, path=gold.file))


@ARTICLES
def test_article_text_is_kept(gold: GoldArticle) -> None:
    """Nothing that the article says is lost by reading: headline, body, quotes, lists, captions, tables."""
    text = collapse(read(gold).text)
    said = [*(c.quote for c in gold.claims), *gold.not_claims, *(b.text for b in gold.blocks)]
    assert [s for s in said if s not in text] == []


@ARTICLES
def test_no_claim_lies_in_what_is_not_article_text(gold: GoldArticle) -> None:
    """Marking furniture must not swallow article text."""
    article = read(gold)
    marked = [collapse(f.of(article.text)) for f in article.furniture]
    assert [(c.id, m) for c in gold.claims for m in marked if c.quote in m] == []


@ARTICLES
def test_links_lie_at_their_words(gold: GoldArticle) -> None:
    """A link inside the text carries its address at exactly the words it stands on."""
    article = read(gold)
    found = {(link.of(article.text), link.url) for link in article.links}
    assert {(link.words, link.url) for link in gold.links} - found == set()


@ARTICLES
def test_no_date_is_guessed(gold: GoldArticle) -> None:
    """An article without a date stays without one, whatever its file's own dates are."""
    published = read(gold).published
    assert published is None or published[:10] == gold.published


@ARTICLES
def test_canonical_address_and_republication(gold: GoldArticle) -> None:
    """The page's canonical address and the outlet it was first published by are read, never made up."""
    article = read(gold)
    assert article.url == gold.url
    assert article.republished_from == gold.republished_from
