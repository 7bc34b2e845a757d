"""Firsts, records and extremes, with the words that bound them."""

import pytest
from parsed_text import parsed_lines

from briefs.language.superlatives import superlatives

CASES = [
    ("It is the highest toll since the flood of 1953.", [("highest", "extreme", "since the flood of 1953")]),
    ("Rents hit a record high.", [("a record high", "record", None)]),
    ("The strike is unprecedented.", [("unprecedented", "record", None)]),
    (
        "The mayor resigned for the first time in ten years.",
        [("for the first time", "first", "in ten years")],
    ),
    ("She is the only doctor in the valley.", [("the only", "only", None)]),
    ("It was the most expensive bridge in the country.", [("most expensive", "extreme", "in the country")]),
    ("At least 12 people came.", []),
    ("Most people stayed at home.", []),
    ("The latest figures are out.", []),
    ("The clerk keeps a court file.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[case[0][:30] for case in CASES])
def test_superlatives_are_found_with_their_scope(
    sentence: str, expected: list[tuple[str, str, str | None]]
) -> None:
    """A record is only checkable against what bounds it."""
    found = superlatives(parsed_lines(sentence))
    assert [
        (each.of(sentence), each.kind, each.scope.of(sentence) if each.scope else None) for each in found
    ] == expected
