"""The rows of a manifest file, one after another: JSONL, CSV and Parquet; none is kept before its turn.

A row that cannot be read is handed on with what is wrong with it; the rows after it are read all the same.
"""

import codecs
import csv
import json
import os
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from briefs.errors import ConfigError
from briefs.readers.inputs import is_url
from briefs.readers.rows import COLUMNS, SOURCES, RowError, Trouble

LONGEST_ROW = 8 * 2**20
"""Bytes of a line of JSONL or CSV, or of a record of Parquet; a longer one is passed over."""
_LONGEST_RECORD = 2 * LONGEST_ROW
"""Bytes of all lines of a record of CSV; more than of a field, so that one that is never closed is named."""
_BATCH = 8
"""Records of a Parquet file that are in memory at once; more are no faster, and one long text in a column's
dictionary may be meant by all of them."""
_MOST_RATIO = 150
"""Texts pack 2 to 30 times; what packs more is one that is repeated."""
_RATIO_FROM = 16 * 2**20
_TOO_LONG = Trouble(
    f"is longer than {LONGEST_ROW // 2**20} MB", "put the text into a file, and give its path"
)
_UTF8 = "save it as UTF-8"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Cells(NamedTuple):
    """One row as its format gives it: values by column, or what is wrong with it."""

    number: int
    values: Mapping[str, object]
    trouble: Trouble | None = None


def json_rows(file: BinaryIO) -> Iterator[Cells]:
    """Yield the rows of a JSONL file: an object a line, or a string, which is a path or an http(s) URL."""
    lines = _Lines(file)
    while True:
        lines.begin_row()
        try:
            line = next(lines)
            if line.strip():
                yield Cells(lines.number, _parsed(line))
        except StopIteration:
            return
        except RowError as error:
            yield Cells(lines.number, {}, error.trouble)


def csv_rows(file: BinaryIO, name: str) -> Iterator[Cells]:
    """Yield the rows of a CSV file below its heading; raises ConfigError where that names no source.

    Cells are parted by commas, or where the heading has none, by semicolons or tabs.
    """
    csv.field_size_limit(LONGEST_ROW)
    lines = _Lines(file)
    try:
        heading = next(lines, "")
        mark = next((mark for mark in ",;\t" if mark in heading), ",")
        names = [cell.strip().lower() for cell in next(csv.reader([heading], delimiter=mark), [])]
    except RowError as error:
        raise ConfigError(f"{name}: its first line {error.trouble.reason}; {error.trouble.advice}") from None
    except csv.Error:  # line ends of old Macintoshes, which make one line of the file
        raise ConfigError(f"{name}: its first line is not valid CSV; export it again") from None
    if not set(names) & set(SOURCES):
        raise ConfigError(f"{name}: its first line must name the columns, {_one_of(SOURCES)} among them")
    if twice := sorted({each for each in names if each in COLUMNS and names.count(each) > 1}):
        raise ConfigError(f"{name}: names the column {twice[0]} twice; leave one out")
    # Strict: a quotation mark that is never closed is said, not taken for the rest of the file.
    reader = csv.reader(lines, delimiter=mark, strict=True)
    for number in count(2):
        lines.begin_row()
        begun = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            where = f" (lines {begun} to {lines.number})" if lines.number > begun else ""
            yield Cells(number, {}, Trouble(f"is not valid CSV{where}: {error}", "export it again"))
        except RowError as error:
            yield Cells(number, {}, error.trouble)
        else:
            if len(cells) > len(names):
                reason = f"has {len(cells)} cells under {len(names)} names"
                yield Cells(
                    number, {}, Trouble(reason, "put cells that hold the mark between them in quotes")
                )
            elif any(map(str.strip, cells)):
                yield Cells(number, dict(zip(names, cells, strict=False)))


def parquet_rows(path: Path) -> Iterator[Cells]:
    """Yield the records of a Parquet file, a few at a time; raises ConfigError where it cannot be used."""
    try:
        import pyarrow as arrow  # noqa: PLC0415 - an extra, and only where a Parquet file is given
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise ConfigError(f"{path}: needs pyarrow; install briefs[parquet]") from None
    try:
        with parquet.ParquetFile(path, pre_buffer=False, buffer_size=2**20) as file:
            names = [name for name in COLUMNS if name in file.schema_arrow.names]
            if not set(names) & set(SOURCES):
                raise ConfigError(f"{path}: has none of the columns {_one_of(SOURCES)}")
            if _is_swollen(file.metadata, names):
                raise ConfigError(f"{path}: unpacks to far more than it holds; list the texts in files")
            others = {name: None for name in file.schema_arrow.names if name not in COLUMNS}
            number = 0
            for batch in file.iter_batches(_BATCH, columns=names, use_threads=False):
                is_long = batch.nbytes > LONGEST_ROW
                for place in range(batch.num_rows):
                    number += 1
                    if is_long and _size(batch, place) > LONGEST_ROW:
                        yield Cells(number, {}, _TOO_LONG)
                    else:
                        yield _record(batch, names, place, number, others)
    except (arrow.ArrowException, OSError) as error:
        raise _unreadable(path, error) from error


def parquet_length(path: Path) -> int:
    """Return how many records a Parquet file has; raises ConfigError where it cannot be read."""
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415 - an extra
    except ImportError:
        raise ConfigError(f"{path}: needs pyarrow; install briefs[parquet]") from None
    try:
        return int(parquet.read_metadata(path).num_rows)
    except (ArrowException, OSError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> ConfigError:
    """Return what to say of a file that Arrow cannot read; of damage it tells as an OSError, too."""
    number = error.errno if isinstance(error, OSError) else None
    reason = f"cannot be read ({os.strerror(number)})" if number else "is not Parquet, or is damaged"
    return ConfigError(f"{path}: {reason}; export it again")


def _is_swollen(metadata: Any, names: list[str]) -> bool:
    """Tell whether a part of a column unpacks to far more than texts do: Arrow unpacks it before any row."""
    parts = (
        group.column(place)
        for group in map(metadata.row_group, range(metadata.num_row_groups))
        for place in range(group.num_columns)
    )
    return any(
        part.total_uncompressed_size > max(_RATIO_FROM, _MOST_RATIO * part.total_compressed_size)
        for part in parts
        if part.path_in_schema.split(".")[0] in names
    )


def _size(batch: Any, place: int) -> int:
    """Return the bytes of a record; of a column with a dictionary, those of the text that is meant."""
    cells = (column.slice(place, 1) for column in batch.columns)
    return sum(
        (each.dictionary_decode() if hasattr(each, "dictionary_decode") else each).nbytes for each in cells
    )


def _record(batch: Any, names: list[str], place: int, number: int, others: Mapping[str, object]) -> Cells:
    try:
        return Cells(number, {**others, **{name: batch.column(name)[place].as_py() for name in names}})
    except (ValueError, OverflowError) as error:  # bytes that are no UTF-8; a time outside the calendar
        return Cells(number, {}, Trouble(f"cannot be read ({type(error).__name__})", "export it again"))


def _one_of(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


class _Lines:
    """The lines of a file as text, each of bounded length; goes on after one that cannot be read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.number = 0
        """Of the line that was read last, from 1."""
        self._taken = 0

    def begin_row(self) -> None:
        """Count the bytes of a row anew; of a CSV file it may have many lines."""
        self._taken = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        """Return the next line with its end; raises RowError for a row that is too long or no UTF-8."""
        line = self._file.readline(LONGEST_ROW + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._taken += len(line)
        if len(line) > LONGEST_ROW or self._taken > _LONGEST_RECORD:
            while line and not line.endswith(b"\n"):
                line = self._file.readline(2**20)
            raise RowError(*_TOO_LONG)
        if self.number == 1:
            if line.startswith(_WIDE):
                raise RowError("is UTF-16", _UTF8)
            line = line.removeprefix(codecs.BOM_UTF8)
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            raise RowError("is not UTF-8", _UTF8) from None


def _parsed(line: str) -> dict[str, object]:
    if "\0" in line:
        raise RowError("holds NUL characters", "export it again")
    try:
        found = json.loads(line, object_pairs_hook=_once)
    except RowError:
        raise
    except (ValueError, RecursionError) as error:
        where = f" ({error.msg}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise RowError(f"is not valid JSON{where}", "write one object a line") from None
    if isinstance(found, str):
        return {"url" if is_url(found) else "path": found}
    if not isinstance(found, dict):
        raise RowError("is neither an object nor a string", "write one object a line")
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RowError("gives one name twice", "leave one out")
    return found
