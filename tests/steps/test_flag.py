"""Flags: each planted trouble is found with its arithmetic, and its clean twin is left alone."""

import pytest

from briefs.domain.brief import Finding, FlagKind
from briefs.steps.extract import extract
from briefs.steps.flag import flag
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment


def findings(text: str, published: str | None = None) -> tuple[Finding, ...]:
    """Return the flags of an article given as plain text."""
    given = Given(published=published)
    article = ingest(text.encode(), Origin(id="a.txt", path="a.txt"), given)
    segmentation = segment(article)
    scanned = scan(article, segmentation)
    return flag(article, segmentation, scanned, extract(article, segmentation, scanned))


def kinds(text: str, published: str | None = None) -> set[FlagKind]:
    """Return the kinds of the flags of an article."""
    return {finding.flag.kind for finding in findings(text, published)}


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
        FlagKind.RATE_AND_TOTAL,
        "Nurses quit in Varnia\n\n"
        "Since the beginning of the year, more than 9,000 nurses have quit, according to the health board.\n\n"
        "Its director, Ana Petrel, said 500 to 600 nurses quit every month.\n\n"
        "In October alone 560 nurses quit, she said.\n",
        "would give 5,000 to 6,000",
        id="a rate that does not give its total",
    ),
    pytest.param(
        FlagKind.RANGE_AND_BOUND,
        "Tenants move out\n\n"
        "More than 1,800 tenants have left the estate, the landlord said.\n\n"
        "Estimates range from 1,000 to 2,000 tenants.\n",
        "as few as 1,000",
        id="a range that ends under a more than",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "Survey of workers\n\nOf the 120 workers, 80 wanted longer shifts and 60 wanted shorter ones.\n",
        "80 + 60 = 140",
        id="parts that exceed the whole",
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
        FlagKind.FIGURE_ANNOUNCED,
        "Losses at the mill\n\n"
        "The owner has revealed the losses of the mill at a meeting in Orla.\n\n"
        "Nobody at the meeting asked how they came about.\n",
        "gives none",
        id="a figure announced and not given",
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
        FlagKind.INTERVAL_MISFIT,
        "Two fires\n\nOn July 18, the granary burned.\n\nJust a week earlier, on July 10, the mill burned down.\n",
        "is 8 days",
        id="an interval that does not fit its dates",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "The strike\n\nAs the strike enters its third year, talks go on.\n\nThe strike enters its fourth year in May.\n",
        "cannot both hold",
        id="two ordinals for one year",
    ),
    pytest.param(
        FlagKind.QUOTATION_SPLICED,
        "The mayor\n\n“The bridge is safe (…) and the money is there,” mayor Iva Brandt said.\n",
        "2 pieces",
        id="a quotation put together from pieces",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Mayor took 40,000 crowns from builder\n\n"
        "Mayor Iva Brandt allegedly took 40,000 crowns from a builder.\n\nShe did not answer calls.\n",
        "holds back",
        id="a headline firmer than the body",
    ),
    pytest.param(
        FlagKind.HEDGE_LOST,
        "Smuggling at the port\n\n"
        "The clerk allegedly took 3,100 crates of cigarettes out of the harbour store.\n\n"
        "Police searched the store on Monday.\n\n"
        "The 3,100 crates were sold in Orla.\n",
        "Stated flatly",
        id="a hedge lost between sentences",
    ),
    pytest.param(
        FlagKind.ANONYMOUS_OPINION,
        "The council\n\n“It is a disgraceful and incompetent council,” said a local official who asked not to be named.\n",
        "unnamed source",
        id="an unnamed source for an opinion",
    ),
]


@pytest.mark.parametrize(("kind", "text", "shown"), PLANTED)
def test_planted_trouble_is_flagged(kind: FlagKind, text: str, shown: str) -> None:
    """Each planted trouble gives its flag, with the arithmetic or the wordings in the note."""
    notes = [finding.flag.note for finding in findings(text) if finding.flag.kind is kind]
    assert notes
    assert shown in notes[0]


CLEAN = [
    pytest.param(
        FlagKind.CORROBORATION_DIFFERS,
        "Dockers leave\n\nThe union said 2,500 dockers left in March.\n\n"
        "These figures are corroborated by the labour office, which said that 2,000 to 3,000 dockers leave a month.\n",
        id="a figure that does lie in the range",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fires\n\nOn July 18, the granary burned.\n\nA week earlier, on July 11, the mill burned down.\n",
        id="an interval that fits",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fires\n\nOn January 3, the granary burned.\n\nA week earlier, on December 27, the mill burned down.\n",
        id="an interval across New Year",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "Survey\n\nOf the 120 workers, 70 wanted longer shifts and 50 wanted shorter ones.\n",
        id="parts that make the whole",
    ),
    pytest.param(
        FlagKind.UNITS_MIXED,
        "Court\n\nThe court heard 210 cases in May.\n\nIn June 190 people were heard.\n",
        id="different numbers of cases and people",
    ),
    pytest.param(
        FlagKind.FIGURE_ANNOUNCED,
        "Losses\n\nThe owner revealed the losses of the mill on Monday.\n\nThey came to 4 million crowns.\n",
        id="a figure given in the next sentence",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Mayor allegedly took 40,000 crowns\n\nMayor Iva Brandt allegedly took 40,000 crowns from a builder.\n",
        id="a headline that hedges too",
    ),
    pytest.param(
        FlagKind.QUOTATION_SPLICED,
        "The mayor\n\n“The bridge is safe and the money is there,” mayor Iva Brandt said (…).\n",
        id="a mark of omission outside a quotation",
    ),
    pytest.param(
        FlagKind.RATE_AND_TOTAL,
        "Nurses\n\nSince the beginning of the year, 5,400 nurses have quit, according to the board.\n\n"
        "Ana Petrel said 500 to 600 nurses quit every month.\n\nIn October alone 560 nurses quit, she said.\n",
        id="a total that the rate gives",
    ),
]


@pytest.mark.parametrize(("kind", "text"), CLEAN)
def test_clean_twin_is_not_flagged(kind: FlagKind, text: str) -> None:
    """What only looks like trouble is not flagged: a wrong flag costs more trust than a missing one."""
    assert kind not in kinds(text)


def test_year_is_held_against_the_dateline() -> None:
    """A dateline decides which year of a strike it is; without one nothing is guessed."""
    text = "The strike\n\nThe strike began in March 2021 at the mill.\n\nThe strike enters its third year.\n"
    assert FlagKind.YEAR_MISFIT in kinds(text, published="2026-06-01")
    assert FlagKind.YEAR_MISFIT not in kinds(text, published="2023-06-01")
    assert FlagKind.YEAR_MISFIT not in kinds(text)


def test_every_flag_names_exact_places_and_its_claims() -> None:
    """A flag's places lie in the text, and the claims it stands under state one of them."""
    text = "\n\n".join(str(case.values[1]) for case in PLANTED)
    for finding in findings(text):
        assert finding.flag.spans
        for span in finding.flag.spans:
            assert span.of(text).strip()
