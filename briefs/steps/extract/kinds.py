"""Of which type a claim is, by ordered rules: the first that fits."""

from collections.abc import Sequence
from functools import cache

from briefs.data import load
from briefs.domain.claims import ClaimType
from briefs.domain.scan import Attribution, Quantity, Speech
from briefs.domain.spans import Frozen
from briefs.steps.extract.facts import Facts, words

_LARGE = 1000
"""From here on a count is what a sentence is about; a smaller one with an event describes the event."""


class _Lists(Frozen):
    """The content of `claim_types.toml`."""

    rule: frozenset[str]
    enacts: frozenset[str]
    answers: tuple[str, ...]


def claim_type(quote: str, found: Facts, source: Attribution, figures: Sequence[Quantity]) -> ClaimType:
    """Return the type of a claim from its words, the facts found in it, its source and its figures.

    Types are Full Fact's. An opinion or a prediction that somebody voiced is a STATEMENT: what can be
    checked is that it was voiced.
    """
    said = words(quote)
    rule = _is_rule(said, found)
    enacted = not _lists().enacts.isdisjoint(said)
    talk = source.speech is Speech.DIRECT and (found.first_person or found.manner.address)
    happened = found.event and (found.particular or found.figure or found.date or found.harm)
    counted = (found.superlative and not happened) or any(
        _counts(each, happened=happened) for each in figures
    )
    ahead = found.prediction and not (found.event or found.superlative)
    joined = f" {' '.join(said)} "
    ordered = (
        (any(f" {phrase} " in joined for phrase in _lists().answers), ClaimType.STATEMENT),
        (ahead and found.day and not found.statement, ClaimType.EVENT),
        (ahead, ClaimType.STATEMENT if found.statement else ClaimType.PREDICTION),
        (rule and (enacted or not counted), ClaimType.RULE),
        (talk and not counted, ClaimType.STATEMENT),
        (counted, ClaimType.QUANTITY),
        (found.cause and not happened, ClaimType.CAUSE),
        (found.event and found.manner.self and not found.particular, ClaimType.PERSONAL),
        (found.event, ClaimType.EVENT),
        (found.figure, ClaimType.QUANTITY),
        (found.manner.compares, ClaimType.QUANTITY),
        (found.statement or found.denial, ClaimType.STATEMENT),
        (found.comparison and not found.opinion, ClaimType.QUANTITY),
        (found.opinion and not found.rule, ClaimType.OPINION),
    )
    return next((kind for fits, kind in ordered if fits), ClaimType.OTHER)


def _is_rule(said: list[str], found: Facts) -> bool:
    """Tell whether a law or rule is what is stated, and not only where something happened."""
    known = frozenset(said)
    legal = found.rule and not _lists().rule.isdisjoint(known)
    return legal and (not found.event or not _lists().enacts.isdisjoint(known))


def _counts(figure: Quantity, *, happened: bool) -> bool:
    """Tell whether a figure is what its sentence is about, and not a detail of what happened."""
    if figure.kind == "ordinal" or figure.text.lower() == "one":  # "next year's money on one pier"
        return False
    bound = figure.low if figure.low is not None else figure.high
    large = bound is not None and abs(bound) >= _LARGE
    telling = figure.approximate or figure.period is not None or figure.kind == "money"
    return large or figure.kind in {"percent", "multiple"} or (telling and not happened)


@cache
def _lists() -> _Lists:
    return _Lists.model_validate(load("claim_types"))
