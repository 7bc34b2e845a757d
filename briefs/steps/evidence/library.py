"""Library: what evidence needs of a folder's passages; who keeps them, and how, is none of its business."""

from collections.abc import Sequence
from typing import Protocol

from briefs.domain.documents import Passage, Source


class Library(Protocol):
    """The passages of a folder's documents, to be found by words."""

    @property
    def documents(self) -> tuple[Source, ...]:
        """The documents, by path."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Paths of the files that could not be read."""

    def find(self, terms: Sequence[str]) -> list[Passage]:
        """Return the passages that hold most of the rarest of these terms, the best first."""
