"""Figures of two claims: what agrees, what conflicts, what is only related, and above all what is neither."""

import re
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest
from figured_lines import NOVEMBER, claims_of, compared, frame

from briefs.domain.relations import IndexedClaim
from briefs.steps.relate.figures import Finding, compare_figures


class Case(NamedTuple):
    """Two lines of two articles, and how they stand."""

    one: str
    other: str
    kind: str | None
    aspect: str | None = None
    first: str | None = NOVEMBER
    second: str | None = NOVEMBER


FLOOD = "2024-03-14"
LATER = "2024-03-16"
YEAR = "since the beginning of the year"
OCTOBER = "In October alone, 2,310 nurses quit."
FERRY = "Four people were killed and 17 others injured when the ferry sank off Harrow Vale."

SAME = [
    Case(OCTOBER, "More than 2,300 nurses left the wards in October.", "same"),
    Case("21,600 soldiers left their units in May.", "Some 21,602 soldiers deserted in May.", "same"),
    Case("In May 21,602 soldiers deserted.", "“21,600 in May”, he said.", "same"),
    Case(
        "About 1.2 million voters left the party in June.", "1,214,000 voters quit the party in June.", "same"
    ),
    Case(
        "Prosecutors opened 340 cases of theft in March.", "In March 340 cases of theft were opened.", "same"
    ),
    Case("4,312 nurses resigned in June.", "There were 4,312 resignations in June.", "same"),
    Case(
        "15,000 to 18,000 soldiers leave every month.",
        "Every month 15,000 to 18,000 soldiers abandon their units.",
        "same",
    ),
    Case(
        "The flood destroyed 212 homes.", "212 homes were destroyed in the flood.", "same", None, FLOOD, FLOOD
    ),
    Case(FERRY, "At least four people died when the ferry sank.", "same", None, FLOOD, FLOOD),
    Case("31 miners were injured in July.", "In July, 31 miners were wounded.", "same"),
    Case("2,310 nurses quit in October.", "2,310 nurses quit in October 2024.", "same", None, None, NOVEMBER),
    Case(
        "The ministry spent 40 million crowns on drones in 2023.",
        "In 2023 the ministry spent 40 million crowns on drones.",
        "same",
    ),
    Case("The plant makes 6,187 ploughs a day.", "The plant makes about 6,200 ploughs a day.", "same"),
]
CONFLICT = [
    Case("Mara Voss says she raised $21 million in May.", "In May Voss raised $15 million.", "conflict"),
    Case(OCTOBER, "The board says 1,120 nurses left in October.", "conflict", "figure"),
    Case(OCTOBER, "The board says 1,120 nurses left in October 2024.", "conflict", "figure", None, NOVEMBER),
    Case("52 miners were killed in June.", "40 miners died in June.", "conflict", "figure"),
    Case(OCTOBER, "In October 1,760 people left the wards and no nurse came back.", "conflict", "figure"),
    Case(
        FERRY, "Five people died and 19 were injured when the ferry sank.", "conflict", "figure", FLOOD, LATER
    ),
    Case(
        FERRY,
        "Four people were killed and 19 injured when the ferry sank.",
        "conflict",
        "figure",
        FLOOD,
        LATER,
    ),
    Case(
        "1,500 to 1,800 nurses leave every month.",
        "In the first ten months of the year, 10,900 nurses left.",
        "conflict",
    ),
    Case(
        f"More than 19,500 nurses have left {YEAR}.",
        "In the first ten months of the year, 10,900 nurses left.",
        "conflict",
    ),
    Case("In 2023, 1,900 nurses quit.", "In March 2023, 2,350 nurses quit.", "conflict"),
    Case(
        "The mill's dust fans were shut down for nine days.",
        "The mill's dust fans were switched off for five days.",
        "conflict",
        "figure",
        FLOOD,
        LATER,
    ),
    Case(
        "The ministry spent 40 million crowns on drones in 2023.",
        "In 2023 the ministry spent 55 million crowns on drones.",
        "conflict",
    ),
    Case("15,000 to 18,000 soldiers deserted in May.", "Some 21,602 soldiers deserted in May.", "conflict"),
]
RELATED = [
    Case(
        "“2,310 in one month”, she said of the wards.",
        "2,310 resignation notices were lodged in October.",
        "related",
        "measure",
    ),
    Case(
        "15,000 to 18,000 soldiers leave every month.",
        "Some 21,602 soldiers deserted in May.",
        "related",
        "period",
    ),
    Case(
        "20,000 cases of desertion are recorded every month.",
        "15,000 to 18,000 soldiers leave every month.",
        "related",
        "measure",
    ),
    Case(
        "20,000 cases of desertion are recorded every month.",
        "Some 21,602 soldiers deserted in May.",
        "related",
        "measure",
    ),
    Case(OCTOBER, "2,310 resignation notices were lodged in October.", "related", "measure"),
    Case(OCTOBER, "1,980 nurses quit in September.", "related", "period"),
    Case(
        f"180,000 soldiers have deserted {YEAR}.",
        "250,000 soldiers have deserted since the invasion began.",
        "related",
        "period",
    ),
    Case(
        f"180,000 soldiers have deserted {YEAR}.",
        "15,000 to 18,000 soldiers leave every month.",
        "related",
        "period",
    ),
    Case("20,000 soldiers deserted in May.", "Some 21,602 soldiers deserted in May.", "related", "figure"),
    Case("From 9,000 to 19,000 nurses quit in 2023.", "In 2023, 10,900 nurses quit.", "related", "figure"),
    Case(
        "Tens of thousands of soldiers have deserted in recent months.",
        "Some 21,602 soldiers deserted in May.",
        "related",
        "period",
    ),
    Case("1,500 nurses leave every month.", "40 nurses leave every day.", "related", "period"),
    Case(
        "“2,310 in October”, she said of the wards.",
        "2,310 resignation notices were lodged in October.",
        "related",
        "measure",
    ),
    Case("1,100 nurses quit in October 2022.", "In October 2024, 2,310 nurses quit.", "related", "period"),
]
NOTHING = [
    # Two bodies, each with a name, are two, whatever both are called and wherever both were at work.
    Case(
        "The Lund Office inspected 14,854 iron barns at Harrow in June 2024, Ana Petrel said.",
        "The Kirn Office inspected 79,440 iron barns at Harrow in June 2024, Bo Halvar said.",
        None,
    ),
    Case(
        "The Lund Office inspected 14,854 iron barns in June 2024.",
        "The Kirn Office inspected 79,440 iron barns in June 2024.",
        None,
    ),
    # Other things counted, or another thing happening to them.
    Case(OCTOBER, "1,120 doctors quit in October.", None),
    Case(OCTOBER, "1,120 nurses were hired in October.", None),
    Case(OCTOBER, "1,120 nurses were dismissed in October.", None),
    Case(OCTOBER, "640 nurses came back in October.", None),
    Case(OCTOBER, "1,120 nurses did not leave in October.", None),
    Case("40 soldiers were killed in June.", "112 soldiers were wounded in June.", None),
    Case("12 guards killed five men in June.", "31 guards were killed in June.", None),
    Case("4,000 nurses walked out in October over pay.", OCTOBER, None),
    Case("2,000 criminal cases were opened in June.", "1,400 criminal cases were closed in June.", None),
    Case(
        "The bridge will cost 8.4 million crowns.",
        "The region will pay 5.6 million crowns for the bridge.",
        None,
    ),
    Case(
        "40 million euros were spent on drones in 2023.",
        "In 2023, 55 million dollars were spent on drones.",
        None,
    ),
    Case("42 percent of nurses want to leave.", "31 percent of doctors want to leave.", None),
    Case("The rate rose by 3 percent in May.", "The rate rose by 5 percent in May.", None),
    Case("Six of the injured are in a critical condition.", FERRY, None, None, FLOOD, FLOOD),
    Case("The strike lasted nine days.", "The trial lasted five days.", None, None, FLOOD, FLOOD),
    Case("He has served for 26 years.", "He has lived there for 31 years.", None, None, FLOOD, FLOOD),
    Case("They came third in May.", "They came second in May.", None),
    # Other places, sides, and wholes.
    Case("2,310 nurses left Orla in October.", "1,120 nurses left Kirnsey in October.", None),
    Case("2,310 nurses quit in October in Ukraine.", "1,120 nurses quit in October in Poland.", None),
    Case("410 nurses left in Kirnsey in October.", OCTOBER, None),
    Case(
        "410 nurses left the private clinics in October.",
        "2,310 nurses left the public clinics in October.",
        None,
    ),
    Case("95 of the 410 nurses quit in October.", "120 of the 900 nurses quit in October.", None),
    Case("In October 3,000 people left the wards, every nurse among them.", OCTOBER, None),
    Case(
        "120 people were killed in October in floods.", "60 people were killed in October on the roads.", None
    ),
    Case("31 night-shift workers died in May.", "44 workers died in May in the heat.", None),
    # Somebody else's.
    Case("Mara Voss raised $4 million in February.", "Jon Ekdal raised $11.9 million in February.", None),
    Case("Mara Voss raised $4 million in February.", "In February Jon Ekdal raised $4 million.", None),
    Case("The Kirn mill hired 300 workers in May.", "The Alder mill hired 120 workers in May.", None),
    Case("Two in three voters view Mara Voss well.", "Two in three voters would not vote in the rain.", None),
    Case(
        "42 percent of nurses backed the plan in May.", "31 percent of nurses backed the plan in May.", None
    ),
    Case(
        "She is the only 2016 candidate for the seat.", "No 2016 candidates were asked about the seat.", None
    ),
    # Not yet, denied, or not said when.
    Case("The board expects fewer than 1,000 nurses to leave in October.", OCTOBER, None),
    Case("4,000 teachers will strike in May.", "3,100 teachers went on strike in May.", None),
    Case("The board denied that 2,310 nurses left in October.", OCTOBER, None),
    Case(
        "At least four people were killed when the ferry sank.",
        "Five people died when the ferry sank.",
        None,
        None,
        FLOOD,
        LATER,
    ),
    Case(
        "Nine dockers were killed in a ferry explosion in 1998.",
        "Five dockers died when the ferry sank.",
        None,
        None,
        FLOOD,
        LATER,
    ),
    Case(FERRY, "Twelve people were killed when a ferry sank in 2019.", None, None, FLOOD, LATER),
    Case(
        "Four people were killed when the ferry sank.",
        "Five people died when a mine collapsed.",
        None,
        None,
        FLOOD,
        "2024-07-01",
    ),
    Case("1,120 nurses quit.", OCTOBER, None),
    Case("1,120 nurses quit.", "2,310 nurses quit.", None, None, None, None),
    Case("Two people were shot.", "Two people were fined.", None),
    Case("Twice as many nurses quit in October.", "Three times as many nurses quit in October.", None),
    Case("The rebels hold 12 villages.", "The rebels hold 15 villages.", None, None, None, None),
    Case("The mill has 36,000 workers.", "The mill has 31,000 workers.", None),
]
CASES = [*SAME, *CONFLICT, *RELATED, *NOTHING]


@cache
def _claims(published: str | None) -> dict[str, IndexedClaim]:
    lines = [line for c in CASES for line, day in ((c.one, c.first), (c.other, c.second)) if day == published]
    return dict(claims_of(lines, published))


def found(case: Case) -> Finding | None:
    """Return what comparing the two lines of a case gives."""
    return compared(_claims(case.first)[case.one], _claims(case.second)[case.other], case.first, case.second)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.one[:40]} | {case.other[:40]}")
def test_how_figures_of_two_articles_stand(case: Case) -> None:
    """A false conflict costs an editor's trust, a missed one a correction; both are held here."""
    result = found(case)
    assert (result.kind if result else None) == case.kind, result
    assert case.aspect is None or (result is not None and result.aspect.value == case.aspect)


@pytest.mark.parametrize(("published", "appeared"), [(NOVEMBER, NOVEMBER), (FLOOD, LATER), (NOVEMBER, None)])
def test_the_order_of_two_claims_makes_no_difference(published: str, appeared: str | None) -> None:
    """A note is printed under both claims, so that it has to read the same from either, whatever the pair."""
    first, second = frame("The Alder Post", published), frame("Kirn Weekly", appeared)
    others = [
        each.model_copy(update={"id": each.id + "x", "article": "two"}) for each in _claims(appeared).values()
    ]
    for one, other in product(_claims(published).values(), others):
        here, there = (
            compare_figures(one, other, first, second),
            compare_figures(other, one, second, first),
        )
        assert (here is None) == (there is None), (one.quote.text, other.quote.text)
        if here is not None and there is not None:
            assert here[:3] == there[:3]
            assert (here.one_words, here.other_words) == (there.other_words, there.one_words)


@pytest.mark.parametrize(
    "line", sorted({line for c in CASES for line in (c.one, c.other) if c.first == NOVEMBER == c.second})
)
def test_no_claim_conflicts_with_its_own_words(line: str) -> None:
    """The same sentence in two articles can agree or say nothing; it denies nothing."""
    claim = _claims(NOVEMBER)[line]
    result = compared(claim, claim)
    assert result is None or result.kind != "conflict"


def test_a_note_quotes_both_articles_word_for_word() -> None:
    """What stands in quotation marks is an editor's way back to the two places."""
    for case in CASES:
        result = found(case)
        if result is not None:
            quoted = re.findall(r"“([^“”]+)”", result.note.replace("within “about”", ""))
            assert all(words in case.one or words in case.other for words in quoted), result.note
            assert any(words in case.one for words in quoted)
            assert any(words in case.other for words in quoted)
