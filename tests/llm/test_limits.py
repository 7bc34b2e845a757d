"""Requests and tokens a minute hold for all articles together, in any 60 seconds."""

import asyncio
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.llm.clock import FakeClock
from briefs.llm.limits import Limiter, RateLimits, estimate_tokens


class Gone(NamedTuple):
    """A call that was let go."""

    who: int
    at: float
    tokens: int


def let_go(limits: RateLimits, calls: list[int], used: list[int] | None = None) -> list[Gone]:
    """Ask for all calls at once; `used` is what each took in the end. Return them as they were let go."""
    gone: list[Gone] = []

    async def call(limiter: Limiter, clock: FakeClock, who: int, tokens: int) -> None:
        reservation = await limiter.acquire(tokens)
        gone.append(Gone(who, clock.now(), tokens))
        if used is not None:
            reservation.tokens = used[who]

    async def main() -> None:
        clock = FakeClock()
        limiter = Limiter(limits, clock)
        await asyncio.gather(*(call(limiter, clock, who, tokens) for who, tokens in enumerate(calls)))

    asyncio.run(main())
    return gone


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 300), max_size=25),
    st.none() | st.integers(1, 6),
    st.none() | st.integers(1, 500),
)
def test_no_window_holds_more(calls: list[int], requests: int | None, tokens: int | None) -> None:
    """No 60 seconds hold more than either limit, save a single call that is larger; all are served in order."""
    gone = let_go(RateLimits(requests_per_minute=requests, tokens_per_minute=tokens), calls)
    assert [each.who for each in gone] == list(range(len(calls)))
    for start in gone:
        window = [each for each in gone if start.at <= each.at < start.at + 60]
        assert requests is None or len(window) <= requests
        assert tokens is None or len(window) == 1 or sum(each.tokens for each in window) <= tokens


def test_the_first_minute_holds_no_more_than_the_others() -> None:
    """A leaky bucket would let the burst and its refill go in the same minute: six of three."""
    gone = let_go(RateLimits(requests_per_minute=3), [1] * 7)
    assert [each.at // 60 for each in gone] == [0, 0, 0, 1, 1, 1, 2]


def test_no_limit_never_waits() -> None:
    """Without limits nothing is slept."""
    assert {each.at for each in let_go(RateLimits(), [1_000_000] * 5)} == {0.0}


def test_what_was_not_used_is_free_again() -> None:
    """A call that took less than it might have makes room in the same minute."""
    limits = RateLimits(tokens_per_minute=100)
    assert let_go(limits, [95, 95], used=[10, 10])[1].at == pytest.approx(60, abs=0.6)
    assert {each.at for each in let_go(limits, [80, 80, 80], used=[10, 10, 10])} == {0.0}


def test_a_call_larger_than_the_limit_goes_alone() -> None:
    """It would otherwise wait for ever; the calls around it wait for it."""
    gone = let_go(RateLimits(tokens_per_minute=100), [60, 250, 60])
    assert [each.at for each in gone] == pytest.approx([0, 60, 120], abs=0.6)


def test_a_pause_holds_for_all() -> None:
    """When the provider asks one call to wait, none goes before that is over."""

    async def main() -> list[float]:
        clock = FakeClock()
        limiter = Limiter(None, clock)
        limiter.pause(7)
        limiter.pause(3)  # a shorter one does not shorten it
        first = await asyncio.gather(*(limiter.acquire(1) for _ in range(3)))
        return [each.at for each in first]

    assert min(asyncio.run(main())) >= 7


def test_a_cancelled_caller_leaves_the_queue() -> None:
    """An article that is given up while it waits does not block those behind it."""

    async def main() -> float:
        clock = FakeClock()
        limiter = Limiter(RateLimits(requests_per_minute=1), clock)
        await limiter.acquire(1)
        waiting = asyncio.create_task(limiter.acquire(1))
        behind = asyncio.create_task(limiter.acquire(1))
        await asyncio.sleep(0)
        waiting.cancel()
        return (await behind).at

    assert asyncio.run(main()) == pytest.approx(60)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("The minister said so. " * 100, 480, 700), ("Министр сказал это. " * 100, 800, 1300), ("部长这样说。" * 100, 450, 800), ("", 1, 1)],
)  # fmt: skip
def test_estimates_are_rather_high(text: str, least: int, most: int) -> None:
    """Texts in other scripts take more tokens a character, and are not taken for cheap."""
    assert least <= estimate_tokens(text) <= most
