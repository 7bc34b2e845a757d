"""Word hidden: runs that Word does not print or nobody can read, taken out of a document and recorded.

Hidden by its font (w:vanish), by size, or by white letters on a page on which nothing says that the ground is
another colour (ECMA-376 part 1, 17.3.2). In tables, boxes and shaded paragraphs white letters stay: a table's
style, or a box's shape, may set the ground under them.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

from briefs.readers.hidden import Hidden
from briefs.readers.page_style import WHITE, colour

_RUN, _TEXT, _PARAGRAPH = qn("w:r"), qn("w:t"), qn("w:p")
_TABLE, _BOX = qn("w:tbl"), qn("w:txbxContent")
_VALUE = qn("w:val")
_TINY = 3
"""Half points of letters below which nobody reads them."""
_OFF = ("0", "false", "off", "none")
_BACK = 6
"""Styles that one is based on."""
_UNPRINTED = "in a font that is not printed"
_SILENT = ("subject", "keywords", "comments", "category", "title", "author")


def take_hidden(document: Document) -> list[Hidden]:
    """Take the runs out that no reader sees, in place, and return what they and the properties say."""
    styles = {
        str(style.get(qn("w:styleId"))): style
        for style in document.styles.element.iterchildren(qn("w:style"))
    }
    vanishing = partial(_vanishes, styles)
    white = document.element.find(qn("w:background")) is None
    found = [
        Hidden("in the document’s properties", str(said), "silent")
        for name in _SILENT
        if (said := getattr(document.core_properties, name, None))
    ]
    parts: dict[_Passage, list[str]] = {}
    for run in document.element.body.iter(_RUN):
        paragraph = next(run.iterancestors(_PARAGRAPH), document.element.body)
        if (way := _way(run, paragraph, vanishing, white)) is not None:
            # A box that is anchored in a run is gone with it, but has colours of its own.
            texts = run.iter(_TEXT) if way == _UNPRINTED else run.iterchildren(_TEXT)
            parts.setdefault(_Passage(way, paragraph), []).extend(_emptied(texts))
    return [*found, *(Hidden(each.how, "".join(words), "trick") for each, words in parts.items())]


class _Passage(NamedTuple):
    """What is hidden in one way in one paragraph."""

    how: str
    paragraph: _Element


def _emptied(texts: Iterable[_Element]) -> Iterator[str]:
    for text in texts:
        yield text.text or ""
        text.text = ""


def _way(run: _Element, paragraph: _Element, vanishing: "partial[bool]", white: bool) -> str | None:
    """Return how a run is hidden, if it is."""
    properties = run.find(qn("w:rPr"))
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if vanishing(properties) or (style is not None and vanishing(None, str(style.get(_VALUE)))):
        return _UNPRINTED
    if properties is None:
        return None
    size = properties.find(qn("w:sz"))
    points = "" if size is None else size.get(_VALUE) or ""
    if points.isascii() and points.isdigit() and int(points[:6]) <= _TINY:
        return "too small to be read"
    ink = properties.find(qn("w:color"))
    shade = properties.find(qn("w:shd")), properties.find(qn("w:highlight"))
    grounded = any(each is not None for each in (*shade, paragraph.find(f"{qn('w:pPr')}/{qn('w:shd')}")))
    if ink is None or grounded or not white or next(run.iterancestors(_TABLE, _BOX), None) is not None:
        return None
    named = colour(f"#{ink.get(_VALUE) or ''}".lower())
    light = ink.get(qn("w:themeColor")) in ("background1", "light1")
    return "in the colour of the page" if light or (named is not None and named.near(WHITE)) else None


def _vanishes(styles: Mapping[str, _Element], properties: _Element | None, style: str | None = None) -> bool:
    """Tell whether properties, or the style that they or `style` name, hide a run."""
    if properties is not None:
        own = properties.find(qn("w:vanish"))
        if own is not None:
            return own.get(_VALUE) not in _OFF
        named = properties.find(qn("w:rStyle"))
        style = str(named.get(_VALUE)) if named is not None else style
    for _ in range(_BACK):
        element = styles.get(style or "")
        if element is None:
            return False
        if (own := element.find(f"{qn('w:rPr')}/{qn('w:vanish')}")) is not None:
            return own.get(_VALUE) not in _OFF
        based = element.find(qn("w:basedOn"))
        style = str(based.get(_VALUE)) if based is not None else None
    return False
