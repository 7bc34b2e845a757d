"""Flags about slips of one word: each planted slip is found, its clean twin is left alone."""

import pytest
from flagging import assert_flagged, findings, kinds

from briefs.domain.brief import FlagKind

PLANTED = [
    pytest.param(
        FlagKind.PROOF_CLAIMED,
        "The quay\n\nHarbour master Ada Okoye proved that the crane was safe on Monday.\n",
        "“proved”",
        id="proved that",
    ),
    pytest.param(
        FlagKind.PROOF_CLAIMED,
        "The quay\n\nThe mayor, Iva Brandt, proved the council had paid for the crane.\n",
        "A statement is no proof",
        id="proved with a clause and no that",
    ),
    pytest.param(
        FlagKind.PROOF_CLAIMED,
        "The quay\n\nIva Brandt, who has led the harbour section of the inspectorate for the whole coast since 2021, "
        "proved her office had sent two inspectors.\n",
        "“proved”",
        id="proved behind a long aside",
    ),
    pytest.param(
        FlagKind.PROOF_CLAIMED,
        "The quay\n\nThe ferry company proves it would cut no crossing this winter.\n",
        "“proves”",
        id="proves, of a body",
    ),
    pytest.param(
        FlagKind.PROOF_CLAIMED,
        'The quay\n\n"The crane leans to the left," proved the harbour master.\n',
        "“proved”",
        id="proved behind a quotation",
    ),
    pytest.param(
        FlagKind.UNIT_MISFIT,
        "The vote\n\nTurnout was 58 percentage points in the old town.\n",
        "“58 percentage points”",
        id="points for per cent",
    ),
    pytest.param(
        FlagKind.FIGURES_DIFFER,
        "The bridge\n\nThe council will pay 8.4 million crowns for the repair of the bridge.\n\n"
        "Crews came on Monday.\n\nThe repair of the bridge costs the council 8.4 billion crowns.\n",
        "8.4 billion",
        id="billion for million",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "The bridge\n\nThe work costs 8.4 million crowns, of which the town pays 2.8 billion crowns.\n",
        "and is more",
        id="a part above its whole",
    ),
    pytest.param(
        FlagKind.QUOTATION_DIFFERS,
        "The storm\n\n“In thirty years at sea I have never met such a wave,” said Nils Ramm.\n\n"
        "The boat is lost.\n\n“In thirty years at sea I have often met such a wave”\n",
        "two versions",
        id="one quotation in two versions",
    ),
    pytest.param(
        FlagKind.STATEMENTS_DIFFER,
        "The storm\n\nThe harbour office did not answer two messages about the broken crane.\n\n"
        "The crane fell on Monday.\n\nThe harbour office did answer two messages about the broken crane.\n",
        "one without",
        id="a not that is lost the second time",
    ),
    pytest.param(
        FlagKind.STATEMENTS_DIFFER,
        "Some crane drivers left the harbour after the storm warning\n\n"
        "All crane drivers left the harbour after the storm warning, the union said.\n",
        "one of some, one of all",
        id="some in one place, all in another",
    ),
    pytest.param(
        FlagKind.NEGATION_MISSING,
        "The ferry\n\nBy evening the ticket page was loading at all.\n",
        "was loading at all",
        id="at all with nothing that denies",
    ),
    pytest.param(
        FlagKind.NEGATION_MISSING,
        "The ferry\n\nThe ferry company did immediately respond to questions about the crane.\n",
        "did immediately respond",
        id="a firm that did immediately respond",
    ),
    pytest.param(
        FlagKind.FIGURES_DIFFER,
        "The storm\n\nThe storm tore 34 boats from their moorings in the old harbour.\n\n"
        "Nobody was hurt.\n\nThe storm tore 43 boats from their moorings in the old harbour, the office said.\n",
        "43 boats",
        id="two figures for one thing",
    ),
]
CLEAN = [
    pytest.param(
        FlagKind.NEGATION_MISSING,
        "The ferry\n\nThe page was not loading at all. It works at all hours. Nobody came, if at all. "
        "The company did not respond to questions. Few ferries run any longer.\n",
        id="negations in place",
    ),
    pytest.param(
        FlagKind.PROOF_CLAIMED,
        "The quay\n\nThe tests proved that the crane was safe. It proved a long day. She proved her point. "
        "The crane proved to be sound. He could not prove that it was.\n",
        id="tests prove, days prove long",
    ),
    pytest.param(
        FlagKind.PROOF_CLAIMED,
        'The quay\n\n"Our crew proved that it can win," said Ada Okoye.\n',
        id="somebody's own word",
    ),
    pytest.param(
        FlagKind.UNIT_MISFIT,
        "The vote\n\nTurnout rose by 5 percentage points. The lead is 3 percentage points.\n",
        id="points of a difference",
    ),
    pytest.param(
        FlagKind.FIGURES_DIFFER,
        "The bridges\n\nThe council will pay 8.4 million crowns for the repair of the bridge.\n\n"
        "The state owes its lenders 8.4 billion crowns.\n",
        id="the same digits of other things",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "The bridge\n\nThe work costs 8.4 million crowns, of which the town pays 2.8 million crowns.\n",
        id="a part within its whole",
    ),
    pytest.param(
        FlagKind.QUOTATION_DIFFERS,
        "The storm\n\n“In thirty years at sea I have never met such a wave,” said Nils Ramm. The boat is lost.\n\n"
        "“I have never met such a wave”\n\n“In thirty years on land I have always slept well at night.”\n",
        id="a part of a quotation, and another one",
    ),
    pytest.param(
        FlagKind.STATEMENTS_DIFFER,
        "The storm\n\nThe harbour office did not answer two messages about the broken crane.\n\n"
        "The ferry office did answer one message about a lost bag.\n",
        id="two things",
    ),
    pytest.param(
        FlagKind.FIGURES_DIFFER,
        "The storm\n\nThe storm tore 34 boats from their moorings in Orla.\n\n"
        "The storm tore 43 boats from their moorings in Kirnsey.\n",
        id="two places",
    ),
]
TODAY = "2024-03-14"
MISDATED = [
    pytest.param(
        "The Mill\n\nOn Friday, 12 March 2024, the mill burned.\n", "has Tuesday", id="weekday with a year"
    ),
    pytest.param(
        "The Mill\n\nOn Monday, March 12, the mill burned.\n", "has Tuesday", id="weekday without a year"
    ),
    pytest.param(
        "The Mill\n\nThe mill has stood empty since 2031.\n", "since 2031", id="since a year to come"
    ),
    pytest.param(
        "The Mill\n\nThe mill burned down in 2027 and was rebuilt.\n", "in 2027", id="past in a year to come"
    ),
    pytest.param(
        "The Mill\n\nThe mill burned down on 9 May.\n", "10 months before", id="a day that has not come yet"
    ),
    pytest.param(
        "The Mill\n\nThe wheel was stopped on 9 May so that a cracked shaft could be replaced.\n",
        "10 months before",
        id="what a deed was for lies ahead, the deed does not",
    ),
]
WELL_DATED = [
    pytest.param("The Mill\n\nOn Tuesday, 12 March 2024, the mill burned.\n", id="the right weekday"),
    pytest.param("The Mill\n\nThe mill will close in 2027, the council decided.\n", id="a plan"),
    pytest.param("The Mill\n\nThe mill burned down on 9 February.\n", id="a day just past"),
    pytest.param("The Mill\n\nIn 2023 storms came. The mill burned down on 9 May.\n", id="a year before it"),
    pytest.param("The Mill\n\nThe mill opens on 9 May.\n", id="a day to come"),
    pytest.param(
        "The Mill\n\nThe mill was to close on 9 May so that it could be sold.\n", id="a plan with an aim"
    ),
]


@pytest.mark.parametrize(("kind", "text", "shown"), PLANTED)
def test_slip_is_flagged(kind: FlagKind, text: str, shown: str) -> None:
    """A planted slip gets a flag of its kind, with the words in its note."""
    assert_flagged(kind, text, shown)


@pytest.mark.parametrize(("kind", "text"), CLEAN)
def test_clean_twin_is_not_flagged(kind: FlagKind, text: str) -> None:
    """The same form without a slip gets no flag of that kind."""
    assert kind not in kinds(text)


@pytest.mark.parametrize(("text", "shown"), MISDATED)
def test_date_that_does_not_fit_is_flagged(text: str, shown: str) -> None:
    """A date that the calendar or the article's own date contradicts gets a flag that shows the count."""
    notes = [f.flag.note for f in findings(text, TODAY) if f.flag.kind is FlagKind.DATE_MISFIT]
    assert notes
    assert shown in notes[0]


@pytest.mark.parametrize("text", WELL_DATED)
def test_date_that_fits_is_not_flagged(text: str) -> None:
    """A date that fits, a plan, and a day whose year stands before it get no flag."""
    assert FlagKind.DATE_MISFIT not in kinds(text, TODAY)


def test_without_a_date_of_its_own_an_article_has_no_future() -> None:
    """Where nobody says when an article was written, no date is held against today's."""
    assert FlagKind.DATE_MISFIT not in kinds("The Mill\n\nThe mill has stood empty since 2031.\n")
