"""Shelf: a folder of documents that the newsroom trusts, read in the order of their paths.

Text, Markdown, HTML, PDF and Word files are read as articles are; .csv files as tables, .json files as
earlier fact-checks (ClaimReview). What cannot be read is left out with a note, and never stops a run.
"""

import os
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from briefs.domain.article import Block, BlockRole, sha256
from briefs.domain.documents import Document, Row, Shelf, Table
from briefs.errors import BriefsError, ConfigError, InputError, where_raised
from briefs.readers.dispatch import EXTENSIONS, read
from briefs.readers.inputs import Input, files_in, load
from briefs.readers.lines import lines

DOCUMENTS = EXTENSIONS | {".csv", ".tsv", ".json"}
"""File name endings that are read from a folder of evidence."""
MOST_DOCUMENTS = 2_000
MOST_CHARACTERS = 50_000_000
"""Of all documents together."""
LONGEST = 20_000_000
"""Characters of one document."""
_TITLE = 120


def read_shelf(folder: Path) -> Shelf:
    """Return the documents of a folder, by path; raises ConfigError if it is none.

    Hidden files, other endings, symbolic links that lead out of the folder and briefs of earlier runs are
    passed over.
    """
    if not folder.is_dir():
        raise ConfigError(f"--evidence {folder}: is not a folder; name one that holds documents")
    documents: list[Document] = []
    notes: list[str] = []
    left_out: list[str] = []
    characters = 0
    for found in files_in(folder, DOCUMENTS):
        try:
            document = _document(found)
            if len(documents) >= MOST_DOCUMENTS or characters + len(document.text) > MOST_CHARACTERS:
                raise InputError(found.id, "is one too many: the folder is too large", "give fewer documents")
        except BriefsError as error:
            notes.append(f"evidence: {_line(error, found)}")
            left_out.append(found.id)
        except Exception as error:  # a file that nobody foresaw must not cost the run
            notes.append(f"evidence: {found.id}: {where_raised(error)}; left out, please report this")
            left_out.append(found.id)
        else:
            documents.append(document)
            characters += len(document.text)
    return Shelf(tuple(documents), tuple(notes), tuple(left_out))


def _line(error: BriefsError, found: Input) -> str:
    """Return an error in one line, with the path within the folder in place of the one on this machine."""
    return f"{' '.join(str(error).split()).replace(found.path, found.id)} (left out)"


def _document(found: Input) -> Document:
    data = load(found).data
    ending = os.path.splitext(found.path)[1].lower()
    if ending in (".csv", ".tsv", ".json") and not data.strip():
        raise InputError(found.path, "is empty", "take it out of the folder")
    if ending == ".json":
        document = _of_reviews(found, data)
    elif ending in (".csv", ".tsv"):
        document = _of_table(found, data)
    else:
        document = _of_text(found, data)
    if len(document.text) > LONGEST:
        raise InputError(found.path, f"has more than {LONGEST:,} characters", "give the part that matters")
    return document


def _of_reviews(found: Input, data: bytes) -> Document:
    from briefs.readers.claim_reviews import read_reviews  # noqa: PLC0415 - only where there are any

    made = read_reviews(data, found.path)
    return Document(found.id, None, made.text, _hash(made.text), reviews=made.reviews)


def _of_table(found: Input, data: bytes) -> Document:
    from briefs.readers.tables import read_table  # noqa: PLC0415 - only where there are any

    made = read_table(data, found.path)
    return Document(found.id, made.title, made.text, _hash(made.text), tables=(made.table,))


def _of_text(found: Input, data: bytes) -> Document:
    reading = read(data, found.path)
    blocks = reading.blocks or lines(reading.text)
    prose = tuple(block for block in blocks if block.role is not BlockRole.TABLE)
    return Document(
        path=found.id,
        title=reading.title or _title(reading.text, blocks),
        text=reading.text,
        text_sha256=_hash(reading.text),
        published=reading.published,
        blocks=prose,
        pages=reading.pages,
        tables=_tables(reading.text, blocks),
    )


def _tables(text: str, blocks: Sequence[Block]) -> tuple[Table, ...]:
    """Return the tables in a text: runs of table rows, the first of which names the columns."""
    found: list[Table] = []
    position = 0
    while position < len(blocks):
        run = list(takewhile(lambda block: block.role is BlockRole.TABLE, blocks[position:]))
        position += len(run) or 1
        if len(run) < 2:
            continue
        rows = [tuple(" ".join(cell.split()) for cell in block.of(text).split("\t")) for block in run]
        header = rows[0]
        body = tuple(
            Row(number, block.start, block.end, cells + ("",) * (len(header) - len(cells)))
            for number, (block, cells) in enumerate(zip(run[1:], rows[1:], strict=True), 2)
            if len(cells) <= len(header)
        )
        found.append(Table(header, body))
    return tuple(found)


def _title(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the first heading, or a short first line that ends no sentence."""
    if not blocks:
        return None
    first = blocks[0]
    words = " ".join(first.of(text).split())
    headed = first.role in (BlockRole.HEADLINE, BlockRole.SUBHEAD)
    if headed or (len(blocks) > 1 and len(words) <= _TITLE and not words.endswith((".", "!", "?", ":", ";"))):
        return words[:_TITLE]
    return None


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass"))
