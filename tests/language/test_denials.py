"""Denials: the words by which a text denies what others say, and what only looks like them."""

import pytest

from briefs.domain.spans import Span
from briefs.language.denials import denial

DENIALS = [
    ("Orla officials dismissed the reports as Varnian propaganda.", "dismissed the reports"),
    ("“These claims about strikes are false and designed to hurt us.”", "claims about strikes are false"),
    ("The Orla health board has denied hiding the number.", "denied"),
    (
        "This narrative, while contested by the port, remains a pillar of the plan.",
        "narrative, while contested by",
    ),
    ("Petrel, who denies the charges, goes on trial in May.", "denies"),
    ("She called the report a lie.", "called the report a lie"),
    ("The firm rejected criticism of its safety record.", "rejected criticism"),
    ("“That is not true,” she said.", "That is not true"),
    ("“There is no truth in these stories,” said Petrel.", "no truth in"),
    ("The board disputed that 412 nurses had left.", "disputed that"),
    (
        "Petrel described the accusations as completely unfounded.",
        "described the accusations as completely unfounded",
    ),
    ("The footage, he said, was fabricated.", "footage, he said, was fabricated"),
]
NONE = [
    "The judge denied him bail.",
    "The union denied members a vote.",
    "The ministry neither confirmed nor denied the report.",
    "She did not deny the charge.",
    "Crews were denied entry at the quay.",
    "The council rejected the offer.",
    "The court dismissed the claims of 40 tenants.",
    "The dispute over the account goes on.",
    "If the reports are false, the town will pay.",
    "He was found guilty of making false claims.",
    "The clinic repeated a debunked claim.",
    "The police seized fake passports.",
    "The pier was built on myths that are lies.",
    "The claims are not false.",
]


@pytest.mark.parametrize(("text", "words"), DENIALS)
def test_a_denial_is_found_by_its_words(text: str, words: str) -> None:
    """Who denies what others say is heard: the words that deny are found, and where they stand."""
    found = denial(text)
    assert found is not None
    assert found.of(text) == words


@pytest.mark.parametrize("text", NONE)
def test_a_refusal_a_choice_and_a_denial_denied_are_none(text: str) -> None:
    """A bail denied, "rejected the offer" and "neither confirmed nor denied" contradict nobody."""
    assert denial(text) is None


def test_a_denial_is_looked_for_within_a_place() -> None:
    """Only the words of the claim count, at their place in the article."""
    text = "The board denied the report. The quay is open."
    assert denial(text, Span(start=0, end=28)) == Span(start=10, end=16)
    assert denial(text, Span(start=29, end=len(text))) is None
