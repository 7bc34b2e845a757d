"""Sentences, paragraphs and chunks: how an article is cut, without losing a character."""

from bisect import bisect_left, bisect_right
from operator import attrgetter

from pydantic import Field

from briefs.domain.article import BlockRole, FurnitureKind
from briefs.domain.spans import Frozen, Span


class Sentence(Span):
    """A sentence, headline, caption, list item or piece of page furniture.

    Every non-blank character of the text lies in exactly one sentence. White space between sentences
    belongs to none.
    """

    index: int = Field(ge=0)
    """Position in the article, from 0."""
    paragraph: int = Field(ge=0)
    """Index of its paragraph, from 0."""
    role: BlockRole = BlockRole.BODY
    furniture: FurnitureKind | None = None
    """Set where the sentence is not article text."""
    quote_depth: int = Field(default=0, ge=0)
    """How many quotations are open where the sentence starts: 1 inside a running quotation."""


class Paragraph(Span):
    """A block of the article with the sentences in it."""

    index: int = Field(ge=0)
    role: BlockRole
    first: int = Field(ge=0)
    """Index of its first sentence."""
    last: int = Field(ge=0)
    """Index of its last sentence, inclusive."""


class Chunk(Span):
    """A run of whole sentences within a budget of characters, with read-only context before it."""

    index: int = Field(ge=0)
    first: int = Field(ge=0)
    last: int = Field(ge=0)
    """Index of its last sentence, inclusive."""
    context: Span | None = None
    """Whole sentences just before the chunk, to be read and not drawn claims from."""


class Segmentation(Frozen):
    """How one article is cut."""

    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Paragraph, ...]
    chunks: tuple[Chunk, ...]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds the character at `offset`, or none for white space."""
        index = bisect_right(self.sentences, offset, key=attrgetter("end"))
        if index < len(self.sentences) and self.sentences[index].start <= offset:
            return self.sentences[index]
        return None

    def sentences_of(self, span: Span) -> tuple[Sentence, ...]:
        """Return the sentences that share a character with `span`, in order."""
        first = bisect_right(self.sentences, span.start, key=attrgetter("end"))
        return self.sentences[first : bisect_left(self.sentences, span.end, key=attrgetter("start"))]
