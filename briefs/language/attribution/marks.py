"""The quotations of an article, so that a place can be asked which of them it lies in."""

from bisect import bisect_right
from collections.abc import Sequence

from briefs.domain.spans import Span
from briefs.text.quotes import Quotation


class Marks:
    """Quotations in order, with look-up by place in logarithmic time."""

    def __init__(self, text: str, quotations: Sequence[Quotation]) -> None:
        self.text = text
        self.all = tuple(quotations)
        self._starts = [quotation.span.start for quotation in self.all]

    def at(self, offset: int) -> int | None:
        """Return the index of the quotation that holds the character at `offset`, marks included."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self.all[index].span.end:
            return index
        return None

    def next(self, offset: int) -> int | None:
        """Return the index of the first quotation that starts at `offset` or after it."""
        index = bisect_right(self._starts, offset - 1)
        return index if index < len(self.all) else None

    def within(self, start: int, end: int) -> Sequence[int]:
        """Return the indexes of the quotations that share a character with `start`..`end`."""
        first = self.at(start)
        if first is None:
            first = bisect_right(self._starts, start)
        last = bisect_right(self._starts, end - 1)
        return range(first, last)

    def widened(self, span: Span) -> Span:
        """Return `span` grown so that it cuts no short quotation in two."""
        start, end = span.start, span.end
        index = self.at(start)
        if index is not None and self.all[index].span.end < end:
            start = self.all[index].span.start
        index = self.at(end - 1) if end > start else None
        if index is not None and self.all[index].span.start >= start:
            end = self.all[index].span.end
        return Span(start=start, end=end)
