"""Documents that a newsroom trusts, as they were read: text, blocks, tables and earlier fact-checks.

The words of a document are as hostile as an article's, and as confidential as a draft.
"""

from typing import NamedTuple

from briefs.domain.article import Block
from briefs.domain.spans import Frozen, Span


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


class Review(Frozen):
    """An earlier fact-check (schema.org ClaimReview): all of it is the reviewer's, and no finding of ours."""

    rating: str
    """In the reviewer's own words."""
    by: str
    date: str | None = None
    """ISO 8601 date of its publication."""
    url: str | None = None


class Reviewed(NamedTuple):
    """A claim in a document of earlier fact-checks, with what the reviewer says of it."""

    claimed: Span
    """Place of the reviewed claim in the document's text."""
    number: int
    """Position among the file's items, from 1."""
    review: Review


class Source(NamedTuple):
    """Which document a passage is of."""

    path: str
    """Within the folder, with forward slashes."""
    title: str | None
    text_sha256: str
    published: str | None = None
    """ISO 8601 date, as the format states it."""

    @property
    def name(self) -> str:
        """Return what a person calls it: its title, else its path."""
        return self.title or self.path

    @property
    def heading(self) -> str:
        """Return its title; of a document without one, its path in words."""
        return self.title or self.path.replace("_", " ").replace("-", " ").replace("/", " ")


class Passage(NamedTuple):
    """A piece of one document that can be quoted; `span` points into the document's text."""

    source: Source
    span: Span
    text: str
    """The exact words of the document."""
    place: str
    """"paragraph 4", "page 3, paragraph 12", "row 7": in words for people."""
    heading: str = ""
    """The heading that it stands under."""
    lead: str = ""
    """The last short line above it that holds a date: "14 March 2024, 10.00"."""
    columns: tuple[str, ...] = ()
    """Of a table's row: the table's columns."""
    decimal: str = "."
    """The table's mark before decimals; empty where it does not show which one it uses."""
    cells: tuple[str, ...] | None = None
    """What stands in each column of a table's row; none for prose."""
    review: Review | None = None


class Shelved(NamedTuple):
    """A passage as an index of passages takes it."""

    passage: Passage
    words: str
    """The terms and figures in it, each parted from the next by a space."""
    around: str
    """The terms of what stands above it: its document's title, its heading, its table's columns."""


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
    reviews: tuple[Reviewed, ...] = ()

    @property
    def source(self) -> Source:
        """Return what tells it from other documents."""
        return Source(self.path, self.title, self.text_sha256, self.published)


class Shelf(NamedTuple):
    """All documents of a folder, by path, and what could not be read of it."""

    documents: tuple[Document, ...] = ()
    notes: tuple[str, ...] = ()
    """One line each, in the order of the paths: a file that was left out, and why."""
    left_out: tuple[str, ...] = ()
    """Paths of the files that could not be read."""
