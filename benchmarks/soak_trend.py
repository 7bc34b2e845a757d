"""What a process holds, and whether that grows: memory, handles, threads, and a slope with its interval.

The slope is Theil and Sen's (the median of the slopes of all pairs), its interval Kendall's as Sen, 1968
gives it: neither minds the steps and the few high points that a process's memory has. Points that follow
one another are not independent, so the interval is somewhat too narrow: it says "flat" too seldom.
"""

import os
import re
import statistics
from collections.abc import Sequence
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import NamedTuple

_Z95 = 1.96


class Held(NamedTuple):
    """What a process holds at a moment; memory in MB."""

    resident: float
    proportional: float
    """Pages that several processes share are counted by their share."""
    private: float
    handles: int
    threads: int


class Trend(NamedTuple):
    """How a figure changes, an hour."""

    slope: float
    low: float
    high: float
    first: float
    """Median of the first quarter of the points."""
    last: float
    """Median of the last quarter."""


def held(pid: int) -> Held:
    """Return what a process of this user holds; raises OSError where it has ended."""
    status = Path(f"/proc/{pid}/status").read_text()
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return Held(
        resident=_kb(status, "VmRSS") / 1024,
        proportional=_kb(rollup, "Pss") / 1024,
        private=(_kb(rollup, "Private_Clean") + _kb(rollup, "Private_Dirty")) / 1024,
        handles=len(os.listdir(f"/proc/{pid}/fd")),
        threads=_kb(status, "Threads"),
    )


def handles(pid: int) -> dict[str, int]:
    """Return what a process's open files are, by kind or name, for whoever looks for a leak."""
    found: dict[str, int] = {}
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            target = os.readlink(f"/proc/{pid}/fd/{name}")
        except OSError:
            continue
        kind = re.sub(r":?\[.*", "", target)
        kind = Path(kind).name if kind.startswith("/") else kind
        found[kind] = found.get(kind, 0) + 1
    return dict(sorted(found.items()))


def cpu(pid: int) -> float:
    """Return the processor's seconds that a process has taken, with those of children that it waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


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


def _kb(text: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) if found else 0
