"""In which order to check claims: a weighted sum of yes/no questions that a person can read."""

from collections.abc import Set
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.claims import Priority
from briefs.domain.scan import Attribution, Quantity, SourceKind
from briefs.domain.spans import Frozen
from briefs.steps.extract.facts import Facts, words
from briefs.steps.extract.stating import Statement
from briefs.steps.extract.view import within

EARLY = 3
"""Paragraphs of body text that count as the first ones."""


FEW = 5
"""A count up to here is a detail, unless it counts harm."""


class Asked(Frozen):
    """One question of `priority.toml`."""

    id: str
    weight: float
    text: str


class Standing(NamedTuple):
    """Where a claim stands in the article."""

    headline: bool
    early: bool
    repeated: bool
    sourced: bool = False
    """Another place of the article gives a source for every figure of it."""


@cache
def magnitudes() -> frozenset[str]:
    """Return the plural words that give a size and no number: "thousands"."""
    return frozenset(load("priority")["magnitudes"])


@cache
def questions() -> tuple[Asked, ...]:
    """Return the questions of the data file, the heaviest first."""
    asked = tuple(Asked.model_validate(each) for each in load("priority")["question"])
    return tuple(sorted(asked, key=lambda each: -abs(each.weight)))


def prioritise(statement: Statement, standing: Standing) -> Priority:
    """Return the score of a claim and the questions that were answered yes, the heaviest first."""
    yes = _answers(statement, standing)
    answered = [each for each in questions() if each.id in yes]
    score = min(1.0, max(0.0, sum(each.weight for each in answered)))
    return Priority(score=round(score, 3), reasons=tuple(each.text for each in answered))


def _answers(statement: Statement, standing: Standing) -> frozenset[str]:
    found, source = statement.facts, statement.attribution
    criticised = [c for view in statement.views for c in view.criticisms if c.place.overlaps(statement.quote)]
    voiced = voiced_only(found)
    figures = [q for v in statement.views for q in within(v.quantities, statement.quote)]
    vague = found.figure and not any(_exact(q) for q in figures)
    telling = found.figure and not vague and (found.harm or any(tells(q) for q in figures))
    bare = source.kind is SourceKind.UNATTRIBUTED and not standing.sourced
    return frozenset(
        name
        for name, yes in (
            ("figure", telling),
            ("figure_vague", vague),
            ("denial", found.denial),
            ("harm", found.harm),
            ("headline", standing.headline),
            ("unnamed", source.kind is SourceKind.ANONYMOUS and not voiced),
            ("figure_unsourced", telling and bare),
            ("superlative", found.superlative),
            ("criticism", any(c.answer is None for c in criticised)),
            ("second_hand", _second_hand(source)),
            ("cause", found.cause),
            ("event", found.event),
            ("named", found.particular),
            ("early", standing.early),
            ("repeated", standing.repeated),
            ("alleged", found.particular and not voiced and _hedged(statement, {"allegation"})),
            ("hedged", _hedged(statement, {"allegation", "report", "belief", "condition", "possibility"})),
            ("voiced", voiced),
            ("vague", not (_anchored(found) or voiced)),
        )
        if yes
    )


def voiced_only(found: Facts) -> bool:
    """Tell whether all that can be checked is that somebody voiced it: opinion or prediction.

    Who denies what others say, or sets one measure beside another, speaks of something that can be checked,
    in whatever words; what a rule says is general and no opinion.
    """
    solid = found.figure or found.superlative or (found.event and (found.particular or found.date))
    solid = solid or found.denial or (found.manner.compares and not found.prediction)
    general = found.generic and not found.rule
    return not solid and (found.opinion or found.prediction or general)


def _anchored(found: Facts) -> bool:
    """Tell whether there is something definite in it; a denial speaks of what others have said."""
    return found.figure or found.date or found.event or found.superlative or found.denial


def tells(figure: Quantity) -> bool:
    """Tell a figure that a sentence is about from a small count, which is a detail."""
    bound = figure.low if figure.low is not None else figure.high
    return figure.kind not in {"count", "ordinal"} or (bound is not None and bound > FEW)


def _exact(figure: Quantity) -> bool:
    """Tell a number from words for its size alone ("tens of thousands", "millions")."""
    if figure.kind in {"percent", "money", "multiple", "score"} or any(c.isdigit() for c in figure.text):
        return True
    return magnitudes().isdisjoint(words(figure.text))


def _second_hand(source: Attribution) -> bool:
    return bool(source.via) or len(source.basis) > 1


def _hedged(statement: Statement, kinds: Set[str]) -> bool:
    hedges = (h for view in statement.views for h in within(view.hedges, statement.quote))
    return any(h.kind in kinds for h in hedges)
