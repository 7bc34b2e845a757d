"""Dispatch: which reader a file gets, by its content first and its name second."""

import re

from briefs.domain.article import Reading
from briefs.errors import InputError
from briefs.readers.names import guarded

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "an image, sound or video file"),
    (b"\x00\x00\x00\x18ftyp", "a video file"),
    (b"\x00\x00\x00\x20ftyp", "a video file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc) or an encrypted one"),
)
_CONVERT = "convert it to .docx, .pdf, .txt, .md or .html"
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf|\s|<!--(?:[^-]|-(?!->)){0,4000}-->|<\?xml[^>]{0,300}>)*"
    rb"<(?:!doctype\s+html|html|head|body|article|main|title|meta|link)[\s>]",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<(?:p|div|h[1-6]|a|br|span|table|ul|section|article|body|html)[\s>/]", re.IGNORECASE)
_FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
EXTENSIONS = frozenset(_FORMATS)
"""File name endings that are read from a folder, in lower case with their dot."""
_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_OURS = (b"<!-- briefs: {", b"<!-- briefs-story: ", "· fact-check briefs</title>".encode())
"""What every Markdown file and page of briefs holds: their words are the tool's own, not an article's."""
_CALLED = {
    "text": "plain text",
    "markdown": "Markdown",
    "html": "an HTML page",
    "pdf": "a PDF",
    "docx": "a Word document",
}


def read(data: bytes, name: str, content_type: str | None = None, url: str | None = None) -> Reading:
    """Return what stands in `data`.

    `name` is for messages and its ending a hint; `content_type` is an HTTP header's value, `url` the address
    that relative links start from. Raises InputError if nothing can be read.
    """
    if not data.strip():
        raise InputError(name, "is empty", "give a file with the article's text")
    header = _header(content_type)
    expected = _TYPES.get(header.kind) or _FORMATS.get(_ending(name))
    actual = _sniffed(data, name, expected)
    if actual in ("markdown", "html") and is_brief(data):
        raise InputError(name, "is a brief that this tool wrote, not an article", "give the article itself")
    reading = guarded(_read_as(actual, data, name, header.charset, url))
    if not reading.text.strip():
        raise InputError(name, "holds no text", "give a file with the article's text")
    if expected is None and url is not None:
        return reading  # an address needs no ending
    return _noted(reading, name, expected, actual)


def is_brief(data: bytes) -> bool:
    """Tell whether these are the bytes of a Markdown file or page of briefs."""
    return any(mark in data for mark in _OURS)


def _noted(reading: Reading, name: str, expected: str | None, actual: str) -> Reading:
    if expected == actual:
        return reading
    if expected is None and actual == "text" and name == "-":
        return reading
    called = f"is named or served as {_CALLED[expected]}" if expected else "has no ending that names a format"
    note = f"The file {called}; it was read as {_CALLED[actual]}."
    return reading.model_copy(update={"notes": (note, *reading.notes)})


class _Header:
    """The two parts of a Content-Type header that matter here."""

    def __init__(self, kind: str, charset: str | None) -> None:
        self.kind = kind
        self.charset = charset


def _header(content_type: str | None) -> _Header:
    kind, _, parameters = (content_type or "").partition(";")
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    return _Header(kind.strip().lower(), match[1] if match else None)


def _ending(name: str) -> str:
    match = re.search(r"\.[A-Za-z]+$", name)
    return match[0].lower() if match else ""


def _sniffed(data: bytes, name: str, expected: str | None) -> str:
    """Return the format that the bytes are in; raises InputError for one that is never an article."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(name, f"is {what}, not an article", _CONVERT)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if _HTML.match(data[:8192]):
        return "html"
    if expected == "html" and not _TAG.search(data):
        return "text"
    if expected in ("pdf", "docx"):
        raise InputError(name, f"is not {_CALLED[expected]}, or is damaged", "export it again, or rename it")
    return expected or "text"


def _read_as(kind: str, data: bytes, name: str, charset: str | None, url: str | None) -> Reading:
    # Each reader's library is imported only when a file of its format comes.
    if kind == "html":
        from briefs.readers.html import read_html  # noqa: PLC0415

        return read_html(data, name, charset, url)
    if kind == "markdown":
        from briefs.readers.markdown import read_markdown  # noqa: PLC0415

        return read_markdown(data, name, charset)
    if kind == "pdf":
        from briefs.readers.apart import read_pdf_apart  # noqa: PLC0415

        return read_pdf_apart(data, name)
    if kind == "docx":
        from briefs.readers.docx import read_docx  # noqa: PLC0415

        return read_docx(data, name)
    from briefs.readers.text import read_text  # noqa: PLC0415

    return read_text(data, name, charset)
