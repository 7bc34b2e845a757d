"""An invented article with briefs made by hand, holding everything that a page can show."""

from invented_article import ID, LEFT_OUT, PARAGRAPHS, SENTENCES, at, claim, invented_article, mention, source

from briefs.domain.article import (
    sha256,
)
from briefs.domain.brief import (
    ArticleBriefs,
    Brief,
    Criticised,
    Evidence,
    Failure,
    Flag,
    FlagKind,
    Made,
    MissingEvidence,
    NameEntry,
    Origin,
    Origins,
    Overview,
    Question,
    Related,
    SourceLine,
    Sourcing,
    Stance,
)
from briefs.domain.claims import ClaimType, Disposition, LedgerEntry, brief_id
from briefs.domain.desk import Check, Desk, Status
from briefs.domain.scan import Attribution, ChainEnd, Quantity, SourceKind, Speech
from briefs.domain.spans import How, Quote

QUOTES = (
    "About 4,200 passengers were stranded in Port Ansel in August",
    SENTENCES[3],
    PARAGRAPHS[3].split(" Atlas")[0],
    "We ran two boats on one engine certificate,” Ms Brandvold said. “I signed the sheets myself.\n\n“And "
    "when I asked why, they told me to go home.",
    "Between 300 and 350 sailings are cancelled every month",
    PARAGRAPHS[6],
    "# 7 of the 12 boats are laid up.",
)
IDS = tuple(brief_id(ID, words, 0) for words in QUOTES)


SKERRY = (
    "The harbour office counted 2,400 passengers “and *not* one more” <in August>, it told | us on Monday."
)
"""Words of another article, as hostile as any."""
_COUNT = SKERRY.index("2,400 passengers")
RELATED = (
    Related(
        kind="conflict",
        brief="b0",
        article="skerry/ferry.html",
        note="4,200 lies 1,800 above 2,400",
        aspect="figure",
        slug="skerry ferry-1",
        text_sha256=sha256(SKERRY.encode()),
        title="Ferries: the count",
        outlet="Skerry *Gazette*",
        published="2031-09-02",
        quote=Quote(start=0, end=len(SKERRY), text=SKERRY),
        words=Quote(start=_COUNT, end=_COUNT + 16, text="2,400 passengers"),
        source="harbour office",
    ),
    Related(
        kind="same",
        brief="b1",
        article="lantern/ferry.txt",
        note="Both have 4,200 for August",
        aspect="figure",
        title="Stranded",
        quote=Quote(start=5, end=33, text="4,200 were stranded, all say"),
        source="the article itself",
    ),
    Related(kind="related", brief=IDS[5], article=ID, note="It is for the whole year", aspect="period"),
    *(
        Related(kind="related", brief=f"b{n}", article=f"{n}.txt", note=f"It is of {n}", aspect="topic")
        for n in range(2, 9)
    ),
)
ORIGINS = Origins(
    attributions=3,
    independent=1,
    unknown=1,
    shared_with=("b1",),
    articles=2,
    origins=(
        Origin(
            name="harbour office’s gate count",
            kind=SourceKind.DOCUMENT,
            known=True,
            claims=(IDS[0], "b1"),
            articles=(ID, "lantern/ferry.txt"),
            reasons=("one quotation stands in both",),
        ),
        Origin(
            name="some",
            kind=SourceKind.ANONYMOUS,
            known=False,
            claims=("b0",),
            articles=("skerry/ferry.html",),
        ),
    ),
)


def _briefs() -> tuple[Brief, ...]:
    brandvold = source("Ilse Brandvold", role="former dispatcher of the Vellmar Line")
    first = Brief(
        id=IDS[0],
        claim=claim(
            QUOTES[0],
            ClaimType.QUANTITY,
            0.82,
            "it has a figure",
            "the headline says it too",
            also=PARAGRAPHS[1],
        ).model_copy(
            update={
                "quantities": (
                    Quantity(
                        **at("4,200").model_dump(), text="4,200", low=4200, high=4200, unit="passengers"
                    ),
                )
            }
        ),
        attribution=Attribution(
            kind=SourceKind.NAMED,
            source=brandvold,
            cue=at("told"),
            content=(at(QUOTES[0]),),
            via=(mention("the Skerry Gazette", "Skerry Gazette"),),
            basis=(mention("the harbour office’s gate count"),),
            chain_end=ChainEnd.DOCUMENT,
            speech=Speech.INDIRECT,
        ),
        evidence=(
            Evidence(
                document="Harbour office, monthly bulletin",
                place="page 3",
                quote="1,420 passengers were rebooked in August",
                stance=Stance.REFUTES,
                drafted_by="offline",
            ),
        ),
        searched=("the bulletins of 2031",),
        missing_evidence=(
            MissingEvidence(
                what="The gate count for August",
                why="It would show who was counted, and whether anyone was counted twice.",
                holder="the harbour office of Port Ansel",
            ),
        ),
        questions=(
            Question(
                id="q1",
                text="Does the gate count for August give 4,200, and does it count people or tickets?",
                ask="the harbour office of Port Ansel",
                settles="whether 4,200 is a count of passengers",
                serves=(IDS[0], IDS[1]),
            ),
            Question(
                id="q2",
                text="Where and when did Ilse Brandvold tell you this, and is there a recording?",
                ask="the Skerry Gazette",
                settles="that she said it",
                serves=(IDS[0],),
            ),
        ),
        flags=(
            Flag(
                kind=FlagKind.HEADLINE_FIRMER,
                note="The headline says “Record 4,200”; the text “About 4,200” and no record.",
                spans=(at("Record 4,200"), at("About 4,200")),
            ),
        ),
        related=RELATED,
        related_in_all=12,
        origins=ORIGINS,
    )
    second = Brief(
        id=IDS[1],
        claim=claim(
            QUOTES[1],
            ClaimType.STATEMENT,
            0.4,
            "it rests on a document not shown",
            standalone="[Ilse Brandvold] said the figure came from the harbour office’s gate count.",
        ),
        attribution=Attribution(
            kind=SourceKind.NAMED,
            source=source("She", "Ilse Brandvold", How.RESOLVED),
            chain_end=ChainEnd.DOCUMENT,
            speech=Speech.INDIRECT,
        ),
        see_questions=("q1",),
        desk=Desk(
            said=Check.CONFIRMED, status=Status.CORRECT, checker="K. *Aune*", date="2031-09-05", log=("said",)
        ),
    )
    third = Brief(
        id=IDS[2],
        claim=claim(QUOTES[2], ClaimType.EVENT, 0.7, "it could harm someone", "its source is unnamed"),
        attribution=Attribution(
            kind=SourceKind.ANONYMOUS,
            source=source("a person close to the board"),
            chain_end=ChainEnd.UNNAMED,
            speech=Speech.INDIRECT,
            anonymity_reason=at("because the talks are private"),
        ),
        questions=(
            Question(
                id="q3",
                text="Was Tomas Ruud asked about hidden faults?",
                ask="Harbour Courier",
                settles="the right of reply",
                serves=(IDS[2],),
            ),
        ),
    )
    return (first, second, third, *_more_briefs())


def _more_briefs() -> tuple[Brief, ...]:
    fourth = Brief(
        id=IDS[3],
        claim=claim(QUOTES[3], ClaimType.PERSONAL, 0.42, "it names a body"),
        attribution=Attribution(
            kind=SourceKind.NAMED,
            source=source("Ms Brandvold", "Ilse Brandvold", How.CARRIED),
            chain_end=ChainEnd.PERSON,
            speech=Speech.DIRECT,
        ),
    )
    fifth = Brief(
        id=IDS[4],
        claim=claim(QUOTES[4], ClaimType.QUANTITY, 0.61, "it has a figure"),
        attribution=Attribution(
            kind=SourceKind.DOCUMENT,
            source=source("the harbour office_log", "harbour office_log", How.POSSIBLE),
            chain_end=ChainEnd.DOCUMENT,
        ),
        flags=(
            Flag(
                kind=FlagKind.RATE_AND_TOTAL,
                note="300 to 350 a month make 2,400 to 2,800 from January to August, not “more than 5,000”.",
                spans=(at(QUOTES[4]), at("more than 5,000")),
                other_brief=IDS[5],
            ),
        ),
    )
    sixth = Brief(
        id=IDS[5],
        claim=claim(QUOTES[5], ClaimType.QUANTITY, 0.12, "it has a figure"),
        attribution=Attribution(kind=SourceKind.UNATTRIBUTED),
        flags=fifth.flags,
    )
    seventh = Brief(
        id=IDS[6],
        claim=claim(QUOTES[6], ClaimType.OTHER, 0.05),
        attribution=Attribution(kind=SourceKind.UNATTRIBUTED),
    )
    return (fourth, fifth, sixth, seventh)


def _ledger() -> tuple[LedgerEntry, ...]:
    entries = []
    for index, sentence in enumerate(SENTENCES):
        place = at(sentence)
        held = tuple(i for i, q in zip(IDS, QUOTES, strict=True) if at(q).overlaps(place))
        disposition, reason = LEFT_OUT.get(sentence, (Disposition.CLAIM, "checkable"))
        entries.append(
            LedgerEntry(
                sentence=index,
                start=place.start,
                end=place.end,
                disposition=disposition,
                reason=reason,
                briefs=held,
                verifiable=disposition is Disposition.CLAIM,
                worth=0.5 if disposition is Disposition.CLAIM else 0,
            )
        )
    return tuple(entries)


def invented() -> ArticleBriefs:
    """Return the briefs of the invented article."""
    briefs = _briefs()
    overview = Overview(
        sourcing=Sourcing(
            summary="One named source, by way of the Skerry Gazette, and one unnamed; "
            "five figures, one without a source.",
            sources=(
                SourceLine(
                    name="Ilse Brandvold",
                    kind="named",
                    role="former dispatcher of the Vellmar Line",
                    claims=3,
                    via=("Skerry Gazette",),
                ),
                SourceLine(name="a person close to the board", kind="anonymous", claims=1),
            ),
            unnamed=1,
            figures=5,
            figures_without_source=1,
        ),
        flags=briefs[0].flags,
        criticised=(
            Criticised(name="Tomas Ruud", asked="unsaid", where=(at("Tomas Ruud"),)),
            Criticised(name="Vellmar Line", asked="yes", where=(at("Vellmar Line"),)),
        ),
        first_questions=("q1", "q3"),
        names=(
            NameEntry(
                name="Ilse Brandvold",
                variants=("Ms Brandvold",),
                role="dispatcher",
                places=(at("Ilse Brandvold"),),
            ),
            NameEntry(
                name="Tomas Ruud", variants=("Томас Рууд",), places=(at("Tomas Ruud"), at("Томас Рууд"))
            ),
        ),
    )
    return ArticleBriefs(
        article=invented_article(),
        overview=overview,
        ledger=_ledger(),
        briefs=briefs,
        made=Made(
            engine="offline",
            failures=(
                Failure(where="sentences 4 to 6", kind="timeout", message="no answer within 60 seconds"),
            ),
            tool_version="0.1.0",
        ),
    )
