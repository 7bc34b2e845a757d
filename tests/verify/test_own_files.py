"""What the tool writes itself passes its own proof: no heading, question or wording quotes inexactly."""

from pathlib import Path

import pytest

from briefs.pipeline import run
from briefs.steps.render import render
from briefs.store.outputs import write
from briefs.verify import verify

CORPUS = Path(__file__).parents[2] / "corpus"
ARTICLES = sorted(path for path in CORPUS.iterdir() if path.is_file() and path.suffix != ".toml")


@pytest.mark.parametrize("path", ARTICLES, ids=[path.name for path in ARTICLES])
def test_corpus(path: Path, tmp_path: Path) -> None:
    """The briefs of every sample article hold, and one changed letter in any of its block quotes does not."""
    result = run(path)
    files = {"json": render(result, "json"), "md": render(result, "md")}
    write(tmp_path, result.article.slug, files)
    verdict = verify(tmp_path)
    assert [str(problem) for problem in verdict.problems] == []
    assert verdict.notes == ()
    assert verdict.counts.briefs == len(result.briefs) > 0
    markdown = tmp_path / f"{result.article.slug}.md"
    place = files["md"].index("\n> ") + 20
    markdown.write_text(files["md"][:place] + "§" + files["md"][place + 1 :], "utf-8")
    assert not verify(markdown).holds
