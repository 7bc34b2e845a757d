"""Quotations that are the same words, wherever they stand."""

from collections.abc import Iterator

from briefs.domain.relations import IndexedClaim
from briefs.domain.scan import Speech
from briefs.steps.trace.names import words

LEAST = 6
"""Words in a row that nobody else says by chance."""
_READ = 40
"""Characters of one word at most that count; a hostile text may have a word of any length."""
_LONGEST = 400


def runs(claim: IndexedClaim) -> Iterator[str]:
    """Yield every run of six words of a claim's direct speech, in lower case without punctuation."""
    speech = claim.attribution.speech
    if speech not in {Speech.DIRECT, Speech.MIXED}:
        return
    for piece in claim.said:
        found = [each[:_READ] for part in piece.split()[:_LONGEST] for each in words(part)]
        for start in range(len(found) - LEAST + 1):
            yield " ".join(found[start : start + LEAST])
