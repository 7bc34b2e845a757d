"""When the same call is made again, and after how long. Nothing else in the project retries a call.

tenacity decides; the SDKs' own retries are off (three attempts of ours times three of theirs were nine
requests). A wait that the server asks for (Retry-After in seconds or as a date, retry-after-ms) is kept to
within a cap; a longer one ends the call at once. Without one, waits double from a second, with up to a
second of jitter so that articles that failed together do not return together.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_result,
    wait_exponential_jitter,
    wait_random,
)

from briefs.llm.clock import Clock
from briefs.llm.failures import Retry, causes
from briefs.llm.port import CallFailure, Usage

LONGEST_WAIT = 60.0
"""Seconds: a longer Retry-After is not waited for."""

_DOUBLING = wait_exponential_jitter(multiplier=1, max=20, jitter=1)
_JITTER = wait_random(0, 0.5)


class Attempt(NamedTuple):
    """What one HTTP request gave."""

    text: str = ""
    failure: CallFailure | None = None
    usage: Usage = Usage()
    retry: Retry = Retry.NO
    wait: float | None = None
    """The seconds that the server asked to wait."""
    lasting: bool = False
    sent: bool = True
    again: bool = False
    """The server refused the form of the schema, and there is another: to be made again at once."""


class Patience(NamedTuple):
    """How long a call may go on."""

    attempts: int
    total: float
    """Seconds in flight and between attempts together; waiting for a turn does not count."""


class Spent:
    """Seconds that a call has been in flight or waiting to be made again."""

    def __init__(self) -> None:
        self.seconds = 0.0


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds a response asks to wait, or none; never negative.

    RFC 9110 (10.2.3) for Retry-After, whose date is read against the response's own Date where it has
    one, so that a wrong clock does no harm; retry-after-ms is OpenAI's.
    """
    try:
        return max(0.0, float(headers["retry-after-ms"]) / 1000)
    except (KeyError, ValueError):
        pass
    value = headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        when, now = _date(value), _date(headers.get("date", "")) or datetime.now(UTC)
        return max(0.0, (when - now).total_seconds()) if when is not None else None
    return max(0.0, seconds) if not math.isnan(seconds) else None


def asked_to_wait(error: BaseException) -> float | None:
    """Return the seconds that the response behind an exception asks to wait, or none."""
    for each in causes(error):
        headers = getattr(getattr(each, "response", None), "headers", None)
        if headers is not None:
            return retry_after(headers)
    return None


def _date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def until_done(patience: Patience, clock: Clock, spent: Spent) -> AsyncRetrying:
    """Return a retrier for one call; it returns the last attempt, and raises only what the call raises."""

    async def sleep(seconds: float) -> None:
        spent.seconds += seconds
        await clock.sleep(seconds)

    def out_of_time(state: RetryCallState) -> bool:
        return spent.seconds + state.upcoming_sleep >= patience.total

    def enough(state: RetryCallState) -> bool:
        asked_once = _result(state).retry is Retry.ONCE and state.attempt_number >= 2
        return asked_once or state.attempt_number >= patience.attempts

    return AsyncRetrying(
        sleep=sleep,
        stop=lambda state: enough(state) or out_of_time(state),
        wait=_wait,
        retry=retry_if_result(lambda attempt: attempt.retry is not Retry.NO),
        retry_error_callback=_result,
    )


def _wait(state: RetryCallState) -> float:
    asked = _result(state).wait
    if asked is None:
        return _DOUBLING(state)
    return asked + _JITTER(state)


def _result(state: RetryCallState) -> Attempt:
    if state.outcome is None:
        raise RuntimeError("a call was judged before it was made")
    result: Attempt = state.outcome.result()
    return result
