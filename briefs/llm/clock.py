"""Time as the model room sees it: one object, so that a test never waits for the real one."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Seconds that pass, and waiting for them."""

    def now(self) -> float:
        """Return seconds from any fixed point; never goes back."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's monotonic clock."""

    def now(self) -> float:
        """Return seconds from any fixed point; never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class FakeClock:
    """A clock for tests: sleeping moves it on at once, and is remembered in `slept`."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._now = 0.0

    def now(self) -> float:
        """Return the seconds slept so far."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Move the clock on, and let other tasks run."""
        self.slept.append(seconds)
        self._now += seconds
        await asyncio.sleep(0)
