"""The terms of a claim, for an index's full text."""

from briefs.domain.relations import IndexedClaim
from briefs.language.terms import content


def terms_of(claim: IndexedClaim) -> tuple[str, ...]:
    """Return the terms of a claim's quoted words, each once, in their order; figures are no terms."""
    return tuple(dict.fromkeys(content(claim.quote.text)))
