"""The article cut where claims, links and what is not article text begin and end, in one walk."""

from collections import defaultdict
from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from briefs.domain.article import Link
from briefs.domain.spans import Span
from briefs.steps.render.view import Page, Section

_S = TypeVar("_S", bound=Span)
OUTSIDE = "outside"
"""Role of a paragraph that is not article text."""


class Segment(NamedTuple):
    """A piece of the article throughout which the same things hold."""

    text: str
    start: int
    """Code points from the start of the article's text."""
    claim: Section | None
    """The innermost claim that the piece belongs to."""
    elsewhere: bool
    """The claim is quoted from another place and only stated here too."""
    opens: tuple[Section, ...]
    """The claims whose quoted words start here."""
    link: Link | None
    furniture: bool


class Paragraph(NamedTuple):
    """A block of the article, or a run of text that is not the article's."""

    role: str
    segments: tuple[Segment, ...]


class _Where(NamedTuple):
    """A block, or the gap before it."""

    block: int
    role: str


class _Marked(NamedTuple):
    """A place of a claim; sorts the innermost first, quoted words before other places."""

    elsewhere: bool
    back: int
    end: int
    number: int
    section: Section


def paragraphs(page: Page) -> tuple[Paragraph, ...]:
    """Return the whole text in order, cut into paragraphs and segments; blank text between them is left out.

    Where claims overlap, the one that starts last (then the shortest) has the piece.
    """
    blocks = page.result.article.blocks
    found: list[Paragraph] = []
    held: list[Segment] = []
    block = 0
    here = _Where(0, OUTSIDE)
    for segment in _segments(page):
        while block < len(blocks) and blocks[block].end <= segment.start:
            block += 1
        inside = block < len(blocks) and blocks[block].start <= segment.start
        where = _Where(block, blocks[block].role if inside else OUTSIDE)
        if where != here and held:
            found.append(Paragraph(here.role, tuple(held)))
            held = []
        here = where
        if held or segment.text.strip():
            held.append(segment)
    if held:
        found.append(Paragraph(here.role, tuple(held)))
    return tuple(found)


def _segments(page: Page) -> Iterator[Segment]:
    article = page.result.article
    opening, quoted = defaultdict(list), defaultdict(list)
    borders = {0, len(article.text)}
    for section in page.sections:
        claim = section.brief.claim
        quoted[claim.quote.start].append(section)
        others = dict.fromkeys(claim.also_at)  # a file that briefs did not write may name a place twice
        for span, elsewhere in ((claim.quote, False), *((also, True) for also in others)):
            borders.update((span.start, span.end))
            opening[span.start].append(_Marked(elsewhere, -span.start, span.end, section.number, section))
    for span in (*article.furniture, *article.links, *article.blocks):
        borders.update((span.start, span.end))
    furniture, links = _Cursor(article.furniture), _Cursor(tuple(sorted(article.links, key=_start)))
    active: list[_Marked] = []
    order = sorted(borders)
    for start, end in pairwise(order):
        for marked in opening.get(start, ()):
            heappush(active, marked)
        while active and active[0].end <= start:
            heappop(active)
        top = active[0] if active else None
        yield Segment(
            text=article.text[start:end],
            start=start,
            claim=top.section if top else None,
            elsewhere=top.elsewhere if top else False,
            opens=tuple(quoted.get(start, ())),
            link=links.at(start),
            furniture=furniture.at(start) is not None,
        )


def _start(span: Span) -> int:
    return span.start


class _Cursor(Generic[_S]):
    """Spans in order of their starts, asked about places that only grow."""

    def __init__(self, spans: tuple[_S, ...]) -> None:
        self._spans = spans
        self._next = 0

    def at(self, place: int) -> _S | None:
        """Return the span that holds a place, if any."""
        while self._next < len(self._spans) and self._spans[self._next].end <= place:
            self._next += 1
        if self._next < len(self._spans) and self._spans[self._next].start <= place:
            return self._spans[self._next]
        return None
