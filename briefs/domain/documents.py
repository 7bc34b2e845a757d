"""Documents that a newsroom trusts, as they were read: text, blocks, tables and earlier fact-checks.

The words of a document are as hostile as an article's, and as confidential as a draft.
"""

from typing import NamedTuple

from briefs.domain.article import Block
from briefs.domain.spans import Span


class Row(NamedTuple):
    """One row of a table under its header; `start` and `end` cover its whole line in the document's text."""

    number: int
    """Position in the file as a person counts: the file's first row is 1, blank lines left out."""
    start: int
    end: int
    cells: tuple[str, ...]
    """What stands in each column, without white space at its ends; as many as the header has."""


class Table(NamedTuple):
    """A table with named columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal: str = "."
    """The mark before decimals, where the table shows which one it uses; else empty."""


class Review(NamedTuple):
    """An earlier fact-check, as its ClaimReview item states it; all of it is the reviewer's."""

    claimed: Span
    """Place of the reviewed claim in the document's text."""
    number: int
    """Position among the file's items, from 1."""
    rating: str
    by: str
    date: str | None = None
    url: str | None = None


class Document(NamedTuple):
    """One document of a folder of evidence; offsets point into `text`."""

    path: str
    """Within the folder, with forward slashes."""
    title: str | None
    text: str
    text_sha256: str
    published: str | None = None
    """ISO 8601 date, as the format states it."""
    blocks: tuple[Block, ...] = ()
    """Paragraphs, headings, list items; the rows of tables stand in `tables`."""
    pages: tuple[int, ...] = ()
    """Where each page begins, for a format that has pages."""
    tables: tuple[Table, ...] = ()
    reviews: tuple[Review, ...] = ()

    @property
    def name(self) -> str:
        """Return what a person calls it: its title, else its path."""
        return self.title or self.path


class Shelf(NamedTuple):
    """All documents of a folder, by path, and what could not be read of it."""

    documents: tuple[Document, ...] = ()
    notes: tuple[str, ...] = ()
    """One line each, in the order of the paths: a file that was left out, and why."""
    left_out: tuple[str, ...] = ()
    """Paths of the files that could not be read."""
