"""Budgets hold when many calls are under way, and give no room away; estimates add up."""

import asyncio

import pytest
from asking import a_request
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.config import Price
from briefs.errors import ConfigError
from briefs.llm.budget import Budget, Budgeted
from briefs.llm.estimate import assumed, estimate, lines, step_estimate
from briefs.llm.limits import estimate_request
from briefs.llm.meter import Meter, Metered
from briefs.llm.port import CallFailure, FailureKind, Reply, Request, Usage

PRICE = Price(tokens_in=1, tokens_out=2)


class Stub:
    """A model that takes what it is told to take, after a turn of the loop."""

    id = "openai:stub"
    address = "http://127.0.0.1/v1"

    def __init__(self, usages: list[Usage], share: float | None = None) -> None:
        self.usages = usages
        self.share = share
        self.asked = 0
        self.most_at_once = 0
        self._at_once = 0

    def body(self, request: Request) -> str:
        """Return the request's own text."""
        return request.model_dump_json()

    async def ask(self, request: Request) -> Reply:
        """Return a reply with the next usage."""
        usage = self.usages[self.asked % len(self.usages)]
        if self.share is not None:  # of the most that this very call may take
            most = (estimate_request(request), request.max_tokens)
            usage = Usage(tokens_in=int(most[0] * self.share), tokens_out=int(most[1] * self.share))
        self.asked += 1
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self._at_once -= 1
        return Reply(text="{}", usage=usage, attempts=1)

    async def close(self) -> None:
        """Do nothing."""


def ask_all(model: Budgeted, requests: list[Request]) -> list[Reply]:
    """Ask all at once."""

    async def whole() -> list[Reply]:
        return list(await asyncio.gather(*(model.ask(each) for each in requests)))

    return asyncio.run(whole())


@settings(max_examples=40, deadline=None)
@given(
    budget=st.integers(0, 2000),
    sizes=st.lists(st.integers(1, 400), min_size=1, max_size=12),
    share=st.floats(0, 1),
)
def test_calls_together_never_overshoot(budget: int, sizes: list[int], share: float) -> None:
    """However many calls are under way, what they take together stays within the budget."""
    requests = [a_request("x" * size, max_tokens=size) for size in sizes]
    replies = ask_all(Budgeted(Stub([Usage()], share), Budget(tokens=budget)), requests)
    made = [reply for reply in replies if reply.failure is None]
    assert sum(reply.usage.tokens_in + reply.usage.tokens_out for reply in made) <= budget
    refused = [reply for reply in replies if reply.failure is not None]
    assert all(reply.failure and reply.failure.kind is FailureKind.BUDGET for reply in refused)
    assert all(reply.attempts == 0 for reply in refused)


def test_room_that_is_not_taken_is_given_back() -> None:
    """Five calls that reserve all of it each, and take a tenth, all get through, one after another."""
    request = a_request("x", max_tokens=100)
    most = estimate_request(request) + 100
    stub = Stub([Usage(tokens_in=5, tokens_out=5)])
    replies = ask_all(Budgeted(stub, Budget(tokens=most + 40)), [request] * 5)
    assert [reply.failure for reply in replies] == [None] * 5
    assert stub.most_at_once == 1


def test_a_spent_budget_says_so() -> None:
    """The failure names what is used and what is allowed, in tokens or in dollars."""
    request = a_request("x", max_tokens=100)
    (reply,) = ask_all(Budgeted(Stub([Usage()]), Budget(tokens=10)), [request])
    assert reply.failure is not None
    assert "0 of 10 tokens are used" in reply.failure.message
    (reply,) = ask_all(Budgeted(Stub([Usage()]), Budget(cost=0.00001), PRICE), [request])
    assert reply.failure is not None
    assert "$0.0000 of $0.0000 are used" in reply.failure.message


def test_dollars_hold_too() -> None:
    """With a price, the budget in dollars lets through what it pays for and no more."""
    request = a_request("x", max_tokens=1000)
    usage = Usage(tokens_in=estimate_request(request), tokens_out=1000)
    each = (usage.tokens_in * 1 + usage.tokens_out * 2) / 1_000_000
    stub = Stub([usage])
    replies = ask_all(Budgeted(stub, Budget(cost=each * 2.5), PRICE), [request] * 4)
    assert [reply.failure is None for reply in replies].count(True) == 2


def test_dollars_want_a_price() -> None:
    """A budget in dollars without a price is refused, with both ways out."""
    with pytest.raises(ConfigError, match="--budget-tokens"):
        Budgeted(Stub([Usage()]), Budget(cost=1.0))


def test_a_cancelled_call_counts_as_spent() -> None:
    """Whoever cancels may be billed all the same: the budget does not forget the call."""

    class Endless(Stub):
        async def ask(self, request: Request) -> Reply:
            await asyncio.Event().wait()
            return await super().ask(request)

    request = a_request("x", max_tokens=100)
    model = Budgeted(Endless([Usage()]), Budget(tokens=estimate_request(request) + 100))

    async def whole() -> Reply:
        task = asyncio.create_task(model.ask(request))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return await model.ask(request)

    reply = asyncio.run(whole())
    assert reply.failure is not None
    assert reply.failure.kind is FailureKind.BUDGET


def test_the_meter_tells_calls_from_kept_ones() -> None:
    """Calls, retries, kept replies, failures and unmade calls are counted apart, steps in their order."""
    meter = Meter(PRICE)
    failed = CallFailure(kind=FailureKind.TIMED_OUT, message="late")
    unmade = CallFailure(kind=FailureKind.BUDGET, message="spent")
    usage = Usage(tokens_in=1000, tokens_out=500)
    meter.add("a", "extract", Reply(text="{}", usage=usage, attempts=3, seconds=2))
    meter.add("a", "extract", Reply(cached=True))
    meter.add("a", "compose", Reply(failure=failed, attempts=4))
    meter.add("b", "extract", Reply(failure=unmade))
    extract, compose = meter.of("a")
    assert (extract.calls, extract.attempts, extract.cache_hits, extract.cost) == (1, 3, 1, 0.002)
    assert (compose.step, compose.failed) == ("compose", {"timed_out": 1})
    (b,) = meter.of("b")
    assert (b.calls, b.failed) == (0, {"budget": 1})
    assert [use.step for use in meter.total()] == ["extract", "compose"]
    assert meter.taken("b") == (b,)
    assert meter.of("b") == (), "a run keeps nothing of an article that is done"
    assert [use.step for use in meter.total()] == ["extract", "compose"]
    live = meter.live()
    assert (live.calls, live.cache_hits, live.tokens_in, live.failed, live.waiting) == (2, 1, 1000, 2, 0)
    assert live.cost == pytest.approx(0.002)
    assert Meter().live().cost is None, "no price is no cost, not nothing"


def test_the_meter_forgets_no_call_under_way() -> None:
    """A call that ends with an exception is no longer waiting."""

    class Broken(Stub):
        async def ask(self, request: Request) -> Reply:
            raise RuntimeError(request.step)

    meter = Meter()
    with pytest.raises(RuntimeError):
        asyncio.run(Metered(Broken([Usage()]), meter).ask(a_request()))
    assert meter.live().waiting == 0


def test_an_estimate_adds_up() -> None:
    """Calls, tokens and cost are those of all steps; what is assumed is batched."""
    requests = [a_request("x" * 400, max_tokens=100), a_request("y" * 800, max_tokens=100)]
    extract = step_estimate("extract", requests)
    reasoning = estimate([extract], PRICE, reasoning=8000)
    assert reasoning.most_out == extract.most_out + 8000 * extract.calls
    compose = assumed("compose", items=9, a_call=4, tokens_in=500, max_tokens=200)
    whole = estimate([extract, compose, extract], PRICE)
    assert (extract.calls, compose.calls, whole.calls) == (2, 3, 7)
    assert extract.most_out == 200
    assert extract.tokens_in >= 300
    assert whole.tokens_in == 2 * extract.tokens_in + 1500
    assert whole.most_cost == pytest.approx((whole.tokens_in + 2 * whole.most_out) / 1_000_000)
    assert 0 < (whole.typical_cost or 0) < (whole.most_cost or 0)
    told = "\n".join(lines(whole, model="openai:stub", prices_of="2026-10-26"))
    assert "7 calls" in told
    assert "at the prices of 2026-10-26" in told
    assert "estimated" in told
    assert "not known" in "\n".join(lines(estimate([extract], None), model="openai:stub"))
