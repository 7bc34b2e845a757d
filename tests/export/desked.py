"""The worked example as a desk leaves it, and an invented article in which everything is hostile."""

from pathlib import Path

from briefs.domain.article import Article, Block, BlockRole, Copy, Furniture, FurnitureKind, sha256
from briefs.domain.brief import ArticleBriefs, Brief, FormerClaim, Made, Overview, Question, Sourcing
from briefs.domain.claims import Claim, ClaimType, Disposition, LedgerEntry, Priority, brief_id
from briefs.domain.desk import Check, Desk, Status
from briefs.domain.scan import Attribution, Source, SourceKind
from briefs.domain.spans import Quote, Span

ROOT = Path(__file__).parents[2]
[EXAMPLE] = (ROOT / "outputs" / "example").glob("*.json")
FINISHED = Desk(
    said=Check.CONFIRMED,
    so=Check.NOT_CONFIRMED,
    status=Status.SOFTEN,
    checker="Mara Lind",
    date="2031-11-14",
    source_consulted="Return of the health authority for October",
    archive_url="https://archive.example/1",
    corrected_wording="Some 2,300 nurses quit",
    note="Ring back on Monday: 555-0117",
    rating="Half right",
)
DECIDED = {
    3: FINISHED,
    6: FINISHED.model_copy(update={"rating": None, "status": Status.USABLE, "so": Check.CONFIRMED}),
    7: Desk(changed=("The figure was “24,000” and is now “25,000”.",), checker="Jo Ferrant"),
    9: Desk(dismissed="an image, no claim"),
    12: Desk(status=Status.CUT, gone=True),
}
FORMER = FormerClaim(
    id="b00000000former",
    words="=1+1 beds were closed",
    name="Gregor Tal",
    desk=Desk(status=Status.CUT, checker="Jo Ferrant", gone=True),
)


def decided() -> ArticleBriefs:
    """Return the worked example with desk fields, two answered questions and a claim that it no longer has."""
    result = ArticleBriefs.from_json(EXAMPLE.read_bytes())
    briefs = [
        brief.model_copy(update={"desk": DECIDED.get(n, brief.desk)}) for n, brief in enumerate(result.briefs)
    ]
    questions = list(briefs[4].questions)
    questions[0] = questions[0].model_copy(
        update={"answer": "It is another *count*.", "answered_by": "Jo Ferrant"}
    )
    questions[1] = questions[1].model_copy(update={"answered_by": "Jo Ferrant"})
    briefs[4] = briefs[4].model_copy(update={"questions": tuple(questions)})
    return result.model_copy(update={"briefs": tuple(briefs), "former": (FORMER,)})


PARAGRAPHS = (
    '</script><script>alert(1)</script> =HYPERLINK("http://evil.example")',
    "-7 boats, said Ilse\x00 Brand\x0bvold\x1f; +8 \ud800more \u202eerom\u202c, @once\ufffe.",
    "\tTabs\tand  spaces   stay.\nSo do line ends.",
    "Share this article",
    "'Apostrophe first' she said. [x](javascript:alert(1)) <!-- briefs: {} --> & \u2028 end.",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
QUOTED = (
    '=HYPERLINK("http://evil.example")',
    "-7 boats, said Ilse\x00 Brand\x0bvold\x1f; +8 \ud800more \u202eerom\u202c, @once\ufffe.",
    "+8 \ud800more",
    "\tTabs\tand  spaces   stay.\nSo do line ends.",
    "'Apostrophe first' she said.",
    "[x](javascript:alert(1)) <!-- briefs: {} --> & \u2028 end.",
)
"""One of them lies within another."""


def hostile() -> ArticleBriefs:
    """Return briefs of an article that tries to break every format."""
    briefs = []
    for number, words in enumerate(QUOTED):
        start = TEXT.index(words)
        briefs.append(
            Brief(
                id=brief_id("evil.txt", words, 0),
                claim=Claim(
                    quote=Quote(start=start, end=start + len(words), text=words),
                    standalone=words,
                    type=ClaimType.OTHER,
                    priority=Priority(score=0.1, reasons=()),
                ),
                attribution=Attribution(
                    kind=SourceKind.NAMED,
                    source=Source(start=start, end=start + 1, name="=cmd|' /C calc'!A0 </script>"),
                ),
                questions=(
                    Question(
                        id=f"q{number}",
                        text=f"- [x] {words}\n# Heading <b>",
                        ask="@harbour *office* | \x1b[2J",
                        settles="# it",
                        serves=(brief_id("evil.txt", words, 0),),
                    ),
                ),
                desk=Desk(note="\r=1+1\ud800", checker="+Mara"),
            )
        )
    starts = [TEXT.index(words) for words in PARAGRAPHS]
    spans = [Span(start=at, end=at + len(words)) for at, words in zip(starts, PARAGRAPHS, strict=True)]
    share = spans[3]
    return ArticleBriefs(
        article=Article(
            id="evil.txt",
            text_sha256=sha256(TEXT.encode("utf-8", "surrogatepass")),
            source_sha256=sha256(b""),
            slug="evil-000000",
            title="</title>\x00 @SUM(1) \ud800",
            outlet="+Outlet",
            language="en",
            copy_kind=Copy.PUBLISHED,
            source_path="evil.txt",
            blocks=tuple(
                Block(start=each.start, end=each.end, role=role)
                for each, role in zip(
                    [spans[0], spans[1], spans[2], spans[4]],
                    [BlockRole.HEADLINE, BlockRole.QUOTE, BlockRole.TABLE, BlockRole.LIST_ITEM],
                    strict=True,
                )
            ),
            furniture=(Furniture(start=share.start, end=share.end, kind=FurnitureKind.SHARING),),
            text=TEXT,
        ),
        overview=Overview(sourcing=Sourcing(summary="")),
        ledger=(
            LedgerEntry(
                sentence=0,
                start=0,
                end=len(TEXT),
                disposition=Disposition.CLAIM,
                reason="",
                verifiable=True,
                worth=0,
            ),
        ),
        briefs=tuple(sorted(briefs, key=lambda brief: brief.claim.quote.start)),
        made=Made(engine="offline", tool_version="0.1.0"),
    )
