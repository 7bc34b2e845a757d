"""What the overview keeps of one article, so that it need not be opened again."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Brief, Question
from briefs.domain.claims import ClaimType
from briefs.domain.desk import Status
from briefs.domain.scan import Attribution, Quantity
from briefs.domain.spans import How, Quote
from briefs.domain.story import Filed, Level, Levels, Place
from briefs.steps.survey.names import behind

NOBODY = frozenset({"the article’s author or outlet", "the author"})
"""How an article's briefs name its author where they have no name: another somebody for each article."""


class Teller(Protocol):
    """How claims and addressees of one article are told to people; render has the words."""

    def short(self, brief: Brief) -> str:
        """Return a claim in a few words."""
        ...

    def said_by(self, brief: Brief) -> str:
        """Return who says so, in a few words."""
        ...

    def ask(self, question: Question) -> str:
        """Return whom a question asks."""
        ...


class Voice(NamedTuple):
    """Whose words a claim is, and how they came; names as the article's briefs have them."""

    attribution: Attribution
    sure: bool
    """There is a source, and the article itself gives it."""


class Claimed(NamedTuple):
    """A claim, as much of it as the overview needs."""

    id: str
    number: int
    place: Place
    short: str
    said_by: str
    quote: Quote
    level: Level
    score: float
    headline: bool
    type: ClaimType
    open: bool
    """No editor has decided about it."""
    quantities: tuple[Quantity, ...]
    voice: Voice
    attributions: int
    origins: tuple[str, ...]
    unknown: int
    """Attributions whose origin the texts do not say."""


class Put(NamedTuple):
    """A question that an article's briefs ask and nobody has answered."""

    text: str
    ask: str
    settles: str
    serves: tuple[str, ...]
    first: bool
    """It stands on the article's first screen."""
    look_up: bool
    drafted_by: str
    place: Place
    own: bool
    """It asks the article's own author or newsroom, or its first publisher: they answer for it alone."""


class Gathered(NamedTuple):
    """What is kept of one article."""

    filed: Filed
    claims: tuple[Claimed, ...]
    put: tuple[Put, ...]
    sketch: tuple[int, ...]
    """MinHash signature of its text."""


def gather(
    result: ArticleBriefs, teller: Teller, sketch: tuple[int, ...] = (), formats: tuple[str, ...] = ()
) -> Gathered:
    """Return what the overview keeps of an article's briefs.

    `formats` are the suffixes of the files that stand beside its JSON.
    """
    article = result.article
    place = Place(
        article=article.id,
        slug=article.slug,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
    )
    filed = Filed(
        place=place,
        claims=levels(brief.claim.priority.level for brief in result.briefs),
        failures=len(result.made.failures),
        flags=result.flags_in_all,
        republished_from=article.republished_from,
        formats=formats,
    )
    return Gathered(
        filed=filed,
        claims=tuple(_claims(result, place, teller)),
        put=tuple(_put(result, place, teller)),
        sketch=sketch,
    )


def levels(found: Iterable[Level]) -> Levels:
    """Return how many there are of each level."""
    counts = Counter(found)
    return Levels(high=counts["high"], medium=counts["medium"], low=counts["low"])


def _claims(result: ArticleBriefs, place: Place, teller: Teller) -> list[Claimed]:
    headline = result.article.headline
    claims = []
    for number, brief in enumerate(result.briefs, 1):
        claim, said = brief.claim, brief.attribution
        claims.append(
            Claimed(
                id=brief.id,
                number=number,
                place=place,
                short=teller.short(brief),
                said_by=teller.said_by(brief),
                quote=claim.quote,
                level=claim.priority.level,
                score=claim.priority.score,
                headline=headline is not None and headline.contains(claim.quote),
                type=claim.type,
                open=brief.desk.status is Status.OPEN and brief.desk.dismissed is None,
                quantities=claim.quantities,
                voice=Voice(said, said.source is not None and said.how is not How.POSSIBLE),
                attributions=brief.origins.attributions,
                origins=tuple(origin.name for origin in brief.origins.origins if origin.known),
                unknown=brief.origins.unknown,
            )
        )
    return claims


def _put(result: ArticleBriefs, place: Place, teller: Teller) -> list[Put]:
    first = frozenset(result.overview.first_questions)
    return [
        Put(
            text=question.text,
            ask=teller.ask(question),
            settles=question.settles,
            serves=question.serves,
            first=question.id in first,
            look_up=question.look_up,
            drafted_by=question.drafted_by,
            place=place,
            own=_is_own(question.ask, result.article),
        )
        for brief in result.briefs
        for question in brief.questions
        # Ticked off without a word is settled too; an answer that is open again is not.
        if question.answered_by is None and question.ask
    ]


def _is_own(asked: str, article: Article) -> bool:
    outlets = {outlet for outlet in (article.outlet, article.republished_from) if outlet}
    by_name = any(asked.endswith(f", {outlet}") for outlet in outlets) or behind(asked) in outlets
    return by_name or asked.startswith("the author") or asked in NOBODY
