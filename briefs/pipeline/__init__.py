"""The pipeline: the order of the steps, for one article or many; one failed article stops no other.

`order` says which step follows which, `one` briefs an article for a caller in Python, `work` turns an input
into the content of its files, `processes` and `calls` do so for many: alone, or with a model. Nothing here
knows a screen. Articles stream: besides what is in flight, nothing of them is kept.

The parser takes more than a second to import, and a process that only makes calls never needs it: this room
loads what is asked of it when it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefs.pipeline.many import run_many
    from briefs.pipeline.one import article_of, given_by_user, run, scan_line
    from briefs.pipeline.order import Assistance, Reading, draft, drafting
    from briefs.pipeline.work import Drafted, Outcome, Wanted

__all__ = [
    "Assistance",
    "Drafted",
    "Outcome",
    "Reading",
    "Wanted",
    "article_of",
    "draft",
    "drafting",
    "given_by_user",
    "run",
    "run_many",
    "scan_line",
]

_HOME = {
    "many": ("run_many",),
    "one": ("article_of", "given_by_user", "run", "scan_line"),
    "order": ("Assistance", "Reading", "draft", "drafting"),
    "work": ("Drafted", "Outcome", "Wanted"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"briefs.pipeline.{module}"), name)
    raise AttributeError(f"module 'briefs.pipeline' has no attribute {name!r}")
