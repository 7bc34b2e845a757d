"""Ingest: furniture, headline, metadata and identity of articles."""

from briefs.steps.ingest import Origin, ingest


def test_banner_is_furniture_and_headline_is_found() -> None:
    """The lines above a headline are the page's, and the first line of the article is its headline."""
    text = "KQQX Port Anders\nNews\n\nHarbour Ferries Stop Running\n\nThe ferries stopped on Monday.\n"
    article = ingest(text.encode(), Origin("a.txt", "a.txt"))
    assert [piece.of(text) for piece in article.furniture] == ["KQQX Port Anders", "News"]
    assert article.title == "Harbour Ferries Stop Running"
    assert article.outlet == "KQQX Port Anders"
