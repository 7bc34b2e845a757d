"""PDF: lines joined into paragraphs by where they stand on the page, headers and page numbers left out.

A PDF has no paragraphs, only characters with places. The frozen text is what this module joins; it is not
cleverer than the page: a hyphen at a line's end goes only where the document itself shows that it must.
"""

import ctypes
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2
from pypdfium2 import PdfDocument, PdfiumError, raw

from briefs.domain.article import FurnitureKind, Reading
from briefs.errors import InputError
from briefs.readers.assembly import Assembly
from briefs.readers.dates import iso_date
from briefs.readers.hidden import omitted, told
from briefs.readers.pdf_lines import Line, PageText, page_text
from briefs.readers.pdf_paragraphs import paragraphs

_LOCK = threading.Lock()
"""PDFium keeps global state and is not safe to call from two threads."""
_MOST_PAGES = 1000
_MOST_CHARACTERS = 3_000_000
"""Of all pages together: a small file can show one page's text a thousand times."""
_LEAST_LETTERS = 25
_PAGE_NUMBER = re.compile(
    r"(?:[-–—] ?)?(?:page |p\. ?)?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?(?: ?[-–—])?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2
"""Lines from the top or bottom of a page that may be a header or footer."""
_NO_TITLE = re.compile(
    r"^(?:untitled.*|microsoft word - .*|.*\.(?:docx?|indd|pdf|odt|qxd|tex))$", re.IGNORECASE
)


def read_pdf(data: bytes, name: str) -> Reading:
    """Return the text of a PDF; raises InputError if it is damaged, encrypted or a scan without text."""
    with _LOCK:
        document = _opened(data, name)
        try:
            read = list(_pages(document, name))
            stated = {key: _stated(document, key) for key in ("Title", "Author", "CreationDate")}
        except PdfiumError as error:
            raise InputError(name, f"is a damaged PDF ({error})", "export it again") from error
        finally:
            document.close()
    pages = [page.lines for page in read]
    record = told([passage for page in read for passage in page.hidden])
    letters = sum(character.isalpha() for page in pages for line in page for character in line.text)
    if letters < _LEAST_LETTERS:
        raise InputError(
            name, "is a PDF without text, probably a scan", "run text recognition (OCR) on it first"
        )
    running = _running_lines(pages)
    assembly = Assembly()
    begins: list[int] = []
    for role, pieces, page in paragraphs(
        [[line for line in lines if line not in running] for lines in pages]
    ):
        assembly.add(role, pieces)
        if len(begins) <= page and assembly.blocks:
            begins += [assembly.blocks[-1].start] * (page + 1 - len(begins))
    title = stated["Title"].strip()
    return Reading(
        text=assembly.text,
        title=title if title and not _NO_TITLE.match(title) else None,
        byline=stated["Author"].strip() or None,
        links=tuple(assembly.links),
        blocks=tuple(assembly.blocks),
        pages=tuple(begins),
        omitted=(
            *(
                omitted(FurnitureKind.NAVIGATION, line.text)
                for page in pages
                for line in page
                if line in running
            ),
            *record.omitted,
        ),
        notes=(*_notes(pages, iso_date(stated["CreationDate"])), *record.notes),
    )


def _opened(data: bytes, name: str) -> PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(name, "is an encrypted PDF", "save it without a password") from error
        raise InputError(name, "is a damaged PDF", "export it again") from error
    if len(document) > _MOST_PAGES:
        document.close()
        raise InputError(name, f"has more than {_MOST_PAGES} pages", "give the article's pages alone")
    return document


def _stated(document: PdfDocument, key: str) -> str:
    """Return what the document states of itself; U+FFFD stands for what is no character.

    `PdfDocument.get_metadata_value` raises UnicodeDecodeError where half a pair of UTF-16 stands alone.
    """
    name = key.encode() + b"\0"
    size = raw.FPDF_GetMetaText(document, name, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_GetMetaText(document, name, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace") if size > 1 else ""


def _pages(document: PdfDocument, name: str) -> Iterator[PageText]:
    left = _MOST_CHARACTERS
    for index in range(len(document)):
        if left < 0:
            break
        read = page_text(document, index, left)
        left = -1 if read is None else left - sum(len(line.text) for line in read.lines)
        yield read or PageText([], ())
    if left < 0:
        reason = f"has more than {_MOST_CHARACTERS:,} characters of text"
        raise InputError(name, reason, "give the article's pages alone")


def _running_lines(pages: Sequence[Sequence[Line]]) -> frozenset[Line]:
    """Return headers, footers and page numbers: what stands at the edge of most pages but for its digits."""
    edges = [[*_detached(page), *_detached(page[::-1])] for page in pages]
    counts = Counter(masked for edge in edges for masked in {_masked(line) for line in edge})
    often = max(2, (len(pages) + 1) // 2)
    return frozenset(
        line
        for edge in edges
        for line in edge
        if counts[_masked(line)] >= often or _PAGE_NUMBER.fullmatch(line.text)
    )


def _detached(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the first lines that a gap sets apart from the ones that follow."""
    for count in range(min(_EDGE, len(lines) - 1), 0, -1):
        last, following = lines[count - 1], lines[count]
        gap = max(last.bottom, following.bottom) - min(last.top, following.top)
        if gap > 0.8 * last.size:
            return lines[:count]
    return lines if len(lines) == 1 else ()


def _masked(line: Line) -> str:
    # With the size: a headline may come back as a small running header, and stays.
    return f"{_DIGITS.sub('0', line.text)} {line.size}"


def _notes(pages: Sequence[Sequence[Line]], made: str | None) -> tuple[str, ...]:
    notes = []
    blank = [str(number) for number, page in enumerate(pages, 1) if not page]
    if blank:
        notes.append(f"Without text, perhaps pictures: page {', '.join(blank[:20])}.")
    if made:
        notes.append(f"The PDF file was made on {made}; that is not taken for the date of publication.")
    return tuple(notes)
