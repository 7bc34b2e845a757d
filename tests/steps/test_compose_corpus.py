"""Composing at the end of the real pipeline, on plain-text articles of the sample corpus."""

import re
from pathlib import Path

import pytest

import briefs
from briefs.steps.compose.wording import shared

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_real_article_is_asked_about_in_many_wordings(path: Path) -> None:
    """Every claim is asked about, at most a fifth of the questions share wording, quoted runs are exact."""
    made = briefs.run(path)
    questions = [q for b in made.briefs for q in b.questions]
    assert all(b.questions or b.see_questions for b in made.briefs)
    assert max(len(b.questions) for b in made.briefs) <= 5
    assert shared([q.text for q in questions]) <= 0.2
    text = " ".join(made.article.text.split())
    runs = [run for q in questions for run in re.findall(r"“([^”]*)”", q.text)]
    assert [run for run in runs if " ".join(run.split()) not in text] == []
    assert 3 <= len(made.overview.first_questions) <= 6
