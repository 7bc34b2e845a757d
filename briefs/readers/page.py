"""Page: the visible blocks of an HTML page in their order, each with what the markup says it is.

Nothing is judged here to be article text or not; `html` does that.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from briefs import data as data_files
from briefs.domain.article import BlockRole, FurnitureKind
from briefs.readers.assembly import BREAK, CELL, Piece, join
from briefs.readers.page_tree import is_note, names_of

_TAGS = data_files.load("page_markup")
_BLOCKS = frozenset(_TAGS["blocks"])
_WIDGETS = frozenset(_TAGS["widgets"])
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CAPTION = re.compile(_TAGS["caption"])
_HINTS = tuple(
    (FurnitureKind(hint["kind"]), re.compile(hint["names"], re.IGNORECASE)) for hint in _TAGS["hint"]
)
_LAYOUT_CELL = 400
"""Characters in one table cell beyond which the table arranges the page and holds no data."""
_ALTERNATIVE = 15
"""Squeezed characters from which words that a picture's alternative text has too are its caption."""
_BLANK = re.compile(r"\s+")


class PageBlock(NamedTuple):
    """One visible block: its text pieces, its role, and the kind of furniture that the markup hints at."""

    role: BlockRole
    pieces: tuple[Piece, ...]
    text: str
    hint: FurnitureKind | None
    tag: str
    squeezed: str
    """The text without white space, for comparing."""
    path: int
    """Stands for the tags and classes from the body down: paragraphs of one article share it."""

    @property
    def linked(self) -> float:
        """Return the share of the text's characters that stand in links."""
        inside = sum(len(squeeze(piece.text)) for piece in self.pieces if piece.linked)
        return inside / max(len(self.squeezed), 1)


def squeeze(text: str) -> str:
    """Return `text` without white space, so that two renderings of the same words compare equal."""
    return _BLANK.sub("", text)


def page_blocks(tree: HtmlElement, base: str | None) -> list[PageBlock]:
    """Return the visible blocks of a cleaned tree; links are resolved against `base`."""
    return list(_Walk(base).blocks(tree))


class _Step(NamedTuple):
    """A block element within what the path before it leads to."""

    path: int
    tag: str
    names: str


class _Open(NamedTuple):
    """An element that the walk is inside of."""

    tag: str
    hint: FurnitureKind | None
    role: BlockRole | None
    path: int


class _Walk:
    """One pass over the tree that gathers inline text until a block ends."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._stack: list[_Open] = []
        self._urls: list[str | None] = []
        self._pieces: list[Piece] = []
        self._rows: list[HtmlElement] = []
        """Data table rows that the walk is inside of: their cells make one block."""
        self._alternatives: set[str] = set()
        """The alternative texts of the pictures so far: a block of the same words is a caption."""
        self._paths: dict[_Step, int] = {}
        """A number for each way down, since the ways written out grow with the square of their depth."""

    def blocks(self, tree: HtmlElement) -> Iterator[PageBlock]:
        for event, element in iterwalk(tree, events=("start", "end")):
            if event == "start":
                yield from self._enter(element)
            else:
                yield from self._leave(element)
        yield from self._flush()

    def _enter(self, element: HtmlElement) -> Iterator[PageBlock]:
        tag = element.tag
        if tag == "br":
            # Two breaks in a row are how pages without <p> set paragraphs.
            if self._pieces and self._pieces[-1] is BREAK and not self._rows:
                yield from self._flush()
            elif self._pieces:
                self._pieces.append(BREAK)
        elif tag in _BLOCKS and not self._rows:
            yield from self._flush()
            if tag == "tr" and _is_data_table(element):
                self._rows.append(element)
        elif tag == "img" and element.get("alt"):
            self._alternatives.add(squeeze(element.get("alt")))
        elif tag in ("td", "th") and self._rows and self._pieces:
            self._pieces.append(Piece(CELL, hard=True))
        self._stack.append(self._opened(element))
        if tag == "a":
            self._urls.append(self._resolved(element.get("href")))
        self._text(element.text)

    def _leave(self, element: HtmlElement) -> Iterator[PageBlock]:
        if element.tag in _BLOCKS and (not self._rows or self._rows[-1] is element):
            yield from self._flush()
            if self._rows and self._rows[-1] is element:
                self._rows.pop()
        if element.tag == "a":
            self._urls.pop()
        self._stack.pop()
        self._text(element.tail if self._stack else None)

    def _text(self, text: str | None) -> None:
        if text and (text.strip(" \t\n\r\f") or (self._pieces and self._pieces[-1] is not BREAK)):
            url = self._urls[-1] if self._urls else None
            self._pieces.append(Piece(text, url, linked=bool(self._urls)))

    def _opened(self, element: HtmlElement) -> _Open:
        above = self._stack[-1] if self._stack else None
        tag = element.tag
        hint = above.hint if above else None
        if tag not in ("html", "body") and hint is None:
            hint = _hint(element)
        role = {
            "figcaption": BlockRole.CAPTION,
            "blockquote": BlockRole.QUOTE,
            "li": BlockRole.LIST_ITEM,
        }.get(tag, above.role if above else None)
        if role is None and is_note(element, _CAPTION):
            role = BlockRole.CAPTION
        if tag in _HEADINGS:
            role = BlockRole.HEADLINE if tag == "h1" else BlockRole.SUBHEAD
        elif tag == "tr" and self._rows and self._rows[-1] is element:
            role = BlockRole.TABLE
        path = above.path if above else 0
        if tag in _BLOCKS:
            step = _Step(path, tag, element.get("class") or "")
            path = self._paths.setdefault(step, len(self._paths) + 1)
        return _Open(tag, hint, role, path)

    def _flush(self) -> Iterator[PageBlock]:
        pieces, self._pieces = self._pieces, []
        while pieces and pieces[-1] is BREAK:
            pieces.pop()
        if not pieces:
            return
        text = join(pieces).text
        if text:
            here = self._stack[-1] if self._stack else _Open("", None, None, 0)
            squeezed = squeeze(text)
            captioned = here.role is None and len(squeezed) >= _ALTERNATIVE and squeezed in self._alternatives
            role = BlockRole.CAPTION if captioned else here.role or BlockRole.BODY
            yield PageBlock(role, tuple(pieces), text, here.hint, here.tag, squeezed, here.path)

    def _resolved(self, href: str | None) -> str | None:
        if not href or href.startswith("#"):
            return None
        try:
            url = urljoin(self._base or "", href.strip())
        except ValueError:
            return None
        return url if url.startswith(("http://", "https://")) else None


def _hint(element: HtmlElement) -> FurnitureKind | None:
    """Return what kind of furniture an element's tag, class or id says it holds."""
    if element.tag in _WIDGETS:
        return FurnitureKind.WIDGET
    if element.tag in ("nav", "footer"):
        return FurnitureKind.NAVIGATION
    names = names_of(element)
    if names == " ":
        return None
    return next((kind for kind, pattern in _HINTS if pattern.search(names)), None)


def _is_data_table(row: HtmlElement) -> bool:
    """Tell data from layout: no block elements and no long text in the cells, more than one column."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return False
    for cell in cells:
        if len(cell.text_content()) > _LAYOUT_CELL:
            return False
        if any(inner.tag in _BLOCKS and inner.tag != "p" for inner in cell.iterdescendants()):
            return False
    return True
