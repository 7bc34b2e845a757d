"""Extract: which sentences are checkable claims, of which type, how urgent, and why the rest is left out.

It reads the scan and never a parse. It gives no verdict: a claim is what can be checked, not what is so.
"""

from collections.abc import Sequence

from briefs.domain.article import Article, BlockRole
from briefs.domain.claims import Claim, ExtractedClaim, Extraction, brief_id
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Quote
from briefs.steps.extract.kinds import claim_type
from briefs.steps.extract.ledger import ledger
from briefs.steps.extract.places import Stated, gathered
from briefs.steps.extract.priority import EARLY, Standing, prioritise
from briefs.steps.extract.standalone import standalone
from briefs.steps.extract.stating import look, runs
from briefs.steps.extract.view import views, within

__all__ = ["extract"]


def extract(article: Article, segmentation: Segmentation, scan: Scan) -> Extraction:
    """Return the claims of the article in its order, and the ledger of all its sentences."""
    text = article.text
    article_text = [v for v in views(segmentation.sentences, scan) if v.sentence.furniture is None]
    looked = [look(text, view) for view in article_text]
    stated = gathered(text, tuple(runs(looked)))
    early = _early(segmentation)
    claims = _numbered(article.id, [(each, _claim(text, each, early)) for each in stated])
    return Extraction(claims=claims, ledger=ledger(segmentation.sentences, looked, claims))


def _numbered(article_id: str, made: Sequence[tuple[Stated, Claim]]) -> tuple[ExtractedClaim, ...]:
    """Give every claim its id: equal quotations are told apart by their order."""
    count: dict[str, int] = {}
    claims = []
    for each, claim in made:
        key = " ".join(claim.quote.text.split())
        ordinal = count.get(key, 0)
        count[key] = ordinal + 1
        name = brief_id(article_id, claim.quote.text, ordinal)
        claims.append(ExtractedClaim(id=name, claim=claim, attribution=each.statement.attribution))
    return tuple(claims)


def _claim(text: str, each: Stated, early: int) -> Claim:
    statement, quote = each.statement, each.statement.quote
    sentences = [view.sentence for view in statement.views]
    headline = any(s.role is BlockRole.HEADLINE for s in sentences) or any(
        p.start < early for p in each.also_at
    )
    standing = Standing(headline=headline, early=quote.start < early, repeated=bool(each.also_at))
    figures = tuple(q for view in statement.views for q in within(view.quantities, quote))
    return Claim(
        quote=Quote(start=quote.start, end=quote.end, text=quote.of(text)),
        also_at=each.also_at,
        standalone=standalone(text, statement),
        type=claim_type(quote.of(text), statement.facts, statement.attribution, figures),
        hedges=tuple(h.place for view in statement.views for h in within(view.hedges, quote)),
        quantities=figures,
        dates=tuple(d for view in statement.views for d in within(view.dates, quote)),
        priority=prioritise(statement, standing),
    )


def _early(segmentation: Segmentation) -> int:
    """Return the offset at which the first paragraphs of the body end."""
    body = [
        p
        for p in segmentation.paragraphs
        if p.role is BlockRole.BODY and segmentation.sentences[p.first].furniture is None
    ]
    return body[min(EARLY, len(body)) - 1].end if body else 0
