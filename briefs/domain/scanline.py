"""One line of `briefs scan --json`: everything that an article says of itself, in one object."""

from typing import Self

from briefs.domain.article import Article
from briefs.domain.scan import (
    Attribution,
    ChainEnd,
    Criticism,
    DateMention,
    Entity,
    Hedge,
    Quantity,
    SourceKind,
    Speech,
    Superlative,
)
from briefs.domain.scan import Scan as ScanResult
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Frozen, How, Mention, Span


class AttributionLine(Frozen):
    """An attribution with its source's place and name side by side."""

    source: Span | None
    name: str | None
    cue: Span | None
    content: tuple[Span, ...]
    speech: Speech
    kind: SourceKind
    role: str | None
    how: How | None
    via: tuple[Mention, ...]
    basis: tuple[Mention, ...]
    chain_end: ChainEnd

    @classmethod
    def of(cls, attribution: Attribution) -> Self:
        """Return the line for one attribution."""
        source = attribution.source
        return cls(
            source=source.place if source else None,
            name=source.name if source else None,
            cue=attribution.cue,
            content=attribution.content,
            speech=attribution.speech,
            kind=attribution.kind,
            role=source.role if source else None,
            how=attribution.how,
            via=attribution.via,
            basis=attribution.basis,
            chain_end=attribution.chain_end,
        )


class ScanLine(Frozen):
    """An article, its sentences and all findings, not only those of checkable claims."""

    article: Article
    sentences: tuple[Span, ...]
    attributions: tuple[AttributionLine, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    hedges: tuple[Hedge, ...]
    entities: tuple[Entity, ...]
    superlatives: tuple[Superlative, ...]
    criticisms: tuple[Criticism, ...]

    @classmethod
    def of(cls, article: Article, segmentation: Segmentation, scan: ScanResult) -> Self:
        """Return the line for one scanned article."""
        return cls(
            article=article,
            sentences=tuple(sentence.place for sentence in segmentation.sentences),
            attributions=tuple(AttributionLine.of(each) for each in scan.attributions),
            quantities=scan.quantities,
            dates=scan.dates,
            hedges=scan.hedges,
            entities=scan.entities,
            superlatives=scan.superlatives,
            criticisms=scan.criticisms,
        )
