"""The rules' source stands; a model's fills a gap that the wording proves, or is shown beside it, or falls."""

import pytest
from extract_draft import Draft
from grounding import MODEL, Read, at, of_draft, read, rejected

from briefs.domain.brief import FlagKind
from briefs.domain.scan import OFFLINE, SourceKind
from briefs.domain.spans import How, Span

FUEL = "18,000 litres of fuel had leaked"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "Milena Kostova",
        "Kostova",
        "Water Inspector Milena Kostova",
        "the Water Inspector",
        "Ostrel Courier",
        "the article",
        "unknown",
        "she",
    ],
)
def test_another_form_of_the_source_or_its_chain_is_no_dispute(source: str) -> None:
    """Protects the editor from flags that only say the same name longer or shorter."""
    result = read().ground(read().proposed(FUEL, source=source))
    assert not result.findings
    assert at(result, FUEL).attribution == at(read().extraction, FUEL).attribution
    assert not result.rejections


@pytest.mark.parametrize(
    ("words", "source", "kind"),
    [
        (FUEL, "Dora Vint", "source_not_in_article"),
        (FUEL, "Ivan Kostova", "source_not_in_article"),
        (FUEL, "Reuters", "source_not_in_article"),
        (FUEL, "Piet Lammers", "source_out_of_reach"),
        (FUEL, "Brantel Stone", "source_out_of_reach"),
        ("60 sheep drowned", "Piet Lammers", "source_out_of_reach"),
        ("allegedly knew of cracks", "Piet Lammers", "source_without_cue"),
        ("has not paid a fine", "the court", "source_without_cue"),
    ],
)
def test_a_source_that_the_words_do_not_bear_out_is_dropped(words: str, source: str, kind: str) -> None:
    """Protects every attribution from invented speakers and from names that merely stand somewhere."""
    result = read().ground(read().proposed(words, source=source))
    assert at(result, words).attribution == at(read().extraction, words).attribution
    assert not result.findings
    assert rejected(result) == {kind: 1}


def _market() -> Read:
    draft = (
        Draft(
            "Lena Forsk said that the market closed in May.",
            "It lost 40 stalls, Orla Quist added.",
            "/According to Tomas Rehn, 12 traders left for Varby in 2020.",
            "“It burned down in 2021,” Ada Holm of Varby reported.",
            "/Rents rose by 9 percent in 2022.",
            "Tomas Rehn and Varby lost 300 customers in 2023.",
        )
        .name("Lena Forsk")
        .name("Orla Quist")
        .name("Tomas Rehn")
        .name("Tomas Rehn", nth=1)
        .name("Ada Holm")
        .name("Varby", "PLACE")
        .figure("40", 40, "stalls")
        .figure("12", 12, "traders")
        .figure("9 percent", 9, "%", kind="percent")
        .figure("300", 300, "customers")
        .date("2021", "2021", kind="year")
        .says("Lena Forsk", "the market closed in May", "It lost 40 stalls", cue="said", how=How.CARRIED)
        .says("Ada Holm", "“It burned down in 2021,”", cue="reported")
        .says("Orla Quist", "It lost 40 stalls", how=How.POSSIBLE)
        .signal(0, event="closed")
        .signal(3, event="burned")
    )
    return of_draft(draft)


def test_a_gap_is_filled_where_the_sentence_itself_attributes() -> None:
    """Protects the one thing that a model may add to an attribution, and that it is marked as the model's."""
    market = _market()
    assert at(market.extraction, "12 traders").attribution.source is None
    result = market.ground(market.proposed("12 traders left for Varby", source="Tomas Rehn"))
    found = at(result, "12 traders").attribution
    assert found.source is not None
    assert (found.source.name, found.source.how, found.kind) == ("Tomas Rehn", How.STATED, SourceKind.NAMED)
    assert found.source.of(market.article.text) == "Tomas Rehn"
    assert found.cue is not None
    assert found.cue.of(market.article.text) == "According to"
    assert [s.of(market.article.text) for s in found.content] == ["12 traders left for Varby in 2020."]
    assert found.drafted_by == MODEL
    assert not result.findings


@pytest.mark.parametrize(
    ("words", "source"), [("Rents rose by 9 percent", "Ada Holm"), ("lost 300 customers", "Tomas Rehn")]
)
def test_the_articles_own_voice_is_left_to_it_in_doubt(words: str, source: str) -> None:
    """Protects the rule that was right far more often than a model: no cue beside the name, no source."""
    market = _market()
    result = market.ground(market.proposed(words, source=source))
    assert at(result, words).attribution == at(market.extraction, words).attribution
    assert at(result, words).attribution.drafted_by == OFFLINE
    assert rejected(result) == {"source_without_cue": 1}
    assert not result.findings


def test_two_speakers_within_reach_are_both_kept_and_shown() -> None:
    """Protects both readings: the rules' source stands, the editor sees the other with exact places."""
    draft = (
        Draft(
            "Lena Forsk spoke first.",
            "“The market lost 40 stalls,” she said, after Orla Quist had spoken.",
            "Orla Quist said 12 traders left.",
        )
        .name("Lena Forsk")
        .name("Orla Quist")
        .name("Orla Quist", nth=1)
        .figure("40", 40, "stalls")
        .figure("12", 12, "traders")
        .says("Lena Forsk", "“The market lost 40 stalls,”", name="Lena Forsk", how=How.CARRIED)
        .says("Orla Quist", "12 traders left", cue="said", nth=0)
    )
    stalls = of_draft(draft)
    assert at(stalls.extraction, "40 stalls").attribution.source is not None
    result = stalls.ground(stalls.proposed("The market lost 40 stalls", source="Ms Orla Quist"))
    # "Ms" stands nowhere in the article: such a name is not believed.
    assert rejected(result) == {"source_not_in_article": 1}
    result = stalls.ground(stalls.proposed("The market lost 40 stalls", source="Orla Quist"))
    assert at(result, "40 stalls").attribution == at(stalls.extraction, "40 stalls").attribution
    (finding,) = result.findings
    assert finding.flag.kind is FlagKind.SOURCE_DISPUTED
    assert finding.briefs == (at(result, "40 stalls").id,)
    assert "“Lena Forsk”" in finding.flag.note
    assert "“Orla Quist”" in finding.flag.note
    assert "language model" in finding.flag.note
    quote, ours, theirs = (span.of(stalls.article.text) for span in finding.flag.spans)
    assert "40 stalls" in quote
    assert (ours, theirs) == ("Lena Forsk", "Orla Quist")


def test_whoever_is_only_spoken_of_is_no_speaker() -> None:
    """Protects against the commonest slip of a model: the one a sentence is about, for the one who speaks."""
    draft = (
        Draft("Lena Forsk said that Orla Quist owed 40 euros.", "Orla Quist said nothing of 12 more.")
        .name("Lena Forsk")
        .name("Orla Quist")
        .name("Orla Quist", nth=1)
        .figure("40 euros", 40, "EUR", kind="money")
        .says("Lena Forsk", "Orla Quist owed 40 euros", cue="said")
        .says("Orla Quist", "nothing of 12 more", cue="said")
    )
    debts = of_draft(draft)
    result = debts.ground(debts.proposed("Orla Quist owed 40 euros", source="Orla Quist"))
    assert not result.findings
    assert rejected(result) == {"source_is_spoken_of": 1}


def test_a_name_that_says_nothing_in_the_article_is_no_speaker() -> None:
    """Protects against flags that name a place or whoever happens to stand in the sentence."""
    market = _market()
    result = market.ground(market.proposed("It burned down in 2021", source="Varby"))
    assert not result.findings
    assert rejected(result) == {"source_not_a_speaker": 1}


def test_a_neighbours_source_does_not_dispute_one_that_is_stated() -> None:
    """Protects a source that stands with its verb in the claim's own sentence."""
    draft = (
        Draft("Lena Forsk said 40 shops closed.", "Orla Quist said 12 opened.")
        .name("Lena Forsk")
        .name("Orla Quist")
        .figure("40", 40, "shops")
        .figure("12", 12)
        .says("Lena Forsk", "40 shops closed", cue="said")
        .says("Orla Quist", "12 opened", cue="said")
    )
    shops = of_draft(draft)
    stated = at(shops.extraction, "12 opened").attribution
    cue = shops.article.text.rindex("said")
    moved = stated.model_copy(update={"cue": Span(start=cue, end=cue + 4)})
    claims = tuple(
        e.model_copy(update={"attribution": moved}) if e.attribution == stated else e
        for e in shops.extraction.claims
    )
    shops = shops._replace(extraction=shops.extraction.model_copy(update={"claims": claims}))
    result = shops.ground(shops.proposed("said 12 opened", source="Lena Forsk"))
    assert not result.findings
    assert rejected(result) == {"source_out_of_reach": 1}
