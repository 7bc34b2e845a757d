"""Invented claims for the tests of origins: who says what where, without any article's text being parsed."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from briefs.domain.aliases import NO_ALIASES, Aliases
from briefs.domain.brief import Origin, Origins
from briefs.domain.relations import Aspect, Family, IndexedArticle, IndexedClaim, Relation
from briefs.domain.scan import OWN_VOICE, Attribution, Source, SourceKind, Speech
from briefs.domain.spans import How, Mention, Quote
from briefs.steps.trace import trace
from briefs.text.sketch import sketch

Named = tuple[str, ...]
WORDS = "Some 2,310 nurses left in October"


def claim(
    brief: str,
    article: str,
    source: str | None = None,
    role: str | None = None,
    *,
    kind: SourceKind | None = None,
    via: Named = (),
    basis: Named = (),
    said: str | None = None,
    how: How = How.STATED,
    quote: str = WORDS,
) -> IndexedClaim:
    """Return a claim; a source without a kind is a person with a name, and `said` is direct speech."""
    attribution = OWN_VOICE
    if source is not None or kind is not None:
        attribution = Attribution(
            kind=kind or SourceKind.NAMED,
            source=Source(start=0, end=0, name=source, role=role, how=how) if source is not None else None,
            via=tuple(Mention(start=0, end=0, name=name) for name in via),
            basis=tuple(Mention(start=0, end=0, name=name) for name in basis),
            speech=Speech.DIRECT if said else Speech.INDIRECT,
        )
    elif said:
        attribution = OWN_VOICE.model_copy(update={"speech": Speech.DIRECT})
    return IndexedClaim(
        id=brief,
        article=article,
        quote=Quote(start=0, end=len(quote), text=quote),
        standalone=quote,
        type="quantity",
        level="high",
        said=(said,) if said else (),
        attribution=attribution,
    )


def article(
    path: str,
    outlet: str | None = None,
    *,
    byline: str | None = None,
    republished_from: str | None = None,
    text: str | None = None,
    names: Named = (),
) -> IndexedArticle:
    """Return an article's head; its outlet is named after its id, and its text is like no other's."""
    return IndexedArticle(
        id=path,
        slug=path,
        title=f"Title of {path}",
        outlet=f"The {path.title()} Paper" if outlet is None else outlet or None,
        byline=byline,
        republished_from=republished_from,
        names=names,
        text_sha256=f"hash of {text or path}",
        sketch=sketch(text) if text else (),
    )


def family(claims: Iterable[IndexedClaim], conflicts: Sequence[tuple[str, str]] = ()) -> Family:
    """Return the family of claims that all say the same, but for the pairs that conflict."""
    ids = [each.id for each in claims]
    apart = {other for _, other in conflicts}
    same = [each for each in ids if each not in apart]
    pairs = [(one, other, "same") for one, other in pairwise(same)]
    pairs += [(one, other, "conflict") for one, other in conflicts]
    relations = tuple(
        Relation.model_validate(
            {"one": one, "other": other, "kind": kind, "aspect": Aspect.WORDING, "note": "A note."}
        )
        for one, other, kind in pairs
    )
    return Family(id=min(ids), claims=tuple(ids), relations=relations)


def origins(
    claims: Sequence[IndexedClaim],
    articles: Sequence[IndexedArticle] = (),
    aliases: Aliases = NO_ALIASES,
    conflicts: Sequence[tuple[str, str]] = (),
) -> dict[str, Origins]:
    """Return the origins of claims of one family; articles that are not given have nothing known of them."""
    heads = {each.article: article(each.article) for each in claims} | {each.id: each for each in articles}
    found = trace(family(claims, conflicts), {each.id: each for each in claims}, heads, aliases)
    return dict(found)


def behind(
    claims: Sequence[IndexedClaim],
    articles: Sequence[IndexedArticle] = (),
    aliases: Aliases = NO_ALIASES,
) -> tuple[Origin, ...]:
    """Return the origins of claims that all say the same."""
    return next(iter(origins(claims, articles, aliases).values())).origins


def names(found: Sequence[Origin]) -> list[str]:
    """Return what origins are called."""
    return [each.name for each in found]
