"""Composing holds for any text: no crash, whole questions, exact quotations."""

import re

from composing import Written, composed, questions
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.article import Article, Block, BlockRole, Copy, sha256
from briefs.domain.brief import Finding, Flag, FlagKind
from briefs.domain.claims import Claim, ClaimType, ExtractedClaim, Extraction, Priority, brief_id
from briefs.domain.scan import (
    Attribution,
    Criticism,
    DateMention,
    Entity,
    Hedge,
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

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("aeinorst NTS,.;:'’“”‘()[]{}*_<>\n\r\t0123%$-—…")),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=160,
)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Written, list[Finding]]:
    """Draw an article whose scan and claims point anywhere into its text."""
    text = draw(TEXTS)
    number = st.integers(min_value=0, max_value=len(text))

    def span() -> Span:
        first, second = sorted((draw(number), draw(number)))
        return Span(start=first, end=second)

    def mention() -> Mention:
        where = span()
        return Mention(**where.model_dump(), name=where.of(text) or "x", how=draw(st.sampled_from(list(How))))

    def attribution() -> Attribution:
        if draw(st.booleans()):
            return Attribution(kind=SourceKind.UNATTRIBUTED)
        return Attribution(
            kind=draw(st.sampled_from(list(SourceKind))),
            source=Source(**mention().model_dump(), role=draw(st.sampled_from([None, "minister", ""]))),
            cue=draw(st.sampled_from([None, span()])),
            content=(span(),),
            via=(mention(),) if draw(st.booleans()) else (),
            basis=(mention(),) if draw(st.booleans()) else (),
            speech=draw(st.sampled_from(list(Speech))),
        )

    def quantity() -> Quantity:
        where = span()
        low = draw(st.sampled_from([None, 1, 5000]))
        return Quantity(
            **where.model_dump(),
            text=where.of(text),
            low=low,
            high=draw(st.sampled_from([None, 5000, 9000])),
            unit=draw(st.sampled_from([None, "boats", "%", "", " ", span().of(text)])),
            period=draw(st.sampled_from([None, "in May", span().of(text)])),
            kind=draw(
                st.sampled_from(["count", "money", "percent", "measure", "multiple", "ordinal", "score"])
            ),
            approximate=draw(st.booleans()),
        )

    claims = []
    for ordinal in range(draw(st.integers(0, 3))):
        where = span()
        claim = Claim(
            quote=Quote(**where.model_dump(), text=where.of(text)),
            standalone=where.of(text),
            type=draw(st.sampled_from(list(ClaimType))),
            quantities=tuple(quantity() for _ in range(draw(st.integers(0, 2)))),
            dates=(DateMention(**where.model_dump(), text=where.of(text)),) if draw(st.booleans()) else (),
            priority=Priority(score=draw(st.sampled_from([0.1, 0.5, 0.9])), reasons=()),
        )
        claims.append(
            ExtractedClaim(
                id=brief_id("x", claim.quote.text, ordinal), claim=claim, attribution=attribution()
            )
        )
    entity = mention()
    scan = Scan(
        attributions=tuple(c.attribution for c in claims),
        entities=(Entity(**entity.model_dump(), label=draw(st.sampled_from(["PERSON", "ORG", "PLACE"]))),),
        hedges=(Hedge(**span().model_dump(), kind="report"),),
        superlatives=(Superlative(**span().model_dump(), kind="record"),),
        criticisms=(Criticism(target=mention(), place=span()),),
        signals=(
            Signals(sentence=0, event=(span(),), cause=(span(),), comparison=(span(),), rule=(span(),)),
        ),
    )
    block = Block(start=0, end=len(text), role=BlockRole.BODY)
    article = Article(
        id="x",
        text_sha256=sha256(text.encode()),
        source_sha256="0",
        slug="x",
        title=draw(st.sampled_from(["", "Norway waits"])),
        language="en",
        copy_kind=draw(st.sampled_from(list(Copy))),
        source_path="x",
        published=draw(st.sampled_from([None, "2031-05-02"])),
        blocks=(block,),
        text=text,
    )
    segmentation = Segmentation(
        sentences=(Sentence(start=0, end=len(text), index=0, paragraph=0),),
        paragraphs=(Paragraph(start=0, end=len(text), index=0, role=BlockRole.BODY, first=0, last=0),),
        chunks=(),
    )
    ids = tuple(c.id for c in claims)
    findings = [
        Finding(flag=Flag(kind=kind, note="n", spans=(span(), span())), briefs=ids)
        for kind in draw(st.lists(st.sampled_from(list(FlagKind)), max_size=2))
    ]
    return Written(article, segmentation, scan, Extraction(claims=tuple(claims), ledger=())), findings


@settings(max_examples=150, deadline=None)
@given(drawn=articles())
def test_any_scan_of_any_text_is_composed(drawn: tuple[Written, list[Finding]]) -> None:
    """Whatever the text and wherever the scan points: one brief a claim, whole questions, exact quotations."""
    made, findings = drawn
    result = composed(made, findings)
    assert [b.id for b in result.briefs] == [c.id for c in made.extraction.claims]
    ids = [q.id for q in questions(result)]
    assert ids == [f"q{n}" for n in range(1, len(ids) + 1)]
    assert set(result.overview.first_questions) <= set(ids)
    for brief in result.briefs:
        assert brief.questions or brief.see_questions
        for question in brief.questions:
            assert question.text.endswith("?")
            assert question.ask.strip()
            assert question.settles.strip()
            assert brief.id in question.serves
            for run in re.findall(r"“([^“”]*)”", question.text):
                assert " ".join(run.split()) in " ".join(made.article.text.split())
