"""Extract: which sentences are checkable claims, of which type, how urgent, and why the rest is left out."""

from briefs.domain.article import Article
from briefs.domain.claims import Disposition, Extraction, LedgerEntry
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation


def extract(article: Article, segmentation: Segmentation, scan: Scan) -> Extraction:
    """Return the claims of the article in its order, and the ledger of all its sentences."""
    ledger = tuple(
        LedgerEntry(
            sentence=s.index,
            start=s.start,
            end=s.end,
            disposition=Disposition.NOT_CHECKABLE,
            reason="-",
            verifiable=False,
            worth=0,
        )
        for s in segmentation.sentences
    )
    return Extraction(claims=(), ledger=ledger)
