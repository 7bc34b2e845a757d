"""Versions of an invented article whose claims are marked in its text: «words» is a claim."""

import re
from collections.abc import Mapping

from briefs.domain.article import Article, Block, BlockRole, Copy, sha256
from briefs.domain.brief import ArticleBriefs, Brief, Made, Overview, Question, Sourcing
from briefs.domain.claims import Claim, ClaimType, Disposition, LedgerEntry, Priority, brief_id
from briefs.domain.desk import Check, Desk, Status
from briefs.domain.scan import Attribution, Hedge, Quantity, Source, SourceKind
from briefs.domain.spans import Quote, Span

_CLAIM = re.compile("«(.*?)»", re.DOTALL)
_FIGURE = re.compile(r"\d[\d,]*")
_HEDGES = ("reportedly", "about", "allegedly", "may")
SIGNED = Desk(
    said=Check.CONFIRMED,
    so=Check.CONFIRMED,
    status=Status.USABLE,
    checker="Mara Lind",
    date="2031-03-02",
    source_consulted="The harbour office's gate count",
)


def version(
    marked: str,
    *,
    article: str = "harbour/ferry.txt",
    slug: str = "ferry-0a1b2c",
    sources: Mapping[str, str] | None = None,
    desks: Mapping[str, Desk] | None = None,
    made: Made | None = None,
    standalone: Mapping[str, str] | None = None,
    questions: Mapping[str, str] | None = None,
) -> ArticleBriefs:
    """Return briefs of a text with its claims between guillemets; the mappings are by words that a claim holds.

    `sources` gives a claim's source by name, which must stand in the text.
    """
    text, places = _unmarked(marked)
    briefs, seen = [], dict[str, int]()
    for n, place in enumerate(places):
        words = place.of(text)
        ordinal = seen[words] = seen.get(words, -1) + 1
        briefs.append(
            Brief(
                id=brief_id(article, words, ordinal),
                claim=Claim(
                    quote=Quote(start=place.start, end=place.end, text=words),
                    standalone=_for(words, standalone) or words,
                    type=ClaimType.EVENT,
                    hedges=tuple(_hedges(text, place)),
                    quantities=tuple(_figures(text, place)),
                    priority=Priority(score=0.6, reasons=("it gives a figure",)),
                ),
                attribution=_attribution(text, _for(words, sources)),
                questions=_questions(n, _for(words, questions)),
                desk=(desks or {}).get(next((key for key in desks or {} if key in words), ""), Desk()),
            )
        )
    return ArticleBriefs(
        article=Article(
            id=article,
            text_sha256=sha256(text.encode("utf-8", "surrogatepass")),
            source_sha256=sha256(b"as read"),
            slug=slug,
            title="Ferry line stops",
            outlet="Harbour Courier",
            language="en",
            copy_kind=Copy.PUBLISHED,
            source_path=article,
            blocks=tuple(
                Block(start=m.start(), end=m.end(), role=BlockRole.BODY) for m in re.finditer(r"[^\n]+", text)
            ),
            text=text,
        ),
        overview=Overview(sourcing=Sourcing(summary="It names one source.")),
        ledger=(
            LedgerEntry(
                sentence=0,
                start=0,
                end=len(text),
                disposition=Disposition.CLAIM,
                reason="it states facts",
                verifiable=True,
                worth=0.5,
            ),
        ),
        briefs=tuple(briefs),
        made=made or Made(engine="offline", tool_version="0.1.0"),
    )


def _unmarked(marked: str) -> tuple[str, list[Span]]:
    text, places, done = "", [], 0
    for match in _CLAIM.finditer(marked):
        text += marked[done : match.start()]
        places.append(Span(start=len(text), end=len(text) + len(match.group(1))))
        text += match.group(1)
        done = match.end()
    return text + marked[done:], places


def _for(words: str, given: Mapping[str, str] | None) -> str | None:
    return next((value for key, value in (given or {}).items() if key in words), None)


def _hedges(text: str, place: Span) -> list[Hedge]:
    found = (re.search(rf"\b{word}\b", place.of(text), re.IGNORECASE) for word in _HEDGES)
    return [
        Hedge(start=place.start + m.start(), end=place.start + m.end(), kind="report") for m in found if m
    ]


def _figures(text: str, place: Span) -> list[Quantity]:
    return [
        Quantity(
            start=place.start + m.start(),
            end=place.start + m.end(),
            text=m.group(),
            low=int(m.group().replace(",", "")),
            high=int(m.group().replace(",", "")),
            unit="people",
        )
        for m in _FIGURE.finditer(place.of(text))
    ]


def _attribution(text: str, name: str | None) -> Attribution:
    if name is None:
        return Attribution(kind=SourceKind.UNATTRIBUTED)
    start = text.index(name)
    return Attribution(kind=SourceKind.NAMED, source=Source(start=start, end=start + len(name), name=name))


def _questions(number: int, text: str | None) -> tuple[Question, ...]:
    if text is None:
        return ()
    return (
        Question(id=f"q{number + 1}", text=text, ask="the harbour office", settles="the count", serves=()),
    )
