"""Criticism of identifiable people and bodies, and whether the article carries their answer."""

from briefs.domain.scan import Attribution, Criticism, Entity, Reference
from briefs.language.parse import ParsedArticle


def criticisms(
    parsed: ParsedArticle,
    entities: tuple[Entity, ...],
    references: tuple[Reference, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[Criticism, ...]:
    """Return the criticisms of the article, in order."""
    return ()
