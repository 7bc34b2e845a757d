"""Names of people, bodies and places, each under the best name that the article gives."""

from briefs.domain.scan import Entity
from briefs.language.parse import ParsedArticle


def entities(parsed: ParsedArticle) -> tuple[Entity, ...]:
    """Return every named entity of the article, in order."""
    return ()
