"""Claims of invented articles, as an index hands them over, for tests of relating."""

from collections.abc import Sequence

from briefs.domain.claims import ClaimType
from briefs.domain.relations import IndexedArticle, IndexedClaim, Relation
from briefs.domain.scan import OWN_VOICE, Attribution, DateMention, Quantity, Source, SourceKind
from briefs.domain.spans import How, Quote
from briefs.steps.relate import relate

Count = tuple[float | None, float | None, str | None, str | None]
"""Low, high, unit and period of a figure."""


def claim(
    text: str,
    article: str = "a",
    *,
    start: int = 0,
    source: str | None = None,
    said: tuple[str, ...] = (),
    hedges: tuple[str, ...] = (),
    names: tuple[str, ...] = (),
    dates: dict[str, str] | None = None,
    counts: dict[str, Count] | None = None,
) -> IndexedClaim:
    """Return a claim of `text`; `dates` maps words to ISO dates, `counts` words to low, high, unit, period."""

    def place(words: str) -> tuple[int, int]:
        at = text.index(words) + start
        return at, at + len(words)

    quantities = []
    for words, (low, high, unit, period) in (counts or {}).items():
        first, last = place(words)
        quantities.append(
            Quantity(start=first, end=last, text=words, low=low, high=high, unit=unit, period=period)
        )
    mentions = []
    for words, iso in (dates or {}).items():
        first, last = place(words)
        day = {"from_date": iso, "to_date": iso}
        mentions.append(DateMention(start=first, end=last, text=words, iso=iso, **day))
    who = Source(start=0, end=0, name=source, how=How.STATED) if source else None
    return IndexedClaim(
        id=f"{article}-{start}",
        article=article,
        quote=Quote(start=start, end=start + len(text), text=text),
        standalone=text,
        type=ClaimType.EVENT,
        level="medium",
        hedges=hedges,
        said=said,
        names=names,
        quantities=tuple(quantities),
        dates=tuple(mentions),
        attribution=Attribution(kind=SourceKind.NAMED, source=who) if who else OWN_VOICE,
    )


def article(
    name: str = "a",
    *,
    title: str = "Fire at Port Sable",
    names: tuple[str, ...] = ("Port Sable",),
    published: str | None = None,
) -> IndexedArticle:
    """Return the head of an article."""
    return IndexedArticle(
        id=name, slug=name, title=title, published=published, names=names, text_sha256="0" * 64
    )


def relation_of(
    one: IndexedClaim, other: IndexedClaim, articles: Sequence[IndexedArticle] = ()
) -> Relation | None:
    """Return how two claims stand, found through their keys; articles that are not given share a name."""
    heads = {each.id: each for each in articles}
    for each in (one, other):
        heads.setdefault(each.article, article(each.article))
    found = relate([one], [other], heads)
    assert len(found) <= 1
    return found[0] if found else None
