"""Clauses: sentences that state several checkable things are split, others stay whole."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_text import parsed_lines

from briefs.language.clauses import clauses

SPLIT = [
    (
        "The mine closed in March, and 200 workers lost their jobs in Tarn.",
        ["The mine closed in March", "200 workers lost their jobs in Tarn"],
    ),
    (
        "Rents rose again in Norvik, with 300 tenants leaving their flats in May alone.",
        ["Rents rose again in Norvik", "300 tenants leaving their flats in May alone"],
    ),
    (
        "Rents rose again in Norvik, with reports indicating that thousands of tenants have left their flats.",
        [
            "Rents rose again in Norvik",
            "reports indicating that thousands of tenants have left their flats",
        ],
    ),
    (
        "The council sold the pier in 2019; Harbour Trust bought the mill a year later.",
        ["The council sold the pier in 2019", "Harbour Trust bought the mill a year later"],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SPLIT, ids=[case[0][:30] for case in SPLIT])
def test_two_statements_are_two_clauses(sentence: str, expected: list[str]) -> None:
    """Each clause can be quoted by itself and has its own subject."""
    found = clauses(parsed_lines(sentence))
    assert [clause.of(sentence) for clause in found] == expected
    assert all(clause.subject is None or clause.contains(clause.subject) for clause in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mine closed in March.",
        "The council bought and sold the old pier in Norvik last spring.",
        "The mayor and the clerk of Norvik signed the lease in March.",
        "“The mine closed in March, and 200 workers lost their jobs in Tarn.”",
        "The weather was mild, and it was quiet in the harbour all day.",
        "The clerk, who was ill, stayed at home and did not open the office.",
    ],
)
def test_one_statement_stays_whole(sentence: str) -> None:
    """Shared subjects, quotations and sentences without a second fact are not cut."""
    assert clauses(parsed_lines(sentence)) == ()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "The mine closed",
                "and",
                ",",
                ";",
                "with",
                "200 workers leaving",
                "which cost 5 lives",
                "“",
                "”",
                "Tarn said",
                "🜚",
            ]
        ),
        max_size=14,
    )
)
def test_clauses_are_exact_and_apart(pieces: list[str]) -> None:
    """Clauses of one sentence are in order, lie within it and never overlap."""
    text = " ".join(pieces)
    parsed = parsed_lines(text)
    found = clauses(parsed)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(parsed.sentences[clause.sentence].sentence.contains(clause) for clause in found)
    assert len(found) != 1
