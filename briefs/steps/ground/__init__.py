"""Ground: where the scan and the model meet; what a model proposes is held against the article.

The model's choice moves the scan's, it does not replace it. A claim that only the scan found stays; one that
only the model found comes in if it passes the checks; what fails is dropped and counted.
"""

from collections.abc import Callable
from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.brief import Finding
from briefs.domain.claims import ExtractedClaim, Extraction
from briefs.domain.proposals import Proposals, Rejection
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Span

__all__ = ["Grounded", "ground"]


class Grounded(NamedTuple):
    """The claims that stand, with what did not pass and what the two readings disagree on."""

    extraction: Extraction
    findings: tuple[Finding, ...]
    """Disputed sources: both readings are kept, and the editor is told."""
    rejections: tuple[Rejection, ...]


def ground(
    article: Article,
    segmentation: Segmentation,
    scan: Scan,
    extraction: Extraction,
    proposals: Proposals,
    claim_at: Callable[[Span], ExtractedClaim],
) -> Grounded:
    """Return the offline claims moved by the model's proposals, all held against the article.

    `claim_at` is what the offline rules make of any place of the article, with a provisional id.
    """
    raise NotImplementedError
