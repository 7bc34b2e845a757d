"""What the counted thing does or undergoes, read from the parse of its sentence."""

import pytest
from parsed_text import parsed_lines

from briefs.language.quantities import quantities

CASES = [
    ("Four people were killed and 17 others injured when a barge sank.", ["kill", "injure"]),
    ("Four dead after fire at Port Sable grain terminal", ["dead"]),
    ("At least 18 dead, 40 injured in train crash", ["dead", "injure"]),
    ("The bearing caused a blaze that killed nine dockers.", ["kill"]),
    ("A driver is among at least four people killed in a fire.", ["kill"]),
    ("Some 3,600 clerks leaving their desks in May alone", ["leave"]),
    ("The number of clerks who left has passed 900.", ["leave"]),
    ("At least 300 people are believed to have left.", ["leave"]),
    ("Two pilots were reported killed and five captured on Monday.", ["kill", "capture"]),
    ("We had 1,760 people walk out of the door.", ["walk out"]),
    ("Over 2,300 criminal cases have been opened since May 2022.", ["open"]),
    ("Prosecutors opened 340 cases in March.", ["open"]),
    ("There were 2,310 resignations in October.", ["resignation"]),
    ("The storm caused the deaths of 12 fishermen.", ["death"]),
    ("The death toll rose to 41.", ["death"]),
    ("Since May the total number of deserters has surpassed 8,000.", ["deserter"]),
    ("The flood left 40 people homeless.", ["homeless"]),
    ("40 people were killed or injured in the blast.", ["kill or injure"]),
    ("The fans had been shut down for nine days.", ["shut down"]),
    ("The fans were shut down for repairs for nine days.", ["shut down"]),
    ("The fire took about five hours to put out.", ["take"]),
    ("No fewer than 31 passengers remain missing.", ["missing"]),
    ("Some 3,000 people took part in the march.", ["take part"]),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=lambda value: str(value)[:40])
def test_what_the_counted_thing_does_or_undergoes_is_found(sentence: str, expected: list[str]) -> None:
    """Figures can only be compared if "killed" and "injured" are told apart."""
    assert [each.predicate for each in quantities(parsed_lines(sentence))] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The number has surpassed 9,000.",
        "The strike involved 2,000 dockers.",
        "“21,602 in October…",
        "Six of the injured are in a critical condition.",
        "They came third and won 3-1.",
    ],
)
def test_words_that_only_weigh_a_figure_are_not_taken(sentence: str) -> None:
    """A predicate that says nothing of what is counted would make unlike figures alike."""
    assert {each.predicate for each in quantities(parsed_lines(sentence))} == {None}


def test_those_who_do_it_to_others_are_not_told_to_undergo_it() -> None:
    """Twelve guards who killed five men are no twelve dead."""
    guards, men = quantities(parsed_lines("12 guards killed five men at the gate."))
    assert (guards.predicate, men.predicate) == (None, "kill")


def test_a_denied_verb_keeps_its_not() -> None:
    """Those who "have not returned" and those who "have returned" are two figures."""
    (figure,) = quantities(parsed_lines("9,300 workers have not returned."))
    assert figure.predicate == "not return"
