"""One sentence with everything that the scan found in it, gathered in one pass over the article."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from briefs.domain.scan import (
    Attribution,
    Clause,
    Criticism,
    DateMention,
    Entity,
    Hedge,
    Quantity,
    Reference,
    Scan,
    Signals,
    Superlative,
)
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span

SpanT = TypeVar("SpanT", bound=Span)


class View(NamedTuple):
    """A sentence of article text and the scan's findings that share a character with it."""

    sentence: Sentence
    signals: Signals
    attributions: tuple[Attribution, ...]
    """Those of which content, cue or source reaches into the sentence."""
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    hedges: tuple[Hedge, ...]
    entities: tuple[Entity, ...]
    references: tuple[Reference, ...]
    superlatives: tuple[Superlative, ...]
    criticisms: tuple[Criticism, ...]
    clauses: tuple[Clause, ...]


def within(spans: Iterable[SpanT], place: Span) -> tuple[SpanT, ...]:
    """Return those of `spans` that share a character with `place`, in their order."""
    start, end = place.start, place.end
    return tuple(span for span in spans if span.start < end and start < span.end)


def views(sentences: Sequence[Sentence], scan: Scan) -> tuple[View, ...]:
    """Return a view for every sentence, furniture too, in order; linear in sentences and findings."""
    desk = _Sorter(sentences)
    signals = {each.sentence: each for each in scan.signals}
    attributions = desk.by_parts((each, _parts(each)) for each in scan.attributions)
    criticisms = desk.by_parts((each, (each.place,)) for each in scan.criticisms)
    quantities, dates = desk.by_place(scan.quantities), desk.by_place(scan.dates)
    hedges, superlatives = desk.by_place(scan.hedges), desk.by_place(scan.superlatives)
    entities, references = desk.by_place(scan.entities), desk.by_place(scan.references)
    clauses = desk.by_place(scan.clauses)
    return tuple(
        View(
            sentence=sentence,
            signals=signals.get(sentence.index) or Signals(sentence=sentence.index),
            attributions=attributions.get(i, ()),
            quantities=quantities.get(i, ()),
            dates=dates.get(i, ()),
            hedges=hedges.get(i, ()),
            entities=entities.get(i, ()),
            references=references.get(i, ()),
            superlatives=superlatives.get(i, ()),
            criticisms=criticisms.get(i, ()),
            clauses=clauses.get(i, ()),
        )
        for i, sentence in enumerate(sentences)
    )


def _parts(attribution: Attribution) -> tuple[Span, ...]:
    cue = (attribution.cue,) if attribution.cue else ()
    source = (attribution.source.place,) if attribution.source and attribution.how == "stated" else ()
    return (*attribution.content, *cue, *source)


ItemT = TypeVar("ItemT")


class _Sorter:
    """Puts findings under the sentences that they reach into."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._ends = [sentence.end for sentence in sentences]

    def by_place(self, spans: Iterable[SpanT]) -> dict[int, tuple[SpanT, ...]]:
        return self.by_parts((span, (span,)) for span in spans)

    def by_parts(self, items: Iterable[tuple[ItemT, Sequence[Span]]]) -> dict[int, tuple[ItemT, ...]]:
        found: dict[int, list[ItemT]] = {}
        for item, parts in items:
            for i in dict.fromkeys(i for part in parts for i in self._touched(part)):
                found.setdefault(i, []).append(item)
        return {i: tuple(items) for i, items in found.items()}

    def _touched(self, span: Span) -> Iterable[int]:
        i = bisect_right(self._ends, span.start)
        while i < len(self._sentences) and self._sentences[i].start < span.end:
            yield i
            i += 1
