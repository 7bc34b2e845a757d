"""Which of many places share characters with one: without looking at all of them."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from briefs.domain.spans import Span


class Overlapping:
    """Spans by number, in the order given; asked for those that overlap a place.

    A question costs the logarithm of their number, and a step for each span that begins before the place's
    end, back to where none reaches the place any more.
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted((span.start, span.end, number) for number, span in enumerate(spans))
        self._starts = [start for start, _, _ in ordered]
        self._ends = [end for _, end, _ in ordered]
        self._numbers = [number for _, _, number in ordered]
        self._furthest = list(accumulate(self._ends, max))

    def of(self, place: Span) -> list[int]:
        """Return the numbers of the spans that share a character with `place`, in order."""
        found: list[int] = []
        at = bisect_left(self._starts, place.end) - 1
        while at >= 0 and self._furthest[at] > place.start:
            if self._ends[at] > place.start:
                found.append(self._numbers[at])
            at -= 1
        return sorted(found)
