"""Suggest: ask a model what is missing and what to ask, and keep only what survives the checks.

Claims go in as quoted words and their context, in the article's order: those that the model itself proposed,
so that the scan never changes a request. What survives is merged with the offline draft, the more specific
first; each line says who drafted it.
"""

from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.brief import Composition, Failure
from briefs.domain.proposals import Proposals, Rejection
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.llm.port import Asking
from briefs.prompts import Prompts
from briefs.steps.suggest.asking import Asker
from briefs.steps.suggest.batches import batches
from briefs.steps.suggest.choose import chosen
from briefs.steps.suggest.judge import Judge
from briefs.steps.suggest.merge import merged
from briefs.steps.suggest.page import Page

__all__ = ["Suggested", "suggest"]


class Suggested(NamedTuple):
    """The composition with what survived of the model's suggestions."""

    composition: Composition
    rejections: tuple[Rejection, ...]
    failures: tuple[Failure, ...]


def suggest(  # noqa: PLR0913, PLR0917 – the pipeline hands over what all steps before made
    article: Article,
    segmentation: Segmentation,
    scan: Scan,
    composition: Composition,
    proposals: Proposals,
    prompts: Prompts,
) -> Asking[Suggested]:
    """Ask about the claims that the model proposed and return the composition with what survived."""
    asker = Asker(article, segmentation, prompts)
    pending = batches(segmentation, proposals.claims)
    while pending:
        requests = tuple(asker.request(batch) for batch in pending)
        replies = yield requests
        pending = [
            more for batch, reply in zip(pending, replies, strict=True) for more in asker.take(batch, reply)
        ]
    if not asker.heard:
        return Suggested(composition, tuple(_counted(asker.rejected)), tuple(asker.failures))
    judge = Judge(Page(article, segmentation, scan), proposals.model, asker.shown)
    choice = chosen(segmentation, composition, asker.heard, judge)
    rejected = (*asker.rejected, *choice.rejected)
    return Suggested(merged(composition, choice.additions), tuple(_counted(rejected)), tuple(asker.failures))


def _counted(kinds: "list[str] | tuple[str, ...]") -> list[Rejection]:
    return [Rejection(step="compose", kind=kind) for kind in kinds]
