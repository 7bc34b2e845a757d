"""The article: frozen text, what is known about it, and what on the page is not article text."""

import hashlib
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from briefs.domain.spans import Frozen, Span


class Copy(StrEnum):
    """Whose article it is."""

    OWN = "own"
    """Our own draft: its author can be asked for notes, documents, recordings."""
    PUBLISHED = "published"
    """Published by others: the outlet is asked, and whether we may use it."""


class FurnitureKind(StrEnum):
    """What a piece of the page is, if it is not article text."""

    BANNER = "banner"
    """Outlet name, section line, breadcrumb."""
    ADVERTISING = "advertising"
    COOKIES = "cookies"
    NEWSLETTER = "newsletter"
    COMMENTS = "comments"
    SHARING = "sharing"
    READ_MORE = "read_more"
    WIDGET = "widget"
    """Theme, plug-in or player text."""
    NAVIGATION = "navigation"
    LEGAL = "legal"
    """Copyright and rights lines."""
    BYLINE = "byline"
    """Byline or dateline set apart from the text: read as metadata."""
    HIDDEN = "hidden"
    """Words that the file holds and no reader of it sees, hidden by a trick or worded for a program."""
    UNSHOWN = "unshown"
    """An ordinary part of a page that is not shown, or not at first."""
    ORIGIN = "origin"
    """"This article was originally published on …": read as metadata."""


class Furniture(Span):
    """A piece of `Article.text` that is not article text."""

    kind: FurnitureKind


class Omitted(Frozen):
    """A piece of the page that the reader left outside `Article.text`, so that nothing disappears."""

    kind: FurnitureKind
    excerpt: str = Field(max_length=120)
    """Its first words."""
    characters: int = Field(ge=1)


class BlockRole(StrEnum):
    """What a block of article text is on the page."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    BODY = "body"
    QUOTE = "quote"
    """A block quotation or pull quote."""
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    TABLE = "table"
    """One row of a table."""


class Block(Span):
    """A block of text: one paragraph, heading, list item, caption or table row."""

    role: BlockRole


class Link(Span):
    """A link inside the article text, at the words that carry it."""

    url: str


class Reading(Frozen):
    """What a reader got out of one file: text and metadata as the format states them, nothing guessed."""

    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    """ISO 8601 date or date-time, as the format states it."""
    language: str | None = None
    """BCP 47 tag that the format states."""
    url: str | None = None
    """Canonical URL."""
    republished_from: str | None = None
    links: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()
    """Empty where the format has no blocks: then lines of text are the blocks."""
    pages: tuple[int, ...] = ()
    """Of a format with pages: where the first block that begins on each of them stands."""
    furniture: tuple[Furniture, ...] = ()
    omitted: tuple[Omitted, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should know about how the file was read, one sentence each."""


class GivenBy(Frozen):
    """Where an article's metadata came from that neither its text nor its file states: a manifest's row."""

    manifest: str
    """The manifest's file name."""
    fields: tuple[str, ...] = ()
    """What its row states: id, url, title, outlet, byline, published, copy. It wins."""


def sha256(data: bytes) -> str:
    """Return the hexadecimal SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()


class Article(Frozen):
    """An article whose text is frozen: all offsets of the project point into `text`.

    `id` is the canonical URL or the path within the input folder, never made from the text.
    """

    id: str
    text_sha256: str
    source_sha256: str
    """Of the bytes that were read, before any decoding."""
    slug: str
    title: str
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    """ISO 8601 date or date-time; null where the article does not say."""
    retrieved: str | None = None
    """ISO 8601 date-time at which a URL was fetched; null for files."""
    url: str | None = None
    language: str
    """BCP 47 tag; "und" where it could not be told."""
    copy_kind: Copy = Field(alias="copy")
    source_path: str
    given_by: GivenBy | None = None
    """Null where no manifest listed it."""
    republished_from: str | None = None
    links: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()
    """Disjoint, in order; together with white space and furniture they cover the text."""
    furniture: tuple[Furniture, ...] = ()
    """Disjoint, in order; may lie inside a block (advertising within a paragraph)."""
    omitted: tuple[Omitted, ...] = ()
    notes: tuple[str, ...] = ()
    text: str

    @model_validator(mode="after")
    def _frozen_text(self) -> Self:
        # surrogatepass: a lone surrogate in hostile input must not make the text unhashable.
        if sha256(self.text.encode("utf-8", "surrogatepass")) != self.text_sha256:
            raise ValueError("text_sha256 is not the hash of the text")
        for span in (*self.links, *self.blocks, *self.furniture):
            if span.end > len(self.text):
                raise ValueError(f"span {span.start}..{span.end} lies outside the text")
        return self

    @property
    def headline(self) -> Span | None:
        """Return the place of the headline in the text, if it stands there."""
        return next((b.place for b in self.blocks if b.role is BlockRole.HEADLINE), None)
