"""What calls took: counted an article and a step, and as a running total for whoever watches."""

from collections import Counter
from threading import Lock
from typing import NamedTuple

from briefs.config import Price
from briefs.domain.run import StepUse
from briefs.llm import exchange
from briefs.llm.port import FailureKind, Model, Reply, Request, Usage
from briefs.llm.prices import cost_of


class Live(NamedTuple):
    """A run's use of its model so far, for a line of progress."""

    calls: int
    cache_hits: int
    tokens_in: int
    tokens_out: int
    cost: float | None
    """In US dollars; none where the price is not known."""
    failed: int
    waiting: int
    """Calls under way or waiting for their turn."""


class _Count:
    """The figures of one article and step."""

    def __init__(self) -> None:
        self.calls = self.attempts = self.cache_hits = self.tokens_in = self.tokens_out = 0
        self.seconds = 0.0
        self.failed: Counter[str] = Counter()

    def add(self, reply: Reply) -> None:
        unasked = reply.failure is not None and reply.failure.kind is FailureKind.BUDGET
        self.calls += not reply.cached and not unasked
        self.attempts += reply.attempts
        self.cache_hits += reply.cached
        self.tokens_in += reply.usage.tokens_in
        self.tokens_out += reply.usage.tokens_out
        self.seconds += reply.seconds
        if reply.failure is not None:
            self.failed[reply.failure.kind.value] += 1


class Meter:
    """Counts replies; may be read from any thread while calls go on."""

    def __init__(self, price: Price | None = None) -> None:
        self._price = price
        self._lock = Lock()
        self._counts: dict[str, dict[str, _Count]] = {}
        self._sums: dict[str, _Count] = {}
        self._waiting = 0

    def begin(self) -> None:
        """Count a call as under way."""
        with self._lock:
            self._waiting += 1

    def end(self) -> None:
        """Count a call as over, whatever came of it."""
        with self._lock:
            self._waiting -= 1

    def add(self, slug: str, step: str, reply: Reply) -> None:
        """Count one reply for an article's step."""
        with self._lock:
            self._counts.setdefault(slug, {}).setdefault(step, _Count()).add(reply)
            self._sums.setdefault(step, _Count()).add(reply)

    def of(self, slug: str) -> tuple[StepUse, ...]:
        """Return what one article took, a step each in the order in which they asked."""
        with self._lock:
            return self._uses(self._counts.get(slug, {}))

    def taken(self, slug: str) -> tuple[StepUse, ...]:
        """Return what one article took, and keep only the sums of it."""
        with self._lock:
            return self._uses(self._counts.pop(slug, {}))

    def total(self) -> tuple[StepUse, ...]:
        """Return what all articles took, a step each."""
        with self._lock:
            return self._uses(self._sums)

    def live(self) -> Live:
        """Return the total so far."""
        uses = self.total()
        known = self._price is not None
        return Live(
            calls=sum(use.calls for use in uses),
            cache_hits=sum(use.cache_hits for use in uses),
            tokens_in=sum(use.tokens_in for use in uses),
            tokens_out=sum(use.tokens_out for use in uses),
            cost=sum(use.cost or 0.0 for use in uses) if known else None,
            failed=sum(sum(use.failed.values()) for use in uses),
            waiting=self._waiting,
        )

    def _uses(self, steps: dict[str, _Count]) -> tuple[StepUse, ...]:
        return tuple(self._use(step, count) for step, count in steps.items())

    def _use(self, step: str, count: _Count) -> StepUse:
        cost = cost_of(Usage(tokens_in=count.tokens_in, tokens_out=count.tokens_out), self._price)
        return StepUse(
            step=step,
            calls=count.calls,
            attempts=count.attempts,
            cache_hits=count.cache_hits,
            tokens_in=count.tokens_in,
            tokens_out=count.tokens_out,
            cost=cost if cost is None else round(cost, 8),
            seconds=round(count.seconds, 3),
            failed=dict(sorted(count.failed.items())),
        )


class Metered:
    """A model whose replies are counted; implements the port."""

    def __init__(self, model: Model, meter: Meter) -> None:
        self._model = model
        self._meter = meter

    @property
    def id(self) -> str:
        """Return the id of the model within."""
        return self._model.id

    async def ask(self, request: Request) -> Reply:
        """Return the reply of the model within."""
        article = exchange.current_article()
        self._meter.begin()
        try:
            reply = await self._model.ask(request)
        finally:
            self._meter.end()
        self._meter.add(article.slug if article else "", request.step, reply)
        return reply

    async def close(self) -> None:
        """Close the model within."""
        await self._model.close()
