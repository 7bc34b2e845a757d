"""The order of the steps, with a model and without one."""

from typing import NamedTuple

from briefs import __version__
from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Composition, Failure, Made
from briefs.domain.claims import Extraction
from briefs.domain.proposals import Proposals, Rejection
from briefs.domain.scan import OFFLINE, Scan
from briefs.domain.segmentation import Segmentation
from briefs.llm.port import Asking
from briefs.prompts import Prompts
from briefs.steps.compose import compose
from briefs.steps.extract import claim_at, extract
from briefs.steps.flag import flag
from briefs.steps.ground import Grounded, ground
from briefs.steps.propose import propose
from briefs.steps.scan import scan
from briefs.steps.segment import segment
from briefs.steps.suggest import Suggested, suggest


class Assistance(NamedTuple):
    """The model that assists, as the steps know it."""

    model: str
    """Its id: `drafted_by` of what it writes."""
    prompts: Prompts


class Draft(NamedTuple):
    """An article's briefs, and what the model said that did not pass the checks."""

    briefs: ArticleBriefs
    rejections: tuple[Rejection, ...] = ()


class _Read(NamedTuple):
    """One article and the offline reading of it."""

    article: Article
    segmentation: Segmentation
    scan: Scan


def drafting(article: Article, assistance: Assistance | None) -> Asking[Draft]:
    """Draft an article's briefs, asking for the model's replies on the way; without one, nothing is asked.

    The offline draft is made whole whatever the model answers. What it proposes is held against the article
    before the flags are raised, what it suggests after everything else is composed.
    """
    segmentation = segment(article)
    if assistance is None:
        read = _Read(article, segmentation, scan(article, segmentation))
        extraction = extract(*read)
        return Draft(_briefs(article, extraction, _composed(read, extraction), _OFFLINE))
    proposals = yield from propose(article, segmentation, assistance.prompts, assistance.model)
    read = _Read(article, segmentation, scan(article, segmentation))
    grounded = ground(*read, extract(*read), proposals, claim_at(*read))
    composition = _composed(read, grounded.extraction, grounded)
    suggested = yield from suggest(*read, composition, proposals, assistance.prompts)
    return Draft(
        _briefs(article, grounded.extraction, suggested.composition, _made(assistance, proposals, suggested)),
        (*proposals.rejections, *grounded.rejections, *suggested.rejections),
    )


def _composed(read: _Read, extraction: Extraction, grounded: Grounded | None = None) -> Composition:
    findings = flag(*read, extraction)
    if grounded is not None:
        findings = (*findings, *grounded.findings)
    return compose(*read, extraction, findings)


_OFFLINE = Made(engine=OFFLINE, tool_version=__version__)


def _made(assistance: Assistance, proposals: Proposals, suggested: Suggested) -> Made:
    failures: tuple[Failure, ...] = (*proposals.failures, *suggested.failures)
    prompts = (assistance.prompts.extract, assistance.prompts.compose, assistance.prompts.repair)
    return Made(
        engine="model",
        model=assistance.model,
        prompts={p.ref.name: f"{p.ref.version} ({p.ref.sha256[:16]})" for p in prompts},
        failures=failures,
        tool_version=__version__,
    )


def _briefs(article: Article, extraction: Extraction, composition: Composition, made: Made) -> ArticleBriefs:
    return ArticleBriefs(
        article=article,
        overview=composition.overview,
        ledger=extraction.ledger,
        briefs=composition.briefs,
        made=made,
    )
