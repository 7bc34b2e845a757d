"""Word documents: paragraphs, headings, lists, table rows, links and notes.

The archive is checked before it is opened, so that a small file cannot unpack into gigabytes.
"""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from briefs.domain.article import BlockRole, FurnitureKind, Omitted, Reading
from briefs.errors import InputError
from briefs.readers.assembly import CELL, Assembly, Piece
from briefs.readers.docx_text import BodyBlock, body_blocks, part_blocks

_MOST_UNPACKED = 300 * 1024 * 1024
_MOST_RATIO = 150
"""A text part packs 10 to 30 times; zip bombs a thousand times and more."""
_RATIO_FROM = 5 * 1024 * 1024
_MOST_PARTS = 5000
_NO_AUTHOR = frozenset(
    ("python-docx", "user", "admin", "unknown", "author", "microsoft office user", "owner")
)
_AGAIN = "open it in Word and save it again, or export it as PDF"


def read_docx(data: bytes, name: str) -> Reading:
    """Return the text of a .docx; raises InputError if it is damaged, no Word document or a zip bomb."""
    _check_archive(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        assembly = Assembly()
        for role, pieces in _blocks(body_blocks(document)):
            assembly.add(role, pieces)
        for block in part_blocks(document, "footnotes"):
            assembly.add(BlockRole.BODY, block.pieces)
        properties = document.core_properties
        omitted = tuple(_omitted(document))
        author, title, language = properties.author, properties.title, properties.language
    except (
        OpcError,
        LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        zipfile.BadZipFile,
    ) as error:
        raise InputError(name, "is a damaged Word document", _AGAIN) from error
    return Reading(
        text=assembly.text,
        title=(title or "").strip() or None,
        byline=author.strip() if author and author.strip().lower() not in _NO_AUTHOR else None,
        language=(language or "").strip() or None,
        links=tuple(assembly.links),
        blocks=tuple(assembly.blocks),
        omitted=omitted,
    )


def _check_archive(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(name, "is a damaged Word document", _AGAIN) from error
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or not any(entry.startswith("word/") for entry in names):
        raise InputError(
            name, "is a zip archive, but no Word document", "unpack it and give the article's file"
        )
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > _RATIO_FROM and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if unpacked > _MOST_UNPACKED or swollen or len(entries) > _MOST_PARTS:
        raise InputError(
            name, "unpacks to far more than an article holds (zip bomb)", "do not open it; ask its sender"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError(name, "is encrypted", "save it without a password")


def _blocks(blocks: Iterator[BodyBlock]) -> Iterator[tuple[BlockRole, list[Piece]]]:
    """Yield blocks with their roles; the first title or first-level heading is the headline."""
    headline = False
    for block in blocks:
        role = block.role
        if role is BlockRole.HEADLINE and headline:
            role = BlockRole.SUBHEAD
        headline = headline or role is BlockRole.HEADLINE
        pieces = list(block.pieces)
        if block.cells:
            pieces = [piece for i, cell in enumerate(block.cells) for piece in (*_cell_start(i), *cell)]
        yield role, pieces


def _cell_start(index: int) -> tuple[Piece, ...]:
    return (Piece(CELL, hard=True),) if index else ()


def _omitted(document: Document) -> Iterator[Omitted]:
    """Yield headers, footers and margin comments: on the page, and no part of the article."""
    kinds = {
        "header": FurnitureKind.BANNER,
        "footer": FurnitureKind.NAVIGATION,
        "comments": FurnitureKind.COMMENTS,
    }
    seen = set()
    for part, kind in kinds.items():
        for block in part_blocks(document, part):
            text = "".join(piece.text for piece in block.pieces).strip()
            if text and text not in seen:
                seen.add(text)
                yield Omitted(kind=kind, excerpt=text[:120], characters=len(text))
