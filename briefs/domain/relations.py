"""Claims across articles: what is kept of each, and how two of them stand to each other.

Everything here is made from an article's briefs alone, so that an index of it can be deleted and made again.
"""

from bisect import bisect_left
from enum import StrEnum
from operator import itemgetter
from typing import Literal, NamedTuple, Self

from pydantic import Field

from briefs.domain.brief import ArticleBriefs
from briefs.domain.claims import ClaimType
from briefs.domain.scan import Attribution, DateMention, Quantity
from briefs.domain.spans import Frozen, Quote, Span


class IndexedClaim(Frozen):
    """What relating needs to know of one claim; offsets point into its own article's text."""

    id: str
    """The brief's id."""
    article: str
    """The article's id."""
    quote: Quote
    standalone: str
    type: ClaimType
    level: Literal["high", "medium", "low"]
    headline: bool = False
    """It stands in the headline."""
    hedges: tuple[str, ...] = ()
    """The words that hold back certainty, as they stand in the article."""
    said: tuple[str, ...] = ()
    """The attributed words alone, piece by piece; empty where the article says it itself."""
    names: tuple[str, ...] = ()
    """Best names of the people, bodies and places that the quoted words name, in their order."""
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    attribution: Attribution


class IndexedArticle(Frozen):
    """What relating needs to know of one article, with its claims in the article's order."""

    id: str
    slug: str
    title: str
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    url: str | None = None
    republished_from: str | None = None
    language: str = "und"
    names: tuple[str, ...] = ()
    """Best names of the people, bodies and places that the article names, in the order of its checklist."""
    text_sha256: str
    sketch: tuple[int, ...] = ()
    """MinHash signature of the text, for finding nearly equal texts; empty for a very short text."""
    claims: tuple[IndexedClaim, ...] = ()

    @classmethod
    def of(cls, result: ArticleBriefs, sketch: tuple[int, ...] = ()) -> Self:
        """Return what the index keeps of an article's briefs."""
        article = result.article
        return cls(
            id=article.id,
            slug=article.slug,
            title=article.title,
            outlet=article.outlet,
            byline=article.byline,
            published=article.published,
            url=article.url,
            republished_from=article.republished_from,
            language=article.language,
            names=tuple(each.name for each in result.overview.names),
            text_sha256=article.text_sha256,
            sketch=sketch,
            claims=tuple(_claims(result)),
        )


class Outline(NamedTuple):
    """What is kept of a claim and of its article's head for telling quickly whether two claims may relate."""

    head: str
    claim: str


class Aspect(StrEnum):
    """In what respect two claims agree, differ or touch."""

    WORDING = "wording"
    """They are worded alike, or one quotation stands in both."""
    FIGURE = "figure"
    """Figures of one thing for one time."""
    DATE = "date"
    """When it happened, or how long it has lasted."""
    DENIAL = "denial"
    """One says that it is so, the other that it is not."""
    MEASURE = "measure"
    """Figures of different things: people and criminal cases, killed and injured."""
    PERIOD = "period"
    """Figures of one thing for different times: a month and a year, a rate and a count."""
    CERTAINTY = "certainty"
    """One holds back ("may have been") where the other does not."""
    TOPIC = "topic"
    """One thing is spoken of, nothing more is the same."""


RelationKind = Literal["same", "conflict", "related"]
KINDS: tuple[RelationKind, ...] = ("conflict", "same", "related")
"""In the order in which an editor reads them."""


class Relation(Frozen):
    """How two claims stand to each other, of one article or of two; it has no direction.

    `one` comes before `other` by article id, then by place in the article.
    """

    one: str
    """A brief's id."""
    other: str
    kind: RelationKind
    aspect: Aspect
    note: str
    """One sentence for people, the same read from either side; a conflict's says why both cannot hold."""
    one_words: Span | None = None
    """The words of `one` that it is about (a figure, a date), in its article's text."""
    other_words: Span | None = None


class Family(Frozen):
    """Claims of one thing: linked by "same", or by figures and dates that conflict over it."""

    id: str
    """The smallest id of its claims."""
    claims: tuple[str, ...] = Field(min_length=1)
    """Briefs' ids, by publication date (undated last), article id and place."""
    relations: tuple[Relation, ...] = ()
    """All relations among its claims."""


def _claims(result: ArticleBriefs) -> list[IndexedClaim]:
    text, headline = result.article.text, result.article.headline
    named = sorted(
        (place.start, place.end, each.name) for each in result.overview.names for place in each.places
    )
    claims = []
    for brief in result.briefs:
        quote = brief.claim.quote
        first, last = (bisect_left(named, place, key=itemgetter(0)) for place in (quote.start, quote.end))
        inside = [name for _, end, name in named[first:last] if end <= quote.end]
        claims.append(
            IndexedClaim(
                id=brief.id,
                article=result.article.id,
                quote=quote,
                standalone=brief.claim.standalone,
                type=brief.claim.type,
                level=brief.claim.priority.level,
                headline=headline is not None and headline.contains(quote),
                hedges=tuple(span.of(text) for span in brief.claim.hedges),
                said=tuple(span.of(text) for span in brief.attribution.content),
                names=tuple(dict.fromkeys(inside)),
                quantities=brief.claim.quantities,
                dates=brief.claim.dates,
                attribution=brief.attribution,
            )
        )
    return claims
