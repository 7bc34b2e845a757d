"""An invented article, and where words stand in it: what its briefs are made from by hand."""

from briefs.domain.article import (
    Article,
    Block,
    BlockRole,
    Copy,
    Furniture,
    FurnitureKind,
    Link,
    Omitted,
    sha256,
)
from briefs.domain.claims import Claim, ClaimType, Disposition, Priority
from briefs.domain.scan import Source
from briefs.domain.spans import How, Mention, Quote, Span

ID = "harbour/ferry.txt"
PARAGRAPHS = (
    "Harbour Courier | Local",
    "Record 4,200 passengers stranded as Vellmar ferry line “collapses”",
    "About 4,200 passengers were stranded in Port Ansel in August, the Vellmar Line’s former dispatcher "
    "Ilse Brandvold told the Skerry Gazette. She said the figure came from the harbour office’s gate count. "
    "It is a disgrace.",
    "The Line’s owner, Tomas Ruud (Томас Рууд), *knew* of the faults & hid them <for years>, according to "
    "a person close to the board, who asked not to be named because the talks are private. "
    "Atlas of Small Harbours Best Price: $6.18 Buy New $15.40 (as of 02:25 UTC - Details)",
    "“We ran two boats on one engine certificate,” Ms Brandvold said. “I signed the sheets myself.",
    "“And when I asked why, they told me to go home.”",
    "Between 300 and 350 sailings are cancelled every month, and more than 5,000 have been cancelled since "
    "January, the harbour office_log shows.",
    "# 7 of the 12 boats are laid up.",
    "Tickets will surely be dearer next year.",
    "Share this article",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
LEFT_OUT = {
    "It is a disgrace.": (Disposition.NOT_CHECKABLE, "opinion, with no fact in it"),
    "Tickets will surely be dearer next year.": (Disposition.NOT_CHECKABLE, "prediction"),
    "Harbour Courier | Local": (Disposition.FURNITURE, "outlet name or section line"),
    "Atlas of Small Harbours Best Price: $6.18 Buy New $15.40 (as of 02:25 UTC - Details)": (
        Disposition.FURNITURE,
        "advertising",
    ),
    "Share this article": (Disposition.FURNITURE, "share bar"),
}
SENTENCES = (
    PARAGRAPHS[0],
    PARAGRAPHS[1],
    "About 4,200 passengers were stranded in Port Ansel in August, the Vellmar Line’s former dispatcher "
    "Ilse Brandvold told the Skerry Gazette.",
    "She said the figure came from the harbour office’s gate count.",
    "It is a disgrace.",
    PARAGRAPHS[3].split(" Atlas")[0],
    "Atlas" + PARAGRAPHS[3].split(" Atlas")[1],
    "“We ran two boats on one engine certificate,” Ms Brandvold said.",
    "“I signed the sheets myself.",
    *PARAGRAPHS[5:],
)


def at(words: str) -> Span:
    """Return where words first stand in the invented text."""
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


def mention(words: str, name: str | None = None, how: How = How.STATED) -> Mention:
    """Return a mention at the first place of the words."""
    return Mention(**at(words).model_dump(), name=name or words, how=how)


def source(words: str, name: str | None = None, how: How = How.STATED, role: str | None = None) -> Source:
    """Return a source at the first place of the words."""
    return Source(**at(words).model_dump(), name=name or words, how=how, role=role)


def claim(
    words: str, kind: ClaimType, score: float, *reasons: str, standalone: str = "", also: str = ""
) -> Claim:
    """Return a claim that quotes the words."""
    return Claim(
        quote=Quote(**at(words).model_dump(), text=words),
        also_at=(at(also),) if also else (),
        standalone=standalone or words,
        type=kind,
        priority=Priority(score=score, reasons=reasons),
    )


def invented_article() -> Article:
    """Return the article."""
    roles = {PARAGRAPHS[1]: BlockRole.HEADLINE}
    return Article(
        id=ID,
        text_sha256=sha256(TEXT.encode()),
        source_sha256=sha256(b"as read"),
        slug="ferry-0a1b2c",
        title=PARAGRAPHS[1],
        outlet="Harbour Courier",
        byline="By Ana Lindqvist",
        published="2031-09-04",
        language="en",
        copy_kind=Copy.PUBLISHED,
        source_path="harbour/ferry.txt",
        republished_from="North Wire",
        links=(
            Link(**at("gate count").model_dump(), url="https://port-ansel.example/gate_count?y=2031&m=8"),
        ),
        blocks=tuple(
            Block(**at(p).model_dump(), role=roles.get(p, BlockRole.BODY)) for p in PARAGRAPHS[1:-1]
        ),
        furniture=tuple(
            Furniture(**at(words).model_dump(), kind=kind)
            for words, kind in (
                (PARAGRAPHS[0], FurnitureKind.BANNER),
                (SENTENCES[6], FurnitureKind.ADVERTISING),
                (PARAGRAPHS[-1], FurnitureKind.SHARING),
            )
        ),
        omitted=(Omitted(kind=FurnitureKind.COOKIES, excerpt="We value your *privacy*", characters=412),),
        notes=("The file does not state its encoding; read as UTF-8.",),
        text=TEXT,
    )
