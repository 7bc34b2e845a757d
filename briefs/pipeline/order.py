"""The order of the steps, with a model and without one."""

from functools import cached_property
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
from briefs.steps.evidence import Held, Library, ask, evidence
from briefs.steps.extract import claim_at, extract
from briefs.steps.flag import flag
from briefs.steps.ground import Grounded, ground
from briefs.steps.propose import propose
from briefs.steps.scan import scan
from briefs.steps.segment import segment
from briefs.steps.suggest import suggest, weigh


class Assistance(NamedTuple):
    """The model that assists, as the steps know it."""

    model: str
    """Its id: `drafted_by` of what it writes."""
    prompts: Prompts
    stance: bool = False
    """It is asked what documents say, too: their passages go to it."""


class Draft(NamedTuple):
    """An article's briefs, and what the model said that did not pass the checks."""

    briefs: ArticleBriefs
    rejections: tuple[Rejection, ...] = ()


class _Read(NamedTuple):
    """One article and the offline reading of it."""

    article: Article
    segmentation: Segmentation
    scan: Scan


class Reading:
    """An article as the offline rules read it: cut at once, scanned when that is first needed.

    No request depends on the scan, which takes most of the time: it can be made while calls are under way.
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.segmentation = segment(article)

    @cached_property
    def read(self) -> _Read:
        """Return the article with its scan."""
        return _Read(self.article, self.segmentation, scan(self.article, self.segmentation))

    @cached_property
    def extraction(self) -> Extraction:
        """Return the claims that the rules find."""
        return extract(*self.read)

    def read_ahead(self) -> None:
        """Make all that can be made before the model has answered."""
        _ = self.extraction


def draft(article: Article, library: Library | None = None) -> ArticleBriefs:
    """Return the whole draft for an article, made by the deterministic engine alone.

    `library` holds the documents that its claims are held against.
    """
    return _with_evidence(_offline(Reading(article), _OFFLINE), library).briefs


def drafting(
    article: Article | Reading, assistance: Assistance, library: Library | None = None
) -> Asking[Draft]:
    """Draft an article's briefs, asking for the model's replies on the way.

    The offline draft is made whole whatever the model answers. What it proposes is held against the article
    before the flags are raised, what it suggests after everything else is composed. Who gives a `Reading` can
    have it read ahead while the calls are under way.
    """
    reading = article if isinstance(article, Reading) else Reading(article)
    try:
        made = yield from _assisted(reading, assistance)
        held = _with_evidence(made.briefs, library)
        if not assistance.stance:
            return made._replace(briefs=held.briefs)
        judged = yield from ask(held.briefs, held.open, assistance.prompts.stance, assistance.model)
        return Draft(_failing(judged.briefs, judged.failures), (*made.rejections, *judged.rejections))
    except BriefsError:
        raise
    except Exception as error:
        # Whatever a model said that we did not foresee, it must not cost the article its draft.
        failure = Failure(
            where="the model's part",
            kind="unforeseen",
            message=f"{where_raised(error)}; all of it is the offline draft; please report this",
        )
        offline = _offline(reading, _made(assistance, (failure,)))
        return Draft(_with_evidence(offline, library).briefs)


def _offline(reading: Reading, made: Made) -> ArticleBriefs:
    extraction = reading.extraction
    return _briefs(reading.article, extraction, _composed(reading), made)


def _with_evidence(result: ArticleBriefs, library: Library | None) -> Held:
    """Hold the claims against the documents at hand; whatever is in these, it must not cost the draft."""
    if library is None:
        return Held(result)
    try:
        return evidence(result, library)
    except Exception as error:
        message = f"{where_raised(error)}; the documents were not searched; please report this"
        failure = Failure(where="evidence", kind="unforeseen", message=message)
        return Held(_failing(result, (failure,)))


def _failing(result: ArticleBriefs, failures: tuple[Failure, ...]) -> ArticleBriefs:
    """Return the briefs with more failures in their header."""
    if not failures:
        return result
    made = result.made.model_copy(update={"failures": (*result.made.failures, *failures)})
    return result.model_copy(update={"made": made})


def _assisted(reading: Reading, assistance: Assistance) -> Asking[Draft]:
    article, segmentation = reading.article, reading.segmentation
    proposals = yield from propose(article, segmentation, assistance.prompts, assistance.model)
    answered = yield from suggest(article, segmentation, proposals, assistance.prompts)
    # Only from here on the scan is needed: no call has waited for it.
    read = reading.read
    grounded = ground(*read, reading.extraction, proposals, claim_at(*read))
    suggested = weigh(*read, _composed(reading, grounded), answered)
    made = _made(assistance, (*proposals.failures, *suggested.failures))
    return Draft(
        _briefs(article, grounded.extraction, suggested.composition, made),
        (*proposals.rejections, *grounded.rejections, *suggested.rejections),
    )


def _composed(reading: Reading, grounded: Grounded | None = None) -> Composition:
    """Compose what was extracted, or what a model made of it, with all that the text gives for each claim."""
    read, before = reading.read, reading.extraction
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
        prompts=assistance.prompts.versions(stance=assistance.stance),
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
