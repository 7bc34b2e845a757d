"""Hostile files by hand: each is read or refused in one line, at once, and none takes the process with it."""

import io
import zipfile
from pathlib import Path

import pytest

from benchmarks.fuzz_properties import check_article
from briefs.errors import ConfigError, InputError
from briefs.readers.claim_reviews import read_reviews
from briefs.readers.dispatch import read
from briefs.readers.page_tags import overloaded
from briefs.readers.tables import number_of
from briefs.store.aliases import load_aliases

LINE = "The harbour council closed three of its five ferry lines on Monday, said the mayor of the town. "
PARAGRAPH = f"<p>{LINE * 4}</p>"
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://schemas.openxmlformats.org/package/2006/content-types",
    "http://schemas.openxmlformats.org/package/2006/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
)


def word(body: str, packing: int = zipfile.ZIP_DEFLATED, more: dict[str, bytes] | None = None) -> bytes:
    """Return the smallest Word document with a body."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{WORD[1]}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD[4]}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{WORD[2]}"><Relationship Id="r" Type="{WORD[3]}" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{WORD[0]}"><w:body>{body}</w:body></w:document>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, content in {**{k: v.encode() for k, v in parts.items()}, **(more or {})}.items():
            archive.writestr(name, content)
    return packed.getvalue()


def paragraph(text: str) -> str:
    """Return a Word paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def page(body: str, head: str = "") -> bytes:
    """Return a page that has an article and something else."""
    whole = f"<!doctype html><html><head>{head}</head><body><article><h1>Ferry lines</h1>{PARAGRAPH}{body}"
    return f"{whole}</article></body></html>".encode()


def test_boxes_in_boxes_are_read_once() -> None:
    """Sixty text boxes, one in another, are read in a moment: each used to double the time of the one within."""
    inner = "<w:p><w:r><w:txbxContent>" * 60 + paragraph(LINE) + "</w:txbxContent></w:r></w:p>" * 60
    assert read(word(inner), "a.docx").text.count("ferry lines") == 1


def test_a_paragraph_within_a_paragraph_is_read_once() -> None:
    """Paragraphs nested in a table's cell are not told again with each one around them."""
    nested = "<w:p>" * 100 + f"<w:r><w:t>{LINE}</w:t></w:r>" + "</w:p>" * 100
    table = f"<w:tbl><w:tr><w:tc/><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    assert read(word(table), "a.docx").text.count("ferry lines") == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word(paragraph(LINE), zipfile.ZIP_LZMA), "packed as no Word document"),
        (word(paragraph(LINE), zipfile.ZIP_BZIP2), "packed as no Word document"),
        (word("<w:p/>" * 1_500_000), "zip bomb"),
        (word(paragraph(LINE), more={f"word/{n}.xml": b"" for n in range(5001)}), "zip bomb"),
        (word(paragraph(LINE), more={"word/a.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "declares entities"),
        (word("<w:sdt>" * 3000), "damaged Word document"),
    ],
    ids=["lzma", "bzip2", "ratio", "many", "entities", "deep"],
)  # fmt: skip
def test_hostile_archives_are_refused(data: bytes, reason: str) -> None:
    """Bombs, entities and ways of packing that ask for gigabytes are refused before a library opens them."""
    with pytest.raises(InputError, match=reason):
        read(data, "a.docx")


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("\x1f<!-- a -->\x01 b \x0b c", "<script></script>\x02"),
        ("&#31;<!-- a -->&#x1b; b &#xfffe; &#xd800; &#0;", ""),
        ("", '<script type="application/ld+json">{"@type":"Article","headline":"a\\ud83d","author":"\\udc00"}</script>'),
        ("", f'<script type="application/ld+json">{"[" * 50_000}</script>'),
        ("", '<link rel=canonical href="http://[a"><meta property="og:url" content="http://a:999999/x">'),
        ("<a href='http://[x'>a</a><a href='javascript:alert(1)'>b</a>", ""),
        (f"<div class='{'x' * 50_000}'>" * 100, ""),
        ("<b><p>" * 2000, ""),
    ],
)  # fmt: skip
def test_hostile_pages_are_read(body: str, head: str) -> None:
    """Control characters, half characters, deep JSON, broken addresses and huge names leave the article whole."""
    check_article(page(body, head), "a.html", share=1)
    assert read(page(body, head), "a.html").text.count("three of its five ferry lines") == 4


def test_hostile_pages_are_refused() -> None:
    """A page too deep, of too many elements, or with a tag of thousands of attributes, never meets the reader."""
    for body, reason in (
        ("<div>" * 5000, "nested too deeply"),
        ("<i></i>" * 61_000, "are too many"),
        (f"<p {' '.join(f'a{n}=1' for n in range(6000))}>", "too many attributes"),
    ):
        with pytest.raises(InputError, match=reason):
            read(page(body), "a.html")


@pytest.mark.parametrize(
    ("html", "refused"),
    [
        (f"<p {'a ' * 6000}>", True),
        (f"<p{'/a' * 6000}>", True),
        ("<p " + "".join(f"a{n}='>'" for n in range(6000)) + ">", True),
        (f'<p "><p {"a " * 6000}>"', True),
        (f"<!--><p {'a ' * 6000}>-->", True),
        (f"<!-- {'a ' * 6000} --><p>", False),
        (f"<script>if (a<b) {{ {'c d ' * 6000} }}</script>", False),
        (f"<p data-json='{'a b ' * 6000}'>", False),
        ("<" * 20_000, False),
    ],
)
def test_tags_of_thousands_of_attributes_are_found(html: str, refused: bool) -> None:
    """However quotation marks and comments are set, no such tag gets by, and long values and scripts do."""
    assert overloaded(html) == refused


@pytest.mark.parametrize(
    "text",
    [
        f"{LINE}\n\n<![foo[ x\n",
        f"{LINE}\n\n<div>\n<!A>\x1f<!>0\n",
        f"+++\na = {'[' * 3000}\n+++\n{LINE}",
        f"+++\na = 2024-02-31\n+++\n{LINE}",
        f"---\ntitle: a{' ' * 30_000}b\nauthor:\n- c{' ' * 30_000}d\n---\n{LINE}",
        f"{LINE}\0{LINE}",
    ],
)
def test_hostile_markdown_is_read(text: str) -> None:
    """Marked sections, control characters, deep and wrong front matter and long blanks are no error."""
    check_article(text.encode(), "a.md", share=1)
    assert read(text.encode(), "a.md").text.count("three of its five ferry lines") == text.count(LINE)


def test_markdown_of_brackets_is_refused() -> None:
    """What would keep the parser busy for minutes is refused before it begins."""
    with pytest.raises(InputError, match="too many to be read"):
        read((LINE + "![a](" * 150_000).encode(), "a.md")
    with pytest.raises(InputError, match="its lines are too many"):
        read((LINE + "\n--" * 210_000).encode(), "a.md")


def test_half_characters_and_endless_figures() -> None:
    """A fact-check in half characters can be written, and a cell of 400 digits is no number."""
    item = (
        b'{"@type":"ClaimReview","claimReviewed":"a\\ud800","author":"b\\udfff","reviewRating":{"name":"c"}}'
    )
    read_reviews(item, "a.json").text.encode("utf-8")
    assert number_of("9" * 400, ".") is None


def test_a_device_is_no_list_of_names(tmp_path: Path) -> None:
    """A device given as the list of aliases is refused, not read without end."""
    link = tmp_path / "aliases.toml"
    link.symlink_to("/dev/zero")
    with pytest.raises(ConfigError):
        load_aliases(link)
