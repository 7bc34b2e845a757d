"""What a claim carries: its place, whose words it is, its type, priority, wording and other places."""

from typing import NamedTuple

import pytest
from extract_draft import Draft

from briefs.domain.claims import ClaimType, ExtractedClaim
from briefs.domain.scan import SourceKind, Speech
from briefs.domain.spans import How


def only(draft: Draft) -> ExtractedClaim:
    """Return the one claim of a draft."""
    (claim,) = draft.extract().claims
    return claim


TYPES = {
    "figure": (Draft("The port lost 12 cranes.").figure("12 cranes", 12, "cranes"), ClaimType.QUANTITY),
    "record": (Draft("The port had its worst year.").superlative("worst year"), ClaimType.QUANTITY),
    "event": (
        Draft("Police closed Brasholm bridge.").name("Brasholm", "PLACE").signal(0, event="closed"),
        ClaimType.EVENT,
    ),
    "rule": (
        Draft("The Brasholm council banned barbecues.")
        .name("Brasholm", "PLACE")
        .signal(0, event="banned", rule="banned"),
        ClaimType.RULE,
    ),
    "a court case is an event": (
        Draft("A Brasholm court sentenced the skipper.")
        .name("Brasholm", "PLACE")
        .signal(0, event="sentenced", rule=("court", "sentenced")),
        ClaimType.EVENT,
    ),
    "cause": (
        Draft("The Brasholm flood was due to neglect.").name("Brasholm", "PLACE").signal(0, cause="due to"),
        ClaimType.CAUSE,
    ),
    "voiced opinion": (
        Draft("Ilse Brandt called it a disgrace.")
        .says("Ilse Brandt", "it a disgrace")
        .signal(0, opinion="disgrace"),
        ClaimType.STATEMENT,
    ),
    "voiced prediction": (
        Draft("Ilse Brandt said 30 jobs will go.")
        .says("Ilse Brandt", "30 jobs will go")
        .figure("30 jobs", 30, "jobs")
        .signal(0, prediction="will"),
        ClaimType.STATEMENT,
    ),
    "one of something is no figure": (
        Draft("“We spend next year's money on one pier,” Ilse Brandt said.")
        .says("Ilse Brandt", "We spend next year's money on one pier", speech=Speech.DIRECT)
        .figure("one", 1, "pier", period="next year")
        .signal(0, first_person=True),
        ClaimType.STATEMENT,
    ),
    "one measure beside another": (
        Draft("Ilse Brandt said the true toll was higher than the list.").says(
            "Ilse Brandt", "the true toll was higher than the list"
        ),
        ClaimType.QUANTITY,
    ),
    "trend": (
        Draft("Rents in Brasholm are rising.").name("Brasholm", "PLACE").signal(0, comparison="rising"),
        ClaimType.QUANTITY,
    ),
}


@pytest.mark.parametrize("name", TYPES)
def test_types(name: str) -> None:
    """The type follows from what the claim holds, by ordered rules."""
    draft, expected = TYPES[name]
    assert only(draft).claim.type is expected


def test_two_facts_in_a_sentence_are_two_claims() -> None:
    """Two clauses with a fact each give two claims, neither swallowing the other, with one source."""
    draft = (
        Draft("Ilse Brandt said 40 boats sank and 12 crew drowned.")
        .says("Ilse Brandt", "40 boats sank and 12 crew drowned", cue="said")
        .figure("40 boats", 40, "boats")
        .figure("12 crew", 12, "crew")
        .clause("Ilse Brandt said 40 boats sank", 0)
        .clause("and 12 crew drowned.", 0)
    )
    first, second = draft.extract().claims
    assert first.claim.quote.text == "Ilse Brandt said 40 boats sank"
    assert second.claim.quote.text == "12 crew drowned."
    assert first.attribution == second.attribution
    assert second.claim.standalone == "[According to Ilse Brandt:] 12 crew drowned."
    assert draft.extract().ledger[0].briefs == (first.id, second.id)


def test_a_series_stays_whole() -> None:
    """A list of counts of which one is only a few words long is one claim: its parts belong together."""
    draft = Draft("Of the boats 190 were sold in May, 160 went to Odd Lund’s yard and 95 sank.")
    draft.clause("Of the boats 190 were sold in May", 0).clause("160 went to Odd Lund’s yard", 0)
    draft.clause("95 sank", 0).figure("190", 190).figure("160", 160).figure("95", 95)
    assert only(draft).claim.quote.text == draft.text


def test_one_fact_in_two_clauses_is_one_claim() -> None:
    """A clause that states no fact of its own does not break up its sentence."""
    draft = (
        Draft("Some 40 boats sank, which is a disgrace.")
        .figure("40 boats", 40, "boats")
        .clause("Some 40 boats sank", 0)
        .clause("which is a disgrace", 0)
        .signal(0, opinion="disgrace")
    )
    assert only(draft).claim.quote.text == draft.text


def test_the_source_that_covers_most_is_the_claims() -> None:
    """A claim gets the attribution of its own words, not one that grazes it or stands beside it."""
    draft = (
        Draft("Ilse Brandt said 40 boats sank.", "The harbour holds 90 boats.")
        .says("Ilse Brandt", "40 boats sank", cue="said")
        .figure("40 boats", 40, "boats")
        .figure("90 boats", 90, "boats")
    )
    first, second = draft.extract().claims
    assert first.attribution.source is not None
    assert first.attribution.source.name == "Ilse Brandt"
    assert second.attribution.kind is SourceKind.UNATTRIBUTED


class InPart(NamedTuple):
    """A sentence of which a source says only a part."""

    text: str
    source: str
    cue: str
    content: str
    figures: tuple[str, ...] = ()
    stands: bool = False
    """The source stands for all of it."""


IN_PART = [
    InPart("Late on Monday in Larkholt, Roe denied the charge.", "Roe", "denied", "the charge", stands=True),
    InPart("Soon after, late at Larkholt, Roe denied the charge.", "Roe", "denied", "the charge", stands=True),
    InPart("In front of 40 men in Larkholt, Roe denied the charge.", "Roe", "denied", "the charge", ("40 men",), stands=True),
    InPart("40 voters in Larkholt denied the fraud, with 12 silent.", "40 voters", "denied", "the fraud", ("40 voters", "12"), stands=True),
    InPart("The ferry to Larkholt closed, which Roe calls an open theft.", "Roe", "calls", "an open theft"),
    InPart("Roe, who denied the charge, left Larkholt for the coast.", "who", "denied", "the charge"),
    InPart("Trade in Larkholt fell on Monday after Roe denied every charge.", "Roe", "denied", "every charge"),
    InPart("Roe called it an open raid, with 40 boats gone from Larkholt.", "Roe", "called", "it an open raid", ("40 boats",)),
]  # fmt: skip


@pytest.mark.parametrize("row", IN_PART, ids=[row.text[:50] for row in IN_PART])
def test_a_source_of_a_part_stands_for_a_sentence_only_where_it_leads(row: InPart) -> None:
    """What hangs on the article's own statement, or goes before its figures, makes that nobody else's."""
    draft = Draft(row.text).name("Larkholt", "PLACE").signal(0, event=row.cue)
    draft = draft.says(row.source, row.content, cue=row.cue)
    for figure in row.figures:
        draft = draft.figure(figure, 40)
    assert (only(draft).attribution.source is not None) is row.stands


def test_a_possible_source_stays_possible_and_gives_way() -> None:
    """A neighbour's source is never filled in as fact, and a stated one wins over it."""
    draft = (
        Draft("Ilse Brandt called.", "Some 40 boats sank.", "Odd Lund said 12 crew drowned.")
        .says("Ilse Brandt", "Some 40 boats sank.", how=How.POSSIBLE)
        .says("Ilse Brandt", "12 crew drowned", how=How.POSSIBLE)
        .says("Odd Lund", "12 crew drowned")
        .figure("40 boats", 40, "boats")
        .figure("12 crew", 12, "crew")
    )
    boats, crew = draft.extract().claims
    assert boats.attribution.how is How.POSSIBLE
    assert "Brandt" not in boats.claim.standalone
    assert crew.attribution.source is not None
    assert crew.attribution.source.name == "Odd Lund"


SAME = [
    (
        "a bound in the body and none in the headline",
        Draft(
            "# 40 Boats Sunk in Brasholm Storm",
            "At least 40 boats were sunk in a Brasholm storm, Ilse Brandt said.",
        )
        .figure("40 Boats", 40, "Boats")
        .figure("At least 40 boats", 40, "boats", high=None)
        .says("Ilse Brandt", "At least 40 boats were sunk in a Brasholm storm"),
        1,
    ),
    (
        "two bounds in the body",
        Draft("Some 40 boats sank at Brasholm quay.", "More than 40 boats sank at Brasholm quay.")
        .figure("40 boats", 40, "boats")
        .figure("More than 40 boats", 40, "boats", high=None),
        2,
    ),
    (
        "another unit",
        Draft("The 40 boats left Brasholm quay.", "The 40 crew left Brasholm quay.")
        .figure("40 boats", 40, "boats")
        .figure("40 crew", 40, "crew"),
        2,
    ),
    (
        "figure and unit in headline and body",
        Draft("# 40 Boats Sunk in Brasholm Storm", "About 40 boats sank in Brasholm, Ilse Brandt said.")
        .figure("40 Boats", 40, "Boats")
        .figure("40 boats", 40, "boats")
        .says("Ilse Brandt", "About 40 boats sank in Brasholm"),
        1,
    ),
    (
        "another figure",
        Draft("# 50 Boats Sunk in Brasholm Storm", "About 40 boats sank in Brasholm, Ilse Brandt said.")
        .figure("50 Boats", 50, "Boats")
        .figure("40 boats", 40, "boats"),
        2,
    ),
    (
        "a hedge lost",
        Draft("# 40 Boats Sunk in Brasholm Storm", "Allegedly 40 boats sank in Brasholm.")
        .figure("40 Boats", 40, "Boats")
        .figure("40 boats", 40, "boats")
        .hedge("Allegedly"),
        2,
    ),
    (
        "a negation",
        Draft("# Brasholm Mayor Took Ferry Money", "The Brasholm mayor took no ferry money.")
        .name("Brasholm", "PLACE", nth=1)
        .signal(1, event="took"),
        2,
    ),
    (
        "two sources with one figure",
        Draft("Ilse Brandt said 40 boats sank.", "The 40 boats sank, said Odd Lund.")
        .figure("40 boats", 40, "boats")
        .figure("40 boats", 40, "boats", nth=1)
        .says("Ilse Brandt", "40 boats sank.")
        .says("Odd Lund", "The 40 boats sank"),
        2,
    ),
]


@pytest.mark.parametrize(("name", "draft", "claims"), SAME, ids=[each[0] for each in SAME])
def test_the_same_claim_in_several_places(name: str, draft: Draft, claims: int) -> None:
    """Headline and body that say the same are one claim; any difference that matters keeps them apart."""
    found = draft.extract()
    assert len(found.claims) == claims, name
    if claims == 1:
        (claim,) = found.claims
        assert claim.attribution.source is not None
        assert [place.of(draft.text) for place in claim.claim.also_at] == ["40 Boats Sunk in Brasholm Storm"]
        assert all(entry.briefs == (claim.id,) for entry in found.ledger)


def test_priority_gives_its_reasons() -> None:
    """A harmful figure from one unnamed source stands above a voiced opinion, and says why."""
    draft = (
        Draft("# Storm", "“The town is doomed,” Ilse Brandt said.", "A guard said 40 crew were killed.")
        .says("Ilse Brandt", "The town is doomed", speech=Speech.DIRECT)
        .says("A guard", "40 crew were killed", kind=SourceKind.ANONYMOUS)
        .figure("40 crew", 40, "crew")
        .signal(1, opinion="doomed")
        .signal(2, harm="killed", event="killed", cause="killed")
    )
    voiced, killed = draft.extract().claims[-2:]
    assert killed.claim.priority.level == "high"
    assert killed.claim.priority.reasons[0] == "it gives a figure"
    assert "it rests on one source without a name" in killed.claim.priority.reasons
    assert voiced.claim.priority.level == "low"
    assert voiced.claim.priority.reasons


VOICED = "lower: it is somebody's opinion or prediction, only that they voiced it can be checked"


@pytest.mark.parametrize(
    ("text", "content", "signals", "voiced"),
    [
        (
            "“Brasholm has no more boats,” she said, noting the alarming state of the port.",
            "Brasholm has no more boats",
            {"opinion": "alarming"},
            False,
        ),
        ("Alarming for a port of its size, she called Brasholm bare.", "Brasholm bare", {"opinion": "Alarming"}, True),
        ("“Brasholm is in an alarming state,” she said.", "Brasholm is in an alarming state", {"opinion": "alarming"}, True),
        ("The toll is unfair and higher than the list, she said.", "The toll is unfair and higher than the list", {"opinion": "unfair"}, False),
        ("The toll will be higher than the list, she said.", "The toll will be higher than the list", {"prediction": "will"}, True),
        ("The bill would lift the fine, she said.", "The bill would lift the fine", {"generic": True, "rule": "bill"}, False),
        ("The boats are old, she said.", "The boats are old", {"generic": True}, True),
    ],
)  # fmt: skip
def test_only_the_source_s_own_judgement_makes_an_opinion(
    text: str, content: str, signals: dict[str, str], voiced: bool
) -> None:
    """The article's adjective makes no opinion of what somebody said; nor is a comparison or a rule one."""
    speech = Speech.DIRECT if "“" in text else Speech.INDIRECT
    draft = Draft(text).says("she", content, name="Ilse Brandt", speech=speech).signal(0, **signals)
    assert (VOICED in only(draft).claim.priority.reasons) is voiced


def test_an_allegation_counts_more_and_a_figure_without_a_number_less() -> None:
    """An allegation against somebody named stands high; "tens of thousands" stands below a number."""
    draft = (
        Draft("Ilse Brandt allegedly burned the boats.", "Tens of thousands of boats sank.", "40 boats sank.")
        .name("Ilse Brandt")
        .hedge("allegedly")
        .signal(0, event="burned", harm="burned")
        .figure("Tens of thousands of boats", 20000, "boats")
        .figure("40 boats", 40, "boats")
    )
    alleged, vague, exact = (each.claim.priority for each in draft.extract().claims)
    assert alleged.level == "high"
    assert vague.score < exact.score
    assert "it gives a figure, but no exact one" in vague.reasons


@pytest.mark.parametrize(
    ("last", "score", "first"),
    [
        ("These claims are false and meant to hurt us", 0.35, "somebody denies what others say"),
        (
            "Our crews stand by the town",
            0.0,
            "lower: it is somebody's opinion or prediction, only that they voiced it can be checked",
        ),
    ],
)
def test_a_denial_is_no_mere_opinion(last: str, score: float, first: str) -> None:
    """Who says that the claims of others are false is heard, though the words before it only judge."""
    draft = (
        Draft("“The port is strong,” Ilse Brandt said.", f"“{last}.”")
        .says("Ilse Brandt", "The port is strong", last, speech=Speech.DIRECT)
        .signal(0, opinion="strong")
    )
    priority = only(draft).claim.priority
    assert (priority.score, priority.reasons[0]) == (score, first)


@pytest.mark.parametrize(("told", "bare"), [(412, False), (413, True)])
def test_a_headline_s_figure_has_the_source_that_the_text_gives_it(told: int, bare: bool) -> None:
    """A figure counts as unsourced only if no place of the article says whose it is."""
    draft = (
        Draft("# Storm tears 412 boats off the quay", f"Ilse Brandt said insurers had paid for {told} boats.")
        .says("Ilse Brandt", f"insurers had paid for {told} boats")
        .figure("412 boats", 412, "boats")
        .figure(f"{told} boats", told, "boats", nth=told == 412)
        .signal(0, event="tears")
        .signal(1, event="paid")
    )
    headline, insured = (each.claim for each in draft.extract().claims)
    assert ("no source is given for the figure" in headline.priority.reasons) is bare
    assert "no source is given for the figure" not in insured.priority.reasons


def test_equal_quotations_have_ids_of_their_own() -> None:
    """Equal words by two speakers are two claims, told apart by their order; by one they are one claim."""
    draft = (
        Draft("“We lost 40.”", "/Then came rain.", "/“We lost 40.”").figure("40", 40).figure("40", 40, nth=1)
    )
    (claim,) = draft.extract().claims
    assert [place.of(draft.text) for place in claim.claim.also_at] == ["“We lost 40.”"]
    draft.says("rain", "“We lost 40.”").says("came", "“We lost 40.”", nth=1)
    found = draft.extract()
    assert len({each.id for each in found.claims}) == len(found.claims) == 2
