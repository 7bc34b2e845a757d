"""Manifests: files that list articles, or hold their texts, a row each; read as the articles are handed out.

Who writes a manifest need not be who runs it, so a row leads no further than a person allowed: its path stays
within one folder, wherever links lead, and its URL is fetched under the same guard as a typed one. A row that
is no article becomes an input that fails when its turn comes, so that the others still run.
"""

import os
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from briefs.errors import ConfigError
from briefs.readers.inputs import STANDARD_INPUT, Input, is_url, shown
from briefs.readers.rows import COLUMNS, Row, RowError, Trouble, row_of
from briefs.readers.tabular import Cells, csv_rows, json_rows, parquet_length, parquet_rows

ENDINGS = (".jsonl", ".ndjson", ".csv", ".parquet")
"""File name endings of manifests, in lower case with their dot."""
_NAMED = 12
"""Columns that are named in a note, of those that are not read."""
_EMPTY = Trouble("lists no article", "write one row an article")


class Manifests:
    """The articles that manifests list, in their order; every iteration reads the files again.

    Paths start from `root`, which no row may lead out of; without one, from the folder that the manifest
    lies in ("-": the working folder). Raises ConfigError for a manifest that cannot be read, that names no
    column of ours, or that is empty.
    """

    def __init__(self, typed: Sequence[str], root: Path | None = None) -> None:
        self._typed = tuple(dict.fromkeys(typed))
        self._root = root
        self._others: dict[str, None] = {}
        self._numbered: dict[str, None] = {}
        if root is not None and not root.is_dir():
            raise ConfigError(f"--root {root}: is not a folder")
        for each in self._typed:
            _check(each)

    @property
    def total(self) -> int | None:
        """Return how many rows there are where the format tells it without being read through."""
        if not all(_ending(each) == ".parquet" for each in self._typed):
            return None
        return sum(parquet_length(Path(each)) for each in self._typed)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what a person should know of the rows that were read so far."""
        notes: list[str] = []
        if self._others:
            named = list(self._others)[:_NAMED]
            more = " and others" if len(self._others) > _NAMED else ""
            notes.append(
                f"columns that are not read: {', '.join(named)}{more}; read are {', '.join(COLUMNS)}"
            )
        notes += [
            f"{name}: rows without id and url are known by their number; new rows belong at its end"
            for name in self._numbered
        ]
        return tuple(notes)

    def __iter__(self) -> Iterator[Input]:
        """Yield an input a row."""
        for manifest in self._typed:
            cells = Cells(0, {})
            try:
                with closing(_cells(manifest)) as rows:
                    for cells in rows:
                        yield self._input(manifest, cells)
            except (OSError, ConfigError) as error:  # it changed since it was looked at
                reason = (getattr(error, "strerror", None) or str(error)).removeprefix(f"{manifest}: ")
                trouble = Trouble(f"cannot be read from here on ({reason})", "run it again")
                yield _broken(manifest, cells.number + 1, trouble)
            else:
                if cells.number == 0:
                    yield _broken(manifest, 1, _EMPTY)

    def _input(self, manifest: str, cells: Cells) -> Input:
        if cells.trouble is not None:
            return _broken(manifest, cells.number, cells.trouble)
        for name in cells.values:
            if name not in COLUMNS and len(self._others) <= _NAMED:
                self._others[name[:40] or "(no name)"] = None
        try:
            return self._placed(row_of(cells.values, manifest, cells.number))
        except RowError as error:
            return _broken(manifest, cells.number, error.trouble)

    def _placed(self, row: Row) -> Input:
        """Return the input of a row: where its text is, and what its id is if the article states none."""
        stated = row.stated
        if row.path is not None:
            path = self._path(row.manifest, row.path)
            return Input(path.id, path.path, "file", row)
        if row.text is None and row.html is None:
            address = stated.url or ""
            return Input(address, address, "url", row._replace(stated=stated._replace(url=None)))
        name = shown(Path(row.manifest).name)
        if stated.id is None and stated.url is None:
            self._numbered[row.manifest] = None
        given = f"{name}#{stated.id or stated.url or row.number}"
        return Input(given, given, "row", row)

    def _path(self, manifest: str, path: str) -> Input:
        root = self._root or (Path() if manifest == STANDARD_INPUT else Path(manifest).parent)
        whole = str(root / path)
        real, within = os.path.realpath(whole), os.path.realpath(root)
        if real != within and not real.startswith(os.path.join(within, "")):
            advice = "move it, or name the folder that paths may lead into with --root"
            raise RowError(f"its path leads out of {within}", advice)
        inside = os.path.relpath(os.path.normpath(os.path.join(within, path)), within)
        return Input(shown(Path(inside).as_posix()), whole, "file")


def _broken(manifest: str, number: int, trouble: Trouble) -> Input:
    row = Row(manifest, number, trouble=trouble)
    return Input(row.place, manifest, "row", row)


def _ending(manifest: str) -> str:
    return ".jsonl" if manifest == STANDARD_INPUT else Path(manifest).suffix.lower()


def _check(manifest: str) -> None:
    """Raise ConfigError where a manifest cannot be used: it is looked at as far as its first row."""
    if is_url(manifest):
        raise ConfigError(f"{manifest}: a manifest is a file; download it first")
    ending = _ending(manifest)
    if ending not in ENDINGS:
        raise ConfigError(f"{manifest}: a manifest ends in {', '.join(ENDINGS)}; rename it")
    if manifest == STANDARD_INPUT:
        return
    try:
        if not Path(manifest).is_file():
            raise ConfigError(f"{manifest}: is not there, or is no file; check the path")
        with closing(_cells(manifest)) as rows:
            if next(rows, None) is None:
                raise ConfigError(f"{manifest}: {_EMPTY.reason}; {_EMPTY.advice}")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"{manifest}: cannot be read ({reason}); check the path") from error


def _cells(manifest: str) -> Generator[Cells, None, None]:
    if manifest == STANDARD_INPUT:
        if sys.stdin is not None:
            yield from json_rows(sys.stdin.buffer)
        return
    path = Path(manifest)
    if _ending(manifest) == ".parquet":
        yield from parquet_rows(path)
        return
    with path.open("rb") as file:
        yield from csv_rows(file, manifest) if _ending(manifest) == ".csv" else json_rows(file)
