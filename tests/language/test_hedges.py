"""Hedges: words that hold back certainty, by kind."""

import pytest
from parsed_text import parsed_lines

from briefs.language.hedges import hedges

CASES = [
    ("The mayor allegedly hid the letter.", [("allegedly", "allegation")]),
    ("Reportedly, the ferry sank.", [("Reportedly", "report")]),
    ("This figure, if accurate, is large.", [("if accurate", "condition")]),
    ("The losses remain unconfirmed.", [("remain unconfirmed", "condition")]),
    ("The letter is believed to be lost.", [("is believed to", "belief")]),
    ("Some say the hall is haunted.", [("Some say", "belief")]),
    ("The pier appears to lean.", [("appears to", "possibility")]),
    ("It could rain.", [("could", "possibility")]),
    ("The strike may last.", [("may", "possibility")]),
    ("The so-called council met.", []),
    ("Earlier, crews could dock for free.", []),
    ("The clerk could not say.", []),
    ("The pier could have burned.", [("could", "possibility")]),
    ("Under the law, landlords may raise rents.", []),
    ("About 500 boats left.", [("About", "approximation")]),
    ("The book about the boats sold well.", []),
    ("Some boats left.", []),
    ("She came in May.", []),
    ("The ferry sank.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[case[0][:30] for case in CASES])
def test_hedges_are_found_with_their_kind(sentence: str, expected: list[tuple[str, str]]) -> None:
    """A lost hedge can only be shown if it was seen; "about" hedges only a figure."""
    found = hedges(parsed_lines(sentence))
    assert [(hedge.of(sentence), hedge.kind) for hedge in found] == expected


def test_typographic_apostrophes_match() -> None:
    """Word lists are written with straight marks, articles are not."""
    text = "It hasn’t been confirmed yet, and the claims haven’t been verified."
    assert [hedge.kind for hedge in hedges(parsed_lines(text))]
