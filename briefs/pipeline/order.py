"""The order of the steps, with a model and without one."""

from typing import NamedTuple

from briefs import __version__
from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Composition, Failure, Made
from briefs.domain.claims import Extraction
from briefs.domain.proposals import Rejection
from briefs.domain.scan import OFFLINE, Scan
from briefs.domain.segmentation import Segmentation
from briefs.errors import BriefsError, where_raised
from briefs.llm.port import Asking
from briefs.prompts import Prompts
from briefs.steps.compose import compose
from briefs.steps.extract import claim_at, extract
from briefs.steps.flag import flag
from briefs.steps.ground import Grounded, ground
from briefs.steps.propose import propose
from briefs.steps.scan import scan
from briefs.steps.segment import segment
from briefs.steps.suggest import suggest


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


def draft(article: Article) -> ArticleBriefs:
    """Return the whole draft for an article, made by the deterministic engine alone."""
    return _offline(article, _OFFLINE)


def drafting(article: Article, assistance: Assistance) -> Asking[Draft]:
    """Draft an article's briefs, asking for the model's replies on the way.

    The offline draft is made whole whatever the model answers. What it proposes is held against the article
    before the flags are raised, what it suggests after everything else is composed.
    """
    try:
        return (yield from _assisted(article, assistance))
    except BriefsError:
        raise
    except Exception as error:
        # Whatever a model said that we did not foresee, it must not cost the article its draft.
        failure = Failure(
            where="the model's part",
            kind="unforeseen",
            message=f"{where_raised(error)}; all of it is the offline draft; please report this",
        )
        return Draft(_offline(article, _made(assistance, (failure,))))


def _offline(article: Article, made: Made) -> ArticleBriefs:
    segmentation = segment(article)
    read = _Read(article, segmentation, scan(article, segmentation))
    extraction = extract(*read)
    return _briefs(article, extraction, _composed(read, extraction), made)


def _assisted(article: Article, assistance: Assistance) -> Asking[Draft]:
    segmentation = segment(article)
    proposals = yield from propose(article, segmentation, assistance.prompts, assistance.model)
    read = _Read(article, segmentation, scan(article, segmentation))
    extraction = extract(*read)
    grounded = ground(*read, extraction, proposals, claim_at(*read))
    composition = _composed(read, extraction, grounded)
    suggested = yield from suggest(*read, composition, proposals, assistance.prompts)
    made = _made(assistance, (*proposals.failures, *suggested.failures))
    return Draft(
        _briefs(article, grounded.extraction, suggested.composition, made),
        (*proposals.rejections, *grounded.rejections, *suggested.rejections),
    )


def _composed(read: _Read, before: Extraction, grounded: Grounded | None = None) -> Composition:
    """Compose what was extracted, or what a model made of it, with all that the text gives for each claim."""
    extraction = before if grounded is None else grounded.extraction
    findings = flag(*read, extraction)
    if grounded is not None:
        findings = (*findings, *grounded.findings)
    return compose(*read, extraction, findings, before=before)


_OFFLINE = Made(engine=OFFLINE, tool_version=__version__)


def _made(assistance: Assistance, failures: tuple[Failure, ...]) -> Made:
    return Made(
        engine="model",
        model=assistance.model,
        prompts=assistance.prompts.versions(),
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
