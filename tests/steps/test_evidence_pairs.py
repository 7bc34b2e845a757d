"""Stance of a passage towards a claim: pairs that agree, pairs that differ, and pairs that only look so."""

from pathlib import Path
from typing import NamedTuple

import pytest
from evident import briefed, drafted, found, library

from briefs.domain.brief import Stance
from briefs.steps.evidence import evidence

S, R, N = Stance.SUPPORTS, Stance.REFUTES, Stance.NOT_ENOUGH_INFO
TITLE = "Orla Regional Health Board: staffing report\n\n"


class Case(NamedTuple):
    """A claim, a passage, and what the passage says to it: one of the stances, or none shown at all."""

    claim: str
    passage: str
    stances: tuple[Stance | None, ...]
    note: str = ""


AGREE = [
    Case(
        "The board gave the Kirnsey hospital an 8.4m-crown grant.",
        "The board gave the Kirnsey hospital a grant of 8.4 million crowns.",
        (S,),
        "8.4 million crowns",
    ),
    Case(
        "The Kirnsey ward has been closed to patients since 9 January 2024.",
        "The Kirnsey ward has been closed to patients since 9 January 2024.",
        (S,),
        "since 9 January 2024",
    ),
    Case(
        "In October 2024 1,120 nurses left the board's hospitals.",
        "1,120 nurses left the board's hospitals in October 2024.",
        (S,),
        "1,120 nurses",
    ),
    Case(
        "More than 1,100 nurses left the board's hospitals in October 2024.",
        "1,120 nurses left the board's hospitals in October 2024.",
        (S,),
        "1,100",
    ),
    Case(
        "About 1,100 nurses left the board's hospitals in October 2024.",
        "1,120 nurses left the board's hospitals in October 2024.",
        (S,),
        "about",
    ),
    Case(
        "In October 2024 21,600 nurses left the board's hospitals.",
        "21,602 nurses left the board's hospitals in October 2024.",
        (S,),
        "21,602",
    ),
    Case(
        "The repair of the Halmen hospital will cost 8.4 million crowns.",
        "The repair of the Halmen hospital will cost 8,412,000 crowns.",
        (S,),
        "",
    ),
    Case(
        "Nurses make up 3.1% of the staff of Halmen hospital.",
        "Nurses make up 3.1 per cent of the staff of Halmen hospital.",
        (S,),
        "3.1",
    ),
    Case(
        "The operating theatre in Kirnsey was closed for nine days.",
        "The operating theatre in Kirnsey was closed for nine days.",
        (S,),
        "nine days",
    ),
    Case(
        "Five patients died in the Kirnsey hospital on 4 October 2024.",
        "On 4 October 2024 five patients died in the Kirnsey hospital.",
        (S,),
        "five patients",
    ),
    Case(
        "The board voted by 11 votes to six to close the Kirnsey ward.",
        "The board voted by 11 votes to six to close the Kirnsey ward.",
        (S,),
        "11 votes",
    ),
    Case(
        "The board rejected the federation's request to publish the ward registers.",
        "The board rejected the federation's request to publish the ward registers.",
        (S,),
        "same words",
    ),
    Case(
        "The contract for the Halmen laundry starts on 2 September 2024.",
        "The contract for the Halmen laundry starts on 2 September 2024.",
        (S,),
        "2 September 2024",
    ),
]
DIFFER = [
    Case(
        "In October 2024 2,310 nurses left the board's hospitals.",
        "1,120 nurses left the board's hospitals in October 2024.",
        (R,),
        "2,310 − 1,120 = 1,190",
    ),
    Case(
        "More than 2,300 nurses left the board's hospitals in October 2024.",
        "1,120 nurses left the board's hospitals in October 2024.",
        (R,),
        "1,120",
    ),
    Case(
        "In October 2024 1,120 nurses left the board's hospitals.",
        "1,210 nurses left the board's hospitals in October 2024.",
        (R,),
        "1,210 − 1,120 = 90",
    ),
    Case(
        "The board gave the Kirnsey hospital an 8.4m-crown grant.",
        "The board gave the Kirnsey hospital a grant of 9.1 million crowns.",
        (R,),
        "9.1 million crowns",
    ),
    Case(
        "The operating theatre in Kirnsey was closed for nine days.",
        "The operating theatre in Kirnsey was closed for five days.",
        (R,),
        "9 − 5 = 4",
    ),
    Case(
        "The repair of the Halmen hospital will cost 8.4 million crowns.",
        "The repair of the Halmen hospital will cost 9.1 million crowns.",
        (R,),
        "",
    ),
    Case(
        "The contract went to the lower of two bidders for the Halmen laundry.",
        "The contract went to the lower of three bidders for the Halmen laundry.",
        (R,),
        "three bidders",
    ),
    Case(
        "All but 36,000 crowns had been paid back to the Halmen hospital by 7 May 2024.",
        "By 7 May 2024, all but 63,000 crowns had been paid back to the Halmen hospital.",
        (R,),
        "63,000",
    ),
    Case(
        "The contract for the Halmen laundry starts on 2 September 2024.",
        "The contract for the Halmen laundry starts on 9 September 2024.",
        (R,),
        "9 September",
    ),
    Case(
        "The board has published the ward registers of the Kirnsey hospital.",
        "The board has not published the ward registers of the Kirnsey hospital.",
        (R,),
        "not",
    ),
]
TRAPS = [
    # another month, another year, no year, a month against a year, a rate against a count
    Case("In October 2024 1,120 nurses left the board's hospitals.", "1,120 nurses left the board's hospitals in September 2024.", (N, None), "September 2024"),
    Case("In October 2024 1,120 nurses left the board's hospitals.", "1,210 nurses left the board's hospitals in September 2024.", (N, None)),
    Case("In October 2024 1,120 nurses left the board's hospitals.", "2,450 nurses left the board's hospitals in October 2023.", (N, None)),
    Case("In October 2024 1,120 nurses left the board's hospitals.", "10,900 nurses left the board's hospitals in 2024.", (N, None)),
    Case("In October 2024 1,120 nurses left the board's hospitals.", "On average 1,300 nurses left the board's hospitals every month.", (N, None)),
    Case("1,500 to 1,800 nurses leave the board's hospitals every month.", "1,120 nurses left the board's hospitals in October 2024.", (N, None)),
    Case("Since January 2023 24,000 nurses have left the board's hospitals.", "1,120 nurses left the board's hospitals in October 2024.", (N, None)),
    # another unit, another happening
    Case("In October 2024 2,310 nurses left the board's hospitals.", "2,310 resignation notices were lodged at the board's hospitals in October 2024.", (N, None), "notices"),
    Case("In October 2024 2,310 nurses left the board's hospitals.", "1,120 resignation notices were lodged at the board's hospitals in October 2024.", (N, None)),
    Case("In October 2024 2,310 nurses left the board's hospitals.", "In October 2024 640 nurses returned to the board's hospitals.", (N, None)),
    Case("In October 2024 2,310 nurses left the board's hospitals.", "In October 2024 410 doctors left the board's hospitals.", (N, None)),
    Case("In October 2024 2,310 nurses left the board's hospitals.", "In October 2024 the board's hospitals spent 1,120 crowns on nurses who left.", (N, None)),
    Case("In October 2024 3.1% of nurses left the board's hospitals.", "In October 2024 1,120 nurses left the board's hospitals.", (N, None)),
    Case("Five patients died in the Kirnsey hospital on 4 October 2024.", "On 4 October 2024 19 patients were treated in the Kirnsey hospital.", (N, None)),
    # another place
    Case("In October 2024 410 nurses left the hospital in Lower Orla.", "In October 2024 88 nurses left the hospital in Kirnsey.", (N, None)),
    Case("The operating theatre in Kirnsey was closed for nine days.", "The operating theatre in Tarnbridge was closed for five days.", (N, None)),
    # denial and reservation
    Case("In October 2024 1,120 nurses left the board's hospitals.", "It is not the case that 1,120 nurses left the board's hospitals in October 2024.", (N, None), "denial"),
    Case("In October 2024 1,120 nurses may have left the board's hospitals.", "1,120 nurses left the board's hospitals in October 2024.", (N, None), "holds back"),
    # parts, bounds, ranges, rounding that goes too far
    Case("In October 2024 1,120 nurses left the board's hospitals and 87 doctors retired.", "1,120 nurses left the board's hospitals in October 2024.", (N, None), "87"),
    Case("In October 2024 more than 200 nurses left the board's hospitals.", "1,120 nurses left the board's hospitals in October 2024.", (N, None)),
    Case("Tens of thousands of nurses left the board's hospitals in October 2024.", "21,602 nurses left the board's hospitals in October 2024.", (N, None)),
    Case("In October 2024 118 nurses left the board's hospitals.", "In October 2024 about 120 nurses left the board's hospitals.", (S, N, None)),
    # a number that another figure of the claim agrees with says nothing against this one
    Case("In October 2024 13 of the board's 180 members were absent.", "In October 2024 13 members of the board were absent.", (S, N, None)),
    # an older document; a later count
    Case("The operating theatre in Kirnsey was closed for nine days.", "14 March 2019\n\nThe operating theatre in Kirnsey was closed for five days.", (N, None)),
    Case("Four people were killed in the fire at the Kirnsey hospital.", "20 November 2024, 09.00\n\nFive people were killed in the fire at the Kirnsey hospital.", (N, None)),
    # who does what to whom
    Case("The nurses' federation sued the regional health board over the ward registers.", "The regional health board sued the nurses' federation over the ward registers.", (N, None)),
    # the same numbers about something else
    Case("In October 2024 1,120 nurses left the board's hospitals.", "The car park of the library has 1,120 places and opened in October 2024.", (None,)),
]  # fmt: skip


@pytest.mark.parametrize("case", AGREE, ids=lambda case: case.claim[:40])
def test_a_passage_that_says_the_same_agrees(case: Case, tmp_path: Path) -> None:
    """What a trusted document bears out is shown as agreeing, rounding and word order notwithstanding."""
    _check(case, tmp_path)


@pytest.mark.parametrize("case", DIFFER, ids=lambda case: case.claim[:40])
def test_a_passage_that_says_otherwise_differs(case: Case, tmp_path: Path) -> None:
    """A figure, date or denial that cannot hold beside the claim's is shown, with the arithmetic."""
    _check(case, tmp_path)


@pytest.mark.parametrize("case", TRAPS, ids=lambda case: f"{case.claim[:30]} / {case.passage[:30]}")
def test_what_only_looks_alike_settles_nothing(case: Case, tmp_path: Path) -> None:
    """Another month, unit, place, happening or wording is never taken for agreement or difference."""
    _check(case, tmp_path)


@pytest.mark.parametrize(
    ("passage", "stances"),
    [
        ("Mill Bridge has been closed to lorries since 9 January 2024.", (S,)),
        ("The council will repair Mill Bridge, which has been closed to lorries since 9 January 2024.", (S,)),
        ("Mill Bridge has been closed to lorries since 9 March 2024.", (N,)),
        ("Mill Bridge was closed to lorries on 3 May 2023.", (N, None)),
        ("Mill Bridge has not been closed to lorries since 9 January 2024.", (N, None)),
        ("Ferry Bridge has been closed to lorries since 9 January 2024.", (N, None)),
        ("Mill Bridge carries 6,200 vehicles a day since 9 January 2024.", (N, None)),
    ],
)
def test_a_clause_is_held_against_what_it_refers_to(
    passage: str, stances: tuple[Stance | None, ...], tmp_path: Path
) -> None:
    """A clause with "which" is about the name before it; what goes on since one day goes on since that day."""
    claim = "The council voted to repair Mill Bridge, which has been closed to lorries since 9 January."
    documents = {"council.txt": f"Tarnbridge council: Mill Bridge and Ferry Bridge\n\n{passage}"}
    result = evidence(drafted(claim, "Council repairs Mill Bridge"), library(tmp_path, documents)).briefs
    [brief] = [each for each in result.briefs if each.claim.quote.text.startswith("which")]
    assert (brief.evidence[0].stance if brief.evidence else None) in stances, brief.evidence


def _check(case: Case, folder: Path) -> None:
    shown = found(folder, case.claim, TITLE + case.passage)
    assert (shown.stance if shown else None) in case.stances, shown and shown.note
    if shown is not None and case.note:
        assert case.note in (shown.note or "")


def test_a_month_without_a_year_is_not_settled(tmp_path: Path) -> None:
    """An undated article's October is nobody's October: no year is guessed."""
    claim = "In October 2,310 nurses left the board's hospitals."
    shown = found(tmp_path, claim, TITLE + "1,120 nurses left the board's hospitals in October 2024.", None)
    assert shown is not None
    assert shown.stance is N
    assert "year" in (shown.note or "")


CSV = """"Orla Regional Health Board: staffing return 2024, nurses"
Month,Nurses left,Nurses returned,Net departures,Share in per cent
September,"1,805",595,"1,210",3.4
October,"1,760",640,"1,120",3.1
"""
ROWS = [
    ("In October 2024 1,760 nurses left the board's hospitals.", S, "October"),
    ("In October 2024 2,310 nurses left the board's hospitals.", R, "2,310"),
    ("In October 2024 more than 1,700 nurses left the board's hospitals.", S, "1,760"),
    ("In August 2024 2,310 nurses left the board's hospitals.", None, ""),
    ("In October 2024 640 nurses returned to the board's hospitals.", S, "returned"),
    ("In October 2024 1,120 nurses left the board's hospitals.", N, "Net departures"),
    ("In October 2024 1,760 patients left the board's hospitals.", None, ""),
    ("In October 2023 2,310 nurses left the board's hospitals.", None, ""),
]


@pytest.mark.parametrize(("claim", "stance", "note"), ROWS, ids=[row[0][:48] for row in ROWS])
def test_a_cell_is_held_against_the_claim_by_its_row_and_column(
    claim: str, stance: Stance | None, note: str, tmp_path: Path
) -> None:
    """The row gives the time, the column the measure; a number under another name settles nothing."""
    shown = briefed(tmp_path, claim, {"return.csv": CSV}).evidence
    assert [each.stance for each in shown[:1]] == ([stance] if stance else [])
    if shown:
        assert note in f"{shown[0].note} {shown[0].place}"
        assert shown[0].quote in CSV
