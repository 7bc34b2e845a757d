"""JSON: the contract's names, in the types' order, with the article's characters as they are."""

import json

import pytest
from bare import bare
from invented import invented

from briefs.domain.brief import ArticleBriefs
from briefs.domain.spans import Span
from briefs.steps.render import render


def test_is_the_contract_and_reads_back() -> None:
    """The file gives the same value back, under the contract's names and order."""
    text = render(invented(), "json")
    assert ArticleBriefs.model_validate_json(text) == invented()
    loaded = json.loads(text)
    assert list(loaded) == ["schema_version", "article", "overview", "ledger", "briefs", "former", "made"]
    assert loaded["article"]["copy"] == "published"
    assert "Томас Рууд" in text
    assert text.startswith('{\n  "schema_version": "1",\n  "article": {\n    "id"')
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("form", ["md", "html", "json"])
def test_half_a_character_does_not_stop_a_file(form: str) -> None:
    """Text with a lone surrogate, which UTF-8 cannot hold, still gives a file that can be written."""
    result = bare("A bad \ud83d character.", [Span(start=2, end=7)])
    made = render(result, form)  # type: ignore[arg-type]
    made.encode("utf-8")
    if form == "json":
        assert json.loads(made)["article"]["text"] == result.article.text
