"""The annotated script: the article's text whole and in order, each claim marked, a comment in the margin.

Lines are numbered, a claim's words are shaded by its status, and its comment says who says so, what the desk
has decided and what is open. Nothing is put between the article's words and none is left out: what is not
article text stands in grey. (WordprocessingML, ECMA-376; comments by python-docx.)
"""

import io
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime
from typing import NamedTuple

from docx import Document
from docx.document import Document as Script
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from briefs.domain.article import BlockRole
from briefs.domain.desk import Desk, Status
from briefs.export.claims import NO_LONGER, Exportable
from briefs.export.comment import Line, comment_lines, former_lines
from briefs.export.notes import AUTHOR, Notes
from briefs.export.package import repacked
from briefs.export.plain import shown
from briefs.steps.render.head import PROMISE, counts, provenance, title
from briefs.steps.render.marks import OUTSIDE, Paragraph, Segment, paragraphs
from briefs.steps.render.view import Section
from briefs.steps.render.wording import STATUSES

HEAD, OUT = "Script head", "Not article text"
"""Names of styles: of what stands above and below the article's text, and of what is not article text."""
_SHADES = {
    Status.OPEN: ("FFF2CC", "FFE599"),
    Status.USABLE: ("D9EAD3", "B6D7A8"),
    Status.CORRECT: ("F4CCCC", "EEABAB"),
    Status.SOFTEN: ("FCE5CD", "F9CB9C"),
    Status.CUT: ("E3E3E3", "CCCCCC"),
}
"""Two tones each, in turn: so that one claim is told from the next."""
_AGAIN = ("EAD1DC", "D9A9BF")
"""Shades of a claim that is open again because the article changed."""
_STYLES = {
    BlockRole.HEADLINE: "Heading 1",
    BlockRole.SUBHEAD: "Heading 2",
    BlockRole.QUOTE: "Quote",
    BlockRole.LIST_ITEM: "List Bullet",
    BlockRole.CAPTION: "Caption",
}
_GREY = RGBColor(0x6B, 0x6B, 0x6B)
_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Time of making that the file gives: one and the same, so that its bytes are."""


class _Piece(NamedTuple):
    """A run of the script and the place of its words in the article."""

    start: int
    end: int
    run: Run


def script(exported: Exportable) -> bytes:
    """Return the annotated script of an article as a .docx file, the same bytes whenever nothing changed."""
    document = Document()
    _settle(document, exported)
    _head(document, exported)
    pieces: list[_Piece] = []
    for paragraph in paragraphs(exported.page):
        pieces.extend(_written(document, paragraph))
    for section in _annotated(document, exported, pieces):
        _listed(document, f"{section.number}. {section.short}", comment_lines(section, exported))
    for former in exported.former:
        _listed(document, NO_LONGER, former_lines(former))
    made = io.BytesIO()
    document.save(made)
    return repacked(made.getvalue())


def _settle(document: Script, exported: Exportable) -> None:
    """Give the document its page, styles, line numbers and properties."""
    article = exported.page.result.article
    properties = document.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.title = shown(title(article))[:255]
    properties.comments = ""
    properties.created = properties.modified = _TIME
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    numbers = OxmlElement("w:lnNumType")
    numbers.set(qn("w:countBy"), "1")
    numbers.set(qn("w:restart"), "continuous")
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        raise ValueError("the template has no columns")
    columns.addprevious(numbers)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11.5)
    normal.paragraph_format.line_spacing = 1.4
    for name in (HEAD, OUT):
        style = document.styles.add_style(name, 1)
        style.base_style = normal
        style.font.size = Pt(9)
        style.font.color.rgb = _GREY if name == OUT else None
        style.paragraph_format.line_spacing = 1.1
        style.paragraph_format.space_after = Pt(4)
    properties_of = document.styles[HEAD].element.get_or_add_pPr()
    properties_of.insert(0, OxmlElement("w:suppressLineNumbers"))  # the article's lines are numbered alone
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run(shown(f"{title(article)[:80]} · "))
    document.styles["Footer"].font.size = Pt(8)
    _page_number(footer)


def _page_number(paragraph: DocxParagraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # python-docx has no fields


def _head(document: Script, exported: Exportable) -> None:
    page = exported.page
    _line(document, provenance(page.result.article))
    _line(document, f"{counts(page)} {PROMISE}")
    legend = _line(document, "Shaded by status: ")
    for number, status in enumerate(Status):
        run = legend.add_run(f" {STATUSES[status]} ")
        _shade(run, _SHADES[status][0])
        legend.add_run(" " if number else "  ")
    run = legend.add_run(" open again ")
    _shade(run, _AGAIN[0])
    legend.add_run(". Dotted underline: stated here too. Grey: not article text.")
    if exported.dismissed:
        _line(document, f"Left out: claims that an editor dismissed ({exported.dismissed}).")


def _listed(document: Script, heading: str, lines: tuple[Line, ...]) -> None:
    """Write below the article what has no words in it to be put at."""
    _line(document, heading).runs[0].bold = True
    for line in lines:
        _line(document, f"{line.label}: {line.words}" if line.label else line.words)


def _line(document: Script, words: str) -> DocxParagraph:
    made = _paragraph(document, HEAD)
    made.add_run(shown(words))
    return made


def _paragraph(document: Script, style: str) -> DocxParagraph:
    """Add a paragraph; its style goes in by id, because to look it up by name takes longer than all else."""
    made = document.add_paragraph()
    made._p.style = style.replace(" ", "")
    return made


def _written(document: Script, paragraph: Paragraph) -> list[_Piece]:
    """Write one paragraph of the article; return its runs with their places."""
    outside = paragraph.role == OUTSIDE
    style = OUT if outside else _STYLES.get(BlockRole(paragraph.role), "Normal")
    made = _paragraph(document, style)
    pieces = []
    for segment in _trimmed(paragraph.segments):
        run = made.add_run(shown(segment.text))
        _mark(run, segment)
        pieces.append(_Piece(segment.start, segment.start + len(segment.text), run))
    return pieces


def _trimmed(segments: tuple[Segment, ...]) -> list[Segment]:
    """Return a paragraph's segments without the white space at its ends, which parts it from the next."""
    words = [place for place, segment in enumerate(segments) if segment.text.strip()]
    held = list(segments[words[0] : words[-1] + 1]) if words else []
    if held:
        held[-1] = held[-1]._replace(text=held[-1].text.rstrip())
        text = held[0].text
        held[0] = held[0]._replace(text=text.lstrip(), start=held[0].start + len(text) - len(text.lstrip()))
    return held


def _mark(run: Run, segment: Segment) -> None:
    if segment.furniture:
        run.font.color.rgb = _GREY
    if segment.claim is None:
        return
    if segment.elsewhere:
        run.font.underline = WD_UNDERLINE.DOTTED
    else:
        _shade(run, _shades(segment.claim.brief.desk)[segment.claim.number % 2])


def _shades(desk: Desk) -> tuple[str, str]:
    return _AGAIN if desk.changed and desk.status is Status.OPEN else _SHADES[desk.status]


def _shade(run: Run, fill: str) -> None:
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:color"), "auto")
    element.set(qn("w:fill"), fill)
    run._r.get_or_add_rPr().append(element)  # python-docx has no shading


def _annotated(document: Script, exported: Exportable, pieces: list[_Piece]) -> list[Section]:
    """Put each claim's comment at its words; return the claims that have no word to put it at."""
    notes = Notes(document)
    starts, ends = [piece.start for piece in pieces], [piece.end for piece in pieces]
    lost = []
    for section in exported.sections:
        words = section.brief.claim.quote
        first = bisect_left(starts, words.start)
        last = bisect_right(ends, words.end) - 1
        if first > last:
            lost.append(section)
            continue
        lines = comment_lines(section, exported)
        notes.add(pieces[first].run, pieces[last].run, str(section.number), lines)
    return lost
