"""Passages: the pieces of documents that can be quoted, each with its place in words for people."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from briefs.domain.article import Block, BlockRole
from briefs.domain.documents import Document, Passage, Source
from briefs.domain.spans import Span
from briefs.text.sentences import sentences

LONGEST = 600
"""Characters of a passage; a longer paragraph is cut between sentences, a longer sentence is left out."""
_LINE = 40
"""Characters of a line that may be nothing but a date."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
SHORTEST = 12
"""Shorter pieces are labels."""


def passages(document: Document) -> Iterator[Passage]:
    """Yield the passages of a document, in its order."""
    source, text = document.source, document.text
    yield from _paragraphs(document, source)
    for table in document.tables:
        for row in table.rows:
            if row.end - row.start <= LONGEST:
                yield Passage(
                    source,
                    Span(start=row.start, end=row.end),
                    text[row.start : row.end],
                    f"row {row.number}",
                    columns=table.columns,
                    decimal=table.decimal,
                    cells=row.cells,
                )
    for each in document.reviews:
        place = f"fact-check {each.number}"
        yield Passage(source, each.claimed, each.claimed.of(text), place, review=each.review)


def _paragraphs(document: Document, source: Source) -> Iterator[Passage]:
    heading = lead = ""
    text = document.text
    for number, block in enumerate(document.blocks, 1):
        if block.role in (BlockRole.HEADLINE, BlockRole.SUBHEAD):
            heading, lead = " ".join(block.of(text).split())[:200], ""
        elif block.end - block.start <= _LINE and _YEAR.search(text, block.start, block.end):
            lead = block.of(text)
        page = bisect_right(document.pages, block.start)
        place = f"page {page}, paragraph {number}" if page else f"paragraph {number}"
        for span in _pieces(text, block):
            if span.end - span.start >= SHORTEST:
                yield Passage(source, span, text[span.start : span.end], place, heading, lead)


def _pieces(text: str, block: Block) -> Iterator[Span]:
    """Yield a paragraph whole, or runs of its sentences that are short enough."""
    if block.end - block.start <= LONGEST:
        yield block.place
        return
    start = end = -1
    for sentence in sentences(text, block.start, block.end):
        if sentence.end - sentence.start > LONGEST:
            continue
        if start >= 0 and sentence.end - start > LONGEST:
            yield Span(start=start, end=end)
            start = -1
        start, end = (sentence.start if start < 0 else start), sentence.end
    if start >= 0:
        yield Span(start=start, end=end)
