"""Read what a model answered: any string at all. What has the asked shape is kept, the rest is counted."""

import json
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from briefs.llm.answers import whole_claims
from briefs.llm.wire_compose import WireMissing, WireQuestion

MOST_ITEMS = 64
"""Items of one answer that are looked at: a model that rambles does not hold up the run."""

Wire = TypeVar("Wire", bound=BaseModel)


class Suggestions(NamedTuple):
    """What an answer says about one claim, by its number in the call."""

    claim: int
    missing: tuple[WireMissing, ...]
    questions: tuple[WireQuestion, ...]


class Read(NamedTuple):
    """An answer, as far as it can be read."""

    suggestions: tuple[Suggestions, ...]
    malformed: int
    """Items that have not the asked shape."""
    whole: bool
    """It was one JSON object with a list of claims, to its end."""


def read(text: str) -> Read:
    """Return what can be read of an answer; whole items of a truncated one count."""
    try:
        document, _ = json.JSONDecoder().raw_decode(text, text.index("{"))
        items = document["claims"]
        whole = isinstance(items, list)
    except (ValueError, KeyError, TypeError, RecursionError):
        items, whole = list(whole_claims(text)), False
    if not isinstance(items, list):
        items = []
    found: list[Suggestions] = []
    malformed = max(0, len(items) - MOST_ITEMS)
    for item in items[:MOST_ITEMS]:
        number = item.get("claim") if isinstance(item, dict) else None
        if not isinstance(number, int) or isinstance(number, bool):
            malformed += 1
            continue
        missing = _of(WireMissing, item.get("missing"))
        questions = _of(WireQuestion, item.get("questions"))
        malformed += missing.malformed + questions.malformed
        found.append(Suggestions(number, missing.items, questions.items))
    return Read(tuple(found), malformed, whole)


class _Items(NamedTuple):
    items: tuple[Any, ...]
    malformed: int


def _of(wire: type[Wire], raw: object) -> _Items:
    """Return the items of a list that have the asked shape, and how many have not."""
    if not isinstance(raw, list):
        return _Items((), int(raw is not None))
    found = []
    for each in raw[:MOST_ITEMS]:
        try:
            found.append(wire.model_validate(each))
        except (ValidationError, RecursionError):
            continue
    return _Items(tuple(found), len(raw) - len(found))
