"""Invented articles with a scan and claims written by hand, so that composing is tested on its own."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from briefs.domain.article import Article, Block, BlockRole, Copy, sha256
from briefs.domain.brief import Composition, Finding, Question
from briefs.domain.claims import Claim, ClaimType, ExtractedClaim, Extraction, Priority, brief_id
from briefs.domain.scan import (
    Attribution,
    DateMention,
    Entity,
    Quantity,
    Scan,
    Signals,
    Source,
    SourceKind,
    Speech,
    Superlative,
)
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence
from briefs.domain.spans import How, Mention, Quote, Span
from briefs.steps.compose import compose

Label = Literal["PERSON", "ORG", "PLACE", "GROUP", "EVENT", "LAW", "WORK", "OTHER"]
Kind = Literal["count", "money", "percent", "measure", "ordinal", "multiple", "score"]


class Figure(NamedTuple):
    """A figure of a claim, by its words."""

    words: str
    low: float | None
    high: float | None
    unit: str | None = None
    period: str | None = None
    kind: Kind = "count"
    approximate: bool = False
    denominator: str | None = None
    predicate: str | None = None


class Said(NamedTuple):
    """A claim, by its words."""

    quote: str
    type: ClaimType = ClaimType.STATEMENT
    source: str | None = None
    kind: SourceKind = SourceKind.NAMED
    role: str | None = None
    how: How = How.STATED
    content: str | None = None
    via: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    speech: Speech = Speech.INDIRECT
    figures: tuple[Figure, ...] = ()
    dates: tuple[str, ...] = ()
    superlative: str | None = None
    event: str | None = None
    cause: str | None = None
    rule: str | None = None
    comparison: str | None = None
    score: float = 0.7


class Written(NamedTuple):
    """An article with everything composing is handed."""

    article: Article
    segmentation: Segmentation
    scan: Scan
    extraction: Extraction


def place(text: str, words: str, within: Span | None = None) -> Span:
    """Return where `words` stand in `text`, within a place if one is given."""
    start = text.find(words, within.start if within else 0)
    assert start >= 0, words
    return Span(start=start, end=start + len(words))


def written(
    *claims: Said,
    entities: Iterable[tuple[str, Label]] = (),
    copy: Copy = Copy.PUBLISHED,
    published: str | None = "2031-05-02",
    byline: str | None = None,
    outlet: str | None = "The Lindhaven Courier",
    republished_from: str | None = None,
    scan: Scan | None = None,
) -> Written:
    """Return an article whose sentences are the claims' quotations, a paragraph each."""
    text = "\n\n".join(c.quote for c in claims)
    blocks, starts, offset = [], [], 0
    for claim in claims:
        blocks.append(Block(start=offset, end=offset + len(claim.quote), role=BlockRole.BODY))
        starts.append(offset)
        offset += len(claim.quote) + 2
    article = Article(
        id="invented.txt",
        text_sha256=sha256(text.encode()),
        source_sha256=sha256(text.encode()),
        slug="invented",
        title="Invented",
        outlet=outlet,
        byline=byline,
        published=published,
        language="en",
        copy_kind=copy,
        source_path="invented.txt",
        republished_from=republished_from,
        blocks=tuple(blocks),
        text=text,
    )
    sentences = tuple(Sentence(start=b.start, end=b.end, index=i, paragraph=i) for i, b in enumerate(blocks))
    paragraphs = tuple(
        Paragraph(start=b.start, end=b.end, index=i, role=b.role, first=i, last=i)
        for i, b in enumerate(blocks)
    )
    extracted = tuple(
        _claim(text, c, Span(start=s, end=s + len(c.quote)), n)
        for n, (c, s) in enumerate(zip(claims, starts, strict=True))
    )
    base = scan or Scan()
    made = base.model_copy(
        update={
            "entities": (*base.entities, *_entities(text, entities)),
            "superlatives": tuple(
                Superlative(**place(text, c.superlative, b).model_dump(), kind="record")
                for c, b in zip(claims, blocks, strict=True)
                if c.superlative
            ),
            "signals": tuple(
                _signals(text, c, b, n) for n, (c, b) in enumerate(zip(claims, blocks, strict=True))
            ),
        }
    )
    segmentation = Segmentation(sentences=sentences, paragraphs=paragraphs, chunks=())
    return Written(article, segmentation, made, Extraction(claims=extracted, ledger=()))


def _signals(text: str, claim: Said, block: Span, number: int) -> Signals:
    def spans(words: str | None) -> tuple[Span, ...]:
        return (place(text, words, block),) if words else ()

    return Signals(
        sentence=number,
        event=spans(claim.event),
        cause=spans(claim.cause),
        rule=spans(claim.rule),
        comparison=spans(claim.comparison),
    )


def _entities(text: str, entities: Iterable[tuple[str, Label]]) -> list[Entity]:
    found = []
    for words, label in entities:
        start = text.find(words)
        while start >= 0:
            found.append(Entity(start=start, end=start + len(words), name=words, label=label))
            start = text.find(words, start + len(words))
    return found


def _mention(text: str, words: str, within: Span) -> Mention:
    return Mention(**place(text, words, within).model_dump(), name=words)


def _claim(text: str, claim: Said, quote: Span, ordinal: int) -> ExtractedClaim:
    source = None
    if claim.source:
        where = place(text, claim.source, quote) if claim.source in claim.quote else quote
        source = Source(start=where.start, end=where.end, name=claim.source, role=claim.role, how=claim.how)
    attribution = Attribution(
        kind=claim.kind if claim.source else SourceKind.UNATTRIBUTED,
        source=source,
        content=(place(text, claim.content, quote),) if claim.content else (),
        via=tuple(_mention(text, v, quote) for v in claim.via),
        basis=tuple(_mention(text, b, quote) for b in claim.basis),
        speech=claim.speech,
    )
    made = Claim(
        quote=Quote(start=quote.start, end=quote.end, text=claim.quote),
        standalone=claim.quote,
        type=claim.type,
        quantities=tuple(
            Quantity(
                **place(text, f.words, quote).model_dump(),
                text=f.words,
                low=f.low,
                high=f.high,
                unit=f.unit,
                period=f.period,
                kind=f.kind,
                approximate=f.approximate,
                denominator=f.denominator,
                predicate=f.predicate,
            )
            for f in claim.figures
        ),
        dates=tuple(DateMention(**place(text, d, quote).model_dump(), text=d) for d in claim.dates),
        priority=Priority(score=claim.score, reasons=("names a figure",)),
    )
    return ExtractedClaim(
        id=brief_id("invented.txt", claim.quote, ordinal), claim=made, attribution=attribution
    )


def composed(made: Written, findings: Sequence[Finding] = ()) -> Composition:
    """Compose `made`."""
    return compose(made.article, made.segmentation, made.scan, made.extraction, tuple(findings))


def questions(composition: Composition) -> list[Question]:
    """Return all questions in printed order."""
    return [q for b in composition.briefs for q in b.questions]


def town(number: int) -> list[Said]:
    """Return a long invented article: one claim of each of many kinds, over and over."""
    claims = []
    for n in range(number):
        kind = n % 8
        name = f"Mayor Number{n // 8}"
        figure = Figure(f"{n + 20},400 tickets", 20400, 20400, "tickets")
        claims += [
            [
                Said(
                    f"The town sold {n + 20},400 tickets for boat {n}.", ClaimType.QUANTITY, figures=(figure,)
                )
            ],
            [Said(f"Boat {n} sank near the old pier at night.", ClaimType.EVENT, event="sank")],
            [Said(f"The sinking of boat {n} led to a strike of pilots.", ClaimType.CAUSE, cause="led to")],
            [
                Said(
                    f"{name} said the pier of boat {n} is safe.", ClaimType.STATEMENT, name, content="is safe"
                )
            ],
            [
                Said(
                    f"A pilot said boat {n} was never checked.",
                    ClaimType.EVENT,
                    "A pilot",
                    SourceKind.ANONYMOUS,
                )
            ],
            [
                Said(
                    f"“Nobody came to see boat {n},” {name} said.",
                    source=name,
                    content=f"Nobody came to see boat {n}",
                    speech=Speech.DIRECT,
                )
            ],
            [Said(f"The pier near boat {n} is a sad old place.", ClaimType.OPINION, score=0.1)],
            [Said(f"Ticket sales for boat {n} rose sharply.", ClaimType.OTHER, comparison="rose", score=0.4)],
        ][kind]
    return claims


def asked(claim: Said) -> list[str]:
    """Return the questions and what is missing for one claim alone."""
    made = composed(written(claim))
    return [q.text for q in questions(made)] + [m.what for m in made.briefs[0].missing_evidence]


def told(claim: Said, pattern: str) -> bool:
    """Tell whether something is asked, or missing, that `pattern` finds."""
    return any(re.search(pattern, text) for text in asked(claim))


NAMES: tuple[tuple[str, Label], ...] = (
    ("Tilda Okonjo", "PERSON"),
    ("Aksel Moen", "PERSON"),
    ("Harbour Authority", "ORG"),
)


def article(*claims: Said, **more: object) -> Written:
    """Return an article of invented claims whose names are known."""
    text = " ".join(c.quote for c in claims)
    return written(*claims, entities=[e for e in NAMES if e[0] in text], **more)  # type: ignore[arg-type]
