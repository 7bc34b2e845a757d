"""Word documents: paragraphs, headings, lists, table rows, links and notes.

The archive is checked and repacked first (`docx_archive`), so that a small file cannot unpack into gigabytes.
"""

from collections.abc import Iterator

import docx
from docx.document import Document

from briefs.domain.article import BlockRole, FurnitureKind, Omitted, Reading
from briefs.errors import InputError
from briefs.readers.assembly import CELL, Assembly, Piece
from briefs.readers.docx_archive import SAVE_AGAIN, checked
from briefs.readers.docx_hidden import take_hidden
from briefs.readers.docx_text import BodyBlock, body_blocks, part_blocks
from briefs.readers.hidden import omitted, told

_NO_AUTHOR = frozenset(
    ("python-docx", "user", "admin", "unknown", "author", "microsoft office user", "owner")
)


def read_docx(data: bytes, name: str) -> Reading:
    """Return the text of a .docx; raises InputError if it is damaged, no Word document or a zip bomb."""
    package = checked(data, name)
    try:
        document = docx.Document(package)
        record = told(take_hidden(document))
        assembly = Assembly()
        for role, pieces in _blocks(body_blocks(document)):
            assembly.add(role, pieces)
        for block in part_blocks(document, "footnotes"):
            assembly.add(BlockRole.BODY, block.pieces)
        properties = document.core_properties
        besides = tuple(_besides(document))
        author, title, language = properties.author, properties.title, properties.language
    # Damage shows anywhere in the libraries: as zip, XML, key, type or value errors of theirs.
    except Exception as error:
        raise InputError(name, "is a damaged Word document", SAVE_AGAIN) from error
    return Reading(
        text=assembly.text,
        title=(title or "").strip() or None,
        byline=author.strip() if author and author.strip().lower() not in _NO_AUTHOR else None,
        language=(language or "").strip() or None,
        links=tuple(assembly.links),
        blocks=tuple(assembly.blocks),
        omitted=(*besides, *record.omitted),
        notes=record.notes,
    )


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


def _besides(document: Document) -> Iterator[Omitted]:
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
                yield omitted(kind, text)
