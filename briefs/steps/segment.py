"""Segment: sentences, paragraphs and chunks of an article; every non-blank character in one sentence."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from briefs.domain.article import Article, BlockRole, Furniture, FurnitureKind
from briefs.domain.segmentation import Chunk, Paragraph, Segmentation, Sentence
from briefs.domain.spans import Span
from briefs.text.quotes import Quotation, quotations
from briefs.text.sentences import sentences

CONTEXT = 600
"""The most characters of read-only context before a chunk."""
_LINE = re.compile(r"\S[^\r\n\u2028\u2029]*")


def segment(article: Article, budget: int = 6000) -> Segmentation:
    """Cut an article; `budget` is the most characters a chunk holds unless one sentence is longer.

    An article within the budget is one chunk. Of a longer one the cuts depend on the words around them, so
    that a change leaves the other chunks as they were. Text that lies in no block and is no page furniture
    still gets its sentences, a line a paragraph.
    """
    regions = list(_regions(article))
    pieces = [_pieces(article.text, region) for region in regions]
    kept = [(region, cut) for region, cut in zip(regions, pieces, strict=True) if cut]
    paragraphs: list[Paragraph] = []
    first = 0
    for index, (region, cut) in enumerate(kept):
        last = first + len(cut) - 1
        place = {"start": cut[0].span.start, "end": cut[-1].span.end}
        paragraphs.append(Paragraph(**place, index=index, role=region.role, first=first, last=last))
        first = last + 1
    found = tuple(_sentences(article, paragraphs, [piece for _, cut in kept for piece in cut]))
    return Segmentation(
        sentences=found, paragraphs=tuple(paragraphs), chunks=tuple(_chunks(article.text, found, budget))
    )


class _Region(NamedTuple):
    """What becomes one paragraph, with the page furniture that lies in it."""

    span: Span
    role: BlockRole
    furniture: Sequence[Furniture]


class _Piece(NamedTuple):
    """What becomes one sentence."""

    span: Span
    furniture: FurnitureKind | None


def _regions(article: Article) -> Iterator[_Region]:
    """Yield the blocks, and between them the furniture and the lines that no block covers."""
    furniture = sorted(article.furniture, key=lambda piece: piece.start)
    starts = [piece.start for piece in furniture]
    ends = [piece.end for piece in furniture]
    position = 0

    def touching(start: int, end: int) -> Sequence[Furniture]:
        return furniture[bisect_right(ends, start) : bisect_right(starts, end - 1)]

    for block in (*sorted(article.blocks, key=lambda b: b.start), None):
        start = block.start if block else len(article.text)
        if position < start:
            yield from _between(article.text, position, start, touching(position, start))
            position = start
        if block and position < block.end:
            span = Span(start=position, end=block.end)
            yield _Region(span, block.role, touching(position, block.end))
            position = block.end


def _between(text: str, start: int, end: int, furniture: Sequence[Furniture]) -> Iterator[_Region]:
    """Yield what stands between two blocks: each piece of furniture, and each line besides."""
    position = start
    for piece in furniture:
        yield from _lines(text, position, piece.start)
        span = Span(start=max(position, piece.start), end=max(position, min(piece.end, end)))
        yield _Region(span, BlockRole.BODY, (piece,))
        position = span.end
    yield from _lines(text, position, end)


def _lines(text: str, start: int, end: int) -> Iterator[_Region]:
    for line in _LINE.finditer(text, start, max(start, end)):
        yield _Region(Span(start=line.start(), end=line.end()), BlockRole.BODY, ())


def _pieces(text: str, region: _Region) -> list[_Piece]:
    """Cut a paragraph into sentences, none of them blank, and the lines of its furniture."""
    pieces: list[_Piece] = []
    position = region.span.start
    for item in region.furniture:
        start, end = max(position, item.start), min(item.end, region.span.end)
        if start >= end:
            continue
        pieces.extend(_Piece(span, None) for span in sentences(text, position, start))
        pieces.extend(
            _Piece(_stripped(text, line.start(), line.end()), item.kind)
            for line in _LINE.finditer(text, start, end)
        )
        position = end
    pieces.extend(_Piece(span, None) for span in sentences(text, position, region.span.end))
    return pieces


def _stripped(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=start + len(text[start:end].rstrip()))


def _sentences(
    article: Article, paragraphs: Sequence[Paragraph], pieces: Sequence[_Piece]
) -> Iterator[Sentence]:
    quoted = quotations(article.text, paragraphs, [p.span for p in pieces if p.furniture is not None])
    current = 0
    for paragraph in paragraphs:
        for index in range(paragraph.first, paragraph.last + 1):
            span, furniture = pieces[index]
            while current < len(quoted) and quoted[current].span.end <= span.start:
                current += 1
            yield Sentence(
                start=span.start,
                end=span.end,
                index=index,
                paragraph=paragraph.index,
                role=paragraph.role,
                furniture=furniture,
                quote_depth=int(furniture is None and _runs(quoted, current, span.start)),
            )


def _runs(quoted: Sequence[Quotation], current: int, place: int) -> bool:
    """Tell whether a quotation that began earlier is open at `place`."""
    if current >= len(quoted) or quoted[current].span.start > place:
        return False
    began = quoted[current].span.start
    continued = current > 0 and quoted[current - 1].continues
    return began < place or quoted[current].inner.start == began or continued


def _chunks(text: str, found: Sequence[Sentence], budget: int) -> Iterator[Chunk]:
    """Yield runs of sentences within `budget`, cut where the content says so."""
    first = 0
    index = 0
    while first < len(found):
        last = first
        while last + 1 < len(found) and found[last + 1].end - found[first].start <= budget:
            last += 1
        if last + 1 < len(found):
            last = _cut(text, found, first, last, budget)
        yield Chunk(
            start=found[first].start,
            end=found[last].end,
            index=index,
            first=first,
            last=last,
            context=_context(found, first),
        )
        index += 1
        first = last + 1


def _cut(text: str, found: Sequence[Sentence], first: int, last: int, budget: int) -> int:
    """Return the last sentence of a chunk that holds at least half the budget, where that can be.

    Of the ends of paragraphs, or else of sentences, the one whose sentence has the least hash is taken. So a
    cut hangs on words close by, not on all that stands before: when a paragraph changes, the cuts after it
    soon fall where they fell (content-defined chunking: Muthitacharoen et al., LBFS, 2001).
    """
    near = [i for i in range(first, last + 1) if found[i].end - found[first].start >= budget // 2]
    ends = [i for i in near if found[i + 1].paragraph != found[i].paragraph]
    return min(ends or near or [last], key=lambda i: (_hash(found[i].of(text)), -i))


def _hash(words: str) -> bytes:
    return sha256(" ".join(words.split()).encode("utf-8", "surrogatepass")).digest()


def _context(found: Sequence[Sentence], first: int) -> Span | None:
    start = first
    while start > 0 and found[first - 1].end - found[start - 1].start <= CONTEXT:
        start -= 1
    return Span(start=found[start].start, end=found[first - 1].end) if start < first else None
