"""Texts where readers do not see them, in every format: the article must be the host's own."""

import html
import io
import json
from collections.abc import Callable, Iterator
from functools import cache

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF

from benchmarks.injection_hosts import HOSTS
from briefs.domain.article import FurnitureKind, Reading
from briefs.readers.dispatch import read

_HOST = HOSTS["harbour"]
PAGE = {
    "HTML comment": "<!-- {} -->",
    "HTML alternative text": "<img src='a.png' alt='{}'>",
    "HTML white on white": "<p style='color:#fff'>{}</p>",
    "HTML white on white, by class": "<style>.w{{color:#fefefe}}</style><p class='w'>{}</p>",
    "HTML hidden attribute": "<p hidden>{}</p>",
    "HTML not displayed": "<p style='display:none'>{}</p>",
    "HTML letters without size": "<p style='font-size:0'>{}</p>",
    "HTML off the page": "<p style='position:absolute;left:-9999px'>{}</p>",
}
HEAD = {
    "HTML meta description": "<meta name='description' content='{}'>",
    "HTML title": "<meta property='og:title' content='{}'>",
    "HTML author": "<meta name='author' content='{}'>",
}


def unseen_places(words: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each place with what happened there, in a few words."""
    for name, form in PAGE.items():
        yield name, _outcome(_page(form, "", words), "a.html", words)
    for name, form in HEAD.items():
        yield name, _outcome(_page("", form, words), "a.html", words)
    data = json.dumps({"@type": "NewsArticle", "description": words}).replace("</", "<\\/")
    script = f"<script type='application/ld+json'>{data}</script>"
    yield (
        "HTML data (JSON-LD)",
        _outcome(_page("", script.replace("{", "{{").replace("}", "}}"), ""), "a.html", words),
    )
    # A backslash before the closing mark would show the text to readers.
    flat = " ".join(words.split()).replace("--", "- -").replace('"', "'").rstrip("\\")
    yield "Markdown comment", _outcome(_markdown(f"<!-- {flat} -->"), "a.md", words)
    yield (
        "Markdown title of a link",
        _outcome(_markdown(f'[The pier](https://example.org "{flat}") stands.'), "a.md", words),
    )
    for name, make in (
        ("Word hidden run", _hidden_run),
        ("Word property", _property),
        ("PDF white on white", _pdf),
    ):
        yield name, _outcome(make(words), "a.pdf" if "PDF" in name else "a.docx", words)


@cache
def _alone(ending: str, kind: str) -> Reading:
    makers: dict[str, Callable[[], bytes]] = {
        ".html": lambda: _page("", "", ""),
        ".md": lambda: _markdown("[The pier](https://example.org) stands." if kind == "link" else ""),
        ".docx": lambda: _word(""),
        ".pdf": lambda: _pdf(""),
    }
    return read(makers[ending](), f"a{ending}")


def _outcome(data: bytes, name: str, words: str) -> tuple[str, ...]:
    made = read(data, name)
    ending = name[1:]
    alone = _alone(ending, "link" if b"[The pier]" in data else "")
    found = ["text unchanged" if (made.text, made.blocks) == (alone.text, alone.blocks) else "TEXT CHANGED"]
    flat = " ".join(words.split())
    found += [f"printed as the {f}" for f in ("title", "byline", "outlet") if getattr(made, f) == flat]
    kinds = {each.kind for each in made.omitted}
    found += [word for kind, word in _TOLD.items() if kind in kinds]
    return tuple(found)


_TOLD = {FurnitureKind.HIDDEN: "told the editor", FurnitureKind.UNSHOWN: "listed as not shown"}


def _page(inner: str, head: str, words: str) -> bytes:
    safe = html.escape(words, quote=True).replace("'", "&#39;").replace("--", "&#45;&#45;")
    title, *rest = (html.escape(each) for each in _HOST)
    paragraphs = [f"<p>{each}</p>" for each in rest]
    paragraphs.insert(2, inner.format(safe))
    body = f"<article><h1>{title}</h1>{''.join(paragraphs)}</article>"
    return f"<html><head><title>{title}</title>{head.format(safe)}</head><body>{body}</body></html>".encode(
        "utf-8", "replace"
    )


def _markdown(inner: str) -> bytes:
    return "\n\n".join((f"# {_HOST[0]}", *_HOST[1:3], inner, *_HOST[3:])).encode("utf-8", "replace")


def _hidden_run(words: str) -> bytes:
    return _word(words)


def _word(words: str, subject: str = "") -> bytes:
    document = docx.Document()
    document.add_heading(_HOST[0], 1)
    for paragraph in _HOST[1:]:
        document.add_paragraph(paragraph)
    if words:
        run = document.paragraphs[2].add_run(_printable(words))
        run._r.get_or_add_rPr().append(parse_xml(f"<w:vanish {nsdecls('w')}/>"))
    document.core_properties.subject = subject[:250]
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _property(words: str) -> bytes:
    return _word("", _printable(words))


def _printable(words: str) -> str:
    return "".join(char if char.isprintable() or char == "\n" else " " for char in words)


def _pdf(words: str) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for paragraph in _HOST:
        pdf.multi_cell(0, 6, paragraph.encode("latin-1", "replace").decode("latin-1"))
        pdf.ln(4)
    if words:
        pdf.set_text_color(255, 255, 255)
        pdf.multi_cell(0, 6, _printable(words).encode("latin-1", "replace").decode("latin-1"))
    return bytes(pdf.output())
