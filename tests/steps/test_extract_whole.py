"""Extraction of a whole article: everything accounted for, quotations exact, never a crash."""

import re

from hypothesis import given
from hypothesis import strategies as st

from briefs.domain.article import Article, BlockRole, Copy, FurnitureKind, sha256
from briefs.domain.claims import Disposition, Extraction
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence
from briefs.steps.extract import extract


def article_of(text: str) -> Article:
    """Return a bare article with this text."""
    data = text.encode("utf-8", "surrogatepass")
    return Article(
        id="a",
        text_sha256=sha256(data),
        source_sha256=sha256(data),
        slug="a",
        title="",
        language="en",
        copy_kind=Copy.OWN,
        source_path="a.txt",
        text=text,
    )


def lines_of(text: str, furniture: frozenset[int] = frozenset()) -> Segmentation:
    """Cut a text into one sentence a line; the lines in `furniture` are advertising."""
    found = list(re.finditer(r"[^\n]*\S[^\n]*", text))
    sentences = tuple(
        Sentence(
            start=m.start(),
            end=m.end(),
            index=i,
            paragraph=i,
            furniture=FurnitureKind.ADVERTISING if i in furniture else None,
        )
        for i, m in enumerate(found)
    )
    paragraphs = tuple(
        Paragraph(start=s.start, end=s.end, index=s.index, role=BlockRole.BODY, first=s.index, last=s.index)
        for s in sentences
    )
    return Segmentation(sentences=sentences, paragraphs=paragraphs, chunks=())


@given(st.text(max_size=200))
def test_any_text_with_an_empty_scan(text: str) -> None:
    """No text crashes the step, and every sentence has its ledger entry."""
    cut = lines_of(text)
    found: Extraction = extract(article_of(text), cut, Scan())
    assert [entry.sentence for entry in found.ledger] == [s.index for s in cut.sentences]
    for each in found.claims:
        assert each.claim.quote.of(text) == each.claim.quote.text


def test_furniture_is_never_a_claim() -> None:
    """What is not article text is named so in the ledger, with a kind in plain words."""
    text = "Best Price: $4.04 Buy New $12.79"
    found = extract(article_of(text), lines_of(text, frozenset({0})), Scan())
    assert found.claims == ()
    assert found.ledger[0].disposition is Disposition.FURNITURE
    assert found.ledger[0].reason == "not article text: advertising"
    assert not found.ledger[0].verifiable
    assert found.ledger[0].worth == 0
