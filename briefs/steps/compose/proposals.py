"""A proposed question: its kind, the thing it is about, its weight, and the words for its slots."""

from collections.abc import Mapping
from typing import NamedTuple

from briefs.steps.compose.facts import Facts
from briefs.steps.compose.figure import Figure
from briefs.steps.compose.parties import Party, agreement

NOWHERE = "nowhere"
"""Wordings of a question that a claim only points to: there are none, so it is printed under another."""


class Proposal(NamedTuple):
    """A question that could be asked; whether it is, and in which wording, is decided for the article."""

    kind: str
    about: str
    """The thing it is about: proposals of one kind about one thing are one question for all their claims."""
    weight: float
    """How much its answer settles for the claim, from 0 to 12."""
    ask: str
    slots: Mapping[str, str]
    topic: str
    """What it belongs to within a claim ("figure", "source" …): no claim asks only about one thing."""
    wordings: str = ""
    """Kind of its wordings in the bank, where that is not its own kind."""


def base(facts: Facts, source: Party | None = None) -> dict[str, str]:
    """Return the slots that any question about a claim can use."""
    slots = {"direct": ""} if facts.direct else {"indirect": ""}
    if facts.attribution.anonymity_reason is None:
        slots["unexplained"] = ""
    if facts.matter:
        slots["matter"] = facts.matter
        slots["deed"] = facts.told.deed if facts.told else facts.matter
    if facts.town:
        slots["place"] = facts.town
    if source is not None:
        slots |= source.slots("source") | agreement(source)
        if source.vague:
            slots["vague"] = source.vague
        if source.group:
            slots["group"] = source.group
    return slots


def of_content(facts: Facts, source: Party | None = None) -> dict[str, str]:
    """Return these slots with the attributed words alone, where the excerpt would hold who says so."""
    return base(facts, source) | ({"matter": facts.told.content} if facts.told else {})


def of_figure(figure: Figure) -> dict[str, str]:
    """Return the slots that a figure fills."""
    slots = {"figure": figure.phrase, "number": figure.number}
    if figure.unit:
        slots["unit"] = figure.unit
    if figure.quoted:
        slots["quoted"] = figure.quoted
    return slots
