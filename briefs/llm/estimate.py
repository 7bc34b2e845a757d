"""What a run would take, before anything is spent: calls, tokens and dollars, usually and at most.

Input tokens are characters divided by four, as the rule of thumb for English goes; no tokeniser is loaded,
since that one downloads its tables. They are estimates, and are said to be.
"""

from collections.abc import Iterable
from math import ceil

from pydantic import Field

from briefs.config import Price
from briefs.domain.spans import Frozen
from briefs.llm.port import Request, Usage
from briefs.llm.prices import cost_of

CHARACTERS_A_TOKEN = 4
TYPICAL_SHARE = 0.45
"""Of `max_tokens`, what an answer usually has: 0.41 of extract and 0.52 of compose in `corpus/recorded`."""


class StepEstimate(Frozen):
    """What one step would ask of a model."""

    step: str
    calls: int = Field(ge=0)
    tokens_in: int = Field(ge=0)
    typical_out: int = Field(ge=0)
    most_out: int = Field(ge=0)
    at_most: bool = False
    """So many calls are the most there may be."""


class Estimate(Frozen):
    """What a run would ask of a model."""

    steps: tuple[StepEstimate, ...]
    typical_cost: float | None
    """In US dollars; null where the price is not known."""
    most_cost: float | None

    @property
    def calls(self) -> int:
        """Return the calls of all steps."""
        return sum(step.calls for step in self.steps)

    @property
    def tokens_in(self) -> int:
        """Return the input tokens of all steps."""
        return sum(step.tokens_in for step in self.steps)

    @property
    def typical_out(self) -> int:
        """Return the output tokens of all steps, as they usually come."""
        return sum(step.typical_out for step in self.steps)

    @property
    def most_out(self) -> int:
        """Return the output tokens of all steps, at most."""
        return sum(step.most_out for step in self.steps)


def step_estimate(step: str, requests: Iterable[Request], *, share: float = TYPICAL_SHARE) -> StepEstimate:
    """Return what requests would take; `share` of `max_tokens` is what an answer usually has."""
    calls = tokens_in = typical = most = 0
    for request in requests:
        calls += 1
        characters = sum(len(message.text) for message in request.messages) + len(request.json_schema)
        tokens_in += ceil(characters / CHARACTERS_A_TOKEN)
        typical += ceil(request.max_tokens * share)
        most += request.max_tokens
    return StepEstimate(step=step, calls=calls, tokens_in=tokens_in, typical_out=typical, most_out=most)


def assumed(step: str, *, items: int, a_call: int, tokens_in: int, max_tokens: int) -> StepEstimate:
    """Return what a step would take whose requests are not known yet: `items` in batches of `a_call`.

    `tokens_in` and `max_tokens` are those of one call.
    """
    calls = ceil(items / a_call)
    return StepEstimate(
        step=step,
        calls=calls,
        tokens_in=calls * tokens_in,
        typical_out=ceil(calls * max_tokens * TYPICAL_SHARE),
        most_out=calls * max_tokens,
    )


def estimate(steps: Iterable[StepEstimate], price: Price | None, *, reasoning: int = 0) -> Estimate:
    """Return the whole, with what it would cost at `price`; the steps of several articles are added up.

    `reasoning` is what an answer may have beyond its bound (`Plan.way.reasoning_tokens`).
    """
    sums: dict[str, StepEstimate] = {}
    for each in (_with_reasoning(step, reasoning) for step in steps):
        sums[each.step] = _added(sums[each.step], each) if each.step in sums else each
    tokens_in = sum(step.tokens_in for step in sums.values())
    typical, most = (
        cost_of(Usage(tokens_in=tokens_in, tokens_out=out), price)
        for out in (
            sum(step.typical_out for step in sums.values()),
            sum(step.most_out for step in sums.values()),
        )
    )
    return Estimate(steps=tuple(sums.values()), typical_cost=typical, most_cost=most)


def lines(whole: Estimate, *, model: str, prices_of: str | None = None) -> tuple[str, ...]:
    """Return the estimate in lines for a person."""
    rows = [
        f"  {step.step}: {_calls(step.calls, step.at_most)}, about {step.tokens_in:,} tokens in, "
        f"{step.typical_out:,} out (at most {step.most_out:,})"
        for step in whole.steps
    ]
    calls = _calls(whole.calls, any(step.at_most for step in whole.steps))
    return (
        f"Estimate for {model}: {calls}, about {whole.tokens_in:,} tokens in and "
        f"{whole.typical_out:,} out, at most {whole.most_out:,} out.",
        *rows,
        _cost(whole, prices_of),
        f"Tokens are estimated as characters divided by {CHARACTERS_A_TOKEN}; calls that are kept from an "
        "earlier run cost nothing. Nothing was sent.",
    )


def _with_reasoning(step: StepEstimate, tokens: int) -> StepEstimate:
    return step.model_copy(
        update={
            "typical_out": step.typical_out + ceil(step.calls * tokens * TYPICAL_SHARE),
            "most_out": step.most_out + step.calls * tokens,
        }
    )


def _added(one: StepEstimate, other: StepEstimate) -> StepEstimate:
    return StepEstimate(
        step=one.step,
        calls=one.calls + other.calls,
        tokens_in=one.tokens_in + other.tokens_in,
        typical_out=one.typical_out + other.typical_out,
        most_out=one.most_out + other.most_out,
        at_most=one.at_most or other.at_most,
    )


def _cost(whole: Estimate, prices_of: str | None) -> str:
    if whole.typical_cost is None or whole.most_cost is None:
        return "Cost: not known for this model; give its price in briefs.toml."
    if whole.most_cost == 0:
        return "Cost: nothing; the model runs on this computer."
    at = f", at the prices of {prices_of}" if prices_of else ""
    return f"Cost: about ${whole.typical_cost:.4f}, at most ${whole.most_cost:.4f}{at}."


def _calls(number: int, at_most: bool) -> str:
    return f"{'at most ' if at_most else ''}{_count(number, 'call')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
