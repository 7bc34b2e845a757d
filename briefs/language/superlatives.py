"""Firsts, records and extremes."""

from briefs.domain.scan import Superlative
from briefs.language.parse import ParsedArticle


def superlatives(parsed: ParsedArticle) -> tuple[Superlative, ...]:
    """Return the superlatives of the article, in order."""
    return ()
