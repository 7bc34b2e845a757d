"""Places in an article, and the base of every type of the project.

Offsets everywhere are half-open, count Unicode code points of `Article.text` and start at 0, so that
`article.text[span.start:span.end]` is the text of a span. Nothing here changes or normalises text.
"""

import json
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator


class Frozen(BaseModel):
    """A value: immutable, strict about its fields, written under its contract names."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    @classmethod
    def from_json(cls, content: str | bytes) -> Self:
        """Return the value that JSON holds; raises ValueError where it holds none of this type.

        Half a character, which hostile text may hold, is an escape that pydantic's own parser refuses.
        """
        try:
            return cls.model_validate_json(content)
        except ValidationError:
            try:
                return cls.model_validate(json.loads(content))
            except RecursionError as error:
                raise ValueError("nested too deeply") from error


class Span(Frozen):
    """A half-open range of code points in `Article.text`."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"span ends before it starts: {self.start}..{self.end}")
        return self

    def of(self, text: str) -> str:
        """Return the exact slice of `text` that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Tell whether `other` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def shared(self, other: "Span") -> int:
        """Return how many characters both spans cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def share(self, other: "Span") -> float:
        """Return how much of the shorter of the two spans both cover, from 0 to 1."""
        return self.shared(other) / max(1, min(self.end - self.start, other.end - other.start))

    @property
    def place(self) -> "Span":
        """Return the bare range, without what a subclass adds to it."""
        return Span(start=self.start, end=self.end)


class Quote(Span):
    """Words of the article with their place; `text` is always the exact slice."""

    text: str


class How(StrEnum):
    """How a name was found for the words at a span."""

    STATED = "stated"
    """The name stands at the span itself."""
    RESOLVED = "resolved"
    """The span holds a pronoun or a description ("she", "the agency") with one candidate."""
    CARRIED = "carried"
    """The same speaker goes on: a quotation or report continued from an earlier sentence."""
    POSSIBLE = "possible"
    """A neighbouring sentence's source: shown as a question, never as fact."""


class Mention(Span):
    """A person, body, outlet or document, and where the article names it."""

    name: str
    """The best name that the article gives for it."""
    how: How = How.STATED
