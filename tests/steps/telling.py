"""Articles as the overview keeps them, made by hand."""

from collections.abc import Sequence

from briefs.domain.claims import ClaimType
from briefs.domain.relations import Aspect, Family, Relation, RelationKind
from briefs.domain.scan import Attribution, Quantity, Source, SourceKind
from briefs.domain.spans import Mention, Quote
from briefs.domain.story import Filed, Place, Story
from briefs.groups import Groups
from briefs.steps.survey import Frame, Gathered, survey
from briefs.steps.survey.gather import Claimed, Put, Voice, levels
from briefs.steps.survey.names import Canonical

SCORES = {"high": 0.8, "medium": 0.4, "low": 0.1}


def place(article: str, published: str | None = None, outlet: str | None = None) -> Place:
    """Return an article; its outlet is called after it unless one is given."""
    return Place(
        article=article, slug=article, title=f"Title of {article}", outlet=outlet, published=published
    )


def claimed(
    name: str,
    words: str,
    where: Place,
    *,
    level: str = "high",
    source: str | None = None,
    kind: SourceKind = SourceKind.NAMED,
    via: Sequence[str] = (),
    figures: Sequence[tuple[str, float | None, float | None, str]] = (),
    is_open: bool = True,
) -> Claimed:
    """Return a claim; `figures` are the figure's words, its bounds and what it counts."""
    return Claimed(
        id=name,
        number=1,
        place=where,
        short=words,
        said_by=source or "the article itself",
        quote=Quote(start=10, end=10 + len(words), text=words),
        level=level,  # type: ignore[arg-type]
        score=SCORES[level],
        headline=False,
        type=ClaimType.QUANTITY,
        open=is_open,
        quantities=tuple(_quantity(words, *figure) for figure in figures),
        voice=_voice(source, kind, via),
        attributions=0,
        origins=(),
        unknown=0,
    )


def _quantity(words: str, text: str, low: float | None, high: float | None, unit: str) -> Quantity:
    start = 10 + words.index(text)
    return Quantity(start=start, end=start + len(text), text=text, low=low, high=high, unit=unit)


def _voice(source: str | None, kind: SourceKind, via: Sequence[str]) -> Voice:
    if source is None:
        return Voice(Attribution(kind=SourceKind.UNATTRIBUTED), sure=False)
    named = Source(start=0, end=1, name=source)
    passed = tuple(Mention(start=0, end=1, name=each) for each in via)
    return Voice(Attribution(kind=kind, source=named, via=passed), sure=True)


def put(
    text: str,
    ask: str,
    where: Place,
    serves: Sequence[str],
    *,
    settles: str = "it",
    first: bool = False,
    look_up: bool = False,
    own: bool = False,
) -> Put:
    """Return an open question."""
    return Put(text, ask, settles, tuple(serves), first, look_up, "offline", where, own)


def article(
    where: Place, claims: Sequence[Claimed] = (), puts: Sequence[Put] = (), sketch: tuple[int, ...] = ()
) -> Gathered:
    """Return what is kept of an article."""
    filed = Filed(place=where, claims=levels(claim.level for claim in claims), formats=("md", "html"))
    return Gathered(filed, tuple(claims), tuple(puts), sketch)


def link(kind: RelationKind, one: Claimed, other: Claimed, note: str = "Why.") -> Relation:
    """Return a relation of two claims, about their first figures where both have one."""
    first, second = sorted((one, other), key=lambda claim: claim.id)
    figures = [claim.quantities[0].place if claim.quantities else None for claim in (first, second)]
    return Relation(
        one=first.id,
        other=second.id,
        kind=kind,
        aspect=Aspect.FIGURE,
        note=note,
        one_words=figures[0],
        other_words=figures[1],
    )


def story(
    articles: Sequence[Gathered],
    relations: Sequence[Relation] = (),
    canonical: Canonical = str,
    frame: Frame = Frame("0"),  # noqa: B008 - a value that nothing can change
) -> Story:
    """Return the overview, with families as relations make them."""
    groups = Groups((r.one, r.other) for r in relations if r.kind != "related")
    held: dict[str, list[str]] = {}
    for each in articles:
        for claim in each.claims:
            held.setdefault(groups.of(claim.id), []).append(claim.id)
    families = [
        Family(
            id=name,
            claims=tuple(ids),
            relations=tuple(r for r in relations if r.one in ids and r.other in ids),
        )
        for name, ids in held.items()
        if len(ids) > 1
    ]
    return survey(articles, families, relations, frame, canonical)
