"""A claim from a statement: its words, type, figures, dates, hedges, wording and priority in one value."""

from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.article import BlockRole
from briefs.domain.claims import Claim, Lent
from briefs.domain.figures import Owners, owned
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Quote
from briefs.steps.extract.kinds import claim_type
from briefs.steps.extract.places import Stated
from briefs.steps.extract.priority import EARLY, Standing, prioritise, tells
from briefs.steps.extract.standalone import standalone
from briefs.steps.extract.view import within


class Setting(NamedTuple):
    """What a claim owes to the article around it."""

    opening: int
    """The offset at which the first paragraphs of the body end."""
    owners: Owners
    """Whose the article's figures are."""


def setting(segmentation: Segmentation, scan: Scan) -> Setting:
    """Return what the claims of one article owe to it, worked out once."""
    return Setting(_early(segmentation), Owners(owned(scan)))


def claim(text: str, each: Stated, around: Setting, lent: Sequence[Lent] = ()) -> Claim:
    """Return the claim that a statement makes; `lent` goes into the wording that stands alone."""
    statement, quote = each.statement, each.statement.quote
    sentences = [view.sentence for view in statement.views]
    headline = any(s.role is BlockRole.HEADLINE for s in sentences) or any(
        p.start < around.opening for p in each.also_at
    )
    figures = tuple(q for view in statement.views for q in within(view.quantities, quote))
    telling = [figure for figure in figures if tells(figure)] or figures
    standing = Standing(
        headline=headline,
        early=quote.start < around.opening,
        repeated=bool(each.also_at),
        sourced=all(around.owners.of(figure) is not None for figure in telling),
    )
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


def _early(segmentation: Segmentation) -> int:
    """Return the offset at which the first paragraphs of the body end."""
    body = [
        p
        for p in segmentation.paragraphs
        if p.role is BlockRole.BODY and segmentation.sentences[p.first].furniture is None
    ]
    return body[min(EARLY, len(body)) - 1].end if body else 0
