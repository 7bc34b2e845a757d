"""Properties of all readers: places are valid for any content, and damage never gives more than InputError."""

import io
from itertools import pairwise

import docx
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.article import Reading
from briefs.errors import InputError
from briefs.readers.dispatch import read

PIECES = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            ["\r\n", "\n\n", "# ", "> ", "- ", "| a | b |\n|---|---|\n| 1 | 2 |\n", "[a b](http://x.example/y)", "**", "`", "<b>",
             "\u00ad", "👩‍🚀", "שלום", "e\u0301", "<!-- c -->", "![alt](i.png)", "&amp;", "---\n", "<script>x</script>", "\u2028"]
        ),
    ),
    max_size=15,
)  # fmt: skip
PARAGRAPH = (
    "The harbour council closed three of its five ferry lines on Monday, and nobody knows why it did so. "
)


def check(reading: Reading) -> None:
    """Fail unless blocks cover the text, in order, and links stand at visible words."""
    covered: set[int] = set()
    for block in reading.blocks:
        covered.update(range(block.start, block.end))
    assert all(first.end <= second.start for first, second in pairwise(reading.blocks))
    assert all(i in covered for i, character in enumerate(reading.text) if not character.isspace())
    for link in reading.links:
        words = link.of(reading.text)
        assert words
        assert words == words.strip()


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_any_markdown_gives_valid_places(parts: list[str]) -> None:
    """Whatever an author types, blocks and links point at the rendered words."""
    try:
        check(read("".join(parts).encode(), "a.md"))
    except InputError:
        return


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_text_in_a_page_gives_valid_places(texts: list[str]) -> None:
    """Any characters in a page's paragraphs and links leave places valid."""
    body = "".join(
        f"<p>{PARAGRAPH * 2}<a href='http://x.example/y'> {text}<i>{text}</i></a></p>" for text in texts
    )
    try:
        check(read(f"<!doctype html><article><h1>Head</h1>{body}</article>".encode(), "a.html"))
    except InputError:
        return


def _pdf() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    pdf.multi_cell(0, 6, PARAGRAPH * 5)
    return bytes(pdf.output())


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph(PARAGRAPH)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


FILES = {"a.pdf": _pdf(), "a.docx": _word()}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_damaged_files_are_read_or_refused(name: str, draw: st.DataObject) -> None:
    """Flipped and missing bytes never give anything but text or InputError."""
    data = bytearray(FILES[name])
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.sampled_from([len(data), len(data) // 2, len(data) - 30]))
    try:
        check(read(bytes(data[:cut]), name))
    except InputError:
        return
