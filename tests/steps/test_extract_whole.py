"""Extraction of a whole article: everything accounted for, quotations exact, never a crash."""

import re
from itertools import pairwise

from extract_draft import Draft, article_of
from hypothesis import given
from hypothesis import strategies as st

from briefs.domain.article import BlockRole
from briefs.domain.claims import Disposition, Extraction
from briefs.domain.scan import (
    Attribution,
    Clause,
    DateMention,
    Entity,
    Hedge,
    Quantity,
    Reference,
    Scan,
    Signals,
    Source,
    SourceKind,
    Speech,
)
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence
from briefs.domain.spans import How, Span
from briefs.steps.extract import extract


def lines_of(text: str) -> Segmentation:
    """Cut a text into one sentence a line."""
    found = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    sentences = tuple(Sentence(start=a, end=b, index=i, paragraph=i) for i, (a, b) in enumerate(found))
    paragraphs = tuple(
        Paragraph(start=s.start, end=s.end, index=s.index, role=BlockRole.BODY, first=s.index, last=s.index)
        for s in sentences
    )
    return Segmentation(sentences=sentences, paragraphs=paragraphs, chunks=())


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, Scan]:
    """Draw a text and a scan with findings anywhere in it, sensible or not."""
    text = draw(st.text(alphabet="ab1.“” \n[]“é𝄞", min_size=1, max_size=120))

    def places(most: int = 4) -> list[Span]:
        ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
        return [Span(start=min(p), end=max(p)) for p in draw(st.lists(ends, max_size=most))]

    def by_place(spans: list[Span]) -> list[Span]:
        return sorted(spans, key=lambda span: (span.start, span.end))

    who = draw(st.sampled_from(["Ilse Brandt", "he", "[x"]))
    lines = len(lines_of(text).sentences)
    return text, Scan(
        attributions=tuple(
            Attribution(
                kind=SourceKind.NAMED,
                source=Source(start=at.start, end=at.end, name=who, how=draw(st.sampled_from(How))),
                content=tuple(by_place(places(2))),
                speech=draw(st.sampled_from(Speech)),
            )
            for at in places(3)
        ),
        quantities=tuple(
            Quantity(start=p.start, end=p.end, text=p.of(text), low=1, high=2) for p in by_place(places())
        ),
        dates=tuple(
            DateMention(
                start=p.start,
                end=p.end,
                text=p.of(text),
                iso=draw(st.sampled_from(["2024-02-30", "x", None])),
            )
            for p in by_place(places(2))
        ),
        hedges=tuple(Hedge(start=p.start, end=p.end, kind="report") for p in by_place(places(2))),
        entities=tuple(
            Entity(start=p.start, end=p.end, name=f"Ilse {p.of(text)}", label="PERSON")
            for p in by_place(places(2))
        ),
        references=tuple(
            Reference(start=p.start, end=p.end, name=who, antecedent=p, how=How.RESOLVED)
            for p in by_place(places())
        ),
        clauses=tuple(Clause(start=p.start, end=p.end, sentence=0, subject=p) for p in by_place(places())),
        signals=tuple(Signals(sentence=i, event=tuple(by_place(places(2)))) for i in range(lines)),
    )


def bare(wording: str) -> list[str]:
    """Return the words of a wording once everything in brackets is taken out."""
    before = None
    while before != wording:
        before, wording = wording, re.sub(r"\[[^\[\]]*\]", " ", wording)
    return re.findall(r"\w", wording)


@given(articles())
def test_whatever_the_scan_holds(given_article: tuple[str, Scan]) -> None:
    """Whatever the scan holds: ledger whole, quotations exact and apart, wordings only of quoted words."""
    text, scan = given_article
    cut = lines_of(text)
    found = extract(article_of(text), cut, scan)
    assert [entry.sentence for entry in found.ledger] == [s.index for s in cut.sentences]
    quotes = [each.claim.quote for each in found.claims]
    assert all(quote.of(text) == quote.text for quote in quotes)
    assert all(one.end <= other.start for one, other in pairwise(quotes))
    assert len({each.id for each in found.claims}) == len(found.claims)
    named = {brief for entry in found.ledger for brief in entry.briefs}
    assert named == {each.id for each in found.claims}
    for each in found.claims:
        quoted = iter(re.findall(r"\w", each.claim.quote.text))
        assert all(letter in quoted for letter in bare(each.claim.standalone))
    assert found == extract(article_of(text), cut, scan)


@given(st.text(max_size=200))
def test_any_text_with_an_empty_scan(text: str) -> None:
    """No text crashes the step, and every sentence has its ledger entry."""
    cut = lines_of(text)
    found: Extraction = extract(article_of(text), cut, Scan())
    assert [entry.sentence for entry in found.ledger] == [s.index for s in cut.sentences]


def test_furniture_is_never_a_claim() -> None:
    """What is not article text is named so in the ledger, with a kind in plain words."""
    draft = Draft("@Best Price: $6.18 Buy New $15.40", "The port lost 12 cranes.")
    found = draft.figure("$6.18", 6.18, kind="money").figure("12 cranes", 12, "cranes").extract()
    assert [each.claim.quote.text for each in found.claims] == ["The port lost 12 cranes."]
    assert found.ledger[0].disposition is Disposition.FURNITURE
    assert found.ledger[0].reason == "not article text: advertising"
    assert not found.ledger[0].verifiable
    assert found.ledger[0].worth == 0


def test_the_left_out_hold_nothing_to_check() -> None:
    """The ledger agrees with itself: what is left out is neither verifiable nor worth checking."""
    draft = (
        Draft("Brasholm’s 40 boats sank.", "What a shame.", "Will it ever end?", "Someone may know.")
        .figure("40 boats", 40)
        .signal(1, opinion="shame")
        .signal(2, question=True)
        .signal(3, prediction="may", generic=True)
    )
    left_out = [e for e in draft.extract().ledger if e.disposition is Disposition.NOT_CHECKABLE]
    assert len(left_out) == 3
    assert all(e.reason and not e.verifiable and e.worth < 0.5 and not e.briefs for e in left_out)
