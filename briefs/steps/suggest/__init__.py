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

__all__ = ["Suggested", "suggest"]


class Suggested(NamedTuple):
    """The composition with what survived of the model's suggestions."""

    composition: Composition
    rejections: tuple[Rejection, ...]
    failures: tuple[Failure, ...]


def suggest(
    article: Article,
    segmentation: Segmentation,
    scan: Scan,
    composition: Composition,
    proposals: Proposals,
    prompts: Prompts,
) -> Asking[Suggested]:
    """Ask about the claims that the model proposed and return the composition with what survived."""
    raise NotImplementedError
    yield ()
