"""Requests and tokens a minute, shared by all articles in flight, and a pause that holds for all of them.

An exact sliding window: no 60 seconds ever hold more than the limit, counted by when calls are let go. (A
leaky or token bucket lets a full minute's worth go at once and refills while it is spent, so that its
first minute may hold twice the limit.) The price is one entry in memory for each call of the last minute.

Tokens are reserved before a call: the bytes of what is sent divided by 3.5, and all the tokens that the
answer may have, which is also how providers count a call until it is over. Afterwards the provider's own
count takes the reservation's place. A call larger than the whole limit is let through alone. Callers are
served in the order in which they asked.
"""

import asyncio
from collections import deque

from briefs.domain.spans import Frozen
from briefs.llm.clock import Clock, SystemClock
from briefs.llm.port import Request

_WINDOW = 60.0
_LOOK_AGAIN = 0.5
"""Seconds after which the first in the queue looks again: a corrected reservation may have made room."""

_BYTES_A_TOKEN = 3.5
"""UTF-8 bytes, not characters: English has about 4.5 a token, Cyrillic and Chinese text about 3 to 4."""


class RateLimits(Frozen):
    """What the account may do in any 60 seconds; none for no limit."""

    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None


def estimate_tokens(text: str) -> int:
    """Return about how many tokens `text` is, rather too many than too few; no table is downloaded."""
    return int(len(text.encode("utf-8", "surrogatepass")) / _BYTES_A_TOKEN) + 1


def estimate_request(request: Request) -> int:
    """Return about how many tokens a request takes as input: its messages and its schema."""
    return estimate_tokens("".join(each.text for each in request.messages) + request.json_schema)


class Reservation:
    """The place of one call in the window; `tokens` becomes the provider's count when the call is over."""

    def __init__(self, at: float, tokens: int) -> None:
        self.at = at
        self.tokens = tokens


class Limiter:
    """Lets calls go, in the order asked, as soon as the limits allow."""

    def __init__(self, limits: RateLimits | None = None, clock: Clock | None = None) -> None:
        self._limits = limits or RateLimits()
        self._clock: Clock = clock or SystemClock()
        self._window: deque[Reservation] = deque()
        self._paused_until = 0.0
        self._turn = asyncio.Lock()  # hands itself on in the order asked
        self._loop: asyncio.AbstractEventLoop | None = None

    def pause(self, seconds: float) -> None:
        """Let no call go for `seconds`: the provider asked one of them to wait, and means the account."""
        self._paused_until = max(self._paused_until, self._clock.now() + seconds)

    async def acquire(self, tokens: int) -> Reservation:
        """Wait until a call of `tokens` tokens may go, and reserve its place."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:  # a lock belongs to one loop; the window belongs to the account
            self._turn, self._loop = asyncio.Lock(), loop
        async with self._turn:
            while (wait := self._wait(tokens)) > 0:
                await self._clock.sleep(min(wait, _LOOK_AGAIN))
            reservation = Reservation(self._clock.now(), tokens)
            if self._limits != RateLimits():
                self._window.append(reservation)
            return reservation

    def _wait(self, tokens: int) -> float:
        """Return the seconds until a call may go, as far as can be told now; 0 or less: now."""
        now = self._clock.now()
        if now < self._paused_until:
            return self._paused_until - now
        # A call at t is in every window that starts after t - 60: at t + 60 it is in none that holds `now`.
        while self._window and self._window[0].at + _WINDOW <= now:
            self._window.popleft()
        if not self._window or self._fits(tokens):
            return 0.0
        return self._window[0].at + _WINDOW - now

    def _fits(self, tokens: int) -> bool:
        requests, most = self._limits.requests_per_minute, self._limits.tokens_per_minute
        if requests is not None and len(self._window) >= requests:
            return False
        return most is None or sum(each.tokens for each in self._window) + tokens <= most
