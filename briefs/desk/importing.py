"""Reads back what people wrote into the Markdown files of a folder, without serving it."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from briefs.errors import BriefsError
from briefs.pipeline.handwriting import edited
from briefs.pipeline.living import Living
from briefs.store.desk import DeskStore
from briefs.store.outputs import NO_BRIEFS


class ReadBack(NamedTuple):
    """What reading one article's Markdown back came to."""

    name: str
    """Of the Markdown file."""
    recorded: int
    """Things that were recorded."""
    notes: tuple[str, ...] = ()
    """What was kept as text and not applied, in words for people."""
    error: str | None = None
    """Why nothing was read."""


def read_back(folder: Path) -> Iterator[ReadBack]:
    """Yield, for each Markdown file that a person has edited, what was read out of it; files follow.

    Raises ConfigError or DeskError where the folder's desk cannot be used.
    """
    with DeskStore.open(folder) as store:
        living = Living(folder, store)
        for path in sorted(folder.glob("*.json")):
            if path.name in NO_BRIEFS or path.is_symlink() or not path.is_file():
                continue
            markdown = path.with_suffix(".md")
            if edited(markdown) is None:
                continue
            before = store.last()
            try:
                told = living.refresh(path.stem).notes
            except BriefsError as error:
                yield ReadBack(markdown.name, store.last() - before, error=" ".join(str(error).split()))
                continue
            notes = tuple(each.removeprefix(f"{markdown.name}: ") for each in told)
            yield ReadBack(markdown.name, store.last() - before, notes)
