"""Dispatch: content decides, the name only hints; what is no article is refused in one line."""

import io
import subprocess
import sys
import zipfile

import docx
import pytest
from fpdf import FPDF

from briefs.errors import InputError
from briefs.readers.dispatch import read

SENTENCE = "The harbour council closed three of its five ferry lines on Monday. "
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


def pdf(text: str = SENTENCE * 3, **encrypt: str) -> bytes:
    """Return a PDF of one page."""
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=11)
    if text:
        document.multi_cell(0, 6, text)
    else:
        document.rect(20, 20, 100, 100, style="F")
    if encrypt:
        document.set_encryption(**encrypt)  # type: ignore[arg-type]
    return bytes(document.output())


def word(text: str = SENTENCE * 3) -> bytes:
    """Return a Word document of one paragraph."""
    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def archive(entries: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    return buffer.getvalue()


def bomb() -> bytes:
    """Return a .docx of some kilobytes whose text part unpacks to 80 MB."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word())) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for entry in source.infolist():
            swollen = entry.filename == "word/document.xml"
            out.writestr(entry.filename, b" " * 80_000_000 if swollen else source.read(entry))
    return buffer.getvalue()


def lying_bomb() -> bytes:
    """Return the bomb with a thousand bytes stated as the size of its text part."""
    data = bytearray(bomb())
    true, stated = (80_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert data.count(true) == 2
    return bytes(data.replace(true, stated))


HTML = f"<!doctype html><html><body><h1>Ferries stop</h1><p>{SENTENCE * 4}</p></body></html>".encode()


@pytest.mark.parametrize(
    ("data", "name", "read_as"),
    [
        (pdf(), "article.txt", "a PDF"),
        (pdf(), "article", "a PDF"),
        (HTML, "article.txt", "an HTML page"),
        (HTML, "article.pdf", "an HTML page"),
        (word(), "article.txt", "a Word document"),
        (SENTENCE.encode(), "article.html", "plain text"),
        (SENTENCE.encode(), "article.rst", "plain text"),
    ],
)
def test_wrong_ending_is_read_as_what_it_is_with_a_note(data: bytes, name: str, read_as: str) -> None:
    """A file under a wrong name is read by its content, and the reader is told."""
    reading = read(data, name)
    assert SENTENCE.strip() in reading.text
    assert reading.notes[0].endswith(f"it was read as {read_as}.")


def test_right_ending_gives_no_note() -> None:
    """Nothing is said where nothing is odd."""
    for data, name in ((HTML, "a.htm"), (word(), "a.docx"), (SENTENCE.encode(), "a.txt")):
        assert read(data, name).notes == ()


def test_text_file_is_its_text() -> None:
    """The text of a text file is the file's, line ends and all; only a byte order mark goes."""
    text = "Line one\r\nLine two\rline “three”\u2028\u200bfour \n"
    assert read(b"\xef\xbb\xbf" + text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "is empty"),
        (b" \r\n\t ", "a.txt", "is empty"),
        ("\u00a0\u2003".encode(), "a.txt", "holds no text"),
        (PNG, "a.docx", "is a PNG image"),
        (PNG, "a.txt", "is a PNG image"),
        (bytes(range(256)) * 20, "a.txt", "not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", "old Office file"),
        (b"{\\rtf1 text}", "a.txt", "rich text"),
        (pdf(""), "a.pdf", "PDF without text"),
        (pdf(user_password="p", owner_password="q"), "a.pdf", "encrypted PDF"),  # noqa: S106
        (pdf()[:300], "a.pdf", "damaged PDF"),
        (b"%PDF-1.7 nothing else", "a.pdf", "damaged PDF"),
        (b"no PDF at all", "a.pdf", "is not a PDF"),
        (b"no zip", "a.docx", "is not a Word document"),
        (word()[:2000], "a.docx", "damaged Word document"),
        (archive({"a.txt": b"x"}), "a.docx", "no Word document"),
        (
            archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x"}),
            "a.docx",
            "damaged Word document",
        ),
        (bomb(), "a.docx", "zip bomb"),
        (lying_bomb(), "a.docx", "damaged Word document"),
        (b"<!doctype html><title>x</title><nav><a href='/'>Home</a></nav>", "a.html", "only navigation"),
    ],
)
def test_bad_input_gives_one_clear_line(data: bytes, name: str, reason: str) -> None:
    """Every bad file is refused with its name, the reason and what to do, on one line."""
    with pytest.raises(InputError) as caught:
        read(data, name)
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert reason in message
    assert caught.value.advice
    assert "\n" not in message


def test_format_libraries_are_imported_only_when_needed() -> None:
    """Reading text does not pay for the libraries of other formats."""
    code = (
        "import sys; from briefs.readers.dispatch import read; from briefs.readers.inputs import inputs;"
        "read(b'The boats stopped.', 'a.txt'); list(inputs(['a.txt']));"
        "print([m for m in ('trafilatura', 'docx', 'pypdfium2', 'urllib3', 'lxml', 'markdown_it') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
