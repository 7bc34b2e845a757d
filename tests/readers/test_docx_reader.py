"""Word reader: blocks with their roles, links at their words, no deleted text."""

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from briefs.domain.article import BlockRole, Reading
from briefs.errors import InputError
from briefs.readers.dispatch import read


def bytes_of(document: Document) -> bytes:
    """Return the file that Word would open."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def reading() -> Reading:
    """Return the reading of a document with everything that articles have."""
    document = docx.Document()
    document.core_properties.title = "Ferries"
    document.core_properties.author = "Mara Lindqvist"
    document.sections[0].header.paragraphs[0].text = "Anders Post draft"
    document.add_heading("Ferries stop", 0)
    paragraph = document.add_paragraph("The council ")
    address = document.part.relate_to("https://post.example/m", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), address)
    for words in ("closed ", "three lines"):
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        link.append(run)
    paragraph._p.append(link)
    paragraph.add_run(" on Monday.")
    deleted = parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>secret</w:delText></w:r></w:del>")
    inserted = parse_xml(f'<w:ins {nsdecls("w")}><w:r><w:t xml:space="preserve"> Twice.</w:t></w:r></w:ins>')
    paragraph._p.extend([deleted, inserted])
    document.add_heading("Why", 2)
    document.add_paragraph("Pay", style="List Bullet")
    document.add_paragraph("We are tired.", style="Quote")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "North", "2,900"
    return read(bytes_of(document), "a.docx")


def test_blocks_have_their_roles(reading: Reading) -> None:
    """Headings, lists, quotations and rows are told apart; deleted text is gone, inserted text is in."""
    assert [(block.role, block.of(reading.text)) for block in reading.blocks] == [
        (BlockRole.HEADLINE, "Ferries stop"),
        (BlockRole.BODY, "The council closed three lines on Monday. Twice."),
        (BlockRole.SUBHEAD, "Why"),
        (BlockRole.LIST_ITEM, "Pay"),
        (BlockRole.QUOTE, "We are tired."),
        (BlockRole.TABLE, "North\t2,900"),
    ]


def test_link_properties_and_header(reading: Reading) -> None:
    """Links stand at their words, properties are metadata, the page header is left out and told."""
    assert [(link.url, link.of(reading.text)) for link in reading.links] == [
        ("https://post.example/m", "closed three lines")
    ]
    assert (reading.title, reading.byline) == ("Ferries", "Mara Lindqvist")
    assert [omitted.excerpt for omitted in reading.omitted] == ["Anders Post draft"]


def _with_entities(stated: str, encoding: str) -> bytes:
    """Return a document whose text declares entities, in an encoding."""
    document = docx.Document()
    document.add_paragraph("The boats stopped on Monday.")
    buffer = io.BytesIO()
    mark = "+ADwAIQ-" if stated == "UTF-7" else "<!"
    bomb = f'{mark}DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(io.BytesIO(bytes_of(document))) as source, zipfile.ZipFile(buffer, "w") as out:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/document.xml":
                rest = content.decode().partition("?>")[2].replace("on Monday", "on &b; Monday")
                content = f'<?xml version="1.0" encoding="{stated}"?>'.encode(encoding)
                content += f"{bomb}{rest}".encode(encoding)
            out.writestr(entry.filename, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("stated", "encoding", "why"),
    [
        ("UTF-8", "utf-8", "declares entities"),
        ("UTF-16LE", "utf-16-le", "declares entities"),
        ("UTF-16BE", "utf-16-be", "declares entities"),
        ("UCS-4", "utf-32-be", "declares entities"),
        ("UTF-7", "ascii", "is encoded as no Word document is"),
    ],
)
def test_entity_bomb_is_harmless(stated: str, encoding: str, why: str) -> None:
    """Entities that a part declares are never expanded, however they are encoded: Word declares none."""
    with pytest.raises(InputError, match=why):
        read(_with_entities(stated, encoding), "a.docx")
