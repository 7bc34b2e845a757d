"""What a passage says of itself: its figures, dates and names, read by the rules that read an article's.

A passage is parsed when a claim first meets it: parsing all documents would take far longer than briefing.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

from briefs.domain.article import BlockRole
from briefs.domain.documents import Passage
from briefs.domain.scan import DateMention, Quantity
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence
from briefs.domain.spans import Span
from briefs.language.addressing import addressing
from briefs.language.dates import dates
from briefs.language.names import entities
from briefs.language.parse import parsing
from briefs.language.quantities import quantities
from briefs.language.signals import signals
from briefs.text.sentences import sentences

FoundT = TypeVar("FoundT", bound=Span)
_KEPT = 4_000
"""Passages whose reading is kept; what an article's claims meet is met again by the next article's."""


class Read(NamedTuple):
    """One sentence of a passage, with what stands in it; offsets point into the passage's own words."""

    text: str
    place: Span
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    places: tuple[str, ...]
    """Names of places and of bodies."""


@lru_cache(maxsize=_KEPT)
def read_words(text: str, published: str | None) -> tuple[Read, ...]:
    """Return what stands in each sentence of a text; `published` is the base of dates without a year."""
    cut = sentences(text, 0, len(text))
    if not cut:
        return ()
    with parsing(text, _segmentation(cut)) as parsed:
        dated = dates(parsed, published)
        figures = quantities(parsed, dated)
        named = [each for each in entities(parsed) if each.label in ("PLACE", "ORG", "GROUP")]
        return tuple(
            Read(
                text=span.of(text),
                place=span,
                quantities=tuple(_within(figures, span)),
                dates=tuple(_within(dated, span)),
                places=tuple(dict.fromkeys(each.name for each in named if span.contains(each))),
            )
            for span in cut
        )


def read_passage(passage: Passage) -> tuple[Read, ...]:
    """Return what stands in each sentence of a passage of prose."""
    published = passage.source.published
    return read_words(passage.text, published[:10] if published else None)


@lru_cache(maxsize=_KEPT)
def speaks(text: str) -> bool:
    """Tell whether a text speaks to somebody instead of telling something: see `briefs.language.addressing`.

    Lines without a verb are no sign here: documents have headings and lists.
    """
    cut = sentences(text, 0, len(text))
    if not cut:
        return False
    segmentation = _segmentation(cut, BlockRole.TABLE)
    with parsing(text, segmentation) as parsed:
        return bool(addressing(text, segmentation, signals(parsed, (), (), ())))


def _within(found: Iterable[FoundT], span: Span) -> Iterator[FoundT]:
    return (each for each in found if span.contains(each))


def _segmentation(cut: list[Span], role: BlockRole = BlockRole.BODY) -> Segmentation:
    kept = tuple(
        Sentence(start=s.start, end=s.end, index=n, paragraph=0, role=role) for n, s in enumerate(cut)
    )
    whole = Paragraph(
        start=kept[0].start,
        end=kept[-1].end,
        index=0,
        role=role,
        first=0,
        last=len(kept) - 1,
    )
    return Segmentation(sentences=kept, paragraphs=(whole,), chunks=())
