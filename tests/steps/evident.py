"""Holds one invented claim against one invented document, for the tests of evidence."""

from functools import cache
from pathlib import Path

from briefs.domain.brief import ArticleBriefs, Brief, Evidence
from briefs.pipeline.library import index
from briefs.pipeline.order import draft
from briefs.steps.evidence import Library, evidence
from briefs.steps.ingest import Given, Origin, ingest
from briefs.store.passages import PassageIndex

HEADLINE = "Orla Regional Health Board answers questions on nurses"
PUBLISHED = "2024-11-18"


@cache
def drafted(claim: str, headline: str = HEADLINE, published: str | None = PUBLISHED) -> ArticleBriefs:
    """Return the briefs of an article that is a headline and one paragraph."""
    text = f"{headline}\n\n{claim}\n\nThe board meets in Halmen.\n"
    return draft(ingest(text.encode(), Origin(id="a.txt", path="a.txt"), Given(published=published)))


def library(folder: Path, documents: dict[str, str]) -> Library:
    """Return the library of a folder with these documents, by path."""
    for name, text in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    file = folder.with_name(f"{folder.name}.sqlite")
    index(folder, file)
    return PassageIndex(file)


def briefed(folder: Path, claim: str, documents: dict[str, str], published: str | None = PUBLISHED) -> Brief:
    """Return the brief of a claim with its evidence: of several briefs the first that quotes its first words."""
    result = evidence(drafted(claim, published=published), library(folder, documents)).briefs
    return next(each for each in result.briefs if claim[:12] in each.claim.quote.text)


def found(folder: Path, claim: str, document: str, published: str | None = PUBLISHED) -> Evidence | None:
    """Return the first evidence for a claim in one document of text."""
    shown = briefed(folder, claim, {"board.txt": document}, published).evidence
    return shown[0] if shown else None
