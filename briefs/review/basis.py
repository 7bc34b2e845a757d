"""The words of the article that a sign-off rests on, and what is read differently in the same words today."""

from collections.abc import Iterable

from briefs.domain.article import Article
from briefs.domain.brief import Brief
from briefs.domain.desk import Basis
from briefs.domain.spans import Quote, Span


def basis_of(article: Article, brief: Brief) -> Basis:
    """Return the words that a decision about a claim rests on, at their places in the article."""
    text, claim, attribution = article.text, brief.claim, brief.attribution
    source = attribution.source
    passed_on = (*attribution.via, *attribution.basis)
    figures: Iterable[Span] = sorted((*claim.quantities, *claim.dates), key=lambda each: each.start)
    return Basis(
        text_sha256=article.text_sha256,
        quote=_quoted(text, claim.quote),
        name=source.name if source else None,
        source=_quoted(text, source) if source else None,
        cue=_quoted(text, attribution.cue) if attribution.cue else None,
        chain=tuple(_quoted(text, each) for each in passed_on),
        hedges=tuple(_quoted(text, each) for each in claim.hedges),
        figures=tuple(_quoted(text, each) for each in figures),
    )


def read_otherwise(then: Basis, now: Basis) -> tuple[str, ...]:
    """Return what is read differently in the same text, in words for people; nothing where the text differs.

    The words of the article have not changed, so the decision stands; an editor may want to look again.
    """
    if then.text_sha256 != now.text_sha256 or then == now:
        return ()
    notes = []
    if then.quote != now.quote:
        notes.append(f"the claim is cut otherwise: it was {_shown(then.quote)}")
    if (then.name, then.source) != (now.name, now.source):
        notes.append(f"whose words these are: now {_whose(now)}, before {_whose(then)}")
    elif then.cue != now.cue:
        notes.append(f"the words that attribute it: now {_shown(now.cue)}, before {_shown(then.cue)}")
    for what, before, after in (
        ("who passed it on or what it leans on", then.chain, now.chain),
        ("words that hold back", then.hedges, now.hedges),
        ("figures and dates", then.figures, now.figures),
    ):
        if before != after:
            notes.append(f"{what}: now {_listed(after)}, before {_listed(before)}")
    return tuple(f"The tool reads this differently today: {note}." for note in notes)


def _quoted(text: str, place: Span) -> Quote:
    return Quote(start=place.start, end=place.end, text=place.of(text))


def _whose(basis: Basis) -> str:
    return basis.name or "the article's own voice"


def _shown(quote: Quote | None) -> str:
    return f"“{' '.join(quote.text.split())}”" if quote is not None else "nothing"


def _listed(quotes: tuple[Quote, ...]) -> str:
    return ", ".join(_shown(each) for each in quotes) or "none"
