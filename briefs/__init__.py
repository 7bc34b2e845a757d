"""Fact-check briefs: the checkable claims of an article, with sources, missing evidence and questions.

    import briefs
    result = briefs.run("article.txt")          # -> briefs.ArticleBriefs
    for brief in result.briefs:
        print(brief.claim.quote.text, brief.attribution.source)

Importing this package is cheap: pydantic, spaCy and the readers are loaded at first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefs.domain.brief import ArticleBriefs
    from briefs.pipeline import run

__version__ = "0.1.0"
__all__ = ["ArticleBriefs", "__version__", "run"]

_HOME = {"ArticleBriefs": "briefs.domain.brief", "run": "briefs.pipeline"}


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'briefs' has no attribute {name!r}")
