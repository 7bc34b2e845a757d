"""What became of each article of a run, on disk as it comes: memory does not grow with their number."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import finalize

from briefs.domain.run import ArticleRun

_IN_MEMORY = 2**20
"""Bytes of rows that a short run keeps without a file."""


class Spool:
    """Rows of a run's record in the order in which they came; gone when it is closed, or the process ends.

    The file has no name, so that nothing is left of it after a kill. Where the disk is full, further rows
    stay in memory.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder in whose file system the rows may lie."""
        self._file = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 - closed by `close`
        finalize(self, self._file.close)  # also where a run ends before it has a record
        self._end = 0
        self._kept: list[str] = []

    def add(self, article: ArticleRun) -> None:
        """Add one article."""
        # ASCII: a path that is no valid Unicode holds surrogates, which JSON's own escapes spell.
        row = json.dumps(article.model_dump())
        if not self._kept:
            try:
                self._file.seek(self._end)
                self._file.write(row.encode("ascii") + b"\n")
                self._file.flush()
            except OSError:
                pass  # kept below
            else:
                self._end = self._file.tell()
                return
        self._kept.append(row)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield each article as `ArticleRun.model_dump` gives it."""
        place = 0
        while place < self._end:
            self._file.seek(place)
            line = self._file.readline()
            place = self._file.tell()
            yield json.loads(line)
        yield from map(json.loads, self._kept)

    def close(self) -> None:
        """Let the rows go."""
        self._file.close()
