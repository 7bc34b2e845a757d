"""From chains to origins: what is joined, in what order, and for which reasons.

Known chains are joined first, by the links they share. Then each claim of unknown origin is held against
the known ones of its own side: it joins one only if exactly one is found, whatever the order.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefs.domain.aliases import Aliases
from briefs.domain.relations import Family, IndexedArticle, IndexedClaim
from briefs.steps.trace.chains import Chain
from briefs.steps.trace.copies import Copies
from briefs.steps.trace.identity import Identity
from briefs.steps.trace.names import countries, outlet_words, shown
from briefs.steps.trace.parties import Party, Sort
from briefs.steps.trace.quotations import written_runs
from briefs.steps.trace.settling import settle
from briefs.steps.trace.work import Reason, Work

_OWN_ALONE = ("her ", "his ", "its ", "their ")


class Traced(NamedTuple):
    """What is known of a family's origins before it is put into words."""

    chains: Mapping[str, Chain]
    identity: Identity
    copies: Copies
    root: Mapping[str, str]
    """Claim to the claim that stands for its origin."""
    known: frozenset[str]
    """Claims whose origin is known, by their own words or another article's."""
    side: Mapping[str, str]
    """Claim to the claim that stands for all that say the same."""
    reasons: Sequence[Reason]


class _Shared:
    """Claims by what they share, and why those that share it are one."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = {}
        self._reasons: dict[str, str | None] = {}

    def add(self, key: str, claim: str, reason: str | None = None) -> None:
        self._ids.setdefault(key, []).append(claim)
        self._reasons[key] = self._reasons.get(key) or reason

    def join(self, work: Work) -> None:
        for key, ids in sorted(self._ids.items()):
            work.join(ids, self._reasons[key])


def traced(
    family: Family,
    claims: Mapping[str, IndexedClaim],
    articles: Mapping[str, IndexedArticle],
    aliases: Aliases,
) -> Traced:
    """Return which attributions of a family go back to one origin."""
    work = Work(family, claims, articles, aliases)
    _join_links(work)
    _join_unnamed(work)
    _join_sentences(work)
    settle(work)
    _join_unknown(work)
    return Traced(
        work.chains,
        work.identity,
        work.copies,
        {each: work.origin.of(each) for each in work.ids},
        frozenset(work.known),
        work.side,
        tuple(work.reasons),
    )


def _link_key(work: Work, chain: Chain, party: Party) -> str:
    """Return the key under which a link of a chain meets the same link of other chains.

    A document or a body that only its own article could tell from others ("her office") meets its like in
    copies of the article alone.
    """
    key = work.identity.of(party)
    own = party.sort is Sort.DOCUMENT or party.name.casefold().startswith(_OWN_ALONE)
    return f"{key} in {work.copies.group[chain.article]}" if own else key


def _join_links(work: Work) -> None:
    """Join chains that share a person, a body or something they lean on, on whichever side of a conflict."""
    shared = _Shared()
    speakers: dict[str, set[str]] = {}
    for each in work.ids:
        chain = work.chains[each]
        for party in chain.upstream:
            key = _link_key(work, chain, party)
            speakers.setdefault(key, set()).add(work.identity.of(chain.upstream[0]))
    for each in work.ids:
        chain = work.chains[each]
        for party in chain.upstream:
            key = _link_key(work, chain, party)
            several = len(speakers[key]) > 1
            shared.add(key, each, f"all go back to {work.identity.name(party)}" if several else None)
    shared.join(work)


def _join_unnamed(work: Work) -> None:
    """Join unnamed people that nothing shows to be two: by way of one agency, or described alike.

    By way of one agency those of two countries are two; those of no country then are neither's.
    """
    shared, ways = _Shared(), _Ways(work)
    for each in ways.hidden:
        people = work.chains[each].hidden
        if people is None:
            continue
        alike = f"unnamed people described alike (“{shown(people.name)}”): nothing shows that they are two"
        relay = ways.passed_on(each)
        if relay is not None:
            reason = f"unnamed people by way of {work.identity.name(relay)}: nothing shows that they are two"
            shared.add(ways.key(each, relay), each, reason)
        maker = work.relay(each)
        if maker is not None or relay is None:
            told = work.identity.of(maker) if maker else ""
            shared.add(f"{work.side[each]} {people.key} {told}", each, None if relay else alike)
    shared.join(work)


class _Ways:
    """How unnamed people reached the articles, and of which countries they are."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.hidden = [
            each
            for each in work.ids
            if each in work.known and work.chains[each].hidden and not work.chains[each].upstream
        ]
        self._places: dict[str, set[str]] = {}
        for each in self.hidden:
            relay, where = self.passed_on(each), self._where(each)
            if relay is not None and where:
                self._places.setdefault(self._way(each, relay), set()).add(where)

    def passed_on(self, claim: str) -> Party | None:
        """Return the outlet that the article names as the one to which they spoke."""
        return next((each for each in self._work.chains[claim].relays if each.sort is Sort.OUTLET), None)

    def key(self, claim: str, relay: Party) -> str:
        way = self._way(claim, relay)
        return f"{way} {self._where(claim)}" if len(self._places.get(way, ())) > 1 else way

    def _way(self, claim: str, relay: Party) -> str:
        return f"{self._work.side[claim]} by way of {self._work.identity.of(relay)}"

    def _where(self, claim: str) -> str:
        people = self._work.chains[claim].hidden
        return "/".join(sorted(countries(people.name))) if people else ""


def _join_sentences(work: Work) -> None:
    """Join claims that are one sentence of one text, though its copies name different sources."""
    shared = _Shared()
    for each in work.ids:
        group = work.copies.group[work.claims[each].article]
        if each in work.known and len(work.copies.members[group]) > 1:
            for run in set(written_runs(work.claims[each])):
                shared.add(f"{work.side[each]} {group} {run}", each)
    shared.join(work)


def _join_unknown(work: Work) -> None:
    """Join claims of unknown origin that are one text or one outlet's, or cite one; they stay unknown."""
    shared = _Shared()
    for each in work.ids:
        if each in work.known:
            continue
        chain, article, side = work.chains[each], work.article(each), work.side[each]
        group = work.copies.group[article.id]
        relay = work.relay(each)
        if chain.hidden is not None:
            shared.add(f"{side} {chain.hidden.key} in {group}", each)
        elif relay is not None:
            name = work.identity.name(relay)
            shared.add(f"{side} {work.identity.of(relay)}", each, f"all from {name}")
        else:
            shared.add(f"{side} text {group}", each)
            if article.outlet:
                shared.add(f"{side} outlet:{' '.join(outlet_words(article.outlet))}", each)
    shared.join(work)
