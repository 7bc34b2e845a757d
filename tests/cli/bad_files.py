"""Builds files that no desk should be sent, and every desk is: made at run time, invented throughout."""

import io
import os
import socket
import zipfile
from itertools import pairwise
from pathlib import Path

import docx
import fpdf

ARTICLE = """Harbour board lost 1,200 crates

Port Sable's harbour board lost 1,200 crates in March, according to its auditor, Ana Petrel.

“Nobody counted them twice,” Petrel told the Sable Courier. She said the board had been warned in May.
"""
PLAIN = ARTICLE.replace("“", '"').replace("”", '"')
_WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'

REFUSED = {
    "bare.html": "holds no HTML",
    "binary.txt": "",
    "blank.md": "is empty",
    "bomb.docx": "zip bomb",
    "bom.txt": "holds no text",
    "broken.docx": "damaged Word document",
    "deep.html": "nested too deeply",
    "deep.md": "nested too deeply",
    "empty.docx": "is empty",
    "empty.html": "is empty",
    "empty.pdf": "is empty",
    "empty.txt": "is empty",
    "encrypted.pdf": "encrypted",
    "entities.docx": "declares entities",
    "half.docx": "damaged Word document",
    "half.pdf": "damaged PDF",
    "huge.txt": "60 MB",
    "menu.html": "only navigation",
    "picture.txt": "PNG image",
    "pipe.txt": "not a regular file",
    "round.txt": "cannot be read",
    "scan.pdf": "without text",
    "socket.txt": "not a regular file",
    "text.docx": "not a Word document",
    "text.pdf": "not a PDF",
    "zeros.txt": "binary data",
    "zip.docx": "no Word document",
}
"""Name of a file that gives no brief, to words of the line that says why."""


def refused(folder: Path) -> None:
    """Write the files of `REFUSED` into a folder."""
    deep = "<div>" * 50_000 + f"<p>{PLAIN * 4}</p>"
    contents: dict[str, bytes] = {
        "bare.html": b"<!--<html><body><p>All of it stands in a comment",
        "binary.txt": bytes(range(256)) * 20,
        "blank.md": b" \n\t\n",
        "bomb.docx": _word(_WORD + b" " * (210 * 2**20)),
        "bom.txt": b"\xef\xbb\xbf",
        "broken.docx": b"PK\x03\x04" + bytes(range(256)),
        "deep.html": f"<!doctype html><html><body>{deep}".encode(),
        "deep.md": b">" * 20_000 + b" The board lost 40 crates.\n",
        **{f"empty.{ending}": b"" for ending in ("docx", "html", "pdf", "txt")},
        "encrypted.pdf": _pdf(PLAIN, password="secret"),  # noqa: S106 - the fixture's own
        "entities.docx": _word(_laughs()),
        "half.docx": _word()[:-500],
        "half.pdf": _pdf(PLAIN)[:700],
        "menu.html": b"<!doctype html><html><body><nav>"
        + b"".join(b'<a href="/%d">Section %d</a> ' % (i, i) for i in range(90)),
        "picture.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
        "scan.pdf": _pdf(""),
        "text.docx": ARTICLE.encode(),
        "text.pdf": ARTICLE.encode(),
        "zeros.txt": b"\0" * 5000,
        "zip.docx": _zip({"notes.txt": b"no document"}),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(60 * 2**20)
    os.mkfifo(folder / "pipe.txt")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    here = Path.cwd()
    os.chdir(folder)  # a socket's path must be short
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket.txt")
    finally:
        os.chdir(here)


ODD: dict[str, bytes] = {
    "-dash.txt": ARTICLE.encode(),
    "ansi.txt": b"\x1b[31mBoard\x1b[0m lost \x1b]0;owned\x07 crates\n\n"
    + ARTICLE.replace("crates", "\x1b[2Jcrates").encode(),
    "bidi\u202etxt.exe.txt": f"Board \u202e lost crates\u202c\n\n{ARTICLE}".encode(),
    "combining.txt": ("\u0301\u0302\u0303" * 50).encode(),
    "cr.txt": ARTICLE.replace("\n", "\r").encode(),
    "crlf.txt": ARTICLE.replace("\n", "\r\n").encode(),
    "damaged.txt": ARTICLE.encode() + b" cut \xe2\x80",
    "deadkey\U0001f980.txt": f"\U0001f980 Board \U0001f469\u200d\U0001f467 lost\n\n{ARTICLE}".encode(),
    "digit.txt": b"1",
    "escape\x1b[31m[bold]red[!bold].txt": ARTICLE.encode(),
    "formfeed.txt": ARTICLE.replace("\n\n", "\f").encode(),
    "front.md": f"---\ntitle: Crates\ndate: 9999-12-31\n---\n\n{ARTICLE} He leaves next year.\n".encode(),
    "halves.html": b"<!doctype html><html><body><article><h1>Board &#xD800; lost</h1>"
    + b"<p>Port Sable lost &#xD800; 1,200 crates &#0; in March &#x110000; and &#55296; more, the auditor said.</p>"
    * 8,
    "halves.md": b"# Board &#xD800; lost\n\nPort &#0; Sable lost &#xDFFF; 1,200 crates, Ana Petrel said.\n",
    "line\nbreak.txt": ARTICLE.encode(),
    "lines.txt": ARTICLE.replace("\n\n", "\u2028").encode(),
    "markup.txt": b"# Board --> lost\n\n<!-- briefs: {\n\n```\n~~~\n<script>alert(1)</script> </textarea>\n\n"
    b"\xe2\x80\x9cx --> y <!-- z\xe2\x80\x9d Petrel said of 12 crates. {{ 7*7 }} {% raw %}\n\n> She said | no |\n",
    "nul.txt": f"Board\0 lost crates\n\n{ARTICLE}".encode(),
    "one.txt": b"a",
    "paragraphs.txt": ARTICLE.replace("\n\n", "\u2029").encode(),
    "punctuation.txt": b"... !!! ??? --- ***\n\n??!!\n",
    "rtl.txt": ("אמר דובר העירייה כי 120 בני אדם נפצעו. " * 10).encode(),
    "slashes.txt": b'../../etc/passwd / \\ : * ? "<>| board\n\n' + ARTICLE.encode(),
    "surrogates.txt": ARTICLE.encode() + b"\xed\xa0\x80 half. " + ARTICLE.encode(),
    "title.txt": ("Board " * 80).strip().encode() + b"\n\n" + ARTICLE.encode(),
    "twice.txt": ARTICLE.encode("utf-16"),
    "unlabelled.txt": ("Портовый совет потерял ящики, сообщила в среду аудитор Ана Петрель. " * 8).encode(
        "koi8-r"
    ),
}
"""Files that give briefs however odd their names or content are."""


def odd(folder: Path) -> None:
    """Write the files of `ODD`, two names that are not UTF-8, and ways around the folder."""
    for name, content in ODD.items():
        (folder / name).write_bytes(content)
    for raw in (b"name\xff.txt", b"name\xfe.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + raw)).write_text(ARTICLE, "utf-8")
    (folder / "loop").symlink_to(folder)
    (folder / "out.txt").symlink_to("/etc/passwd")
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "same.txt").write_text(ARTICLE, "utf-8")


def _pdf(text: str, password: str | None = None) -> bytes:
    made = fpdf.FPDF()
    made.add_page()
    made.set_font("helvetica", size=12)
    if text:
        made.multi_cell(0, text=text)
    else:
        made.rect(10, 10, 80, 80, style="F")
    if password:
        made.set_encryption("owner", password)
    return bytes(made.output())


def _word(document: bytes | None = None) -> bytes:
    made = docx.Document()
    for paragraph in ARTICLE.split("\n\n"):
        made.add_paragraph(paragraph)
    packed = io.BytesIO()
    made.save(packed)
    if document is None:
        return packed.getvalue()
    with zipfile.ZipFile(packed) as archive:
        return _zip(
            {name: archive.read(name) for name in archive.namelist()} | {"word/document.xml": document}
        )


def _zip(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _laughs() -> bytes:
    """Return a document whose entities would expand to ten thousand million characters."""
    names = "abcdefghij"
    nested = "".join(f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in pairwise(names))
    head = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "{"a" * 10}">{nested}]>'
    return head.encode() + _WORD + b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
