"""Suggest: ask a model what is missing and what to ask; weigh: keep only what survives the checks.

Claims go in as quoted words and their context, in the article's order: those that the model itself
proposed, so that the scan never changes a request, and no request waits for it. What survives is merged with
the offline draft, the more specific first; each line says who drafted it.
"""

from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.brief import Composition, Failure
from briefs.domain.proposals import Proposals, Rejection
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.language.addressing import addressing
from briefs.llm.port import Asking
from briefs.prompts import Prompts
from briefs.steps.suggest.asking import Asker, Heard
from briefs.steps.suggest.batches import batches
from briefs.steps.suggest.choose import chosen
from briefs.steps.suggest.judge import Judge
from briefs.steps.suggest.merge import merged
from briefs.steps.suggest.page import Page

__all__ = ["Answered", "Suggested", "suggest", "weigh"]


class Answered(NamedTuple):
    """What a model suggests of an article's claims, read and not yet checked."""

    model: str
    heard: tuple[Heard, ...]
    shown: str
    """The prompt's own words, for telling echoes."""
    rejected: tuple[str, ...]
    """A word for each thing that could not be read."""
    failures: tuple[Failure, ...]


class Suggested(NamedTuple):
    """The composition with what survived of the model's suggestions."""

    composition: Composition
    rejections: tuple[Rejection, ...]
    failures: tuple[Failure, ...]


def suggest(
    article: Article, segmentation: Segmentation, proposals: Proposals, prompts: Prompts
) -> Asking[Answered]:
    """Ask about the claims that the model proposed."""
    asker = Asker(article, segmentation, prompts)
    pending = batches(segmentation, proposals.claims)
    while pending:
        requests = tuple(asker.request(batch) for batch in pending)
        replies = yield requests
        pending = [
            more for batch, reply in zip(pending, replies, strict=True) for more in asker.take(batch, reply)
        ]
    return Answered(
        proposals.model, tuple(asker.heard), asker.shown, tuple(asker.rejected), tuple(asker.failures)
    )


def weigh(
    article: Article, segmentation: Segmentation, scan: Scan, composition: Composition, answered: Answered
) -> Suggested:
    """Return the composition with what survives of the model's suggestions."""
    if not answered.heard:
        return Suggested(composition, _counted(answered.rejected), answered.failures)
    judge = Judge(Page(article, segmentation, scan), answered.model, answered.shown)
    speaking = addressing(article.text, segmentation, scan.signals)
    choice = chosen(segmentation, composition, answered.heard, judge, speaking)
    rejected = (*answered.rejected, *choice.rejected)
    return Suggested(merged(composition, choice.additions), _counted(rejected), answered.failures)


def _counted(kinds: tuple[str, ...]) -> tuple[Rejection, ...]:
    return tuple(Rejection(step="compose", kind=kind) for kind in kinds)
