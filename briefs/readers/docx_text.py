"""The text of a Word document's XML (ECMA-376 part 1): runs, links, breaks, tables, notes.

Text that tracked changes delete is left out, text that they insert is in: the document as it would read
once all changes are accepted.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import XMLParser, _Element, fromstring

from briefs.domain.article import BlockRole
from briefs.readers.assembly import BREAK, Piece

_GONE = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr", "w:rPr", "w:delText")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT, _TAB, _RUN_BREAKS = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_HYPERLINK, _FIELD, _INSTRUCTION = qn("w:hyperlink"), qn("w:fldChar"), qn("w:instrText")
_HYPHEN, _BOX = qn("w:noBreakHyphen"), qn("w:txbxContent")
_FIELD_URL = re.compile(r'\bHYPERLINK\s+"(https?://[^"]+)"')
_ROLES = (
    (re.compile(r"^(?:title|heading 1)$", re.IGNORECASE), BlockRole.HEADLINE),
    (re.compile(r"^(?:subtitle|heading [2-9])$", re.IGNORECASE), BlockRole.SUBHEAD),
    (re.compile(r"quote|block text", re.IGNORECASE), BlockRole.QUOTE),
    (re.compile(r"^caption", re.IGNORECASE), BlockRole.CAPTION),
    (re.compile(r"^list", re.IGNORECASE), BlockRole.LIST_ITEM),
)
"""Word's built-in style names, which files keep in English whatever the language of Word."""


class _Word(NamedTuple):
    """A document and the names of its styles by their ids."""

    document: Document
    styles: Mapping[str | None, str]


class BodyBlock(NamedTuple):
    """A paragraph (`pieces`) or a table row (`cells`)."""

    role: BlockRole
    pieces: tuple[Piece, ...] = ()
    cells: tuple[tuple[Piece, ...], ...] = ()


def body_blocks(document: Document) -> Iterator[BodyBlock]:
    """Yield the blocks of the document's body in order."""
    yield from _children(document.element.body, _Word(document, _style_names(document)))


def part_blocks(document: Document, part: str) -> Iterator[BodyBlock]:
    """Yield the paragraphs of other parts: "footnotes", "header", "footer" or "comments"."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(f"/{part}"):
            continue
        # A parser of its own: entities stay unread, whatever the library's default is.
        parser = XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        for paragraph in fromstring(relation.target_part.blob, parser).iter(_PARAGRAPH):
            yield BodyBlock(BlockRole.BODY, tuple(_pieces(paragraph, document)))


def _children(parent: _Element, word: _Word) -> Iterator[BodyBlock]:
    for element in parent:
        if element.tag == _PARAGRAPH:
            yield BodyBlock(_role(element, word.styles), tuple(_pieces(element, word.document)))
            yield from _boxes(element, word)
        elif element.tag == _TABLE:
            yield from _rows(element, word)
        elif isinstance(element.tag, str) and element.tag not in _GONE:
            # Content controls and the like only wrap blocks.
            yield from _children(element, word)


def _rows(table: _Element, word: _Word) -> Iterator[BodyBlock]:
    for row in table.iterchildren(_ROW):
        cells = tuple(
            tuple(
                piece
                for paragraph in cell.iter(_PARAGRAPH)
                if not _within_another(paragraph)
                for piece in (*_pieces(paragraph, word.document), Piece(" "))
            )
            for cell in row.iterchildren(_CELL)
        )
        if len(cells) == 1:
            # One cell holds a box or sets the page, not data.
            yield from (block for cell in row.iterchildren(_CELL) for block in _children(cell, word))
        else:
            yield BodyBlock(BlockRole.TABLE, cells=cells)


def _within_another(paragraph: _Element) -> bool:
    """Tell whether a paragraph stands right within another, as none should: the outer one has its words."""
    above = paragraph.iterancestors(_PARAGRAPH, _BOX, _CELL)
    return bool(next(above).tag == _PARAGRAPH)


def _boxes(paragraph: _Element, word: _Word) -> Iterator[BodyBlock]:
    """Yield the text of boxes anchored in a paragraph; Word writes each twice, once as a fallback.

    A box within a box comes with the paragraph of the box that it is anchored in, and only there: else boxes
    in boxes would double the text, and the time, with every one.
    """
    for box in paragraph.iter(_BOX):
        within = takewhile(lambda above: above is not paragraph, box.iterancestors())
        if not any(above.tag in (_FALLBACK, _BOX) for above in within):
            yield from _children(box, word)


def _role(paragraph: _Element, styles: Mapping[str | None, str]) -> BlockRole:
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return BlockRole.BODY
    style = properties.find(qn("w:pStyle"))
    name = styles.get(style.get(qn("w:val")), "") if style is not None else ""
    role = next((role for pattern, role in _ROLES if pattern.search(name)), None)
    if role is None and properties.find(qn("w:outlineLvl")) is not None:
        role = BlockRole.SUBHEAD
    if role is None and properties.find(qn("w:numPr")) is not None:
        role = BlockRole.LIST_ITEM
    return role or BlockRole.BODY


def _style_names(document: Document) -> dict[str | None, str]:
    names: dict[str | None, str] = {}
    for style in document.styles.element.iterchildren(qn("w:style")):
        name = style.find(qn("w:name"))
        names.setdefault(style.get(qn("w:styleId")), str(name.get(qn("w:val"))) if name is not None else "")
    return names


def _pieces(paragraph: _Element, document: Document) -> Iterator[Piece]:
    """Yield a paragraph's runs in order, each with the address of the link it stands in."""
    field: str | None = None
    stack: list[tuple[_Element, str | None]] = [(paragraph, None)]
    while stack:
        element, url = stack.pop()
        tag = element.tag
        if tag == _TEXT:
            yield Piece(element.text or "", url or field)
        elif tag == _TAB:
            yield Piece(" ", url or field)
        elif tag in _RUN_BREAKS:
            yield BREAK
        elif tag == _HYPHEN:
            yield Piece("\u2011", url or field)
        elif tag == _INSTRUCTION:
            match = _FIELD_URL.search(element.text or "")
            field = match[1] if match else field
        elif tag == _FIELD and element.get(qn("w:fldCharType")) == "end":
            field = None
        if tag == _HYPERLINK:
            url = _target(element, document) or url
        stack += [
            (child, url)
            for child in reversed(element)
            if isinstance(child.tag, str) and child.tag not in _GONE and child.tag != _FALLBACK
        ]


def _target(hyperlink: _Element, document: Document) -> str | None:
    relation = document.part.rels.get(hyperlink.get(qn("r:id")) or "")
    if relation is None or not relation.is_external:
        return None
    url = str(relation.target_ref)
    return url if url.startswith(("http://", "https://")) else None
