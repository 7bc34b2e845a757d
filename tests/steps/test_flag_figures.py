"""Flags about figures: each planted trouble is found with its arithmetic, its clean twin is left alone."""

import pytest
from flagging import assert_flagged, findings, kinds

from briefs.domain.brief import FlagKind

PLANTED = [
    pytest.param(
        FlagKind.CORROBORATION_DIFFERS,
        "Dockers leave Port Sable\n\n"
        "The harbour union said 4,200 dockers left their jobs in March.\n\n"
        "These figures are corroborated by the labour office, which said that 2,000 to 3,000 dockers leave every "
        "month.\n",
        "4,200 lies 1,200 above 3,000",
        id="a corroboration that does not corroborate",
    ),
    pytest.param(
        FlagKind.CORROBORATION_DIFFERS,
        "Cows fall ill\n\n"
        "The vets' league said 840 cows fell ill in June.\n\n"
        "The June figure is confirmed by the dairy board, which said that 300 to 400 cows fall ill every month.\n",
        "840 lies 440 above 400",
        id="a figure named by its month, borne out by a smaller one",
    ),
    pytest.param(
        FlagKind.RATE_AND_TOTAL,
        "Nurses quit in Varnia\n\n"
        "Since the beginning of the year, more than 9,000 nurses have quit, according to the health board.\n\n"
        "Its director, Ana Petrel, said 500 to 600 nurses quit every month.\n\n"
        "In October alone 560 nurses quit, she said.\n",
        "would give 5,000 to 6,000",
        id="a rate that does not give its total",
    ),
    pytest.param(
        FlagKind.RATE_AND_TOTAL,
        "Bakers close\n\n"
        "The guild said that 20 to 30 bakers close every month in the valley.\n\n"
        "In the first six months of the year, 400 bakers closed, its chairman said.\n",
        "120 to 180",
        id="a rate against the months that the text counts",
    ),
    pytest.param(
        FlagKind.RANGE_AND_BOUND,
        "Strikers\n\n"
        "More than 5,000 workers joined the strike, the union said.\n\n"
        "Estimates of those who joined range from 3,000 to 4,500 people.\n",
        "both stand in the text. For which dates does each hold?",
        id="a range that ends below a more than",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "Survey of workers\n\nOf the 120 workers, 80 wanted longer shifts and 60 wanted shorter ones.\n",
        "80 + 60 = 140",
        id="parts that exceed the whole",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "Poll on the bridge\n\n"
        "The pollster found 48% in favour of the bridge, 41% against it and 19% undecided.\n",
        "48 + 41 + 19 = 108",
        id="answers that add up to more than a hundred per cent",
    ),
    pytest.param(
        FlagKind.UNITS_MIXED,
        "Fraud in Varnia\n\n"
        "The prosecutor opened 2,300 criminal cases last year, her office said.\n\n"
        "The 2,300 people face up to five years in prison.\n",
        "A case is not a person",
        id="cases counted as people",
    ),
    pytest.param(
        FlagKind.UNITS_MIXED,
        "Flu\n\n"
        "Clinics logged 1,264 infections in May, the health board said.\n\n"
        "The board said on Friday that most had been mild.\n\n"
        "It has asked for more beds.\n\n"
        "All 1,264 patients will get a letter.\n",
        "“1,264 infections” in one place and “1,264 patients” in another",
        id="infections counted as patients",
    ),
    pytest.param(
        FlagKind.FIGURE_ANNOUNCED,
        "Losses at the mill\n\n"
        "The owner has revealed the losses of the mill at a meeting in Orla.\n\n"
        "Nobody at the meeting asked how they came about.\n",
        "gives none",
        id="a figure announced and not given",
    ),
    pytest.param(
        FlagKind.FIGURE_ANNOUNCED,
        "Beds\n\n"
        "The minister disclosed how many beds were closed in the valley.\n\n"
        "Nobody in the hall took notes.\n",
        "disclosed how many",
        id="how many, and no number",
    ),
    pytest.param(
        FlagKind.FIGURE_UNSOURCED,
        "Boats leave the harbour\n\n"
        "The harbour office said that 210 boats left in May.\n\n"
        "Since January, 1,400 boats have left the coast.\n",
        "has no source of its own",
        id="a figure without a source beside one with",
    ),
    pytest.param(
        FlagKind.FIGURE_UNSOURCED,
        "The mill\n\n"
        "The mill lost 300,000 crowns in March, according to its ledger.\n\n"
        "Repairs have eaten another 90,000 crowns.\n",
        "“90,000 crowns” has no source of its own",
        id="money without a source beside money with one",
    ),
    pytest.param(
        FlagKind.FIGURES_DIFFER,
        "540 nurses left hospitals in October\n\nThe board said 412 nurses left its hospitals in October.\n",
        "The headline says “540 nurses”; the text gives “412 nurses”",
        id="a headline figure that the text does not give",
    ),
    pytest.param(
        FlagKind.FIGURES_DIFFER,
        "Mill loses 3 million crowns in a year\n\nThe mill lost 1.2 million crowns last year, its ledger shows.\n",
        "The headline says “3 million crowns”",
        id="a headline sum that the text does not give",
    ),
]
CLEAN = [
    pytest.param(
        FlagKind.CORROBORATION_DIFFERS,
        "Dockers leave\n\nThe union said 2,500 dockers left in March.\n\n"
        "These figures are corroborated by the labour office, which said that 2,000 to 3,000 dockers leave a month.\n",
        id="a figure that does lie in the range",
    ),
    pytest.param(
        FlagKind.CORROBORATION_DIFFERS,
        "Dockers leave\n\nThe union said 4,200 dockers left in March.\n\n"
        "The chair confirmed that 300 dockers wait for their badges.\n",
        id="a confirmation of something else",
    ),
    pytest.param(
        FlagKind.CORROBORATION_DIFFERS,
        "Nurses\n\nThe board said 200 nurses left in October.\n\n"
        "These figures support calls to hire 30 nurses, the union said.\n",
        id="figures that support a call",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "Survey\n\nOf the 120 workers, 70 wanted longer shifts and 50 wanted shorter ones.\n",
        id="parts that make the whole",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "Ward\n\nOf the 120 patients, 80 were women and 60 were over seventy.\n",
        id="parts that may overlap",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "Poll\n\nThe pollster found 48% in favour of the bridge, 41% against it and 11% undecided.\n",
        id="answers that add up to a hundred per cent",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "Poll\n\nThe pollster found that 62% support the bridge and 55% support the tunnel.\n",
        id="answers to two questions",
    ),
    pytest.param(
        FlagKind.UNITS_MIXED,
        "Court\n\nThe court heard 210 cases in May.\n\nIn June 190 people were heard.\n",
        id="different numbers of cases and people",
    ),
    pytest.param(
        FlagKind.UNITS_MIXED,
        "Round numbers\n\nThe town received 200 complaints about the noise.\n\n"
        "The fair opened on Monday.\n\nIt rained.\n\nThe band played.\n\nThe mayor spoke.\n\n"
        "Some 200 people came to the closing night.\n",
        id="a round number met by chance",
    ),
    pytest.param(
        FlagKind.FIGURE_ANNOUNCED,
        "Losses\n\nThe owner revealed the losses of the mill on Monday.\n\nThey came to 4 million crowns.\n",
        id="a figure given in the next sentence",
    ),
    pytest.param(
        FlagKind.FIGURE_ANNOUNCED,
        "Losses\n\nThe owner has not disclosed the losses of the mill.\n\nNobody asked.\n",
        id="a figure that was not announced",
    ),
    pytest.param(
        FlagKind.FIGURE_ANNOUNCED,
        "Cuts\n\nThe mill announced cost cuts on Monday.\n\nNobody was surprised.\n",
        id="a word that is part of another thing",
    ),
    pytest.param(
        FlagKind.RATE_AND_TOTAL,
        "Nurses\n\nSince the beginning of the year, 5,400 nurses have quit, according to the board.\n\n"
        "Ana Petrel said 500 to 600 nurses quit every month.\n\nIn October alone 560 nurses quit, she said.\n",
        id="a total that the rate gives",
    ),
    pytest.param(
        FlagKind.RATE_AND_TOTAL,
        "The clinic\n\nThe clinic treats 30 to 40 patients a month, its head said.\n\n"
        "In the first ten months of the year, 12 patients moved to the coast, she said.\n",
        id="a rate and a total of different events",
    ),
    pytest.param(
        FlagKind.RATE_AND_TOTAL,
        "Clinics\n\nThe clinic treats 30 to 40 patients a month, its head said.\n\n"
        "In the first ten months of the year, 90,000 patients were treated in the country.\n",
        id="a rate of one place and a total of all",
    ),
    pytest.param(
        FlagKind.RANGE_AND_BOUND,
        "Tenants\n\nMore than 1,800 tenants have left the estate, the landlord said.\n\n"
        "Between 100 and 200 tenants leave every month, she said.\n",
        id="a range that is a rate",
    ),
    pytest.param(
        FlagKind.RANGE_AND_BOUND,
        "Tenants\n\nMore than 1,800 tenants have left the estate, the landlord said.\n\n"
        "Estimates range from 1,900 to 2,400 tenants.\n",
        id="a range above the more than",
    ),
    pytest.param(
        FlagKind.RANGE_AND_BOUND,
        "Tenants move out\n\n"
        "More than 1,800 tenants have left the estate, the landlord said.\n\n"
        "Estimates range from 1,000 to 2,000 tenants.\n",
        id="a range that goes on beyond the more than",
    ),
    pytest.param(
        FlagKind.RANGE_AND_BOUND,
        "Tenants move out\n\n"
        "More than 1,800 tenants have left the estate, the landlord said.\n\n"
        "Estimates range from 1,000 to 1,800 tenants.\n",
        id="a range that ends at the more than",
    ),
    pytest.param(
        FlagKind.FIGURE_UNSOURCED,
        "Boats\n\nThe harbour office said that 210 boats left in May.\n\n"
        "According to the lighthouse, 1,400 boats have left since January.\n",
        id="two figures with a source each",
    ),
    pytest.param(
        FlagKind.FIGURE_UNSOURCED,
        "Boats\n\nThe harbour office said that 210 boats left in May.\n\n"
        "The 12 piers were painted, and 640 gulls live on them.\n",
        id="a figure for another thing",
    ),
    pytest.param(
        FlagKind.FIGURES_DIFFER,
        "Four hundred nurses left in October\n\nThe board said 412 nurses left in October.\n",
        id="a rounded headline",
    ),
    pytest.param(
        FlagKind.FIGURES_DIFFER,
        "210 boats left in May\n\nThe harbour office said 90 boats from Orla and 120 boats from Sable left in May.\n",
        id="a headline that adds up",
    ),
]


@pytest.mark.parametrize(("kind", "text", "shown"), PLANTED)
def test_planted_trouble_is_flagged(kind: FlagKind, text: str, shown: str) -> None:
    """Each planted trouble gives its flag, with the arithmetic or the wordings in the note, all of it proved."""
    assert_flagged(kind, text, shown)


@pytest.mark.parametrize(("kind", "text"), CLEAN)
def test_clean_twin_is_not_flagged(kind: FlagKind, text: str) -> None:
    """What only looks like trouble is not flagged: a wrong flag costs more trust than a missing one."""
    assert kind not in kinds(text)


def test_total_since_a_year_is_computed_to_the_dateline_only() -> None:
    """A rate times the time since a stated year needs the article's date, and allows for unknown months."""
    text = (
        "Wells dry up\n\nThe guild said that 2 to 3 wells dry up every week in the valley.\n\n"
        "Since 2021, more than 900 wells have dried up, it said.\n"
    )
    kind = FlagKind.RATE_AND_TOTAL
    notes = [f.flag.note for f in findings(text, published="2024-06-15") if f.flag.kind is kind]
    assert len(notes) == 1
    assert "since 2021" in notes[0]
    assert kind not in kinds(text)
    assert kind not in kinds(text.replace("900", "400"), published="2024-06-15")
