"""An invented article with briefs made by hand, and events about its claims."""

from briefs.domain.article import Article, Block, BlockRole, Copy, sha256
from briefs.domain.brief import ArticleBriefs, Brief, Made, Overview, Question, Sourcing
from briefs.domain.claims import Claim, ClaimType, Disposition, LedgerEntry, Priority, brief_id
from briefs.domain.desk_events import (
    Added,
    Answered,
    Change,
    DeskEvent,
    DeskField,
    Dismissed,
    Door,
    Edited,
    Happening,
    Kept,
    Moved,
    Reopened,
    question_key,
)
from briefs.domain.scan import OWN_VOICE, Attribution, Quantity, Source, SourceKind
from briefs.domain.spans import Quote, Span
from briefs.review.basis import basis_of

ID = "harbour/boats.txt"
SENTENCES = (
    "Seven of the twelve boats allegedly lay up in August, Ilse Brandvold told the Skerry Gazette.",
    "The Vellmar Line cancelled 300 sailings.",
    "Who would not be angry?",
    "The gate count fell by half, the harbour office said.",
    "Tickets will surely be dearer next year.",
)
TEXT = "\n\n".join(SENTENCES) + "\n"
CLAIMS = (0, 1, 3)
"""Which sentences are claims by the rules."""


def place_of(words: str, text: str = TEXT) -> Span:
    """Return where words first stand."""
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def quote_of(words: str, text: str = TEXT) -> Quote:
    """Return words with the place where they first stand."""
    place = place_of(words, text)
    return Quote(start=place.start, end=place.end, text=words)


def question(number: int, brief: str, words: str) -> Question:
    """Return a question of the draft."""
    return Question(id=f"q{number}", text=words, ask="the harbour office", settles="whether", serves=(brief,))


def brief_for(at: int, number: int, text: str = TEXT) -> Brief:
    """Return the brief of one sentence with one question."""
    words = SENTENCES[at]
    name = brief_id(ID, words, 0)
    figure = {0: ("Seven", 7), 1: ("300 sailings", 300)}.get(at)
    hedges = (place_of("allegedly", text),) if at == 0 else ()
    return Brief(
        id=name,
        claim=Claim(
            quote=quote_of(words, text),
            standalone=words,
            type=ClaimType.QUANTITY,
            hedges=hedges,
            quantities=(
                (Quantity(**dict(quote_of(figure[0], text)), low=figure[1], high=figure[1]),)
                if figure
                else ()
            ),
            priority=Priority(score=0.5, reasons=("it gives a figure",)),
        ),
        attribution=_ILSE(text) if at == 0 else OWN_VOICE,
        questions=(question(number, name, f"Is “{words}” in a record?"),),
    )


def _ILSE(text: str) -> Attribution:  # noqa: N802 - a constant but for its places
    source = Source(**dict(place_of("Ilse Brandvold", text)), name="Ilse Brandvold")
    return Attribution(kind=SourceKind.NAMED, source=source, cue=place_of("told", text))


def article_of(text: str = TEXT) -> Article:
    """Return the article with a text."""
    return Article(
        id=ID,
        text_sha256=sha256(text.encode()),
        source_sha256="0" * 64,
        slug="boats",
        title="Boats",
        url="https://skerry.example/boats",
        language="en",
        copy_kind=Copy.OWN,
        source_path=ID,
        blocks=tuple(Block(**dict(place_of(each, text)), role=BlockRole.BODY) for each in text.split("\n\n")),
        text=text,
    )


def harbour() -> ArticleBriefs:
    """Return the article's briefs as the tool drafts them."""
    briefs = tuple(brief_for(at, number) for number, at in enumerate(CLAIMS, 1))
    by_words = {brief.claim.quote.text: brief.id for brief in briefs}
    ledger = tuple(
        LedgerEntry(
            sentence=at,
            start=place_of(words).start,
            end=place_of(words).end,
            disposition=Disposition.CLAIM if words in by_words else Disposition.NOT_CHECKABLE,
            reason="it gives a figure" if words in by_words else "opinion, with no fact in it",
            briefs=(by_words[words],) if words in by_words else (),
            verifiable=words in by_words,
            worth=0.5,
        )
        for at, words in enumerate(SENTENCES)
    )
    return ArticleBriefs(
        article=article_of(),
        overview=Overview(sourcing=Sourcing(summary="Three claims.")),
        ledger=ledger,
        briefs=briefs,
        made=Made(engine="offline", tool_version="0"),
    )


RESULT = harbour()
SEVEN, CANCELLED, COUNT = RESULT.briefs
MISSED = brief_for(4, 9)
"""A brief for a sentence that the rules leave out."""


class Events:
    """Makes events with growing numbers."""

    def __init__(self, first: int = 1) -> None:
        self._next = first

    def __call__(
        self,
        brief: str,
        what: Happening,
        *,
        who: str = "A. Reader",
        door: Door = Door.DESK,
        article: str = ID,
        at: str = "2026-11-22T14:05:09+00:00",
    ) -> DeskEvent:
        """Return the next event."""
        seq, self._next = self._next, self._next + 1
        return DeskEvent(seq=seq, at=at, who=who, door=door, article=article, brief=brief, what=what)


def edit(brief: Brief = SEVEN, **changes: str | None) -> Edited:
    """Return a change of fields, from what an untouched claim has; `status="usable"`."""
    made = tuple(Change(field=DeskField(name), before=None, after=value) for name, value in changes.items())
    return Edited(changes=made, basis=basis_of(RESULT.article, brief))


def answer(
    brief: Brief = SEVEN, words: str | None = "Yes, in the gate book.", *, done: bool = True
) -> Answered:
    """Return an answer to a claim's first question."""
    asked = brief.questions[0]
    key = question_key(asked.ask, asked.text)
    return Answered(question=key, text=asked.text, ask=asked.ask, answer=words, done=done)


def added(brief: Brief = MISSED) -> Added:
    """Return that a claim was added."""
    return Added(brief=brief, basis=basis_of(RESULT.article, brief))


def dismissed(reason: str | None, brief: Brief = SEVEN) -> Dismissed:
    """Return that a claim was dismissed, or that this was taken back."""
    return Dismissed(reason=reason, basis=basis_of(RESULT.article, brief))


def reopened(*reasons: str, gone: bool = False, brief: Brief = SEVEN) -> Reopened:
    """Return that a new version changed the claim's words."""
    return Reopened(reasons=reasons, basis=None if gone else basis_of(RESULT.article, brief))


def kept(brief: Brief = SEVEN) -> Kept:
    """Return that a new version has the claim's words."""
    return Kept(basis=basis_of(RESULT.article, brief))


def moved(to: str, article: str = ID) -> Moved:
    """Return that the claim goes on under another id."""
    return Moved(to=to, article=article)
