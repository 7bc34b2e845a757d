"""A claim from a statement: its words, type, figures, dates, hedges, wording and priority in one value."""

from collections.abc import Sequence

from briefs.domain.article import BlockRole
from briefs.domain.claims import Claim, Lent
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Quote
from briefs.steps.extract.kinds import claim_type
from briefs.steps.extract.places import Stated
from briefs.steps.extract.priority import EARLY, Standing, prioritise
from briefs.steps.extract.standalone import standalone
from briefs.steps.extract.view import within


def claim(text: str, each: Stated, opening: int, lent: Sequence[Lent] = ()) -> Claim:
    """Return the claim that a statement makes.

    `opening` is where the first paragraphs end (`early`); `lent` goes into the wording that stands alone.
    """
    statement, quote = each.statement, each.statement.quote
    sentences = [view.sentence for view in statement.views]
    headline = any(s.role is BlockRole.HEADLINE for s in sentences) or any(
        p.start < opening for p in each.also_at
    )
    standing = Standing(headline=headline, early=quote.start < opening, repeated=bool(each.also_at))
    figures = tuple(q for view in statement.views for q in within(view.quantities, quote))
    return Claim(
        quote=Quote(start=quote.start, end=quote.end, text=quote.of(text)),
        also_at=each.also_at,
        standalone=standalone(text, statement, lent),
        type=claim_type(quote.of(text), statement.facts, statement.attribution, figures),
        hedges=tuple(h.place for view in statement.views for h in within(view.hedges, quote)),
        quantities=figures,
        dates=tuple(d for view in statement.views for d in within(view.dates, quote)),
        priority=prioritise(statement, standing),
    )


def early(segmentation: Segmentation) -> int:
    """Return the offset at which the first paragraphs of the body end."""
    body = [
        p
        for p in segmentation.paragraphs
        if p.role is BlockRole.BODY and segmentation.sentences[p.first].furniture is None
    ]
    return body[min(EARLY, len(body)) - 1].end if body else 0
