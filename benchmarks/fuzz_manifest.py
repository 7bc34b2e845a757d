"""Manifests of any rows at all: JSONL, CSV and Parquet, a row an article, or a failed one with its number."""

import io
import json
import os
import random
from collections.abc import Callable, Mapping, Sequence

from benchmarks import fuzz_mutate as mutate
from benchmarks.fuzz_properties import check_ingested
from benchmarks.fuzz_targets import said, written
from briefs.errors import InputError
from briefs.pipeline import article_of, given_by_user
from briefs.readers.inputs import Input
from briefs.readers.manifest import ENDINGS, Manifests
from briefs.readers.rows import COLUMNS

_GIVEN = given_by_user("own", "2020-02-02", "The Sable Post")
_WORDS = "The council closed three of its five ferry lines on Monday, said the mayor."
_PARQUET = ENDINGS.index(".parquet")
_Columns = Mapping[str, Sequence[bytes | None]]
_MOST = 40
"""Rows of an input that are read as articles; all are placed."""


def run_manifest(data: bytes) -> None:
    """Read a manifest as `briefs run --manifest` does; the first byte says which format it is in.

    An error of the whole file is let out; one of a row has to be told with the row's number, in one line.
    No page is fetched.
    """
    ending = ENDINGS[data[0] % len(ENDINGS)] if data else ENDINGS[0]
    path = written(f"manifest/list{ending}", data[1:])
    (path.parent / "a.txt").write_text(_WORDS)
    manifests = Manifests([str(path)])
    last = 0
    for count, found in enumerate(manifests):
        assert found.row is not None
        assert found.row.number > last, f"row {found.row.number} comes after row {last}"
        last = found.row.number
        if found.kind == "file":
            within = os.path.realpath(path.parent)
            assert os.path.commonpath([within, os.path.realpath(found.path)]) == within, "a path leads out"
        if found.kind != "url" and count < _MOST:
            _check_row(found)
    for note in manifests.notes:
        note.encode("utf-8")


def _check_row(found: Input) -> None:
    try:
        article = article_of(found, _GIVEN)
    except InputError as error:
        refused = error
    else:
        check_ingested(article)
        return
    assert str(refused).startswith(found.name), f"{refused} does not begin with the row's number"
    assert not said(refused), f"{said(refused)}: {refused}"


def manifest_seeds() -> list[bytes]:
    """Return a manifest of each format, of rows that say all they may."""
    rows = [
        {"path": "a.txt", "title": "Ferries", "byline": "Ana Nim"},
        {"text": _WORDS, "id": "cms-7", "url": "https://news.example/7", "published": "2025-03-04"},
        {"text": _WORDS, "outlet": "The Sable Post", "copy": "published", "section": "harbour"},
        {"html": f"<h1>Ferries</h1><p>{_WORDS * 4}</p>", "published": "Tue, 04 Mar 2025 10:00:00 +0100"},
        {"url": "https://news.example/8"},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in (*rows, "a.txt", "https://news.example/9"))
    cells = f'id;text;published\r\na;"{_WORDS}\n\nAll of it."; 2025-03-04\r\nb;{_WORDS};\r\n'
    seeds = [lines, f"path,title\na.txt,Ferries\n../b.txt,\n{ENDINGS[0]},\n", cells]
    made = [bytes([at]) + seed.encode() for at, seed in zip((0, 2, 2), seeds, strict=True)]
    columns = {name: [row[name].encode() if name in row else None for row in rows] for name in COLUMNS}
    return [*made, bytes([_PARQUET]) + _packed(columns, text=tuple(columns))]


def manifest_mutator() -> mutate.Mutator:
    """Return a mutator that changes lines as text, and Parquet a cell at a time or in its own bytes."""
    lines = mutate.of("manifest")

    def changed(data: bytes, draw: random.Random, plain: mutate.Bytes) -> bytes:
        kind, content = data[:1], data[1:]
        if kind == bytes([_PARQUET]) and draw.random() < 0.7:
            return kind + _with_a_cell(content, draw, lambda cell: lines(cell, draw, plain))
        return kind + lines(content, draw, plain)

    return changed


def _with_a_cell(data: bytes, draw: random.Random, lines: Callable[[bytes], bytes]) -> bytes:
    """Change one cell of a Parquet file; its column may then be of bytes, others are of text."""
    from pyarrow import ArrowException, binary, parquet  # noqa: PLC0415 - an extra

    try:
        table = parquet.read_table(io.BytesIO(data), use_threads=False)
        columns = {name: table[name].cast(binary()).to_pylist() for name in table.column_names}
    except (ArrowException, OSError, ValueError):  # an input that a mutation of its bytes has broken
        return lines(data)
    if not table.num_columns or not table.num_rows:
        return lines(data)
    name = draw.choice(table.column_names)
    place = draw.randrange(table.num_rows)
    columns[name][place] = lines(columns[name][place] or b"")
    return _packed(columns, [each for each in columns if each != name or draw.random() < 0.8])


def _packed(columns: _Columns, text: Sequence[str]) -> bytes:
    """Return a Parquet file; columns of `text` say that they are UTF-8, whatever they hold."""
    import pyarrow as arrow  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    arrays = {name: arrow.array(cells, arrow.binary()) for name, cells in columns.items()}
    table = arrow.table(
        {name: arrays[name].view(arrow.string()) if name in text else arrays[name] for name in arrays}
    )
    packed = io.BytesIO()
    parquet.write_table(table, packed, row_group_size=2)
    return packed.getvalue()
