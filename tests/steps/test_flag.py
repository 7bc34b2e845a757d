"""Flags: each planted trouble is found with its arithmetic, and its clean twin is left alone."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.domain.brief import Finding, FlagKind
from briefs.errors import BriefsError
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
        "ends at 4,500",
        id="a range that ends below a more than",
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
        "Beds\n\n"
        "The minister disclosed how many beds were closed in the valley.\n\n"
        "Nobody in the hall took notes.\n",
        "disclosed how many",
        id="how many, and no number",
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
        FlagKind.INTERVAL_MISFIT,
        "Two bridges\n\nThe old bridge fell in 2004, and the new one opened three years later, in 2012.\n",
        "is 8 years",
        id="an interval of years",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fairs\n\nThe spring fair closed in February. Two months later, in July, the summer fair opened.\n",
        "is 5 months",
        id="an interval of months",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two floods\n\nThe first flood came on 3 May. Ten days later, on 20 May, the second came.\n",
        "is 17 days",
        id="an interval of days",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "The siege\n\n"
        "As of 2024, the siege, which began in 2019, enters its third year with no end in sight.\n",
        "it would be year 5 or 6",
        id="an ordinal against the years that the text states",
    ),
    pytest.param(
        FlagKind.QUOTATION_SPLICED,
        'The teacher\n\n"We have no chalk […] and the roof [of the gym] leaks," said Ilka Moreau.\n',
        "“[of the gym]” was put in",
        id="a quotation with words left out and words put in",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Faulty heater caused mill fire\n\n"
        "The mill burned for nine hours on Monday.\n\n"
        "The cause of the fire is not yet known, the fire service said.\n",
        "is not yet known",
        id="a cause in the headline that the text calls unknown",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Harbour chief Okoye hid report on cracked crane\n\n"
        "Harbour chief Ada Okoye allegedly hid a report on the cracked crane from the council.\n\n"
        "She did not answer calls.\n",
        "allegedly",
        id="a headline without figures that is firmer than the body",
    ),
    pytest.param(
        FlagKind.HEDGE_LOST,
        "Ferry contract\n\n"
        "The owner reportedly promised the mayor a villa above the harbour.\n\n"
        "The ferry sails twice a day.\n\n"
        "Having promised the mayor a villa above the harbour, the owner won the contract.\n",
        "“reportedly”",
        id="a hedge lost inside a participle",
    ),
    pytest.param(
        FlagKind.ANONYMOUS_OPINION,
        "The club\n\n“The new stand is a disaster,” said one former player.\n",
        "“one former player”",
        id="an unnamed former player's judgement",
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
    pytest.param(
        FlagKind.CORROBORATION_DIFFERS,
        "Dockers leave\n\nThe union said 4,200 dockers left in March.\n\n"
        "The chair confirmed that 300 dockers wait for their badges.\n",
        id="a confirmation of something else",
    ),
    pytest.param(
        FlagKind.RATE_AND_TOTAL,
        "The clinic\n\nThe clinic treats 30 to 40 patients a month, its head said.\n\n"
        "In the first ten months of the year, 12 patients moved to the coast, she said.\n",
        id="a rate and a total of different events",
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
        FlagKind.UNITS_MIXED,
        "Round numbers\n\nThe town received 200 complaints about the noise.\n\n"
        "The fair opened on Monday.\n\nIt rained.\n\nThe band played.\n\nThe mayor spoke.\n\n"
        "Some 200 people came to the closing night.\n",
        id="a round number met by chance",
    ),
    pytest.param(
        FlagKind.FIGURE_ANNOUNCED,
        "Losses\n\nThe owner has not disclosed the losses of the mill.\n\nNobody asked.\n",
        id="a figure that was not announced",
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
        FlagKind.INTERVAL_MISFIT,
        "Two bridges\n\nThe old bridge fell in 2004, and the new one opened eight years later, in 2012.\n",
        id="years that fit",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "Two fairs\n\nThe winter fair closed in December. Two months later, in February, the spring fair opened.\n",
        id="months across New Year",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Brandt wins Orla harbour board election\n\n"
        "Iva Brandt won the Orla harbour board election on Sunday, in a so-called “quiet” vote.\n",
        id="a hedge on something beside the headline's matter",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "The siege\n\nAs of 2024, the siege, which began in 2019, enters its sixth year.\n",
        id="an ordinal that fits",
    ),
    pytest.param(
        FlagKind.INTERVAL_MISFIT,
        "The bill\n\nThe bill passed on 3 June, after a debate on 20 May. Two weeks later, on 17 June, it was law.\n",
        id="an interval from the date before the nearest",
    ),
    pytest.param(
        FlagKind.PARTS_EXCEED_WHOLE,
        "Poll\n\nThe pollster found that 62% support the bridge and 55% support the tunnel.\n",
        id="answers to two questions",
    ),
    pytest.param(
        FlagKind.CORROBORATION_DIFFERS,
        "Nurses\n\nThe board said 200 nurses left in October.\n\n"
        "These figures support calls to hire 30 nurses, the union said.\n",
        id="figures that support a call",
    ),
    pytest.param(
        FlagKind.RATE_AND_TOTAL,
        "Clinics\n\nThe clinic treats 30 to 40 patients a month, its head said.\n\n"
        "In the first ten months of the year, 90,000 patients were treated in the country.\n",
        id="a rate of one place and a total of all",
    ),
    pytest.param(
        FlagKind.FIGURE_ANNOUNCED,
        "Cuts\n\nThe mill announced cost cuts on Monday.\n\nNobody was surprised.\n",
        id="a word that is part of another thing",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Man found dead in river Orla\n\n"
        "A man believed to be in his forties was found dead in the river Orla on Monday.\n",
        id="a belief about something beside the matter",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "Two wars\n\nThe war in Drevia enters its third year.\n\nThe war in Varnia enters its fourth year.\n",
        id="two wars",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "The strike\n\nThe strike enters its third year.\n\nWhen the strike entered its second year, it rained.\n",
        id="an earlier year of the same strike",
    ),
    pytest.param(
        FlagKind.YEAR_MISFIT,
        "Two unions\n\nThe guild enters its third year.\n\nThe league enters its fourth year.\n",
        id="ordinals of two subjects",
    ),
    pytest.param(
        FlagKind.QUOTATION_SPLICED,
        'The teacher\n\n"We have no chalk… and the roof leaks," said Ilka Moreau.\n',
        id="a pause in a quotation",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Mill fire caused by faulty heater, chief says\n\nThe mill burned on Monday.\n\n"
        "The cause of the fire is not yet known, the insurer said.\n",
        id="a headline that names its source",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Mayor Brandt opens new bridge over the Orla\n\n"
        "Mayor Iva Brandt opened the new bridge over the Orla on Monday.\n\n"
        "The bridge may have cost more than planned.\n",
        id="a headline that the text states as firmly",
    ),
    pytest.param(
        FlagKind.HEDGE_LOST,
        "Ferry\n\nThe owner reportedly promised the mayor a villa above the harbour.\n\n"
        "The mayor denied that the owner had promised him a villa above the harbour.\n",
        id="what is denied is not stated flatly",
    ),
    pytest.param(
        FlagKind.HEDGE_LOST,
        "Ferry\n\nThe owner reportedly promised the mayor a villa above the harbour.\n\n"
        "The harbour has a villa museum, and the mayor likes it.\n",
        id="some of the same words",
    ),
    pytest.param(
        FlagKind.ANONYMOUS_OPINION,
        "The club\n\n“The new stand is a disaster,” said Ruta Velde, a former player.\n",
        id="a judgement with a name",
    ),
    pytest.param(
        FlagKind.ANONYMOUS_OPINION,
        "The club\n\n“The stand was closed on 4 May after 12 bolts failed,” said one former player.\n",
        id="a fact from an unnamed source",
    ),
    pytest.param(
        FlagKind.ANONYMOUS_OPINION,
        "The ministry\n\n“The plan is a disaster,” said a ministry spokesman.\n",
        id="somebody who speaks for a body",
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


@pytest.mark.parametrize(
    "text",
    [
        "Beer\n\nThe brewery, founded in 1990, marks its 25th anniversary this year.\n",
        "Siege\n\nThe siege has lasted since 2019. Now in its third year, the siege shows no sign of ending.\n",
        "Siege\n\nIn the third year of the siege, which began in 2019, food is short.\n",
    ],
)
def test_years_are_counted_to_the_dateline_however_they_are_worded(text: str) -> None:
    """An ordinal may stand before or after its subject; the dateline of the right year raises no flag."""
    fitting = "2015-05-05" if "1990" in text else "2021-05-05"
    assert FlagKind.YEAR_MISFIT in kinds(text, published="2025-05-05")
    assert FlagKind.YEAR_MISFIT not in kinds(text, published=fitting)
    assert FlagKind.YEAR_MISFIT not in kinds(text)


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


def test_a_pair_of_figures_is_flagged_once() -> None:
    """No two flags of one kind stand at the same places."""
    text = "\n\n".join(str(case.values[1]) for case in PLANTED)
    places = [(f.flag.kind, frozenset((s.start, s.end) for s in f.flag.spans)) for f in findings(text)]
    assert len(places) == len(set(places))


QUOTED = re.compile(r"“([^“”]+)”")


@pytest.mark.parametrize("text", [str(case.values[1]) for case in PLANTED])
def test_what_a_note_quotes_stands_in_the_article(text: str) -> None:
    """Every run of words that a note puts in quotation marks is an exact slice of the article."""
    collapsed = " ".join(text.split())
    for finding in findings(text):
        for quoted in QUOTED.findall(finding.flag.note):
            assert quoted in collapsed


def test_every_flag_names_exact_places_and_its_claims() -> None:
    """A flag's places lie in the text, and the claims it stands under state one of them."""
    text = "\n\n".join(str(case.values[1]) for case in PLANTED)
    for finding in findings(text):
        assert finding.flag.spans
        for span in finding.flag.spans:
            assert span.of(text).strip()


WORDS = st.sampled_from(
    ["more than", "12,400", "nurses", "cases", "every month", "allegedly", "a week earlier, on", "July 10", "July 18",
     "“", "”", "(…)", "‘", "’", "its third year", "war", "which began in 2019,", "confirmed", "the figure", "%", "48",
     "said", "a former official", "disaster", "revealed how many", "of the", "since 2021", ".", "?", "\n", "\n\n", ",",
     "\u0301", "😀", "\u200f", "\u00ad"]
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=200)))
def test_any_text_can_be_flagged(text: str) -> None:
    """No text brings the rules down, and every place and quoted word of a flag is the article's."""
    if not text.strip():
        return
    try:
        article = ingest(text.encode("utf-8", "surrogatepass"), Origin(id="a.txt", path="a.txt"), Given())
    except BriefsError:
        return
    segmentation = segment(article)
    scanned = scan(article, segmentation)
    collapsed = " ".join(article.text.split())
    for finding in flag(article, segmentation, scanned, extract(article, segmentation, scanned)):
        assert all(span.end <= len(article.text) for span in finding.flag.spans)
        assert all(quoted in collapsed for quoted in QUOTED.findall(finding.flag.note))
