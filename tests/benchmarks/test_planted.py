"""Planted errors: they stand where they are said to, and only a line that names an element draws to it."""

import pytest

from benchmarks.drawn import names
from benchmarks.planting import Error, Ground, Plant, chosen, planted
from benchmarks.planting_rules import borrowed, reworded
from benchmarks.planting_values import revalued
from briefs.domain.article import Article
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.segment import segment

HARBOUR = (
    "Crane fell on 34 boats\n\n"
    "The crane may have been damaged by salt, Ada Okoye said. She said that some drivers had left. "
    "An official told the court that it did not fall. Nils Ramm said the crane hit 34 boats on 3 March. "
    "The repair costs 5 million crowns a year since 2009.\n\n"
    "“We have not seen such a storm, and we are tired of it,” said Ramm.\n"
)


def ground(text: str = HARBOUR, name: str = "a.txt") -> Ground:
    """Return an invented article as the rules of planting look at it."""
    article = ingest(text.encode(), Origin(id=name, path=name), Given(published="2024-03-14"))
    return Ground(article, segment(article), ["Ada Okoye", "Nils Ramm"])


def every(base: Ground) -> list[Plant]:
    """Return every error that can be planted in an article."""
    return [*reworded(base), *revalued(base), *borrowed(base, [base, ground(HARBOUR, "b.txt")])]


def test_an_article_can_be_given_every_kind_of_error() -> None:
    """The rules find a place for each of the ten kinds in one small article."""
    assert {plant.error for plant in every(ground())} == set(Error)


def test_an_error_stands_where_it_is_said_to() -> None:
    """The altered element is in the altered text, the clean one in the clean text, and all else is unchanged."""
    base = ground()
    for plant in every(base):
        altered = planted(base.article, plant)
        assert altered.text[: plant.cut.start] == base.text[: plant.cut.start]
        assert altered.text.endswith(base.text[plant.cut.end :])
        assert altered.text != base.text
        assert plant.element.of(altered.text)
        assert plant.name.split()[-1] in plant.element.of(altered.text)
        assert plant.name_before.split()[-1] in plant.before.of(base.text)
        assert Article.model_validate(altered.model_dump()) == altered
        assert [b.of(altered.text)[:3] for b in altered.blocks] == [
            b.of(base.text)[:3] for b in base.article.blocks
        ]


def test_the_same_errors_are_drawn_each_time() -> None:
    """The draw hangs on the seed and the article's id alone, and takes no more of a kind than it may."""
    base = ground()
    drawn = chosen(base.article, every(base), 1)
    assert drawn == chosen(ground().article, every(ground()), 1)
    assert len({plant.error for plant in drawn}) == len(drawn) == len(Error)


@pytest.mark.parametrize(
    ("line", "name", "named"),
    [
        ("Who counted the 34 boats?", "34", True),
        ("Who counted “34 boats”?", "34", True),
        ("Who told you “the crane fell on 34 boats in the harbour”?", "34", False),
        ("Who counted the 34,100 boats?", "34", False),
        ("Which record bears “3 March”?", "3 march", True),
        ("A record of “34 boats”, “3 March” and “5 million”", "34", False),
        ("Who counted the boats?", "34", False),
    ],
)
def test_only_a_line_that_names_an_element_counts(line: str, name: str, named: bool) -> None:
    """A figure within a long excerpt, a list, or another figure is not attention to this one."""
    assert names(line, name) is named
