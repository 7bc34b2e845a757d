"""PDF reader: paragraphs, hyphens, columns, running headers, links."""

from unittest.mock import Mock

import pytest
from fpdf import FPDF
from pypdfium2 import PdfDocument, raw

from briefs.domain.article import BlockRole
from briefs.readers.dispatch import read
from briefs.readers.pdf_lines import page_text

FIRST = (
    "The harbour council closed three of its five ferry lines on Monday after talks about pay with the captains had"
    " failed for the third time this year, and nobody could say when the boats would sail again."
)
SECOND = (
    "About 4,200 people use the lines every working day, as figures of the council's own transport office show, and"
    " most of them have no other way to reach the hospital on the northern shore."
)


def document() -> FPDF:
    """Return an empty document with one page and a body font."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    return pdf


def test_lines_become_paragraphs() -> None:
    """Lines of a paragraph are joined by spaces, paragraphs and the headline stay apart."""
    pdf = document()
    pdf.set_font("helvetica", "B", 20)
    pdf.multi_cell(0, 9, "Harbour ferries stop running", align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("helvetica", size=11)
    for paragraph in (FIRST, SECOND):
        pdf.ln(4)
        pdf.multi_cell(110, 6, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
    reading = read(bytes(pdf.output()), "a.pdf")
    assert [(block.role, block.of(reading.text)) for block in reading.blocks] == [
        (BlockRole.HEADLINE, "Harbour ferries stop running"),
        (BlockRole.BODY, FIRST),
        (BlockRole.BODY, SECOND),
    ]


def test_hyphen_goes_only_where_the_document_shows_it() -> None:
    """A line's hyphen is taken out of a word that stands whole elsewhere, and stays in a compound."""
    pdf = document()
    pdf.multi_cell(
        0,
        6,
        "The harbour council met the cap-\ntains of the boats about the long-\nterm plan, and the captains left.",
        align="L",
    )
    text = read(bytes(pdf.output()), "a.pdf").text
    assert (
        text
        == "The harbour council met the captains of the boats about the long-term plan, and the captains left."
    )


def test_paragraph_goes_on_over_the_page() -> None:
    """A sentence that a page break cuts is one again, and page numbers and headers are left out and told."""
    cut = FIRST.index("captains")
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    for number, part in enumerate((FIRST[:cut], FIRST[cut:], SECOND), 1):
        pdf.add_page()
        pdf.set_xy(10, 8)
        pdf.cell(0, 6, "Anders Post, weekend edition")
        pdf.set_xy(10, 40)
        pdf.multi_cell(0, 6, part, align="L")
        pdf.set_xy(10, 265)
        pdf.cell(0, 6, f"Page {number} of 3")
    reading = read(bytes(pdf.output()), "a.pdf")
    assert [block.of(reading.text) for block in reading.blocks] == [FIRST, SECOND]
    assert sorted({omitted.excerpt for omitted in reading.omitted}) == [
        "Anders Post, weekend edition",
        "Page 1 of 3",
        "Page 2 of 3",
        "Page 3 of 3",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    """Text set in columns does not run across them."""
    pdf = document()
    pdf.set_xy(10, 30)
    pdf.multi_cell(80, 6, FIRST, align="L")
    pdf.set_xy(110, 30)
    pdf.multi_cell(80, 6, SECOND, align="L")
    reading = read(bytes(pdf.output()), "a.pdf")
    assert [block.of(reading.text) for block in reading.blocks] == [FIRST, SECOND]


def test_link_stands_at_its_words() -> None:
    """A link annotation becomes a link at exactly the words that it lies on."""
    pdf = document()
    pdf.write(6, "The council published ")
    pdf.write(6, "its minutes", link="https://post.example/minutes")
    pdf.write(6, " on Monday and took them down again on Tuesday.")
    reading = read(bytes(pdf.output()), "a.pdf")
    assert [(link.url, link.of(reading.text)) for link in reading.links] == [
        ("https://post.example/minutes", "its minutes")
    ]


def test_date_of_the_file_is_not_the_date_of_publication() -> None:
    """When a PDF was made is told, and not taken for more."""
    pdf = document()
    pdf.set_title("Ferries stop")
    pdf.set_author("Mara Lindqvist")
    pdf.multi_cell(0, 6, FIRST)
    reading = read(bytes(pdf.output()), "a.pdf")
    assert (reading.title, reading.byline, reading.published) == ("Ferries stop", "Mara Lindqvist", None)
    assert "was made on" in reading.notes[-1]


def test_title_with_half_a_character_is_read() -> None:
    """Half a pair of UTF-16 in the title: the rest stands, with U+FFFD in its place."""
    pdf = document()
    pdf.set_title("Ferries")
    pdf.multi_cell(0, 6, FIRST)
    written = bytes(pdf.output())
    plain = b"/Title (Ferries)"
    assert plain in written
    broken = written.replace(plain, b"/Title <FEFF0046D8000065>")
    assert read(broken, "a.pdf").title == "F\ufffde"


def written_unseen(words: str, utf16: str) -> bytes:
    """Return a PDF of one line, and `words` below it in no colour, in which "z" stands for one UTF-16 text."""
    meaning = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
        "1 begincodespacerange <00> <FF> endcodespacerange "
        f"1 beginbfchar <7A> <{utf16}> endbfchar endcmap end end"
    )
    drawn = (
        f"BT /F 12 Tf 50 700 Td (The ferries stopped on Monday.) Tj 3 Tr /G 12 Tf 0 -40 Td ({words}) Tj ET"
    )
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
    page = "/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 6 0 R>>>>"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        f"{font}>>",
        f"{font}/ToUnicode 7 0 R>>",
        f"<</Length {len(meaning)}>>stream\n{meaning}\nendstream",
    )
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer\n<</Root 1 0 R/Size 8>>\nstartxref\n0\n%%EOF\n".encode()


def test_what_is_unseen_is_recorded_in_whole_characters() -> None:
    """An emoji, which a PDF gives in two halves, stands in the record as it is."""
    reading = read(written_unseen("the pier was a z gift", "D83DDE00"), "a.pdf")
    assert reading.text == "The ferries stopped on Monday."
    assert [each.excerpt for each in reading.omitted] == ["the pier was a 😀 gift"]


def test_colour_and_size_are_asked_once_for_what_is_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the most characters that are allowed is read within the time that a PDF may take."""
    colour = Mock(side_effect=raw.FPDFText_GetFillColor)
    monkeypatch.setattr(raw, "FPDFText_GetFillColor", colour)
    document = PdfDocument(written_unseen("nothing to be seen " * 50, "007A"))
    page = page_text(document, 0, 10_000)
    assert page is not None
    assert colour.call_count == 2
    assert len(page.hidden) == 1
