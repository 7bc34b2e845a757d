"""Quotations and sentences that are the same words, wherever they stand."""

from collections.abc import Iterator

from briefs.domain.relations import IndexedClaim
from briefs.domain.scan import Speech
from briefs.steps.trace.names import words

QUOTED = 6
"""Words of direct speech in a row that nobody else says by chance."""
WRITTEN = 8
"""Words in a row that two articles of one text have from that text."""
_WORD = 40
"""Characters of one word that count; a hostile text may have a word of any length."""
_LONGEST = 400
"""Words of a piece that are read."""


def quoted_runs(claim: IndexedClaim) -> Iterator[str]:
    """Yield every run of six words of a claim's direct speech, in lower case without punctuation."""
    if claim.attribution.speech in {Speech.DIRECT, Speech.MIXED}:
        for piece in claim.said:
            yield from _runs(piece, QUOTED)


def written_runs(claim: IndexedClaim) -> Iterator[str]:
    """Yield every run of eight words of a claim as the article writes it."""
    yield from _runs(claim.quote.text, WRITTEN)


def _runs(text: str, length: int) -> Iterator[str]:
    found = [each[:_WORD] for part in text.split()[:_LONGEST] for each in words(part)]
    for start in range(len(found) - length + 1):
        yield " ".join(found[start : start + length])
