"""Pronouns and descriptions resolved to the name they stand for, where the text leaves one candidate."""

from briefs.domain.scan import Entity, Reference
from briefs.language.parse import ParsedArticle


def references(parsed: ParsedArticle, entities: tuple[Entity, ...]) -> tuple[Reference, ...]:
    """Return the references that have exactly one candidate, in order."""
    return ()
