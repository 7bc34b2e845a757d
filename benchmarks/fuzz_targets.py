"""What is fuzzed: each reader with its seeds, its mutator, and what must hold of what it lets through.

A target's `run` returns, or raises one of `REFUSALS`; anything else is a finding. Seeds are our own: samples
of `corpus/`, golden files of the tests, and files made here.
"""

import io
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks import fuzz_mutate as mutate
from benchmarks.fuzz_properties import check_article, check_briefs
from briefs.domain.brief import ArticleBriefs
from briefs.errors import BriefsError

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
GOLDEN = ROOT / "tests" / "render"
REFUSALS = (BriefsError,)
"""What a person is told in one line; `run` of a target lets nothing else out."""
_LINE = 600
"""The most characters that one sentence for a person may have."""


class Target(NamedTuple):
    """One way in."""

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    mutate: mutate.Mutator


def _files(*patterns: str, folder: Path = CORPUS) -> list[bytes]:
    found = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    return [path.read_bytes() for path in found if path.stat().st_size <= mutate.MOST]


def _folder() -> Path:
    """Return a folder for inputs that are read from disk: in memory where the system has one."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    made = tempfile.mkdtemp(prefix="briefs-fuzz-", dir=memory if memory.is_dir() else None)
    return Path(made)


@cache
def _place(name: str) -> Path:
    return _folder() / name


def written(name: str, data: bytes) -> Path:
    """Write an input to a file of that name, in a folder of this process."""
    path = _place(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _text(data: bytes) -> None:
    check_article(data, "a.txt", "text/plain; charset=utf-16" if data[:1] == b"u" else None)


def _text_seeds() -> list[bytes]:
    base = (CORPUS / "plain-lantern-nurses.txt").read_text("utf-8")[:800]
    western = "Der Fährverkehr über den Fluß wurde am Montag eingestellt, sagte Bürgermeisterin Groß. " * 3
    made = [
        base.encode(code) for code in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "utf-8-sig")
    ]
    made += [western.encode(code) for code in ("cp1252", "mac_roman", "cp437", "utf-8")]
    return [
        *made,
        "Паром остановили в понедельник, сообщили в мэрии города. ".encode("koi8-r") * 5,
        "フェリーは月曜日に停止したと市長が述べた。".encode("shift_jis") * 5,
        "フェリーは月曜日に停止したと市長が述べた。".encode("iso2022_jp") * 5,
        *_files("*.txt"),
    ]


def _markdown(data: bytes) -> None:
    check_article(data, "a.md")


def _html(data: bytes) -> None:
    check_article(data, "a.html", None, "https://news.example/2024/05/story")


_BODY = (
    "<p>"
    + "The harbour council closed three of its five ferry lines on Monday, said the mayor. " * 4
    + "</p>"
)


def _metadata(data: bytes) -> None:
    """Read what a page states of its article: the input is the content of its head and its JSON-LD."""
    head, _, linked = data.partition(b"\0")
    page = (
        b"<!doctype html><html><head>" + head + b'<script type="application/ld+json">' + linked + b"</script>"
        b"</head><body><article><h1>Ferry lines closed</h1>" + _BODY.encode() + b"</article></body></html>"
    )
    check_article(page, "a.html", None, "https://news.example/2024/05/story")


def _metadata_seeds() -> list[bytes]:
    head = (
        b'<title>Ferry | Post</title><meta property="og:title" content="Ferry">'
        b'<meta name="author" content="By A B"><link rel="canonical" href="/a/b">'
        b'<meta property="article:published_time" content="2024-05-01T10:00:00Z">'
    )
    linked = (
        b'{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Ferry","url":"https://a.example/b",'
        b'"author":[{"name":"A"},"B"],"publisher":{"name":"Post"},"datePublished":"2024-05-01","inLanguage":"en"}]}'
    )
    return [head + b"\0" + linked, b"\0" + linked, head + b"\0"]


def _pdf(data: bytes) -> None:
    """Read a PDF in this process, where its coverage is seen, not in the one that `apart` starts for it."""
    from briefs.readers import apart, pdf  # noqa: PLC0415 - each target loads its own room

    apart.read_pdf_apart = pdf.read_pdf
    check_article(data, "a.pdf")


def _pdf_seeds() -> list[bytes]:
    from fpdf import FPDF  # noqa: PLC0415 - a package of the tests

    made = []
    for packed in (True, False):
        pdf = FPDF()
        pdf.set_compression(packed)
        pdf.add_page()
        pdf.set_font("helvetica", size=11)
        pdf.set_title("Ferries")
        pdf.write(6, "The council closed three of its five ferry lines on Monday, ")
        pdf.write(6, "said the mayor", link="https://news.example/a")
        pdf.write(6, ". Nobody knows why it did so, and no minutes were pub-\nlished by the harbour office.")
        made.append(bytes(pdf.output()))
    return [*made, *_files("*.pdf")]


def _docx(data: bytes) -> None:
    check_article(data, "a.docx")


def _docx_seeds() -> list[bytes]:
    import docx  # noqa: PLC0415 - a third of a second

    document = docx.Document()
    document.add_heading("Ferries", 1)
    document.add_paragraph("The council closed three of its five ferry lines on Monday, said the mayor.")
    document.add_table(2, 2).cell(0, 0).text = "Line"
    small = io.BytesIO()
    document.save(small)
    return [small.getvalue(), *_files("*.docx")]


def _table(data: bytes) -> None:
    from briefs.readers.tables import number_of, read_table  # noqa: PLC0415 - each target loads its own room

    made = read_table(data, "a.csv")
    for row in made.table.rows:
        assert 0 <= row.start <= row.end <= len(made.text)
        assert len(row.cells) == len(made.table.columns)
        for cell in row.cells:
            number_of(cell, made.table.decimal)


def _reviews(data: bytes) -> None:
    from briefs.readers.claim_reviews import read_reviews  # noqa: PLC0415

    made = read_reviews(data, "a.json")
    for each in made.reviews:
        assert each.claimed.of(made.text) == " ".join(each.claimed.of(made.text).split())
    made.text.encode("utf-8")


_ENDINGS = (".txt", ".md", ".html", ".csv", ".tsv", ".json")


def _shelf(data: bytes) -> None:
    """Read one document of a folder of evidence; the first byte says which kind it is."""
    from briefs.readers.shelf import read_shelf  # noqa: PLC0415

    folder = _place("shelf")
    folder.mkdir(exist_ok=True)
    path = folder / f"document{_ENDINGS[data[0] % len(_ENDINGS) if data else 0]}"
    path.write_bytes(data[1:])
    try:
        shelf = read_shelf(folder)
    finally:
        path.unlink()
    assert not [note for note in shelf.notes if "unforeseen" in note], shelf.notes
    for document in shelf.documents:
        for table in document.tables:
            assert all(0 <= row.start <= row.end <= len(document.text) for row in table.rows)


def _shelf_seeds() -> list[bytes]:
    kinds = (("*.txt", 0), ("*.md", 1), ("*.html", 2), ("*.csv", 3), ("*.json", 5))
    return [bytes([at]) + data for what, at in kinds for data in _files(what, folder=CORPUS / "evidence")]


def _briefs(data: bytes) -> None:
    from briefs.store.reading import read_briefs  # noqa: PLC0415

    check_made(read_briefs(written("a.json", data)))


def check_made(result: ArticleBriefs) -> None:
    """Hold briefs from a file that anybody may have edited: whatever is accepted can be shown and written."""
    from briefs.steps.render import render  # noqa: PLC0415

    for form in ("md", "json", "html"):
        render(result, form).encode("utf-8")
    assert ArticleBriefs.from_json(render(result, "json")) == result


@cache
def _golden() -> ArticleBriefs:
    return ArticleBriefs.from_json((GOLDEN / "golden.json").read_text("utf-8"))


def _read_back(data: bytes) -> None:
    """Read a Markdown file that a person may have done anything to, merge it, and verify it."""
    from briefs.review.markdown import decoded, read_back  # noqa: PLC0415
    from briefs.review.markdown_merge import merged  # noqa: PLC0415
    from briefs.verify.rewritten import check_markdown  # noqa: PLC0415

    generated = (GOLDEN / "golden.md").read_text("utf-8")
    edited = decoded(data)
    back = read_back(edited, generated, _golden())
    made = merged(generated, back.wording, generated)
    made.markdown.encode("utf-8", "surrogatepass")
    check_markdown("a.md", edited, _golden().article.text)


def _aliases(data: bytes) -> None:
    from briefs.store.aliases import load_aliases  # noqa: PLC0415

    load_aliases(written("aliases.toml", data))


def _settings(data: bytes) -> None:
    from briefs.config import load_settings  # noqa: PLC0415

    load_settings(folder=written("briefs.toml", data).parent)


def _prompts(data: bytes) -> None:
    from briefs.prompts import load_prompts  # noqa: PLC0415

    folder = _place("prompts")
    folder.mkdir(exist_ok=True)
    (folder / "extract.md").write_bytes(data)
    prompt = load_prompts(folder).extract
    prompt.messages(**dict.fromkeys(prompt.about.variables, "1. The line closed on Monday."))


def _cassette(data: bytes) -> None:
    from briefs.llm.cassette_file import Persister, Serializer, label_of  # noqa: PLC0415

    path = written("a.yaml", data)
    requests, responses = Persister().load_cassette(path, Serializer)
    for response in responses:
        str(label_of(response))
    if requests:
        Persister().save_cassette(
            _place("b.yaml"), {"requests": requests, "responses": responses}, Serializer
        )


def _plain_seeds(kind: str) -> list[bytes]:
    if kind == "aliases":
        return [b'same = [["Mariana Bezuhla", "M. Bezouglya"]]\napart = [["A Orlov", "B Orlov"]]\n']
    return [
        b'model = "openai:m"\nbase_url = "http://127.0.0.1:1/v1"\nattempts = 2\ntimeout = 3.5\n'
        b'prompts = "p"\n'
        b"[prices.m]\nin = 0.1\nout = 0.2\n"
    ]


def said(error: BriefsError) -> str | None:
    """Return what is wrong with an error's words as one line for a person; none where it reads well."""
    line = str(error)
    if not line.strip() or "\n" in line or not line.isprintable():
        return "is not one printable line"
    return f"has {len(line)} characters" if len(line) > _LINE else None


def targets() -> tuple[Target, ...]:
    """Return all targets, in the order in which they are fuzzed."""
    from benchmarks.fuzz_manifest import (  # noqa: PLC0415 - imports where inputs are written from here
        manifest_mutator,
        manifest_seeds,
        run_manifest,
    )
    from benchmarks.fuzz_server import run_url, url_seeds  # noqa: PLC0415 - each target loads its own room

    of = mutate.of
    recorded = sorted((CORPUS / "recorded").glob("*.yaml"), key=lambda path: path.stat().st_size)
    return (
        Target("text", _text, _text_seeds, of("text")),
        Target("markdown", _markdown, lambda: _files("*.md"), of("markdown")),
        Target("html", _html, lambda: _files("*.html"), of("html")),
        Target("metadata", _metadata, _metadata_seeds, of("json")),
        Target("docx", _docx, _docx_seeds, mutate.document),
        Target("pdf", _pdf, _pdf_seeds, of("pdf")),
        Target("table", _table, lambda: _files("*.csv", folder=CORPUS / "evidence"), of("csv")),
        Target("reviews", _reviews, lambda: _files("*.json", folder=CORPUS / "evidence"), of("json")),
        Target("shelf", _shelf, _shelf_seeds, of("csv")),
        Target("manifest", run_manifest, manifest_seeds, manifest_mutator()),
        Target("url", run_url, url_seeds, of("http")),
        Target("briefs", _briefs, lambda: _files("golden*.json", folder=GOLDEN), of("json")),
        Target("readback", _read_back, lambda: _files("golden*.md", folder=GOLDEN), of("markdown")),
        Target("aliases", _aliases, lambda: _plain_seeds("aliases"), of("toml")),
        Target("settings", _settings, lambda: _plain_seeds("settings"), of("toml")),
        Target("prompts", _prompts, lambda: _files("extract.md", folder=ROOT / "prompts"), of("yaml")),
        Target("cassette", _cassette, lambda: [recorded[0].read_bytes()[: mutate.MOST]], of("yaml")),
    )


__all__ = ["REFUSALS", "Target", "check_briefs", "said", "targets"]
