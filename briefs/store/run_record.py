"""The record of a folder's last run, and taking articles out of it that are to leave no trace."""

from collections.abc import Collection
from pathlib import Path

from briefs.domain.run import RunRecord
from briefs.store.files import content_of
from briefs.store.outputs import RUN_RECORD, write_record


def leave_out(folder: Path, articles: Collection[str]) -> None:
    """Take articles, by id, out of the record of the last run in a folder; what is no record stays as it is.

    What the run counted goes down with them; its time and what a model was asked stay the whole run's.
    Raises ConfigError when the record cannot be written.
    """
    path = folder / RUN_RECORD
    try:
        record = RunRecord.model_validate_json(content_of(path))
    except (OSError, ValueError):
        return
    kept = tuple(each for each in record.articles if each.id not in articles)
    gone = len(record.articles) - len(kept)
    if gone:
        write_record(folder, record.model_copy(update={"articles": kept, "done": max(0, record.done - gone)}))
