"""Whatever a model proposes, the claims stay the article's: no quotation, figure or name from elsewhere."""

import re

from grounding import MODEL, QUARRY, Read, read
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.brief import ArticleBriefs, Brief, Made, Overview, Sourcing
from briefs.domain.claims import ClaimType, Disposition
from briefs.domain.proposals import LeaveReason, Proposals, ProposedClaim, ProposedOmission
from briefs.domain.scan import OFFLINE
from briefs.domain.spans import Quote
from briefs.language.numbers import find
from briefs.steps.ground import Grounded, ground

ARTICLE = read(
    QUARRY.replace(
        "It was a sad day",
        "Ostrel Rail Ltd bought the line in 2019. The company cut nine posts last month. Later, he resigned. "
        "Most families here depend on the ferries that stop at the old pier. It was a sad day",
    )
)
TEXT = ARTICLE.article.text
SENTENCES = ARTICLE.segmentation.sentences
WORDS = sorted(set(re.findall(r"\w+", TEXT)))

STRANGE = st.text(
    alphabet=st.one_of(st.sampled_from(list("[]()“”\"'’\x00\n <>&*_`19,0.not")), st.characters()), max_size=60
)
"""Any string, with the characters that mark something in our wordings and in Markdown."""


@st.composite
def bent(draw: st.DrawFn) -> str:
    """Draw a sentence of the article in which words were replaced, dropped or added, as a model bends them."""
    words = draw(st.sampled_from(SENTENCES)).of(TEXT).split()
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(words)))
        added = draw(
            st.one_of(
                st.sampled_from(WORDS),
                st.sampled_from(
                    [
                        "19,000",
                        "twelve",
                        "Dora Vint",
                        "[Milena Kostova]",
                        "not",
                        "allegedly",
                        "Ostrel Rail Ltd",
                    ]
                ),
                STRANGE,
            )
        )
        words[at : at + draw(st.integers(0, 2))] = [added]
    return " ".join(words)


STRINGS = st.one_of(
    STRANGE, bent(), st.sampled_from(["Milena Kostova", "Piet Lammers", "the county", "Dora Vint"])
)


@st.composite
def proposed(draw: st.DrawFn) -> ProposedClaim:
    """Draw a proposal that quotes any slice of the article and says anything of it."""
    if draw(st.booleans()):
        place = draw(st.sampled_from(SENTENCES)).place
        start, end = place.start, place.end
    else:
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(TEXT))] * 2)))
    return ProposedClaim(
        sentence=draw(st.integers(0, 10**6)),
        quote=Quote(start=start, end=end, text=TEXT[start:end]),
        type=draw(st.sampled_from(ClaimType)),
        standalone=draw(st.one_of(STRINGS, st.just(TEXT[start:end]))),
        source=draw(STRINGS),
        via=tuple(draw(st.lists(STRINGS, max_size=2))),
    )


OMISSIONS = st.builds(
    ProposedOmission, sentence=st.integers(0, len(SENTENCES) + 3), why=st.sampled_from(LeaveReason)
)
PROPOSALS = st.builds(
    Proposals,
    model=st.just(MODEL),
    claims=st.lists(proposed(), max_size=6).map(tuple),
    omissions=st.lists(OMISSIONS, max_size=6).map(tuple),
)


def _grounded(proposals: Proposals, of: Read = ARTICLE) -> Grounded:
    return ground(of.article, of.segmentation, of.scan, of.extraction, proposals, of.claim_at)


@settings(max_examples=80, deadline=None)
@given(PROPOSALS)
def test_no_offline_claim_is_lost_and_no_id_moves(proposals: Proposals) -> None:
    """Protects what the tool finds alone: its claims, their words, places, sources and ids."""
    result = _grounded(proposals)
    after = {each.id: each for each in result.extraction.claims}
    assert len(after) == len(result.extraction.claims)
    for before in ARTICLE.extraction.claims:
        kept = after[before.id]
        same = ("quote", "also_at", "type", "hedges", "quantities", "dates")
        assert all(getattr(kept.claim, name) == getattr(before.claim, name) for name in same)
        if before.attribution.source is not None:
            assert kept.attribution == before.attribution
    new = [
        each for each in result.extraction.claims if each.claim.choice and each.claim.choice.says == "added"
    ]
    assert len(after) == len(ARTICLE.extraction.claims) + len(new)


@settings(max_examples=80, deadline=None)
@given(PROPOSALS)
def test_the_result_is_a_valid_and_complete_file(proposals: Proposals) -> None:
    """Protects the contract: exact slices, the whole text in the ledger, every claim found there, in order."""
    extraction = _grounded(proposals).extraction
    ArticleBriefs(
        article=ARTICLE.article,
        overview=Overview(sourcing=Sourcing(summary="")),
        ledger=extraction.ledger,
        briefs=tuple(Brief(id=e.id, claim=e.claim, attribution=e.attribution) for e in extraction.claims),
        made=Made(engine="model", tool_version="0"),
    )
    starts = [each.claim.quote.start for each in extraction.claims]
    assert starts == sorted(starts)
    for each in extraction.claims:
        for sentence in ARTICLE.segmentation.sentences_of(each.claim.quote):
            entry = extraction.ledger[sentence.index]
            assert each.id in entry.briefs
            assert entry.disposition is Disposition.CLAIM
            assert sentence.furniture is None


@settings(max_examples=100, deadline=None)
@given(PROPOSALS)
def test_no_name_and_no_figure_comes_from_elsewhere(proposals: Proposals) -> None:
    """Protects wordings, sources and flags: every word and every figure in them is the article's."""
    result = _grounded(proposals)
    known = {word.lower() for word in WORDS}
    figures = {(n.low, n.high) for n in find(TEXT, 0, len(TEXT))}
    for each in result.extraction.claims:
        said = re.sub(r"\[According to ([^\]]*):\]|\[([^\]]*) said:\]", r" \1 \2 ", each.claim.standalone)
        assert {word.lower() for word in re.findall(r"\w+", said)} <= known
        assert {(n.low, n.high) for n in find(said, 0, len(said))} <= figures
        outside = re.findall(r"\w+", re.sub(r"\[[^\]]*\]", " ", each.claim.standalone))
        quoted = iter(re.findall(r"\w+", each.claim.quote.text))
        assert all(word in quoted for word in outside)
        source = each.attribution.source
        if each.attribution.drafted_by != OFFLINE:
            assert source is not None
            assert source.name in TEXT
            assert source.of(TEXT) in source.name
    for finding in result.findings:
        assert all(span.of(TEXT).strip() for span in finding.flag.spans)
        assert all(words in " ".join(TEXT.split()) for words in re.findall("“([^”]*)”", finding.flag.note))


@settings(max_examples=20, deadline=None)
@given(PROPOSALS)
def test_the_same_proposals_give_the_same_result(proposals: Proposals) -> None:
    """Protects files that are the same bytes whenever nothing changed."""
    assert _grounded(proposals) == _grounded(proposals)


def test_ten_thousand_proposals_are_grounded() -> None:
    """Protects against a model that never stops: no claim twice, and no more work than the sentences hold."""
    many = tuple(
        ProposedClaim(
            sentence=i,
            quote=Quote(start=s.start, end=s.end, text=s.of(TEXT)),
            type=ClaimType.EVENT,
            source="Dora Vint",
            standalone=f"{i} {s.of(TEXT)}",
        )
        for i in range(10_000)
        for s in [SENTENCES[i % len(SENTENCES)]]
    )
    result = _grounded(Proposals(model=MODEL, claims=many))
    assert len(result.extraction.claims) == len(ARTICLE.extraction.claims) + 1
    assert {"source_not_in_article", "not_checkable", "repeated"} <= {e.kind for e in result.rejections}
