"""Make the sample corpus's PDF and Word files from their plain sources, the same bytes each time.

Run from the project's folder: `python tests/corpus/build.py`. A source is plain text: paragraphs between
blank lines, a headline marked with "# ". Nothing is added but what a printed page has (a running line and a
page number in the PDF). The file dates are all 1980: they belong to no article.
"""

import io
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from docx import Document
from fpdf import FPDF

SOURCES = Path(__file__).parent / "sources"
CORPUS = Path(__file__).parents[2] / "corpus"
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest moment that a zip archive can state; it says nothing about an article."""


class Made(NamedTuple):
    """One file to make, with the metadata that it states."""

    source: str
    target: str
    author: str
    running: str = ""
    """Line at the head of each printed page."""


FILES = (
    Made(
        "quayside-ledger-terminal-inquiry.source",
        "quayside-ledger-terminal-inquiry.pdf",
        "Inès Vautrin and Per Aldous",
        "The Quayside Ledger | Saturday edition",
    ),
    Made("halmen-gazette-nurses.source", "halmen-gazette-nurses.docx", ""),
    Made(
        "statehouse-weekly-tenancy-bill.source",
        "statehouse-weekly-tenancy-bill.docx",
        "Cosima Wrede",
    ),
)


def paragraphs(source: str) -> list[str]:
    """Return the paragraphs of a source with line breaks inside them closed up."""
    return [" ".join(block.split()) for block in source.split("\n\n") if block.strip()]


def headline(source: str) -> str:
    """Return the headline of a source, without its mark."""
    return next(p.removeprefix("# ") for p in paragraphs(source) if p.startswith("# "))


class _Page(FPDF):
    """A small printed page: a running line above, the page's number below."""

    running = ""

    def header(self) -> None:
        """Print the running line."""
        self.set_font("Times", "I", 8)
        self.cell(0, 8, self.running, new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        """Print the page's number."""
        self.set_y(-12)
        self.set_font("Times", "", 8)
        self.cell(0, 8, f"Page {self.page_no()}", align="C")


def pdf(source: str, made: Made) -> bytes:
    """Return the PDF of a source; its letters must be in Latin-1, which the built-in fonts cover."""
    page = _Page(format=(148, 210))
    page.running = made.running
    # Compressed streams differ between builds of zlib; plain ones do not.
    page.set_compression(False)
    page.set_creation_date(EPOCH)
    page.set_producer("tests/corpus/build.py")
    page.set_title(headline(source))
    page.set_author(made.author)
    page.set_margin(16)
    page.set_auto_page_break(auto=True, margin=18)
    page.add_page()
    for paragraph in paragraphs(source):
        heading = paragraph.startswith("# ")
        page.set_font("Times", "B" if heading else "", 15 if heading else 10)
        text = paragraph.removeprefix("# ")
        page.multi_cell(0, 7 if heading else 5, text, align="L", new_x="LMARGIN", new_y="NEXT")
        page.ln(2)
    return bytes(page.output())


def docx(source: str, made: Made) -> bytes:
    """Return the Word file of a source, headline as a title, the rest as body paragraphs."""
    document = Document()
    properties = document.core_properties
    properties.title = headline(source)
    properties.author = made.author
    properties.comments = ""
    properties.created = properties.modified = EPOCH
    for paragraph in paragraphs(source):
        if paragraph.startswith("# "):
            document.add_heading(paragraph.removeprefix("# "), level=1)
        else:
            document.add_paragraph(paragraph)
    raw = io.BytesIO()
    document.save(raw)
    return _timeless(raw.getvalue())


def _timeless(archive: bytes) -> bytes:
    """Return the archive with every member dated alike, so that today's date leaves no trace in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            member = zipfile.ZipInfo(name, date_time=EPOCH.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()


def build(made: Made) -> bytes:
    """Return the bytes of one file of the corpus."""
    source = (SOURCES / made.source).read_text(encoding="utf-8")
    return pdf(source, made) if made.target.endswith(".pdf") else docx(source, made)


def main(folder: Path = CORPUS) -> None:
    """Write all files that are made from sources into `folder`."""
    for made in FILES:
        (folder / made.target).write_bytes(build(made))
        sys.stdout.write(f"{folder / made.target}\n")


if __name__ == "__main__":
    main()
