"""Shelve: cut a document into passages that can be quoted, each with the words that it is found by.

It knows no claim and parses nothing: what is made here is made once, for all articles.
"""

from collections.abc import Iterator

from briefs.domain.documents import Document, Passage, Shelved
from briefs.language.terms import content
from briefs.steps.shelve.passages import passages
from briefs.text.figures import figures_of
from briefs.text.searching import searchable

__all__ = ["shelve"]


def shelve(document: Document) -> Iterator[Shelved]:
    """Yield a document's passages, in its order, with their own words and those above them."""
    above: tuple[str, tuple[str, ...]] | None = None
    around = ""
    for each in passages(document):
        if above != (each.heading, each.columns):
            above = each.heading, each.columns
            around = searchable(content(_around(each)))
        yield Shelved(each, searchable((*content(each.text), *figures_of(each.text))), around)


def _around(passage: Passage) -> str:
    source = passage.source
    path = source.path.replace("_", " ").replace("-", " ").replace("/", " ")
    return f"{source.title or ''} {passage.heading} {' '.join(passage.columns)} {path}"
