"""The wording of a claim that stands alone: names and dates from elsewhere in the article, in brackets."""

import re

import pytest
from extract_draft import Draft

from briefs.domain.scan import Speech
from briefs.domain.spans import How

STANDALONE = [
    (
        "a name said once is enough",
        Draft("Ilse Brandt said she sold 40 boats before she left.")
        .refers("she", "Ilse Brandt")
        .refers("she", "Ilse Brandt", nth=1)
        .figure("40 boats", 40),
        "Ilse Brandt said she sold 40 boats before she left.",
    ),
    (
        "relative pronoun",
        Draft("Ilse Brandt left.", "The one who sold 40 boats did.")
        .refers("who", "Ilse Brandt")
        .figure("40 boats", 40),
        "The one who sold 40 boats did.",
    ),
    (
        "weekday",
        Draft("On Friday 40 boats sank.").date("Friday", "2025-10-10", kind="date").figure("40 boats", 40),
        "On Friday [10 October 2025] 40 boats sank.",
    ),
    (
        "a possible source is not named",
        Draft("Ilse Brandt left.", "Some 40 boats sank.")
        .says("Ilse Brandt", "Some 40 boats sank.", how=How.POSSIBLE)
        .figure("40 boats", 40),
        "Some 40 boats sank.",
    ),
    (
        "pronoun",
        Draft("Ilse Brandt left.", "She sold 40 boats.").refers("She", "Ilse Brandt").figure("40 boats", 40),
        "[Ilse Brandt] sold 40 boats.",
    ),
    (
        "possessive",
        Draft("Ilse Brandt left.", "In 2019 her firm lost 40 boats.")
        .refers("her", "Ilse Brandt")
        .figure("40 boats", 40),
        "In 2019 [Ilse Brandt’s] firm lost 40 boats.",
    ),
    (
        "object",
        Draft("Ilse Brandt left.", "It cost her the 40 boats.")
        .refers("her", "Ilse Brandt")
        .figure("40 boats", 40),
        "It cost [Ilse Brandt] the 40 boats.",
    ),
    (
        "description",
        Draft("Kvass News left.", "The agency’s 40 boats sank.")
        .refers("The agency", "Kvass News")
        .figure("40 boats", 40),
        "[Kvass News]’s 40 boats sank.",
    ),
    (
        "first name",
        Draft("Ilse Brandt left.", "Brandt sold 40 boats.")
        .name("Brandt", best="Ilse Brandt", nth=1)
        .figure("40 boats", 40),
        "[Ilse] Brandt sold 40 boats.",
    ),
    (
        "month with a known year",
        Draft("In October 40 boats sank.")
        .date("October", "2025-10", month=10, kind="month")
        .figure("40 boats", 40),
        "In October [2025] 40 boats sank.",
    ),
    (
        "month without a year",
        Draft("In October 40 boats sank.").date("October", month=10, kind="month").figure("40 boats", 40),
        "In October 40 boats sank.",
    ),
    (
        "relative day",
        Draft("Yesterday 40 boats sank.")
        .date("Yesterday", "2025-10-09", kind="relative")
        .figure("40 boats", 40),
        "Yesterday [9 October 2025] 40 boats sank.",
    ),
    (
        "date within a quotation",
        Draft("“In October 40 boats sank,” a guard said in October.")
        .date("October", "2025-10", month=10, kind="month")
        .date("October", "2025-10", nth=1, month=10, kind="month")
        .figure("40 boats", 40),
        "“In October 40 boats sank,” a guard said in October [2025].",
    ),
    (
        "speaker of a quotation",
        Draft("Ilse Brandt spoke.", "“We sold 40 boats.”")
        .says("Ilse Brandt", "We sold 40 boats.", speech=Speech.DIRECT, how=How.CARRIED)
        .figure("40 boats", 40),
        "[Ilse Brandt said:] “We sold 40 boats.”",
    ),
]


@pytest.mark.parametrize(("name", "draft", "expected"), STANDALONE, ids=[each[0] for each in STANDALONE])
def test_standalone_wording(name: str, draft: Draft, expected: str) -> None:
    """A wording stands alone with names and dates that the article gives, all additions in brackets."""
    claim = draft.extract().claims[-1].claim
    assert claim.standalone == expected, name
    kept = re.findall(r"\w+", re.sub(r"\[[^\[\]]*\]", " ", claim.standalone))
    quoted = iter(re.findall(r"\w+", claim.quote.text))
    assert all(word in quoted for word in kept)


def test_an_elided_subject_is_given() -> None:
    """A clause that leaves its subject unsaid gets it in brackets."""
    draft = (
        Draft("The yard built 40 boats and lost 12 cranes.")
        .figure("40 boats", 40)
        .figure("12 cranes", 12)
        .clause("The yard built 40 boats", 0)
        .clause("lost 12 cranes.", 0, subject="The yard")
    )
    assert draft.extract().claims[1].claim.standalone == "[The yard] lost 12 cranes."
