"""Which sentences are checkable claims, and the reasons given for leaving the others out."""

import pytest
from extract_draft import Draft

from briefs.domain.claims import Disposition
from briefs.domain.scan import SourceKind, Speech

CLAIMS = {
    "a figure": Draft("The harbour handled 412 ships in May.").figure("412 ships", 412, "ships"),
    "a named event": Draft("Brasholm town hall burned down.")
    .name("Brasholm", "PLACE")
    .signal(0, event="burned"),
    "a trend with a name": Draft("Rents in Brasholm have been rising for a long time.")
    .name("Brasholm", "PLACE")
    .signal(0, comparison="rising"),
    "a fact inside an opinion": Draft("It is shameful that 40 beds stand empty.")
    .figure("40 beds", 40, "beds")
    .signal(0, opinion="shameful"),
    "a named person's opinion": Draft("The plan is a disgrace, Ilse Brandt said.")
    .says("Ilse Brandt", "The plan is a disgrace", cue="said")
    .signal(0, opinion="disgrace"),
    "a named person's prediction": Draft("Ilse Brandt said the quay will close.")
    .says("Ilse Brandt", "the quay will close", cue="said")
    .signal(0, prediction="will"),
    "a predicted figure": Draft("By then 300 homes could stand empty.")
    .figure("300 homes", 300, "homes")
    .signal(0, prediction="could"),
    "a headline without a verb": Draft("# Quay in Ruins After Storm", "Nothing else.").signal(
        0, finite=False
    ),
    "a record": Draft("It was the hottest June on record.").superlative("hottest June on record"),
}

LEFT_OUT = {
    "a question": (Draft("What does it mean for the town?").signal(0, question=True), "question"),
    "a question with a name": (
        Draft("Will Brasholm ever learn?")
        .name("Brasholm", "PLACE")
        .signal(0, question=True, prediction="Will"),
        "question",
    ),
    "a call to action": (Draft("Write to your council today.").signal(0, imperative=True), "call to action"),
    "a prediction": (
        Draft("Brasholm will probably lose its school.")
        .name("Brasholm", "PLACE")
        .signal(0, prediction="will"),
        "prediction",
    ),
    "an opinion": (
        Draft("The stakes for Brasholm are enormous.")
        .name("Brasholm", "PLACE")
        .signal(0, opinion="enormous"),
        "opinion",
    ),
    "a truism": (Draft("Towns need money like people need air.").signal(0, generic=True), "in general"),
    "a connective": (Draft("That is not all, however.").signal(0, generic=True), "leads from one point"),
    "a crumb": (Draft("Not so.").signal(0), "too short"),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_are_kept(name: str) -> None:
    """A sentence with something to check in it is a claim, whatever else is in it."""
    found = CLAIMS[name].extract()
    assert found.ledger[0].disposition is Disposition.CLAIM
    assert len(found.claims) == 1
    assert found.ledger[0].briefs == (found.claims[0].id,)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_the_rest_is_left_out_with_its_reason(name: str) -> None:
    """A sentence without anything to check is left out, and the ledger says why in plain words."""
    draft, reason = LEFT_OUT[name]
    found = draft.extract()
    assert found.claims == ()
    assert found.ledger[0].disposition is Disposition.NOT_CHECKABLE
    assert reason in found.ledger[0].reason
    assert not found.ledger[0].verifiable
    assert found.ledger[0].worth < 0.5


def test_worth_rises_with_what_can_be_checked() -> None:
    """A dated figure of a named body is worth checking; an opinion voiced by somebody is not."""
    figure = (
        Draft("The Brasholm Ferry Company lost 2.1 million crowns in 2019.")
        .figure("2.1 million crowns", 2_100_000, "crowns", kind="money")
        .name("Brasholm Ferry Company", "ORG")
        .date("2019", "2019", kind="year")
        .signal(0, event="lost")
    )
    voiced = CLAIMS["a named person's opinion"]
    assert figure.extract().ledger[0].worth >= 0.8
    assert voiced.extract().ledger[0].worth < 0.5


def test_a_quotation_of_one_point_is_one_claim() -> None:
    """Judgements that go on over several quoted sentences stay together; a new figure starts a new claim."""
    draft = (
        Draft(
            "“The ferry is a wreck,” a deckhand said.",
            "“It leaks.",
            "Nobody cares.",
            "We pumped out 300 litres on Sunday.”",
        )
        .says(
            "a deckhand",
            "The ferry is a wreck",
            "It leaks.",
            "Nobody cares.",
            "We pumped out 300 litres on Sunday.",
            kind=SourceKind.ANONYMOUS,
            speech=Speech.DIRECT,
        )
        .figure("300 litres", 300, "litres")
        .signal(0, opinion="wreck")
    )
    quotes = [each.claim.quote.text for each in draft.extract().claims]
    assert quotes == [
        "“The ferry is a wreck,” a deckhand said. “It leaks. Nobody cares.",
        "We pumped out 300 litres on Sunday.”",
    ]


def test_a_quotation_is_not_joined_across_furniture() -> None:
    """Advertising between two quoted sentences is never swallowed by a claim."""
    draft = (
        Draft("“It is a wreck,” Ilse Brandt said.", "@Buy now", "“It leaks on Sundays.”")
        .says("Ilse Brandt", "It is a wreck", "It leaks on Sundays.", speech=Speech.DIRECT)
        .signal(0, opinion="wreck")
    )
    found = draft.extract()
    assert len(found.claims) == 2
    assert found.ledger[1].briefs == ()
