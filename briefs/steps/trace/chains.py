"""The chain behind one claim: who speaks, for whom, leaning on what, through whom."""

from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.domain.scan import SourceKind
from briefs.domain.spans import How, Mention
from briefs.steps.trace.names import outlet, shown, words
from briefs.steps.trace.offices import body_of
from briefs.steps.trace.parties import (
    Party,
    Sort,
    basis,
    bodily,
    document,
    full_name,
    lists,
    medium,
    named_body,
    named_outlet,
    named_person,
    unnamed,
)

_READ = 400


class Chain(NamedTuple):
    """A claim's chain of attribution, as far as its article states it."""

    claim: str
    article: str
    upstream: tuple[Party, ...]
    """Known links, nearest the article first: speaker, the body that they speak for, what they lean on."""
    hidden: Party | None
    """The first link without a name; what lies behind it cannot be told."""
    relays: tuple[Party, ...]
    """Who passed the words on without being their source, nearest the article first."""
    reasons: tuple[str, ...]
    """Why one link stands for another, in words for people."""

    @property
    def known(self) -> bool:
        """Tell whether the article says where the claim comes from."""
        return bool(self.upstream) or (self.hidden is not None and self.hidden.sort is Sort.UNNAMED)


def chain_of(claim: IndexedClaim, article: IndexedArticle) -> Chain:
    """Return the chain behind a claim; a merely possible source is none."""
    attribution = claim.attribution
    names = _names(claim, article)
    relays = [named_outlet(_cut(each)) if outlet(_cut(each)) else _relay(each) for each in attribution.via]
    upstream: list[Party] = []
    reasons: list[str] = []
    hidden: Party | None = None
    source = attribution.source
    if source is not None and source.how is not How.POSSIBLE:
        name, role = source.name[:_READ], (source.role or "")[:_READ] or None
        party = _speaker(attribution.kind, name, role, names)
        if party.sort is Sort.OUTLET or _journalist(party):
            relays.append(party)
        elif party.sort in {Sort.UNNAMED, Sort.NOBODY}:
            hidden = party
        else:
            upstream.append(party)
            if attribution.kind is SourceKind.DOCUMENT and party.sort is Sort.BODY:
                reasons.append(f"“{shown(name)}” is taken for a paper of {shown(party.name)}")
            whose = body_of(role, names) if role and party.sort is Sort.PERSON else None
            if whose:
                upstream.append(named_body(whose))
                reasons.append(f"{shown(name)} speaks for {shown(whose)}: “{shown(role or '')}”")
    for each in attribution.basis:
        if hidden is not None:
            break
        link = basis(_cut(each), names)
        if link.sort in {Sort.UNNAMED, Sort.NOBODY}:
            hidden = link if not upstream else None
            break
        if link.sort is Sort.OUTLET:
            relays.append(link)
        elif link.sort is not Sort.DOCUMENT or not upstream:
            # A paper that could be anybody's adds nothing to a speaker who has a name.
            upstream.append(link)
            if link.name != each.name:
                reasons.append(f"“{shown(each.name)}” is taken for a paper of {shown(link.name)}")
    return Chain(
        claim.id, claim.article, tuple(upstream), hidden, tuple(dict.fromkeys(relays)), tuple(reasons)
    )


def _speaker(kind: SourceKind, name: str, role: str | None, names: Sequence[str]) -> Party:
    if kind is SourceKind.NAMED:
        return named_person(name, role)
    if kind is SourceKind.ORGANISATION:
        spoken_for = body_of(name, names) or (role if role and bodily(role) else None)
        return named_body(spoken_for or (full_name(name, names) if name.islower() else None) or name)
    if kind is SourceKind.MEDIA:
        return medium(name)
    if kind is SourceKind.DOCUMENT:
        return document(name, names)
    return unnamed(name)


def _relay(mention: Mention) -> Party:
    name = _cut(mention)
    party = medium(name)
    return party if party.sort is Sort.NOBODY else named_outlet(name)


def _journalist(party: Party) -> bool:
    """Tell whether a speaker only passes on what others know: a correspondent, an editor."""
    return party.sort is Sort.PERSON and bool(lists().media_people & set(words(party.role or "")))


def _names(claim: IndexedClaim, article: IndexedArticle) -> Sequence[str]:
    return [each[:_READ] for each in (*article.names, *claim.names)]


def _cut(mention: Mention) -> str:
    return mention.name[:_READ]
