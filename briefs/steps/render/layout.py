"""Where things stand in an article: its paragraphs and sentences, found without walking the whole text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from briefs.domain.article import Block, BlockRole
from briefs.domain.brief import ArticleBriefs
from briefs.domain.claims import Disposition, LedgerEntry
from briefs.domain.spans import Span
from briefs.steps.render.wording import listing

BUDGET = 480
"""Characters of a paragraph shown around a claim; a longer claim is shown whole all the same."""

_PLACES = {
    BlockRole.HEADLINE: "headline",
    BlockRole.SUBHEAD: "subheading",
    BlockRole.CAPTION: "caption",
    BlockRole.TABLE: "table",
}


class Shown(NamedTuple):
    """An unbroken piece of one paragraph, of whole sentences, around the words of a claim."""

    span: Span
    words: Span
    """The claim's words in it."""


class Layout:
    """The blocks and sentences of one article, by place."""

    def __init__(self, result: ArticleBriefs) -> None:
        """Take the places from an article and its ledger; both are in order and disjoint."""
        self.text = result.article.text
        self._blocks = result.article.blocks
        self._block_ends = [b.end for b in self._blocks]
        self._entries = result.ledger
        self._starts = [e.start for e in self._entries]
        self._ends = [e.end for e in self._entries]
        self._numbers = _paragraph_numbers(self._blocks)

    def entries(self, span: Span) -> tuple[LedgerEntry, ...]:
        """Return the sentences that share a character with a span."""
        return self._entries[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)]

    def blocks(self, span: Span) -> tuple[Block, ...]:
        """Return the blocks that share a character with a span."""
        first = bisect_right(self._block_ends, span.start)
        last = first
        while last < len(self._blocks) and self._blocks[last].start < span.end:
            last += 1
        return self._blocks[first:last]

    def place(self, span: Span) -> str:
        """Return in words where a span starts: "headline", "paragraph 4"."""
        at = bisect_right(self._block_ends, span.start)
        if at == len(self._blocks):
            return "text"
        return _PLACES.get(self._blocks[at].role, f"paragraph {self._numbers[at]}")

    def places(self, spans: Iterable[Span]) -> str:
        """Return in words where spans start, each place once."""
        return listing(list(dict.fromkeys(self.place(span) for span in spans)))

    def around(self, words: Span) -> tuple[Shown, ...]:
        """Return what to show of the article around a claim's words, one piece a paragraph.

        Whole sentences of the same paragraph are added on both sides within `BUDGET`; text that is not
        the article's is never added.
        """
        pieces = tuple(self._piece(block, words) for block in self.blocks(words))
        return pieces or (Shown(words, words),)

    def _piece(self, block: Block, words: Span) -> Shown:
        inside = Span(start=max(words.start, block.start), end=min(words.end, block.end))
        first = bisect_right(self._ends, inside.start)
        last = bisect_left(self._starts, inside.end)
        start, end = inside.start, inside.end
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        after_turn = False
        open_before, open_after = True, True
        while open_before or open_after:
            if after_turn and open_after:
                open_after = last < len(self._entries) and self._fits(last, block, end - start)
                if open_after:
                    end, last = self._ends[last], last + 1
            elif not after_turn and open_before:
                open_before = first > 0 and self._fits(first - 1, block, end - start)
                if open_before:
                    first -= 1
                    start = self._starts[first]
            after_turn = not after_turn
        clipped = Span(start=max(start, block.start), end=min(end, block.end))
        return Shown(clipped, inside)

    def _fits(self, index: int, block: Block, length: int) -> bool:
        entry = self._entries[index]
        return (
            entry.disposition is not Disposition.FURNITURE
            and entry.start < block.end
            and entry.end > block.start
            and length + entry.end - entry.start <= BUDGET
        )


def _paragraph_numbers(blocks: tuple[Block, ...]) -> list[int]:
    """Return for each block the number of its paragraph, counting body text alone."""
    numbers, count = [], 0
    for block in blocks:
        count += block.role not in _PLACES
        numbers.append(count)
    return numbers
