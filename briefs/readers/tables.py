"""Tables: delimited text (.csv) as rows under named columns, each row with its place in the file's text.

The text is the file's decoded text exactly, so that a row can be quoted. Nothing is evaluated: a formula is
the characters that it is written in.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefs.domain.documents import Row, Table
from briefs.errors import InputError
from briefs.readers.charset import decode

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 50
"""Rows from which the delimiter, the header and the mark before decimals are told."""
MOST_ROWS = 200_000
_LONGEST_CELL = 20_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_NUMBER = re.compile(r"[-+−]?[\s\u00a0€$£]*\d[\d.,'’\s\u00a0\u202f]*%?")
_POINT = re.compile(r"\d(?:\.\d{1,2}|\.\d{4,}|(?:,\d{3})+\.\d+)%?\Z")
_COMMA = re.compile(r"\d(?:,\d{1,2}|,\d{4,}|(?:\.\d{3})+,\d+)%?\Z")


class ReadTable(NamedTuple):
    """A table, the text that its rows are places of, and what a person should know of the reading."""

    text: str
    title: str | None
    """A line of its own above the header."""
    table: Table
    notes: tuple[str, ...] = ()


class _Line(NamedTuple):
    number: int
    start: int
    end: int
    cells: tuple[str, ...]


def read_table(data: bytes, name: str) -> ReadTable:
    """Return the table in `data`; raises InputError if there is none.

    The delimiter (comma, semicolon, tab or bar) is the one that cuts most rows alike. The header is the
    first row with a name in every second column at least; a row that is longer than it is left out, because
    its cells stand under the wrong names.
    """
    decoded = decode(data, name)
    text = decoded.text
    cut_by = _cut(text)
    if cut_by is None:
        raise InputError(name, "is no table: its rows are not cut alike", "export it as CSV again")
    try:
        found = _table(text, cut_by)
    except csv.Error as error:
        raise InputError(name, f"is a damaged table ({error})", "export it as CSV again") from error
    if found is None:
        raise InputError(name, "is a table without a header or without rows", "name its columns in a row")
    return found._replace(notes=(*decoded.notes, *found.notes))


def _table(text: str, cut_by: "_Cut") -> ReadTable | None:
    title: str | None = None
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    longer = 0
    cut = False
    for line in _lines(text, cut_by.delimiter):
        filled = [cell for cell in line.cells if cell]
        if not header:
            if len(filled) < 2 or len(line.cells) < cut_by.width:
                title = title or cut_by.delimiter.join(filled)[:200]
            elif 2 * len(filled) >= len(line.cells) and not all(map(_NUMBER.fullmatch, filled)):
                header = line.cells
            else:
                return None
            continue
        if len(line.cells) > len(header):
            longer += 1
            continue
        if len(rows) == MOST_ROWS:
            cut = True
            break
        padded = line.cells + ("",) * (len(header) - len(line.cells))
        rows.append(Row(line.number, line.start, line.end, padded))
    if not rows:
        return None
    notes = []
    if longer:
        notes.append(f"{_counted(longer, 'row')} with more cells than the header left out.")
    if cut:
        notes.append(f"Only the first {MOST_ROWS:,} rows were read.")
    table = Table(tuple(each[:200] for each in header), tuple(rows), _decimal(rows, cut_by.delimiter))
    return ReadTable(text, title, table, tuple(notes))


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    """Yield the rows that are not blank, with the place of the whole row; raises csv.Error."""
    places: list[int] = [0]

    def fed() -> Iterator[str]:
        for match in _LINE.finditer(text):
            if match.end() > match.start():
                places.append(match.end())
                yield match[0]

    first, number = 0, 0
    for cells in csv.reader(fed(), delimiter=delimiter):
        last = len(places) - 1
        start, end = places[first], places[last]
        first = last
        kept = text[start:end].rstrip("\r\n")
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if max(map(len, cells)) <= _LONGEST_CELL:
            yield _Line(number, start, start + len(kept), tuple(" ".join(cell.split()) for cell in cells))


class _Cut(NamedTuple):
    delimiter: str
    width: int
    """Cells that most rows have."""


def _cut(text: str) -> _Cut | None:
    """Return the delimiter that cuts most of the first rows into the same number of cells, at least two."""
    best: tuple[float, int] = (0.0, 0)
    found: _Cut | None = None
    for delimiter in _DELIMITERS:
        widths = _widths(text, delimiter)
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        width, count = Counter(wide).most_common(1)[0]
        share = count / len(widths)
        if share >= 0.5 and (share, width) > best:
            best, found = (share, width), _Cut(delimiter, width)
    return found


def _widths(text: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    try:
        for line in _lines(text[:200_000], delimiter):
            widths.append(len(line.cells))
            if len(widths) == _LOOKED_AT:
                break
    except csv.Error:
        pass
    return widths


def _decimal(rows: Sequence[Row], delimiter: str) -> str:
    """Return the mark before decimals that the figures show; empty where they can be read both ways."""
    cells = [cell for row in rows[:_LOOKED_AT] for cell in row.cells if _NUMBER.fullmatch(cell)]
    point = any(_POINT.search(cell) for cell in cells)
    comma = any(_COMMA.search(cell) for cell in cells)
    if point != comma:
        return "." if point else ","
    # Where commas part cells, a comma within a quoted one groups thousands; semicolons leave it open.
    return "" if point or delimiter == ";" else "."


def number_of(cell: str, decimal: str) -> float | int | None:
    """Return the number that a whole cell is, or none; "1.120" without a known decimal mark is none.

    A per cent sign and a currency sign before the number are passed over; anything else is no number.
    """
    match = _NUMBER.fullmatch(cell)
    if match is None:
        return None
    bare = re.sub(r"[\s\u00a0\u202f'’€$£%+]", "", cell).replace("−", "-")
    if "," in bare or "." in bare:
        if not decimal:
            return None
        group = "," if decimal == "." else "."
        whole, _, rest = bare.partition(decimal)
        if decimal in rest or group in rest or not _grouped(whole, group):
            return None
        bare = whole.replace(group, "") + (f".{rest}" if rest else "")
    try:
        value = float(bare)
    except ValueError:
        return None
    if not math.isfinite(value):  # hundreds of digits: no figure that anybody counts with
        return None
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def _grouped(whole: str, group: str) -> bool:
    parts = whole.lstrip("-").split(group)
    return len(parts) == 1 or (0 < len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:]))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
