"""Quotation marks: where quotations open and close, in any of the marks that newspapers use."""

from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.spans import Span


class Quotation(NamedTuple):
    """One run of quoted words within one paragraph."""

    span: Span
    """With its marks."""
    inner: Span
    """Without them."""
    closed: bool
    """Has a closing mark of its own."""
    continues: bool
    """Goes on in the next paragraph, which opens with a mark again (the convention for long quotations)."""


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Return the outermost quotations of `text`, in order."""
    return ()
