"""The chain behind one claim: who speaks, for whom, leaning on what, through whom."""

from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.domain.scan import Source, SourceKind
from briefs.domain.spans import How, Mention
from briefs.steps.trace.names import outlet, readable, shown, words
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
_WITHOUT_NAME = frozenset({Sort.UNNAMED, Sort.NOBODY})


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
    stands_for: Party | None = None
    """The body that the speaker, a person, speaks for; a link of `upstream`."""

    @property
    def known(self) -> bool:
        """Tell whether the article says where the claim comes from."""
        return bool(self.upstream) or (self.hidden is not None and self.hidden.sort is Sort.UNNAMED)


def chain_of(claim: IndexedClaim, article: IndexedArticle) -> Chain:
    """Return the chain behind a claim; a merely possible source is none."""
    attribution = claim.attribution
    links = _Links([each[:_READ] for each in (*article.names, *claim.names)])
    links.relays.extend(_relay(each) for each in attribution.via if readable(each.name))
    source = attribution.source
    if source is not None and source.how is not How.POSSIBLE and readable(source.name):
        links.speaker(attribution.kind, source)
    for each in attribution.basis:
        if links.hidden is not None or not readable(each.name) or not links.lean(each):
            break
    relays = tuple(dict.fromkeys(links.relays))
    return Chain(
        claim.id,
        claim.article,
        tuple(links.upstream),
        links.hidden,
        relays,
        tuple(links.reasons),
        links.stands_for,
    )


class _Links:
    """The links of one chain while they are gathered; `names` are those that the article names."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.upstream: list[Party] = []
        self.relays: list[Party] = []
        self.reasons: list[str] = []
        self.hidden: Party | None = None
        self.stands_for: Party | None = None

    def speaker(self, kind: SourceKind, source: Source) -> None:
        """Take the speaker, and the body that they speak for."""
        name, role = source.name[:_READ], (source.role or "")[:_READ] or None
        party = _speaker(kind, name, role, self.names)
        if party.sort is Sort.OUTLET or _journalist(party):
            self.relays.append(party)
            return
        if party.sort in _WITHOUT_NAME:
            self.hidden = party
            return
        self.upstream.append(party)
        if kind is SourceKind.DOCUMENT and party.sort is Sort.BODY:
            self.reasons.append(f"“{shown(name)}” is taken for a paper of {shown(party.name)}")
        whose = body_of(role, self.names) if role and party.sort is Sort.PERSON else None
        if whose:
            self.stands_for = named_body(whose)
            self.upstream.append(self.stands_for)
            self.reasons.append(f"{shown(name)} speaks for {shown(whose)}: “{shown(role or '')}”")

    def lean(self, mention: Mention) -> bool:
        """Take what the last link leans on; tell whether anything can be known behind it."""
        name = _cut(mention)
        link = basis(name, self.names)
        if link.sort in _WITHOUT_NAME:
            self.hidden = None if self.upstream else link
            return False
        if link.sort is Sort.OUTLET:
            self.relays.append(link)
        elif link.sort is not Sort.DOCUMENT or not self.upstream:
            # A paper that could be anybody's adds nothing to a speaker who has a name.
            self.upstream.append(link)
            if len(self.upstream) > 1:
                self.reasons.append(f"{shown(self.upstream[0].name)} leans on “{shown(name)}”")
        return True


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
    return named_outlet(name) if outlet(name) else medium(name)


def _journalist(party: Party) -> bool:
    """Tell whether a speaker only passes on what others know: a correspondent, an editor."""
    return party.sort is Sort.PERSON and bool(lists().media_people & set(words(party.role or "")))


def _cut(mention: Mention) -> str:
    return mention.name[:_READ]
