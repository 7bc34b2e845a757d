"""A folder of briefs for measuring the desk: articles from templates, as a run would have written them.

Nothing is parsed: sentences, sources, figures, flags and questions are put together from lists, so that a
thousand articles take seconds. The text is ours and says nothing about anybody.
"""

from pathlib import Path
from random import Random
from typing import NamedTuple

from briefs.domain.article import Article, Block, BlockRole, Copy, sha256
from briefs.domain.brief import (
    ArticleBriefs,
    Brief,
    Flag,
    FlagKind,
    Made,
    MissingEvidence,
    Overview,
    Question,
    SourceLine,
    Sourcing,
)
from briefs.domain.claims import Claim, ClaimType, Disposition, LedgerEntry, Priority, brief_id
from briefs.domain.scan import Attribution, ChainEnd, Quantity, Source, SourceKind, Speech
from briefs.domain.spans import Quote, Span
from briefs.steps.render import render

CLAIMS = 15
"""Claims of an article."""
_FIRST = [
    "Ana",
    "Ben",
    "Cora",
    "Dario",
    "Edda",
    "Felix",
    "Greta",
    "Hanno",
    "Ilse",
    "Jonas",
    "Kira",
    "Lars",
    "Mira",
    "Nils",
    "Ola",
    "Petra",
]
_LAST = [
    "Brandvold",
    "Calloway",
    "Dahlgaard",
    "Esk",
    "Ferrow",
    "Grell",
    "Holt",
    "Ivers",
    "Jarl",
    "Kovalik",
    "Lund",
    "Marrow",
]
_BODIES = ("Harbour Office", "Ferry Board", "Water Works", "Nurses' League", "School Council", "Grain Board")
_PLACES = ("Port Ansel", "Halmen", "Tarnbridge", "Lower Orla", "Vellmar", "Skerry", "Quayside")
_THINGS = ("sailings", "nurses", "pupils", "tenants", "boats", "permits", "complaints", "trams")
_DONE = ("were cancelled", "were counted", "were laid up", "left", "were refused", "were turned away")
_MONTHS = ("January", "March", "May", "August", "October", "December")
_FLAGS = (FlagKind.FIGURE_UNSOURCED, FlagKind.HEDGE_LOST, FlagKind.ANONYMOUS_OPINION, FlagKind.FIGURES_DIFFER)


class Folder(NamedTuple):
    """A folder of made articles."""

    path: Path
    slugs: tuple[str, ...]
    claims: int


class _Line(NamedTuple):
    text: str
    source: str
    figure: str


def make(path: Path, articles: int, *, markdown: bool = False) -> Folder:
    """Write articles into a folder, the same for the same number; JSON, and Markdown where asked."""
    path.mkdir(parents=True, exist_ok=True)
    slugs = []
    for number in range(articles):
        result = article(number)
        slugs.append(result.article.slug)
        (path / f"{slugs[-1]}.json").write_text(render(result, "json"), encoding="utf-8")
        if markdown:
            (path / f"{slugs[-1]}.md").write_text(render(result, "md"), encoding="utf-8")
    return Folder(path, tuple(slugs), articles * CLAIMS)


def article(number: int) -> ArticleBriefs:
    """Return one article's briefs."""
    random = Random(number)  # noqa: S311 - made text, no secret
    place, thing = random.choice(_PLACES), random.choice(_THINGS)
    title = f"{place} counts its {thing}, report {number}"
    lines = [_line(random) for _ in range(CLAIMS)]
    fillers = [f"Nobody in {random.choice(_PLACES)} was surprised by that." for _ in lines]
    paragraphs = [title, *(f"{line.text} {filler}" for line, filler in zip(lines, fillers, strict=True))]
    text = "\n\n".join(paragraphs) + "\n"
    name = f"made/{number:05}.txt"
    slug = f"{place.lower().replace(' ', '-')}-{thing}-{number:05}"
    briefs = []
    ledger = []
    blocks = []
    at = 0
    for index, paragraph in enumerate(paragraphs):
        start = text.index(paragraph, at)
        at = start + len(paragraph)
        blocks.append(Block(start=start, end=at, role=BlockRole.BODY if index else BlockRole.HEADLINE))
        if not index:
            ledger.append(_entry(0, start, at, ()))
            continue
        made = _brief(random, name, start, index, lines[index - 1])
        end = start + len(lines[index - 1].text)
        briefs.append(made)
        ledger += [_entry(2 * index - 1, start, end, (made.id,)), _entry(2 * index, end + 1, at, ())]
    return ArticleBriefs(
        article=Article(
            id=name,
            text_sha256=sha256(text.encode()),
            source_sha256=sha256(text.encode()),
            slug=slug,
            title=title,
            outlet=f"{random.choice(_PLACES)} Courier",
            byline=f"By {random.choice(_FIRST)} {random.choice(_LAST)}",
            published=f"2031-{1 + number % 12:02}-{1 + number % 28:02}",
            language="en",
            copy_kind=Copy.PUBLISHED,
            source_path=name,
            blocks=tuple(blocks),
            text=text,
        ),
        overview=Overview(
            sourcing=Sourcing(
                summary=f"The article rests on {CLAIMS} people and bodies.",
                sources=tuple(SourceLine(name=line.source, kind="named", claims=1) for line in lines),
                figures=CLAIMS,
            ),
            first_questions=("q1", "q2", "q3"),
        ),
        ledger=tuple(ledger),
        briefs=tuple(briefs),
        made=Made(engine="offline", tool_version="0.1.0"),
    )


def _line(random: Random) -> _Line:
    source = f"{random.choice(_FIRST)} {random.choice(_LAST)}"
    figure = f"{random.randint(2, 9000):,}"
    what = f"{figure} {random.choice(_THINGS)} {random.choice(_DONE)} in {random.choice(_PLACES)}"
    body = random.choice(_BODIES)
    return _Line(f"About {what} in {random.choice(_MONTHS)}, {source} of the {body} said.", source, figure)


def _brief(random: Random, name: str, start: int, number: int, line: _Line) -> Brief:
    end = start + len(line.text)
    quote = Quote(start=start, end=end, text=line.text)
    own = brief_id(name, line.text, 0)
    figure = start + line.text.index(line.figure)
    said = start + line.text.rindex(line.source)
    questions = tuple(
        Question(
            id=f"q{2 * number - 2 + which}",
            text=asked,
            ask=line.source if which == 1 else f"{line.source.split()[1]} archive",
            settles="whether the figure is their own or taken from somewhere else",
            serves=(own,),
            look_up=which == 2,
        )
        for which, asked in (
            (1, f"Where did {line.source} get the figure of {line.figure}?"),
            (2, f"What does the register say for {line.figure}, and from which date?"),
        )
    )
    flags = (
        (
            Flag(
                kind=random.choice(_FLAGS),
                note=f"“{line.figure}” stands without what it was counted from.",
                spans=(Span(start=figure, end=figure + len(line.figure)),),
            ),
        )
        if random.random() < 0.4
        else ()
    )
    count = int(line.figure.replace(",", ""))
    return Brief(
        id=own,
        claim=Claim(
            quote=quote,
            standalone=line.text,
            type=ClaimType.QUANTITY,
            quantities=(
                Quantity(
                    start=figure, end=figure + len(line.figure), text=line.figure, low=count, high=count
                ),
            ),
            priority=Priority(
                score=round(random.random(), 3), reasons=("it gives a figure", "it rests on one source")
            ),
        ),
        attribution=Attribution(
            kind=SourceKind.NAMED,
            source=Source(start=said, end=said + len(line.source), name=line.source),
            cue=Span(start=end - 5, end=end - 1),
            content=(Span(start=start, end=said - 2),),
            chain_end=ChainEnd.PERSON,
            speech=Speech.INDIRECT,
        ),
        missing_evidence=(
            MissingEvidence(
                what="the count itself, with its date",
                why="only a person's word stands for the figure",
                holder=f"{line.source}",
            ),
        ),
        questions=questions,
        flags=flags,
    )


def _entry(sentence: int, start: int, end: int, briefs: tuple[str, ...]) -> LedgerEntry:
    return LedgerEntry(
        sentence=sentence,
        start=start,
        end=end,
        disposition=Disposition.CLAIM if briefs else Disposition.NOT_CHECKABLE,
        reason="states a figure" if briefs else "no fact to look up",
        briefs=briefs,
        verifiable=bool(briefs),
        worth=0.7 if briefs else 0.1,
    )
