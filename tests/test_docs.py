"""What the documents promise is what the repository holds."""

import re
from pathlib import Path

import pytest

from briefs.pipeline import article_of, draft, given_by_user
from briefs.readers.inputs import inputs
from briefs.steps.render import render

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "outputs" / "example"
README = (ROOT / "README.md").read_text("utf-8")


def test_the_worked_example_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    """The committed example is what the pipeline makes today, byte for byte (`make example`)."""
    monkeypatch.chdir(ROOT)
    [markdown] = EXAMPLE.glob("*.md")
    [source] = [path for path in sorted(Path("corpus").iterdir()) if markdown.name.startswith(path.stem[:20])]
    [found] = inputs([str(source)])
    result = draft(article_of(found, given_by_user("published", None, None)))
    for form in ("md", "json", "html"):
        path = markdown.with_suffix(f".{form}")
        assert path.read_text("utf-8") == render(result, form), f"{path.name} is stale: make example"


def test_the_excerpt_in_the_readme_is_real() -> None:
    """The README's excerpt stands line for line in the worked example."""
    excerpt = README.split("<!-- excerpt -->")[1].split("<!-- /excerpt -->")[0].strip()
    [markdown] = EXAMPLE.glob("*.md")
    brief = markdown.read_text("utf-8")
    lines = [line.removeprefix("> ").rstrip() for line in excerpt.splitlines() if line.strip(" >")]
    assert len(lines) >= 8
    for line in lines:
        assert line.lstrip("#").strip() in brief


def test_the_readme_opens_with_the_two_commands() -> None:
    """`make demo` and `make test` stand on the first screen, above the excerpt."""
    first = README[: README.index("<!-- excerpt -->")]
    assert "make demo" in first
    assert "make test" in first
    assert first.count("\n") < 30


def test_links_in_the_documents_lead_somewhere() -> None:
    """Every relative link of the README and docs leads to a file of the repository."""
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_make_target_that_documents_name_exists() -> None:
    """A command that a document tells people to type exists."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        named = set(re.findall(r"(?:^|`)make ([a-z]+)(?:`|$|\s+#)", page.read_text("utf-8"), re.MULTILINE))
        assert named <= targets, page.name
