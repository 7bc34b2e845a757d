"""Clauses: the parts of a sentence that each state something of their own."""

from briefs.domain.scan import Clause
from briefs.language.parse import ParsedArticle


def clauses(parsed: ParsedArticle) -> tuple[Clause, ...]:
    """Return the clauses of sentences that state several things, in order; others have none."""
    return ()
