"""The lines of a PDF page with their places, sizes and links, in PDFium's reading order."""

import ctypes
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from pypdfium2 import PdfDocument, PdfPage, PdfTextPage, raw

from briefs.readers.assembly import Piece
from briefs.readers.hidden import Hidden
from briefs.readers.pdf_hidden import unseen

_MOST_LINKS = 2000
"""Links of one page that are kept: each line is held against each."""
_LINE_ENDS = (10, 13)
_HYPHEN = 2
"""PDFium's mark for a hyphen at a line's end; it then leaves out the line break."""


class Line(NamedTuple):
    """One printed line; lengths in points, y upwards from the page's lower edge."""

    page: int
    text: str
    pieces: tuple[Piece, ...]
    left: float
    right: float
    bottom: float
    top: float
    size: float


class _Area(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float
    url: str


class PageText(NamedTuple):
    """What stands on a page: its lines, and what nobody sees of it."""

    lines: list[Line]
    hidden: tuple[Hidden, ...]


def page_text(document: PdfDocument, index: int, most: int) -> PageText | None:
    """Return the lines of page `index` (from 0) that hold visible characters, and what is hidden on it.

    None where the page has more than `most` characters.
    """
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            if textpage.count_chars() > most:
                return None
            codes = [raw.FPDFText_GetUnicode(textpage.raw, i) for i in range(textpage.count_chars())]
            hidden = []
            for start, end in unseen(page, textpage, codes):
                hidden.append(Hidden("unseen on its page", _text(codes[start:end]), "trick"))
                codes[start:end] = [0] * (end - start)
            areas = list(islice(_links(document, page), _MOST_LINKS))
            lines = [_line(textpage, index, codes, place, areas) for place in _bounds(codes)]
        finally:
            textpage.close()
    finally:
        page.close()
    return PageText([line for line in lines if line.text.strip()], tuple(hidden))


class _Bounds(NamedTuple):
    start: int
    end: int


def _bounds(codes: list[int]) -> Iterator[_Bounds]:
    start = 0
    for i, code in enumerate(codes):
        if code in _LINE_ENDS or code == _HYPHEN:
            end = i + (code == _HYPHEN)
            if end > start:
                yield _Bounds(start, end)
            start = i + 1
    if start < len(codes):
        yield _Bounds(start, len(codes))


def _line(textpage: PdfTextPage, page: int, codes: list[int], place: _Bounds, areas: list[_Area]) -> Line:
    visible = [i for i in range(place.start, place.end) if codes[i] > 32] or [place.start]
    first = textpage.get_charbox(visible[0], loose=True)
    last = textpage.get_charbox(visible[-1], loose=True)
    middle = visible[len(visible) // 2]
    bottom, top = min(first[1], last[1]), max(first[3], last[3])
    near = [area for area in areas if area.bottom < top and area.top > bottom]
    pieces = tuple(_pieces(textpage, codes, place, near))
    return Line(
        page=page,
        text="".join(piece.text for piece in pieces).strip(),
        pieces=pieces,
        left=first[0],
        right=last[2],
        bottom=bottom,
        top=top,
        size=round(raw.FPDFText_GetFontSize(textpage, middle) or top - bottom, 1),
    )


def _pieces(textpage: PdfTextPage, codes: list[int], place: _Bounds, areas: list[_Area]) -> Iterator[Piece]:
    """Yield the line's text, cut where a link starts or ends."""
    start, end = place
    if not areas:
        yield Piece(_text(codes[start:end]))
        return
    run, url = start, None
    for i in range(start, end):
        left, bottom, right, top = textpage.get_charbox(i)
        x, y = (left + right) / 2, (bottom + top) / 2
        here = next((a.url for a in areas if a.left <= x <= a.right and a.bottom <= y <= a.top), None)
        if codes[i] <= 32:
            here = url
        if here != url:
            yield Piece(_text(codes[run:i]), url)
            run, url = i, here
    yield Piece(_text(codes[run:end]), url)


def _text(codes: list[int]) -> str:
    """Return code units as text; PDFium gives characters beyond the first plane as surrogate pairs."""
    text = "".join("-" if code == _HYPHEN else chr(code) for code in codes if code)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _links(document: PdfDocument, page: PdfPage) -> Iterator[_Area]:
    """Yield the areas of the page's link annotations that lead to http(s) addresses."""
    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, position, link):
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        length = raw.FPDFAction_GetURIPath(document, action, None, 0)
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(document, action, buffer, length)
        url = buffer.value.decode("utf-8", "replace")
        area = raw.FS_RECTF()
        if url.startswith(("http://", "https://")) and raw.FPDFLink_GetAnnotRect(link, area):
            low, high = sorted((area.bottom, area.top))
            yield _Area(area.left, low, area.right, high, url)
