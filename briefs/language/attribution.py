"""Attributions: source, cue and content, and the chain behind the source."""

from briefs.domain.scan import Attribution, Entity, Reference
from briefs.language.parse import ParsedArticle
from briefs.text.quotes import Quotation


def attributions(
    parsed: ParsedArticle,
    entities: tuple[Entity, ...],
    references: tuple[Reference, ...],
    quotations: tuple[Quotation, ...],
) -> tuple[Attribution, ...]:
    """Return every attribution of the article, in the order of their contents."""
    return ()
