"""Hedges: words that hold back certainty."""

from briefs.domain.scan import Hedge
from briefs.language.parse import ParsedArticle


def hedges(parsed: ParsedArticle) -> tuple[Hedge, ...]:
    """Return the hedges of the article, in order."""
    return ()
