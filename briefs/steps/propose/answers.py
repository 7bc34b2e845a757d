"""A model's answer, read as far as it can be read: any string at all goes in, and no error comes out."""

import json
import re
from itertools import islice
from typing import Any, NamedTuple

from pydantic import ValidationError

from briefs.domain.proposals import LeaveReason
from briefs.llm.answers import whole_claims
from briefs.llm.wire import MOST_CLAIMS, MOST_LEFT_OUT, ExtractAnswer, WireClaim
from briefs.text.equality import collapsed

_MOST_CHARACTERS = 2_000_000
"""What an answer says beyond this is not read; the schema allows a hundredth of it."""
_MOST_REPEATED = 6000
"""The most characters of a misshapen answer that are given back to be repaired."""
_FENCED = re.compile(r"```[a-zA-Z]*[ \t]*\n(.*?)(?:\n[ \t]*```|\Z)", re.DOTALL)


class LeftOut(NamedTuple):
    """The number of a sentence that the model would leave out, and why."""

    number: int
    why: LeaveReason


class ReadAnswer(NamedTuple):
    """What could be read of an answer."""

    claims: tuple[WireClaim, ...]
    left_out: tuple[LeftOut, ...]
    rejected: tuple[str, ...]
    """Kinds of what could not, once each."""


class Misshapen(NamedTuple):
    """An answer of which nothing could be read."""

    problem: str
    """What is wrong, for the model: names of fields and what they must be, nothing of its words."""


def read(text: str, truncated: bool = False) -> ReadAnswer | Misshapen:
    """Return what an answer says, JSON in Markdown fences included.

    Of an answer that ends too early every whole claim counts; of one in which some claims have the wrong
    shape, or that has too many, the others do. `truncated`: the model was stopped.
    """
    text = text[:_MOST_CHARACTERS]
    fenced = _FENCED.search(text)
    if fenced and not text.lstrip().startswith("{"):
        text = fenced.group(1)
    try:
        answer = ExtractAnswer.model_validate_json(text)
    except (ValidationError, ValueError) as error:
        problem = _problem(error)
    else:
        return ReadAnswer(tuple(answer.claims), _left_out(answer.left_out.model_dump()), ())
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return _salvaged(text) or Misshapen(problem)
    claims = loaded.get("claims") if isinstance(loaded, dict) else None
    if not isinstance(claims, list):
        return Misshapen(problem)
    part = _valid(claims, ("truncated",) if truncated else ())
    if claims and not part.claims:
        return Misshapen(problem)
    return part._replace(left_out=_left_out(loaded.get("left_out")))


def shown_answer(text: str) -> str:
    """Return an answer as it is given back: cut to a bound, nothing in it that a request cannot hold."""
    return collapsed(text[:_MOST_REPEATED])


def _valid(claims: list[Any], rejected: tuple[str, ...] = ()) -> ReadAnswer:
    found: list[WireClaim] = []
    kinds = list(rejected)
    for each in claims[:MOST_CLAIMS]:
        try:
            found.append(WireClaim.model_validate(each))
        except ValidationError:
            kinds.append("misshapen")
    kinds.extend(["too_many"] * (len(claims) - MOST_CLAIMS))
    return ReadAnswer(tuple(found), (), tuple(kinds))


def _salvaged(text: str) -> ReadAnswer | None:
    """Return every whole claim of an answer that is no JSON because it ends too early."""
    part = _valid(list(islice(whole_claims(text), MOST_CLAIMS)), ("truncated",))
    return part if part.claims else None


def _left_out(given: object) -> tuple[LeftOut, ...]:
    """Return what is left out and why; what does not have the shape says nothing."""
    if not isinstance(given, dict):
        return ()
    found: list[LeftOut] = []
    for why in LeaveReason:
        numbers = given.get(why.value)
        if isinstance(numbers, list):
            found.extend(LeftOut(n, why) for n in numbers[:MOST_LEFT_OUT] if type(n) is int)
    return tuple(found)


def _problem(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return "it is not JSON"
    lines = []
    for each in error.errors(include_url=False, include_input=False, include_context=False)[:5]:
        where = ".".join(str(part) for part in each["loc"][:4])
        lines.append(f"{where}: {each['msg']}" if where else each["msg"])
    # A key that the model made up stands in the place, and may be any string.
    return collapsed("; ".join(lines))[:600]
