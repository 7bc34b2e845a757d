"""Briefs for any text at all, with it in every place where words can stand."""

import re

from briefs.domain.article import (
    Article,
    Block,
    BlockRole,
    Copy,
    Link,
    sha256,
)
from briefs.domain.brief import (
    ArticleBriefs,
    Brief,
    Criticised,
    Failure,
    Flag,
    FlagKind,
    Made,
    MissingEvidence,
    NameEntry,
    Overview,
    Question,
    SourceLine,
    Sourcing,
)
from briefs.domain.claims import Claim, ClaimType, Disposition, LedgerEntry, Priority, brief_id
from briefs.domain.desk import Desk
from briefs.domain.scan import Attribution, Source, SourceKind
from briefs.domain.spans import Quote, Span


def bare(text: str, spans: list[Span], title: str = "A title") -> ArticleBriefs:
    """Return briefs for claims at any places of any text; each line is a paragraph and a sentence."""
    lines = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"\S[^\n]*", text)]
    briefs = tuple(
        Brief(
            id=brief_id(text, span.of(text), number),
            claim=Claim(
                quote=Quote(**span.model_dump(), text=span.of(text)),
                standalone=span.of(text),
                type=ClaimType.EVENT,
                priority=Priority(score=0.5, reasons=(text,)),
            ),
            attribution=Attribution(
                kind=SourceKind.NAMED, source=Source(**span.model_dump(), name=span.of(text), role=text)
            ),
            questions=(Question(id=f"q{number}", text=text, ask=text, settles=text, serves=(), answer=text),),
            missing_evidence=(MissingEvidence(what=text, why=text, holder=text),),
            flags=(Flag(kind=FlagKind.HEDGE_LOST, note=text, spans=(span,)),),
            desk=Desk(note=text),
        )
        for number, span in enumerate(spans)
    )
    article = Article(
        id=text,
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")),
        source_sha256=sha256(b""),
        slug="bare",
        title=title,
        outlet=text,
        language="en",
        copy_kind=Copy.OWN,
        source_path=text,
        blocks=tuple(Block(**line.model_dump(), role=BlockRole.BODY) for line in lines),
        links=tuple(Link(**line.model_dump(), url=text) for line in lines[:1]),
        text=text,
    )
    ledger = tuple(
        LedgerEntry(
            sentence=index,
            **line.model_dump(),
            disposition=Disposition.NOT_CHECKABLE,
            reason=text,
            verifiable=False,
            worth=0,
        )
        for index, line in enumerate(lines)
    )
    overview = Overview(
        sourcing=Sourcing(summary=text, sources=(SourceLine(name=text, kind="named", role=text, claims=1),)),
        criticised=(Criticised(name=text, asked="no", where=()),),
        first_questions=tuple(f"q{number}" for number in range(len(spans))),
        names=(NameEntry(name=text, variants=(text + "x",), role=text, places=()),),
    )
    failures = (Failure(where=text, kind=text, message=text),)
    made = Made(engine=text, failures=failures, tool_version="0")
    return ArticleBriefs(article=article, overview=overview, ledger=ledger, briefs=briefs, made=made)
