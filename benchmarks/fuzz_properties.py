"""What must hold of whatever a reader let through: places, quotations, the way there and back, every format.

The briefs here are made of an article's first sentences without the parser, so that thousands of articles can
be held to it; `deep` sends one through the whole pipeline.
"""

from itertools import pairwise
from zlib import crc32

from briefs.domain.article import Article, Reading
from briefs.domain.brief import ArticleBriefs, Brief, Made, Overview, Sourcing
from briefs.domain.claims import Claim, ClaimType, Disposition, LedgerEntry, Priority, brief_id
from briefs.domain.scan import Attribution, Source, SourceKind
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Quote, Span
from briefs.steps.ingest import Origin, ingest
from briefs.steps.render import render
from briefs.steps.segment import segment
from briefs.verify.record import check_record, parse
from briefs.verify.rewritten import check_markdown
from briefs.verify.run import beside_text

_CLAIMS = 3
_LONGEST = 20_000
"""Characters of an article whose pages are made; longer ones cost more than they show."""
_SHARE = 50
"""Of so many articles one is rendered and verified, chosen by its bytes: that takes ten times the reading."""


def check_reading(reading: Reading) -> None:
    """Fail unless blocks cover the text, in order, and links stand at words."""
    assert all(first.end <= second.start for first, second in pairwise(reading.blocks))
    done = 0
    for block in reading.blocks:
        assert not reading.text[done : block.start].strip(), f"text at {done} is in no block"
        done = block.end
    assert not reading.blocks or not reading.text[done:].strip(), f"text at {done} is in no block"
    for link in reading.links:
        words = link.of(reading.text)
        assert words, f"an empty link at {link.start}"
        assert words == words.strip(), f"a link with blanks around it at {link.start}"


def check_article(
    data: bytes, name: str, content_type: str | None = None, url: str | None = None, share: int = _SHARE
) -> None:
    """Read an article as `briefs run` does and hold what came of it to all that is promised.

    One in `share` articles is rendered and verified too.
    """
    article = ingest(data, Origin(id=name, path=name, content_type=content_type, url=url))
    check_ingested(article, render_it=crc32(data) % share == 0)


def check_ingested(article: Article, *, render_it: bool = True) -> None:
    """Hold an article to what is promised of its text, and its briefs to what is promised of them."""
    check_reading(Reading(text=article.text, links=article.links))
    segmentation = segment(article)
    done = 0
    for sentence in segmentation.sentences:
        assert sentence.start >= done, f"sentences overlap at {sentence.start}"
        assert not article.text[done : sentence.start].strip(), f"text at {done} is in no sentence"
        done = sentence.end
    assert not article.text[done:].strip(), f"text at {done} is in no sentence"
    if render_it and len(article.text) <= _LONGEST:
        check_briefs(briefs_of(article, segmentation))


def check_briefs(result: ArticleBriefs) -> None:
    """Render in every format, read the JSON again, and prove JSON and Markdown as `briefs verify` does."""
    made = {form: render(result, form) for form in ("md", "json", "html")}
    for form, content in made.items():
        content.encode("utf-8")
        assert content.endswith("\n"), f"{form} does not end with a line"
    assert ArticleBriefs.from_json(made["json"]) == result, "JSON does not give the same briefs again"
    record = check_record("a.json", parse(made["json"].encode()))
    assert not record.verdict.problems, f"JSON: {record.verdict.problems[0].what}"
    verdict = check_markdown("a.md", made["md"], result.article.text, beside_text(result.article))
    assert not verdict.problems, f"Markdown: {verdict.problems[0].what}"


def briefs_of(article: Article, segmentation: Segmentation) -> ArticleBriefs:
    """Return briefs of an article's first sentences, each cited to its own first word."""
    chosen = [each for each in segmentation.sentences if each.furniture is None][:_CLAIMS]
    ids = {each.index: _id(article, each, ordinal) for ordinal, each in enumerate(chosen)}
    ledger = tuple(
        LedgerEntry(
            sentence=each.index,
            start=each.start,
            end=each.end,
            disposition=Disposition.FURNITURE
            if each.furniture
            else Disposition.CLAIM
            if each.index in ids
            else Disposition.NOT_CHECKABLE,
            verifiable=each.index in ids,
            worth=0.5,
            reason="not article text" if each.furniture else "a claim" if each.index in ids else "no figure",
            briefs=(ids[each.index],) if each.index in ids else (),
        )
        for each in segmentation.sentences
    )
    return ArticleBriefs(
        article=article,
        overview=Overview(sourcing=Sourcing(summary="One source.")),
        ledger=ledger,
        briefs=tuple(_brief(article, each, ids[each.index]) for each in chosen),
        made=Made(engine="offline", tool_version="0"),
    )


def _id(article: Article, place: Span, ordinal: int) -> str:
    return brief_id(article.id, place.of(article.text), ordinal)


def _brief(article: Article, place: Span, name: str) -> Brief:
    words = place.of(article.text)
    first = words.split()[0]
    return Brief(
        id=name,
        claim=Claim(
            quote=Quote(start=place.start, end=place.end, text=words),
            standalone=words,
            type=ClaimType.EVENT,
            priority=Priority(score=0.5, reasons=("a figure",)),
        ),
        attribution=Attribution(
            kind=SourceKind.NAMED,
            source=Source(start=place.start, end=place.start + len(first), name=first, role=None),
        ),
    )


def deep(data: bytes, name: str) -> None:
    """Send an input through the whole pipeline, parser included, and hold its briefs to the same."""
    from briefs.pipeline.order import draft  # noqa: PLC0415 - loads the parser

    check_briefs(draft(ingest(data, Origin(id=name, path=name))))
