"""Compose: for every claim the missing evidence and the questions, and the article's first screen."""

from briefs.domain.article import Article
from briefs.domain.brief import Brief, Composition, Finding, Overview, Sourcing
from briefs.domain.claims import Extraction
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation


def compose(
    article: Article,
    segmentation: Segmentation,
    scan: Scan,
    extraction: Extraction,
    findings: tuple[Finding, ...],
) -> Composition:
    """Return the overview and one brief a claim, in the article's order."""
    briefs = tuple(Brief(id=e.id, claim=e.claim, attribution=e.attribution) for e in extraction.claims)
    return Composition(overview=Overview(sourcing=Sourcing(summary="")), briefs=briefs)
