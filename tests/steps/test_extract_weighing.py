"""What the ledger says of a sentence: is there a fact in it, how much is it worth checking."""

import pytest

from briefs.domain.claims import LedgerEntry
from briefs.steps.extract import extract
from briefs.steps.extract.facts import Facts
from briefs.steps.extract.view import views
from briefs.steps.extract.weighing import counted, weights
from briefs.steps.extract.wording import Manner
from briefs.steps.ingest import Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment


def entry(sentence: str) -> LedgerEntry:
    """Return the ledger's entry for an invented sentence below a headline."""
    article = ingest(f"Speech in Brasholm\n\n{sentence}".encode(), Origin(id="a", path="a.txt"))
    cut = segment(article)
    return extract(article, cut, scan(article, cut)).ledger[1]


def counted_of(sentence: str) -> frozenset[str]:
    """Return the names of all features that are asked of a sentence, there or not."""
    article = ingest(f"Speech in Brasholm\n\n{sentence}".encode(), Origin(id="a", path="a.txt"))
    cut = segment(article)
    view = views(cut.sentences, scan(article, cut))[1]
    return frozenset(name for name, _ in counted(article.text, view))


FACTS = [
    "The council cut the school budget by 12 percent last year.",
    "Ilse Brandt drives the night bus between Brasholm and Tarn.",
    "Farmers sold more wheat than ever.",
    "Next month I will ask the council to build two clinics on the island.",
    "Ferry passengers pay the same fee on both lines.",
]
NO_FACTS = [
    "Let us be bold and never lose hope.",
    "I believe that our best days are ahead of us.",
    "We must stand together and embrace the challenge.",
    "You should be proud of your spirit and your courage.",
    "Why should we not dream of something better?",
]


@pytest.mark.parametrize("sentence", FACTS)
def test_what_a_record_could_settle_is_a_fact(sentence: str) -> None:
    """Acts, figures, named people, habits of many and announced plans can be held against something."""
    assert entry(sentence).verifiable


@pytest.mark.parametrize("sentence", NO_FACTS)
def test_values_and_calls_are_no_fact(sentence: str) -> None:
    """Encouragement, wishes and calls to act are not offered to a checker as facts."""
    found = entry(sentence)
    assert not found.verifiable
    assert found.worth < 0.5


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("Unemployment fell to 4 percent.", "I like to walk down to the harbour."),
        ("They cut 300 jobs at the hospital.", "We may cut some jobs at the hospital."),
        ("Crime rose in every county.", "Do you know whether it rose in every county?"),
    ],
)
def test_worth_rises_with_public_interest_and_firmness(more: str, less: str) -> None:
    """What the public would want to know, said as a fact, comes before the private, the possible and questions."""
    assert entry(more).worth >= 0.5 > entry(less).worth


def test_every_weight_is_for_a_feature_that_exists() -> None:
    """A misspelt name in the file would never count, and nobody would see it."""
    known = counted_of(FACTS[0]) | {"base"} | set(Facts._fields) | set(Manner._fields)
    assert set(weights().verifiable) <= known
    assert set(weights().worth) <= known
