"""Propose: ask a model which sentences are checkable claims, a call a chunk, and locate its words.

The scan is never shown to the model: a request depends on the article's text, the prompt and the schema
alone, so that better rules void no recorded call. Nothing is believed here: words that do not stand in the
article are dropped and counted; all else is held against the article in `ground`.
"""

from briefs.domain.article import Article
from briefs.domain.proposals import Proposals
from briefs.domain.segmentation import Segmentation
from briefs.llm.port import Asking
from briefs.prompts import Prompts

__all__ = ["propose"]


def propose(article: Article, segmentation: Segmentation, prompts: Prompts, model: str) -> Asking[Proposals]:
    """Ask for the claims of every chunk and return what was proposed, words located; `model` is its id."""
    raise NotImplementedError
    yield ()
