"""A run's budget: no call is made that could take it past its tokens or dollars.

A call reserves the most that it can take before it is made: the estimated tokens of its input and all the
tokens that its answer may have. So calls under way together never overshoot together. A call for which
there is no room waits for those under way, which mostly take less than they reserved; if none is, it is not
made. The input is estimated from its bytes, rather too high than too low; what a provider counts beyond the
estimate is the only way past a budget.
"""

import asyncio
from typing import NamedTuple

from briefs.config import Price
from briefs.domain.spans import Frozen
from briefs.errors import ConfigError
from briefs.llm.cached import Called
from briefs.llm.limits import estimate_request
from briefs.llm.port import CallFailure, FailureKind, Reply, Request, Usage
from briefs.llm.prices import cost_of


class Budget(Frozen):
    """What a run may use; none for no limit."""

    tokens: int | None = None
    """In and out together."""
    cost: float | None = None
    """In US dollars."""


class _Use(NamedTuple):
    tokens: int
    cost: float

    def __add__(self, other: "_Use") -> "_Use":  # type: ignore[override]
        return _Use(self.tokens + other.tokens, self.cost + other.cost)

    def __sub__(self, other: "_Use") -> "_Use":
        return _Use(self.tokens - other.tokens, self.cost - other.cost)


def check_budget(budget: Budget, price: Price | None, model: str) -> None:
    """Raise ConfigError when a budget in dollars is given for a model whose price is not known."""
    if budget.cost is not None and price is None:
        raise ConfigError(
            f"--budget-cost: no price is known for {model}; give one in briefs.toml, "
            f'[prices."{model}"] with in and out in US dollars a million tokens, or use --budget-tokens'
        )


class Budgeted:
    """A model that is asked only while its budget lasts; implements the port.

    `address` stands for the model within where that is served at another address each time;
    `reasoning_tokens` is what an answer may have beyond a request's bound.
    Raises ConfigError as `check_budget` does.
    """

    def __init__(
        self,
        model: Called,
        budget: Budget,
        price: Price | None = None,
        *,
        address: str | None = None,
        reasoning_tokens: int = 0,
    ) -> None:
        check_budget(budget, price, model.id)
        self._address = address
        self._reasoning_tokens = reasoning_tokens
        self._model = model
        self._budget = budget
        self._price = price
        self._spent = _Use(0, 0.0)
        self._reserved = _Use(0, 0.0)
        self._under_way = 0
        self._settled: asyncio.Event | None = None

    @property
    def id(self) -> str:
        """Return the id of the model within."""
        return self._model.id

    @property
    def address(self) -> str:
        """Return where calls go: what was said, or what the model within says."""
        return self._address or self._model.address

    def body(self, request: Request) -> str:
        """Return what is sent for a request, as the model within says."""
        return self._model.body(request)

    async def ask(self, request: Request) -> Reply:
        """Return the reply of the model within, or a failure of kind BUDGET without a call."""
        most = self._most(request)
        while not self._fits(most):
            if self._under_way == 0:
                return Reply(failure=self._failure(most))
            # Whoever settles next sets this very event; each round waits for a new one.
            self._settled = self._settled or asyncio.Event()
            await self._settled.wait()
        self._reserved += most
        self._under_way += 1
        used = _Use(0, 0.0)
        try:
            reply = await self._model.ask(request)
            used = self._use(reply.usage)
            return reply
        except asyncio.CancelledError:
            used = most  # the provider may have counted it all the same
            raise
        finally:
            self._reserved -= most
            self._under_way -= 1
            if self._under_way == 0:
                self._reserved = _Use(0, 0.0)  # not the 1e-17 that sums of dollars leave
            self._spent += used
            if self._settled is not None:
                self._settled.set()
                self._settled = None

    async def close(self) -> None:
        """Close the model within."""
        await self._model.close()

    def _most(self, request: Request) -> _Use:
        most_out = request.max_tokens + self._reasoning_tokens
        return self._use(Usage(tokens_in=estimate_request(request), tokens_out=most_out))

    def _use(self, usage: Usage) -> _Use:
        return _Use(usage.tokens_in + usage.tokens_out, cost_of(usage, self._price) or 0.0)

    def _fits(self, most: _Use) -> bool:
        whole = self._spent + self._reserved + most
        budget = self._budget
        if budget.tokens is not None and whole.tokens > budget.tokens:
            return False
        return budget.cost is None or whole.cost <= budget.cost

    def _failure(self, most: _Use) -> CallFailure:
        if self._budget.tokens is not None and (self._spent + most).tokens > self._budget.tokens:
            used, whole = f"{self._spent.tokens:,}", f"{self._budget.tokens:,} tokens"
        else:
            used, whole = f"${self._spent.cost:.4f}", f"${self._budget.cost:,.4f}"
        message = f"the budget does not allow the call: {used} of {whole} are used; raise it and run again"
        return CallFailure(kind=FailureKind.BUDGET, message=message)
