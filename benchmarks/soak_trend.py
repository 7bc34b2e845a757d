"""Whether a figure grows: its slope with the interval that holds it.

The slope is Theil and Sen's (the median of the slopes of all pairs), its interval Kendall's as Sen, 1968
gives it: neither minds the steps and the few high points that a process's memory has. Points that follow
one another are not independent, so the interval is somewhat too narrow: it says "flat" too seldom.
"""

import statistics
from collections.abc import Sequence
from itertools import combinations
from math import sqrt
from typing import NamedTuple

_Z95 = 1.96


class Trend(NamedTuple):
    """How a figure changes, an hour."""

    slope: float
    low: float
    high: float
    first: float
    """Median of the first quarter of the points."""
    last: float
    """Median of the last quarter."""


def trend(points: Sequence[tuple[float, float]]) -> Trend | None:
    """Return how a figure changes an hour, of (seconds, figure); none for fewer than eight points."""
    if len(points) < 8:
        return None
    slopes = sorted((b[1] - a[1]) / (b[0] - a[0]) * 3600 for a, b in combinations(points, 2) if b[0] > a[0])
    count, pairs = len(points), len(slopes)
    spread = _Z95 * sqrt(count * (count - 1) * (2 * count + 5) / 18)
    low, high = int((pairs - spread) / 2), int((pairs + spread) / 2) + 1
    quarter = max(1, count // 4)
    return Trend(
        slope=statistics.median(slopes),
        low=slopes[max(0, low)],
        high=slopes[min(pairs - 1, high)],
        first=statistics.median(value for _, value in points[:quarter]),
        last=statistics.median(value for _, value in points[-quarter:]),
    )
