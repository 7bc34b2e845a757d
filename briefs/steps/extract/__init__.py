"""Extract: which sentences are checkable claims, of which type, how urgent, and why the rest is left out.

It reads the scan and never a parse. It gives no verdict: a claim is what can be checked, not what is so.
"""

from collections.abc import Sequence

from briefs.domain.article import Article
from briefs.domain.claims import Claim, ExtractedClaim, Extraction, brief_id
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.steps.extract.claiming import claim, setting
from briefs.steps.extract.ledger import ledger
from briefs.steps.extract.places import Stated, gathered
from briefs.steps.extract.reading import claim_at
from briefs.steps.extract.stating import look, runs
from briefs.steps.extract.view import views

__all__ = ["claim_at", "extract"]


def extract(article: Article, segmentation: Segmentation, scan: Scan) -> Extraction:
    """Return the claims of the article in its order, and the ledger of all its sentences."""
    text = article.text
    article_text = [v for v in views(segmentation.sentences, scan) if v.sentence.furniture is None]
    looked = [look(text, view) for view in article_text]
    stated = gathered(text, tuple(runs(looked)))
    around = setting(segmentation, scan)
    claims = _numbered(article.id, [(each, claim(text, each, around)) for each in stated])
    return Extraction(claims=claims, ledger=ledger(segmentation.sentences, looked, claims))


def _numbered(article_id: str, made: Sequence[tuple[Stated, Claim]]) -> tuple[ExtractedClaim, ...]:
    """Give every claim its id: equal quotations are told apart by their order."""
    count: dict[str, int] = {}
    claims = []
    for each, drafted in made:
        key = " ".join(drafted.quote.text.split())
        ordinal = count.get(key, 0)
        count[key] = ordinal + 1
        name = brief_id(article_id, drafted.quote.text, ordinal)
        claims.append(ExtractedClaim(id=name, claim=drafted, attribution=each.statement.attribution))
    return tuple(claims)
