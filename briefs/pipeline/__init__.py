"""The pipeline: the order of the steps, for one article or many; one failed article stops no other.

`order` says which step follows which, `one` briefs an article for a caller in Python, `work` turns an input
into the content of its files, `processes` and `calls` do so for many: alone, or with a model. Nothing here
knows a screen. Articles stream: besides what is in flight, nothing of them is kept.
"""

from briefs.pipeline.many import run_many
from briefs.pipeline.one import article_of, given_by_user, run, scan_line
from briefs.pipeline.order import Assistance, draft, drafting
from briefs.pipeline.work import Drafted, Outcome

__all__ = [
    "Assistance",
    "Drafted",
    "Outcome",
    "article_of",
    "draft",
    "drafting",
    "given_by_user",
    "run",
    "run_many",
    "scan_line",
]
