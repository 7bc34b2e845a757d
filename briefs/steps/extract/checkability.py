"""Is there anything in it that can be checked, and if not, why not: which pieces become claims."""

from functools import cache
from typing import NamedTuple

from pydantic import Field

from briefs.data import load
from briefs.domain.article import BlockRole
from briefs.domain.spans import Frozen
from briefs.steps.extract.facts import Facts, words
from briefs.steps.extract.wording import Manner

_STATES = 0.5
_TELLS = 0.65
"""Sums from which a piece is a claim though no rule names a fact in it."""
_LEADING_WORDS = 10
"""A sentence that opens like a connective and is longer states something of its own."""

_LEAST_WORDS = 5
"""Fewer words than a handful state nothing that a second reader could rest on."""


class Judgement(NamedTuple):
    """What was decided about a piece of a sentence."""

    checkable: bool
    reason: str
    """In words for people: why it is a claim, or why it is left out."""
    weight: int
    """How much hard fact it holds: 0 none, 1 a statement or soft fact, 2 a figure, event or record."""


class Rules(Frozen):
    """The content of `checkability.toml`."""

    reasons: dict[str, str]
    because: dict[str, str]
    furniture: dict[str, str]
    tells: dict[str, float]
    states: dict[str, float]
    topics: frozenset[str]
    connective: dict[str, tuple[str, ...]] = Field(default_factory=dict)


@cache
def rules() -> Rules:
    """Return the rules of the data file, typed."""
    return Rules.model_validate(load("checkability"))


def judge(piece: str, found: Facts, role: BlockRole = BlockRole.BODY) -> Judgement:
    """Decide about a piece of a sentence from its words and the facts found in it."""
    features = _features(found)
    told = _summed(features, rules().tells) >= _TELLS or _summed(features, rules().states) >= _STATES
    hard = _hard(found)
    leads_on = not hard and found.words < _LEADING_WORDS and _leads_on(piece)
    if leads_on:
        left_out = "connective"
    elif not hard and (found.manner.rhetoric or _muses(found)):
        left_out = "opinion"
    elif told or _stands_out(piece, found, role):
        left_out = ""
    else:
        left_out = _left_out(found)
    if left_out:
        return Judgement(False, rules().reasons[left_out], 0)
    because = [reason for name, reason in rules().because.items() if name in features]
    if role is BlockRole.HEADLINE:
        because.insert(0, rules().because["headline"])
    reason = ", ".join(because[:3]) or rules().because["particular"]
    return Judgement(True, reason, 2 if hard else 1)


def arguable(piece: str, found: Facts) -> bool:
    """Tell whether a second reader may call a piece checkable that the rules leave out.

    There is something to look up in it, and it is no question, order, opinion, prediction or thought.
    """
    if found.question or found.imperative or found.opinion or found.prediction or _muses(found):
        return False
    spoken = found.manner
    if spoken.rhetoric or spoken.talk or spoken.obliges or spoken.thought or spoken.condition:
        return False
    if not found.finite or found.words < _LEAST_WORDS or _leads_on(piece):
        return False
    told = found.event or found.cause or found.comparison or found.rule or found.harm
    return told or spoken.denies or spoken.amounts


def _summed(features: tuple[str, ...], weights: dict[str, float]) -> float:
    """Return the sum of the weights of what is there, from the base, cut to 0..1."""
    total = weights["base"] + sum(weights.get(name, 0.0) for name in features)
    return round(min(1.0, max(0.0, total)), 3)


def _features(found: Facts) -> tuple[str, ...]:
    """Return every feature that a piece has, under the name that weights are given for."""
    there = [name for name, value in zip(Facts._fields, found, strict=True) if value is True]
    there += [name for name, value in zip(Manner._fields, found.manner, strict=True) if value]
    concrete = found.manner.public or found.figure or found.rule
    derived = (
        ("short", found.words < 6),
        ("long", found.words > 12),
        ("anchored_event", found.event and (found.particular or found.date or found.manner.others)),
        ("promise", found.first_person and found.prediction and concrete),
    )
    return (*there, *(name for name, value in derived if value))


def _hard(found: Facts) -> bool:
    """Tell whether there is a fact that stands by itself: a figure, a dated or named event, a record."""
    if found.figure or found.turn or (found.superlative and not found.manner.self):
        return True
    if found.question or found.imperative:
        return False
    anchored = found.particular or found.date
    shown = found.comparison or found.rule or found.cause
    return anchored and (found.event or (shown and not found.prediction))


def _stands_out(piece: str, found: Facts, role: BlockRole) -> bool:
    """Tell whether the place on the page makes it a claim: a headline states, a caption shows."""
    if role is BlockRole.HEADLINE:
        topic = not rules().topics.isdisjoint(
            words(piece)[:1]
        )  # "How the town lost its bridge" names a subject
        return found.words > 2 and not found.question and (_hard(found) or not topic)
    if role in {BlockRole.CAPTION, BlockRole.QUOTE}:
        return found.words > 3
    return role in {BlockRole.LIST_ITEM, BlockRole.TABLE} and found.particular


def _muses(found: Facts) -> bool:
    """Tell whether the writer judges in the first person, of nobody and no time that could be looked up."""
    anchored = found.particular or found.date or found.reported or found.statement
    return found.opinion and found.first_person and not found.manner.self and not anchored


def _leads_on(piece: str) -> bool:
    words = piece.strip("\"'“‘«\u00a0 ").lower()
    return words.endswith(":") or words.startswith(rules().connective["starts"])


def _left_out(found: Facts) -> str:
    """Return the key of the reason for leaving a piece out, or an empty string for a claim.

    The rules are ordered: the first that fits decides.
    """
    hard = _hard(found)
    soft = found.event or found.cause or found.comparison or found.rule or found.harm
    told_of = found.particular or found.manner.definite or found.manner.amounts
    ordered = (
        (found.words < 3 and not found.figure, "fragment"),
        (found.question and not (found.statement and hard), "question"),
        (hard, ""),
        (found.imperative, "imperative"),
        (found.statement or found.reported or found.denial, ""),
        (found.prediction and found.day and found.words > 5, ""),
        (found.prediction and not (found.event and told_of), "prediction"),
        (found.opinion, "opinion"),
        (found.first_person, "first_person"),
        (found.generic and not (soft and told_of), "generic"),
        (found.words < 6 and not found.particular, "fragment"),
        (soft or (found.particular and found.finite and not found.manner.condition), ""),
    )
    return next((reason for fits, reason in ordered if fits), "vague")
