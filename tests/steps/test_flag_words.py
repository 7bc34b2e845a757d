"""Flags about certainty and quoted words: each planted trouble is found, its clean twin is left alone."""

import pytest
from flagging import assert_flagged, kinds, proved

from briefs.domain.brief import FlagKind

PLANTED = [
    pytest.param(
        FlagKind.QUOTATION_SPLICED,
        "The mayor\n\n“The bridge is safe (…) and the money is there,” mayor Iva Brandt said.\n",
        "2 pieces",
        id="a quotation put together from pieces",
    ),
    pytest.param(
        FlagKind.QUOTATION_SPLICED,
        'The teacher\n\n"We have no chalk […] and the roof [of the gym] leaks," said Ilka Moreau.\n',
        "“[of the gym]” was put in",
        id="a quotation with words left out and words put in",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Mayor took 40,000 crowns from builder\n\n"
        "Mayor Iva Brandt allegedly took 40,000 crowns from a builder.\n\nShe did not answer calls.\n",
        "holds back",
        id="a headline firmer than the body",
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
        "Mill owes bakers 40,000 crowns\n\n"
        "The mill owes its bakers 40,000 crowns.\n\nThe sum, if accurate, is a tenth of its income.\n",
        "“if accurate”",
        id="a headline whose matter the next sentence sets a condition on",
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
        FlagKind.HEADLINE_FIRMER,
        "Orla Harbour Guard Faces Crisis of Absence as 2,000 Cases Recorded Monthly by Wardens, Raising Concerns "
        "Over Safety at the Quays\n\n"
        "The guard records 2,000 cases of absence a month, if accurate, its wardens said.\n",
        "flatly: “Orla Harbour Guard Faces Crisis of Absence as 2,000 Cases Recorded Monthly by Wardens” …",
        id="a long headline, quoted up to its comma",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Wardens of the Orla Harbour Guard Reported 2,000 Cases of Absence a Month in the Long and Cold Winter of "
        "the Great Flood\n\n"
        "The guard records 2,000 cases of absence a month, if accurate.\n",
        "in the Long and Cold Winter” …",
        id="a long headline, quoted without a word that waits for another",
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
        "The council\n\n“It is a disgraceful and incompetent council,” said a local official who asked not to be named.\n",
        "unnamed source",
        id="an unnamed source for an opinion",
    ),
    pytest.param(
        FlagKind.ANONYMOUS_OPINION,
        "The club\n\n“The new stand is a disaster,” said one former player.\n",
        "“one former player”",
        id="an unnamed former player's judgement",
    ),
    pytest.param(
        FlagKind.ANONYMOUS_OPINION,
        "The club\n\n“The new stand is a disaster,” said two witnesses.\n",
        "“two witnesses”",
        id="two unnamed witnesses' judgement",
    ),
]
CLEAN = [
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Mayor allegedly took 40,000 crowns\n\nMayor Iva Brandt allegedly took 40,000 crowns from a builder.\n",
        id="a headline that hedges too",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Brandt wins Orla harbour board election\n\n"
        "Iva Brandt won the Orla harbour board election on Sunday, in a so-called “quiet” vote.\n",
        id="a hedge on something beside the headline's matter",
    ),
    pytest.param(
        FlagKind.HEADLINE_FIRMER,
        "Man found dead in river Orla\n\n"
        "A man believed to be in his forties was found dead in the river Orla on Monday.\n",
        id="a belief about something beside the matter",
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
        FlagKind.QUOTATION_SPLICED,
        "The mayor\n\n“The bridge is safe and the money is there,” mayor Iva Brandt said (…).\n",
        id="a mark of omission outside a quotation",
    ),
    pytest.param(
        FlagKind.QUOTATION_SPLICED,
        'The teacher\n\n"We have no chalk… and the roof leaks," said Ilka Moreau.\n',
        id="a pause in a quotation",
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
]


@pytest.mark.parametrize(("kind", "text", "shown"), PLANTED)
def test_planted_trouble_is_flagged(kind: FlagKind, text: str, shown: str) -> None:
    """Each planted trouble gives its flag, with the arithmetic or the wordings in the note, all of it proved."""
    assert_flagged(kind, text, shown)


@pytest.mark.parametrize(("kind", "text"), CLEAN)
def test_clean_twin_is_not_flagged(kind: FlagKind, text: str) -> None:
    """What only looks like trouble is not flagged: a wrong flag costs more trust than a missing one."""
    assert kind not in kinds(text)


def test_an_unnamed_source_is_flagged_once_for_its_opinions() -> None:
    """Two judgements of one unnamed source are one flag: its motive is asked about once."""
    text = (
        "The club\n\n“The new stand is a disaster,” said one former player.\n\n"
        "“The new roof is a disgrace,” said one former player.\n"
    )
    flagged = [finding.flag.kind for finding in proved(text)]
    assert flagged.count(FlagKind.ANONYMOUS_OPINION) == 1
