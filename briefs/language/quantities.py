"""Figures: value, bounds, approximation, what is counted, period and denominator."""

from briefs.domain.scan import Quantity
from briefs.language.parse import ParsedArticle


def quantities(parsed: ParsedArticle) -> tuple[Quantity, ...]:
    """Return the figures of the article, in order."""
    return ()
