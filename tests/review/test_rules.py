"""What a sign-off takes: a name and a source that is not the article."""

import pytest
from harbour import RESULT

from briefs.domain.desk import Check, Desk
from briefs.review.rules import is_the_article, refusal

ARTICLE = RESULT.article.model_copy(
    update={
        "title": "Port fire kills four",
        "url": "https://www.skerry.example/2026/port-fire/?id=7&utm_source=mail",
        "source_path": "drafts/port-fire.docx",
        "id": "drafts/port-fire.docx",
    }
)

ITSELF = [
    "the article",
    "The article itself.",
    "article",
    "the story, paragraph 4",
    "as above, in the text",
    "see the same page",
    "our own draft",
    "the headline and the lead",
    "https://www.skerry.example/2026/port-fire/?id=7",
    "http://skerry.example/2026/Port-Fire?utm_campaign=x&id=7#top",
    "(www.skerry.example/2026/port-fire?id=7).",
    "m.skerry.example/2026/port-fire?id=7 and https://skerry.example/2026/port-fire?id=7",
    "drafts/port-fire.docx",
    "port-fire.docx",
    "“Port Fire Kills Four”",
    "Port fire kills four (article, https://skerry.example/2026/port-fire?id=7)",
]
OTHERS = [
    "gate book of the harbour office, 3 August",
    "https://skerry.example/2026/port-fire?id=8",
    "https://skerry.example/2026/port-fire-inquiry",
    "https://skerry.example",
    "https://archive.example/https://skerry.example/2026/port-fire?id=7",
    "the article and the gate book",
    "https://skerry.example/2026/port-fire?id=7, and https://court.example/case/4",
    "Ilse Brandvold, by phone",
    "Article 14 of the harbour act",
    "TASS",
    "港務局",
    "Port fire kills four: inquiry report",
]


@pytest.mark.parametrize("words", ITSELF)
def test_the_article_itself_is_no_source(words: str) -> None:
    """Protects a confirmation from resting on what is to be confirmed, however it is named."""
    desk = Desk(so=Check.CONFIRMED, checker="A. Reader", source_consulted=words)
    assert is_the_article(words, ARTICLE)
    assert "article itself" in (refusal(desk, ARTICLE) or "")


@pytest.mark.parametrize("words", OTHERS)
def test_another_source_stands(words: str) -> None:
    """Protects the checker from being refused a real source, one beside the article included."""
    for check in ({"so": Check.CONFIRMED}, {"said": Check.CONFIRMED}):
        desk = Desk(checker="A. Reader", source_consulted=words).model_copy(update=check)
        assert refusal(desk, ARTICLE) is None


@pytest.mark.parametrize("words", [None, "", "  ", "-", "n/a", "None.", "?", "TBD", "yes"])
def test_a_source_that_names_nothing_is_none(words: str | None) -> None:
    """Protects the field from being filled to get past it."""
    desk = Desk(said=Check.CONFIRMED, checker="A. Reader", source_consulted=words)
    assert "source consulted" in (refusal(desk, ARTICLE) or "")


@pytest.mark.parametrize("checker", [None, "", " ", "—"])
def test_somebody_must_stand_for_it(checker: str | None) -> None:
    """Protects the reader: a confirmation has a person's name on it."""
    desk = Desk(so=Check.CONFIRMED, checker=checker, source_consulted="gate book")
    assert "checker" in (refusal(desk, ARTICLE) or "")


@pytest.mark.parametrize("desk", [Desk(), Desk(so=Check.NOT_CONFIRMED), Desk(status="cut", note="n")])
def test_only_a_confirmation_takes_anything(desk: Desk) -> None:
    """Protects the speed of everything else: cutting a claim takes no form."""
    assert refusal(desk, ARTICLE) is None


def test_a_title_of_a_word_hides_no_source() -> None:
    """Protects articles with a short title: their words may stand in any source's name."""
    article = ARTICLE.model_copy(update={"title": "It", "url": None})
    assert not is_the_article("It department's log", article)
