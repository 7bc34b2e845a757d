"""How much a sentence is worth checking, and whether there is a fact in it: sums of readable weights.

A fact is in a sentence if somebody could hold it against a record, a witness or a measurement: what is or
was so or was done, with whom and how many; what somebody plans or proposes, where it names what. No fact is
in thanks, wishes, values, calls to act and what holds of everything always. Worth checking is less: a fact
of which the public would want to know whether it is right. Whether a sentence becomes a claim is decided
elsewhere (`checkability.py`): a fact in a question or in the author's own plans may be left out, and a
voiced opinion may be a claim.
"""

from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.spans import Frozen
from briefs.steps.extract.facts import Facts, words
from briefs.steps.extract.view import View, within
from briefs.steps.extract.wording import Manner

_ENOUGH = 0.5
_LEFT_OUT_WORTH = 0.4
"""The most that a sentence without a claim can be worth checking."""
_NAMED = frozenset({"PERSON", "ORG", "EVENT", "LAW", "WORK"})
_RATIOS = frozenset({"percent", "multiple", "measure"})


class Weight(NamedTuple):
    """What the ledger says of a sentence."""

    verifiable: bool
    """Is there a fact in it?"""
    worth: float
    """0..1; 0.5 and more is worth checking."""


class Lists(Frozen):
    """Word lists of `weighing.toml`, lower case, one word each."""

    matters: frozenset[str]
    lofty: frozenset[str]
    sweeping: frozenset[str]


class Weights(Frozen):
    """The content of `weighing.toml`."""

    verifiable: dict[str, float]
    worth: dict[str, float]
    lists: Lists


@cache
def weights() -> Weights:
    """Return the weights of the data file, typed."""
    return Weights.model_validate(load("weighing"))


def weigh(text: str, view: View, found: Facts, *, kept: bool) -> Weight:
    """Return what a sentence weighs; `text` is the article's, `found` the facts of the whole sentence.

    `kept` tells whether a claim came of it: what is left out is not worth checking, whatever its sum.
    """
    there = features(text, view, found)
    given = weights()
    worth = _summed(there, given.worth)
    return Weight(_summed(there, given.verifiable) >= _ENOUGH, worth if kept else min(worth, _LEFT_OUT_WORTH))


def features(text: str, view: View, found: Facts) -> frozenset[str]:
    """Return every feature that a sentence has, under the name that weights are given for."""
    there = [name for name, value in zip(Facts._fields, found, strict=True) if value is True]
    there += [name for name, value in zip(Manner._fields, found.manner, strict=True) if value]
    there += [name for name, value in counted(text, view) if value]
    return frozenset(there)


def counted(text: str, view: View) -> tuple[tuple[str, bool], ...]:
    """Return the features that `Facts` does not hold, each with whether the sentence has it."""
    sentence, signals, lists = view.sentence, view.signals, weights().lists
    told = words(sentence.of(text))
    said = frozenset(told)
    matters, lofty = len(said & lists.matters), len(said & lists.lofty)
    kinds = {figure.kind for figure in within(view.quantities, sentence)}
    return (
        ("matter", matters > 0),
        ("matters", matters > 1),
        ("lofty", lofty > 0),
        ("loftier", lofty > 1),
        ("sweeping", not said.isdisjoint(lists.sweeping)),
        ("money", "money" in kinds),
        ("ratio", not kinds.isdisjoint(_RATIOS)),
        ("numbers", bool(kinds)),
        ("named", any(each.label in _NAMED for each in view.entities)),
        ("names", signals.proper > 2),
        ("dated", bool(view.dates)),
        ("negated", bool(signals.negation)),
        ("past", signals.past),
        ("going_on", signals.going_on),
        ("acts", signals.acts),
        ("of_kinds", signals.of_kinds),
        ("nouns", signals.nouns > 1),
        ("many_nouns", signals.nouns > 3),
        ("very_long", len(told) >= 30),
    )


def _summed(there: frozenset[str], weighed: dict[str, float]) -> float:
    """Return the sum of the weights of what is there, from the base, cut to 0..1."""
    total = weighed["base"] + sum(weight for name, weight in weighed.items() if name in there)
    return round(min(1.0, max(0.0, total)), 3)
