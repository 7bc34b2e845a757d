"""The annotated script: read back by python-docx, and by LibreOffice, which turns it into pages."""

import os
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from desked import decided, hostile
from docx import Document
from docx.document import Document as Script
from docx.oxml.ns import qn

from briefs.domain.brief import ArticleBriefs
from briefs.domain.spans import Quote
from briefs.export.claims import exportable
from briefs.export.plain import shown
from briefs.export.script import HEAD, script

WITH_NOTES = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
BOTH = pytest.mark.parametrize("result", [decided(), hostile()], ids=["decided", "hostile"])


def read(result: ArticleBriefs) -> Script:
    """Return the script as python-docx reads it."""
    return Document(BytesIO(script(exportable(result))))


def annotated(document: Script) -> dict[str, str]:
    """Return the words of the script at each comment, by the comment's id."""
    held: dict[str, str] = {}
    active: set[str] = set()
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            active.add(element.get(qn("w:id")))
            held[element.get(qn("w:id"))] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            active.discard(element.get(qn("w:id")))
        words = {qn("w:t"): element.text or "", qn("w:br"): "\n", qn("w:tab"): "\t"}.get(element.tag, "")
        for each in active:
            held[each] += words
    return held


@BOTH
def test_the_article_is_there_whole_and_in_order(result: ArticleBriefs) -> None:
    """All of the article's words, nothing else, in its order; what XML refuses is shown as a picture."""
    body = [p.text for p in read(result).paragraphs if p.style is not None and p.style.name != HEAD]
    assert "".join("".join(body).split()) == "".join(shown(result.article.text).split())
    for block in result.article.blocks:
        words = shown(block.of(result.article.text)).strip()
        assert any(words in paragraph for paragraph in body) or not words


@BOTH
def test_every_claim_has_its_comment_at_its_words(result: ArticleBriefs) -> None:
    """One comment a claim but for dismissed ones, over exactly the quoted words, also where claims overlap."""
    document = read(result)
    kept = [brief for brief in result.briefs if brief.desk.dismissed is None]
    assert len(list(document.comments)) == len(kept)
    found = annotated(document)
    for brief, comment in zip(kept, document.comments, strict=True):
        assert plain(found[str(comment.comment_id)]) == plain(shown(brief.claim.quote.text))


def plain(words: str) -> str:
    """Return words without white space: paragraphs are parted by none in the file."""
    return "".join(words.split())


def test_a_comment_says_what_a_checker_needs() -> None:
    """Who says so, chain, status, both checks, checker, source consulted, questions."""
    texts = ["\n".join(p.text for p in comment.paragraphs) for comment in read(decided()).comments]
    told = texts[3]
    for words in (
        "Claim 4 · soften · priority high",
        "Who says so: Pavel Štěpánek, health correspondent of The Orla Courier (named person)",
        "Passed on by: Orla Courier",
        "The chain ends: with a person, not a document",
        "Checks: said so: confirmed; is it so: not confirmed",
        "Checker: Mara Lind, 2031-11-14",
        "Source consulted: Return of the health authority for October",
        "Rating: Half right",
        "Question: Q8 (ask the news desk of The Halmen Gazette): How does",
    ):
        assert words in told
    assert "ticked off (Jo Ferrant)" in texts[4]
    assert "Desk: Open again: The figure was “24,000” and is now “25,000”." in texts[7]


def test_what_is_not_in_the_article_stands_below_it() -> None:
    """A claim that the article no longer has is listed at the end; dismissed ones are counted at the top."""
    lines = [p.text for p in read(decided()).paragraphs if p.style is not None and p.style.name == HEAD]
    assert "Left out: claims that an editor dismissed (1)." in lines
    assert any("The article no longer has this claim" in line for line in lines[4:])
    assert "Earlier words: =1+1 beds were closed" in lines


def test_status_shows_in_the_shading() -> None:
    """Claims of another status have another shade."""
    fills: dict[str, set[str]] = {}
    for run in (run for paragraph in read(decided()).paragraphs for run in paragraph.runs):
        for shade in run._r.iter(qn("w:shd")):
            fills.setdefault(run.text.strip(), set()).add(str(shade.get(qn("w:fill"))))
    legend = [
        fills[words].copy().pop()
        for words in ("open", "usable", "needs correction", "soften", "cut", "open again")
    ]
    assert len(set(legend)) == 6


def test_the_same_briefs_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock, no order of a run: the file a year later is the same file."""
    first = script(exportable(decided()))
    later = time.time() + 400 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert script(exportable(decided())) == first
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert not [name for name in package.namelist() if b"w:date=" in package.read(name)]


def test_a_claim_without_words_to_stand_at_is_not_lost() -> None:
    """A claim of white space alone has no place for a comment: it is listed below the article."""
    result = hostile()
    at = result.article.text.index("\n\n")
    quote = Quote(start=at, end=at + 2, text="\n\n")
    brief = result.briefs[0].model_copy(
        update={"claim": result.briefs[0].claim.model_copy(update={"quote": quote})}
    )
    document = read(result.model_copy(update={"briefs": (brief,)}))
    assert len(list(document.comments)) == 0
    assert any("Who says so" in p.text for p in document.paragraphs)


@pytest.fixture(scope="module")
def office() -> str:
    """Return LibreOffice's command; a test skips without it, unless BRIEFS_OFFICE=required."""
    found = shutil.which("soffice")
    if found is None and os.environ.get("BRIEFS_OFFICE") == "required":
        pytest.fail("soffice (LibreOffice) is not there, and BRIEFS_OFFICE=required")
    if found is None:
        pytest.skip("soffice (LibreOffice) is not there")
    return found


@BOTH
def test_libreoffice_makes_pages_of_it(result: ArticleBriefs, office: str, tmp_path: Path) -> None:
    """The PDF has the article's words in order, every comment as a note, and something on each page."""
    source = tmp_path / "script.docx"
    source.write_bytes(script(exportable(result)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [
        office,
        profile,
        "--headless",
        "--convert-to",
        WITH_NOTES,
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(convert, check=True, timeout=240, capture_output=True)
    with pypdfium2.PdfDocument(tmp_path / "script.pdf") as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
        notes = [note for page in pdf for note in _notes(page)]
        for page in pdf:
            low, high = page.render(scale=0.3).to_pil().convert("L").getextrema()
            assert low < 128 < high
    words = _lines_joined("\n".join(pages))
    place = 0
    for brief in sorted(result.briefs, key=lambda each: each.claim.quote.start):
        first = plain(shown(brief.claim.quote.text))[:24]
        if first.isascii() and first.isprintable():
            place = words.index(first, place)
    kept = [brief for brief in result.briefs if brief.desk.dismissed is None]
    assert len(notes) == len(kept)
    assert all("Who says so" in note for note in notes)


def _notes(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield what the notes on a page say."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_TEXT:
            size = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            held = (pdfium.FPDF_WCHAR * (size // 2))()
            pdfium.FPDFAnnot_GetStringValue(note, b"Contents", held, size)
            yield bytes(held).decode("utf-16-le").rstrip("\0")
        pdfium.FPDFPage_CloseAnnot(note)


def _lines_joined(text: str) -> str:
    """Return a page's words without white space and without the numbers of lines."""
    lines = (line.strip() for line in text.splitlines())
    return plain("".join(line for line in lines if not line.isdigit()))
