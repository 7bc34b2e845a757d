"""Which sentences are checkable claims, and the reasons given for leaving the others out."""

import pytest
from extract_draft import Draft

from briefs.domain.article import BlockRole
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
    "something already met": Draft("The unit’s task is to guard the locks.").signal(
        0, harm="guard", generic=True
    ),
    "passed on as reported": Draft("Low pay is reportedly what drives them out.")
    .hedge("reportedly", "report")
    .signal(0, generic=True),
    "an event with a date to come": Draft("The committee is due to meet on 3 December.")
    .date("3 December", month=12, day=3)
    .signal(0, prediction="due to"),
    "an opinion that names a cause": Draft("The flood, a disgrace, was due to Brasholm’s neglect.")
    .name("Brasholm", "PLACE")
    .signal(0, opinion="disgrace", cause="due to"),
    "an event beside what may come": Draft("This case has sparked a debate that may go on.").signal(
        0, event="sparked", prediction="may"
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
    "a line before a list": (Draft("The offer at a glance:").signal(0, generic=True), "leads from one point"),
    "the author's own thoughts": (
        Draft("I have come to love the slow boats.").signal(0, first_person=True, event="come"),
        "the speaker's own thoughts",
    ),
    "figures that only point": (
        Draft("What is left between the two banks will show.")
        .figure("two banks", 2, "banks")
        .signal(0, prediction="will"),
        "prediction",
    ),
    "a headline that names a subject": (
        Draft("# What we lose with the ferry").signal(0, first_person=True, generic=True),
        "the speaker's own thoughts",
    ),
    "a stock phrase of comment": (
        Draft("The rot in Brasholm’s town hall has been plain to anyone with eyes.").name(
            "Brasholm", "PLACE"
        ),
        "opinion",
    ),
    "musing in the first person": (
        Draft("They have simply paid the price that we refuse to see in our own budget.").signal(
            0, opinion="simply", first_person=True, event="paid"
        ),
        "opinion",
    ),
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


def test_a_caption_and_a_list_item_state_something() -> None:
    """A caption says what a picture shows, and a list item that names something states it, verb or no verb."""
    draft = Draft("Firefighters damp down on the quay.", "A free course at Brasholm College", "And much more")
    draft.name("Brasholm College", "ORG")
    roles = (BlockRole.CAPTION, BlockRole.LIST_ITEM, BlockRole.LIST_ITEM)
    cut = draft.segmentation
    sentences = tuple(s.model_copy(update={"role": r}) for s, r in zip(cut.sentences, roles, strict=True))
    draft.segmentation = cut.model_copy(update={"sentences": sentences})
    for i in range(3):
        draft.signal(i, generic=True, finite=False)
    found = draft.extract()
    assert [entry.disposition.value for entry in found.ledger] == ["claim", "claim", "not_checkable"]


def test_a_quotation_that_closes_sentences_later_is_one_claim() -> None:
    """What a text is said to say stays in one piece, with the source that stands at its end."""
    draft = Draft("The note on Brasholm said: “Forget the rules.", "Pay at once,” by the report.")
    last = draft.segmentation.sentences[1].model_copy(update={"quote_depth": 1})
    draft.segmentation = draft.segmentation.model_copy(
        update={"sentences": (draft.segmentation.sentences[0], last)}
    )
    draft.name("Brasholm", "PLACE").signal(0, event="said").signal(1, imperative=True)
    draft.says("the report", "Pay at once", kind=SourceKind.DOCUMENT)
    (claim,) = draft.extract().claims
    assert claim.claim.quote.text == draft.text
    assert claim.attribution.source is not None
    assert claim.attribution.source.name == "the report"
