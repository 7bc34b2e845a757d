"""Dates and times, with their value against the dateline."""

from briefs.domain.scan import DateMention
from briefs.language.parse import ParsedArticle


def dates(parsed: ParsedArticle, published: str | None) -> tuple[DateMention, ...]:
    """Return the dates of the article, in order; `published` is the ISO 8601 dateline or none."""
    return ()
