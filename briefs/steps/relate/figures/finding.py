"""What comparing the figures of two claims takes and gives."""

from typing import NamedTuple

from briefs.domain.relations import Aspect, RelationKind
from briefs.domain.spans import Span


class Frame(NamedTuple):
    """What is known of the article that a claim stands in."""

    label: str
    """How people are told which article it is: the outlet, else the title in quotation marks."""
    published: str | None = None
    title: frozenset[str] = frozenset()
    """Terms of the title."""
    about: frozenset[str] = frozenset()
    """Terms of the title and of the names in the article's checklist."""


class Finding(NamedTuple):
    """How two claims stand by their figures; the note reads the same from either side."""

    kind: RelationKind
    aspect: Aspect
    note: str
    one_words: Span
    """The figure in the first claim, in its article's text."""
    other_words: Span
