"""Flag: where the text, taken by its own words, does not sit right; each with arithmetic or wordings."""

from briefs.domain.article import Article
from briefs.domain.brief import Finding
from briefs.domain.claims import Extraction
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation


def flag(
    article: Article, segmentation: Segmentation, scan: Scan, extraction: Extraction
) -> tuple[Finding, ...]:
    """Return the flags of one article, in its order."""
    return ()
