"""Of which type a claim is, by ordered rules: the first that fits."""

from functools import cache

from briefs.data import load
from briefs.domain.claims import ClaimType
from briefs.steps.extract.facts import Facts, words


def claim_type(quote: str, found: Facts) -> ClaimType:
    """Return the type of a claim from its words and the facts found in it.

    Types are Full Fact's. An opinion or a prediction that somebody voiced is a STATEMENT: what can be
    checked is that it was voiced.
    """
    solid = found.figure or found.superlative or found.event or found.rule or found.cause or found.comparison
    ahead = found.prediction and not (found.event or found.superlative)
    ordered = (
        (ahead, ClaimType.STATEMENT if found.statement else ClaimType.PREDICTION),
        (found.figure or found.superlative, ClaimType.QUANTITY),
        (found.rule and not _rule_words().isdisjoint(words(quote)), ClaimType.RULE),
        (found.cause, ClaimType.CAUSE),
        (found.event, ClaimType.PERSONAL if found.manner.self and not found.particular else ClaimType.EVENT),
        (found.comparison and not found.opinion, ClaimType.QUANTITY),
        (found.statement, ClaimType.STATEMENT),
        (found.opinion and not solid, ClaimType.OPINION),
    )
    return next((kind for fits, kind in ordered if fits), ClaimType.OTHER)


@cache
def _rule_words() -> frozenset[str]:
    return frozenset(load("claim_types")["rule"])
