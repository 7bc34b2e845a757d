"""Questions against people's: the article that a claim is made into, its score, and distinctness."""

import pytest

from benchmarks.questions import Asked, Row, distinctness, drafted, scored, templates, text_of

ROW = Row("The quay of Lund was sold in May.", "Ola Berg", "3-6-2031", ("Who sold the quay?",))


def test_a_claim_becomes_a_short_article() -> None:
    """Date, words and speaker stand as the set has them; nothing else is added."""
    assert text_of(ROW) == "3 June 2031\n\nThe quay of Lund was sold in May, according to Ola Berg.\n"
    assert text_of(ROW._replace(speaker=None, date="")) == "The quay of Lund was sold in May.\n"


def test_such_an_article_is_asked_about() -> None:
    """The offline pipeline reads it and asks something that names its speaker."""
    assert any("Ola Berg" in question for question in drafted(text_of(ROW)))


def test_questions_nobody_asked_cost_nothing_and_missing_ones_do() -> None:
    """The score is a mean over people's questions; one of ours serves one of theirs."""
    people = ("Who sold the quay of Lund?", "When was it sold to the bank?")
    assert scored(people, people) == pytest.approx(scored((*people, "Is it wet?"), people))
    assert scored(people[:1], people) < 0.6
    assert scored((), people) == 0.0


def test_templates_show_as_such() -> None:
    """The same question with another claim in it is no distinct question."""
    other = ROW._replace(claim="A whale swam up the Orla.", speaker=None)
    same = [Asked(row, templates(row)[:1], 0.0) for row in (ROW, other)]
    apart = [Asked(ROW, ("Who sold it?",), 0.0), Asked(other, ("Which camera filmed this?",), 0.0)]
    assert distinctness(same) == pytest.approx(0.0)
    assert distinctness(apart) == pytest.approx(1.0)
