"""From chains to origins: what is joined, in what order, and for which reasons.

Known chains are joined first, by the links they share. Then each claim of unknown origin is held against
the known ones of its own side: it joins one only if exactly one is found, whatever the order.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefs.domain.aliases import Aliases
from briefs.domain.relations import Family, IndexedArticle, IndexedClaim
from briefs.steps.trace.chains import Chain, chain_of
from briefs.steps.trace.copies import Copies, copies_of, said, title
from briefs.steps.trace.identity import Identity, identify
from briefs.steps.trace.joining import Joined, Reason
from briefs.steps.trace.names import countries, outlet_words, shown
from briefs.steps.trace.parties import Party, Sort
from briefs.steps.trace.quotations import runs


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


class _Work:
    """A family under way."""

    def __init__(
        self,
        family: Family,
        claims: Mapping[str, IndexedClaim],
        articles: Mapping[str, IndexedArticle],
        aliases: Aliases,
    ) -> None:
        self.ids = sorted(set(family.claims) & set(claims))
        self.claims, self.articles = claims, articles
        self.chains = {each: chain_of(claims[each], articles[claims[each].article]) for each in self.ids}
        self.identity = identify([self.chains[each] for each in self.ids], aliases)
        agencies = frozenset(
            relay.key for chain in self.chains.values() for relay in chain.relays if relay.sort is Sort.OUTLET
        )
        concerned = {claims[each].article for each in self.ids}
        self.copies = copies_of([articles[each] for each in sorted(concerned)], agencies)
        self.side = _sides(family, self.ids)
        self.origin = Joined(self.ids)
        self.known = {each for each in self.ids if self.chains[each].known}
        self.reasons: list[Reason] = []

    def join(self, ids: Sequence[str], reason: str | None) -> None:
        """Make the origins of claims one, for a reason that is shown unless it says nothing new."""
        for each in ids[1:]:
            self.origin.join(ids[0], each)
        if reason and len(ids) > 1:
            self.reasons.append(Reason(reason, frozenset(ids)))


def traced(
    family: Family,
    claims: Mapping[str, IndexedClaim],
    articles: Mapping[str, IndexedArticle],
    aliases: Aliases,
) -> Traced:
    """Return which attributions of a family go back to one origin."""
    work = _Work(family, claims, articles, aliases)
    _join_links(work)
    _join_unnamed(work)
    _settle_unknown(work)
    _join_unknown(work)
    return Traced(
        work.chains,
        work.identity,
        work.copies,
        {each: work.origin.root(each) for each in work.ids},
        frozenset(work.known),
        work.side,
        tuple(work.reasons),
    )


def _sides(family: Family, ids: Sequence[str]) -> dict[str, str]:
    """Return which claims say the same: those that relations of kind "same" link."""
    joined = Joined(ids)
    present = set(ids)
    for relation in family.relations:
        if relation.kind == "same" and {relation.one, relation.other} <= present:
            joined.join(relation.one, relation.other)
    if not family.relations:
        for each in ids[1:]:
            joined.join(ids[0], each)
    return {each: joined.root(each) for each in ids}


def link_key(work: _Work, chain: Chain, party: Party) -> str:
    """Return the key under which a link of a chain meets the same link of other chains.

    A document or a body that only its own article could tell from others ("her report") meets its like in
    copies of the article alone.
    """
    key = work.identity.of(party)
    own = party.sort is Sort.DOCUMENT or (party.name[:4].casefold() in {"her ", "his ", "its "})
    return f"{key} in {work.copies.group[chain.article]}" if own else key


def _join_links(work: _Work) -> None:
    """Join chains that share a person, a body or something they lean on."""
    sharing: dict[str, list[str]] = {}
    parties: dict[str, Party] = {}
    for each in work.ids:
        chain = work.chains[each]
        for party in chain.upstream:
            key = link_key(work, chain, party)
            sharing.setdefault(key, []).append(each)
            parties.setdefault(key, party)
    for key, ids in sorted(sharing.items()):
        forms = {work.chains[each].upstream[0].key for each in ids}
        leaning = len(forms) > 1 and len({work.identity.of(work.chains[e].upstream[0]) for e in ids}) > 1
        name = work.identity.name(parties[key])
        work.join(ids, f"all go back to {name}" if leaning else None)


def _join_unnamed(work: _Work) -> None:
    """Join unnamed people that nothing shows to be two: by way of one agency, or described alike."""
    sharing: dict[str, list[str]] = {}
    reasons: dict[str, str] = {}
    for each in work.ids:
        chain = work.chains[each]
        if chain.hidden is None or each not in work.known or chain.upstream:
            continue
        where = "/".join(sorted(countries(chain.hidden.name)))
        relay = next((r for r in chain.relays if r.sort is Sort.OUTLET), None)
        if relay is not None:
            key = f"{work.side[each]} via {work.identity.of(relay)} {where}"
            reason = f"unnamed people by way of {work.identity.name(relay)}: nothing shows that they are two"
        else:
            key = f"{work.side[each]} {chain.hidden.key}"
            reason = (
                f"unnamed and described alike (“{shown(chain.hidden.name)}”): nothing shows that they are two"
            )
        sharing.setdefault(key, []).append(each)
        reasons[key] = reason
    for key, ids in sorted(sharing.items()):
        work.join(ids, reasons[key])


def _settle_unknown(work: _Work) -> None:
    """Join each claim of unknown origin with the one known origin that its words or text are taken from."""
    sides: dict[str, list[str]] = {}
    for each in work.ids:
        sides.setdefault(work.side[each], []).append(each)
    for ids in sides.values():
        open_claims = [each for each in ids if each not in work.known]
        sources = [each for each in ids if each in work.known]
        if not open_claims or not sources:
            continue
        finders = (
            _Quoted(work, sources),
            _Copied(work, sources),
            _Citing(work, sources),
            _Within(work, sources),
        )
        settled: list[tuple[str, str, str]] = []
        for each in open_claims:
            for finder in finders:
                found = finder.find(each)
                if len({work.origin.root(source) for source, _ in found}) == 1:
                    source, reason = min(found)
                    settled.append((each, source, reason))
                    break
        for each, source, reason in settled:
            work.join((each, source), reason)
            work.known.add(each)


class _Finder:
    """One way to find where a claim of unknown origin is from."""

    def __init__(self, work: _Work, sources: Iterable[str]) -> None:
        self.work = work
        self.by: dict[str, list[str]] = {}
        for source in sources:
            for key in self.keys(source):
                self.by.setdefault(key, []).append(source)

    def keys(self, source: str) -> Iterable[str]:
        raise NotImplementedError

    def find(self, claim: str) -> list[tuple[str, str]]:
        raise NotImplementedError


class _Quoted(_Finder):
    """The same quotation, with a speaker here and none there."""

    def keys(self, source: str) -> Iterable[str]:
        return set(runs(self.work.claims[source]))

    def find(self, claim: str) -> list[tuple[str, str]]:
        if self.work.chains[claim].hidden is not None:
            return []
        sources = {source for run in runs(self.work.claims[claim]) for source in self.by.get(run, ())}
        return [(each, "the same quotation stands in both, with a speaker in one") for each in sources]


class _Copied(_Finder):
    """The same text, with a source here and none there."""

    def keys(self, source: str) -> Iterable[str]:
        return (self.work.copies.group[self.work.claims[source].article],)

    def find(self, claim: str) -> list[tuple[str, str]]:
        work, article = self.work, self.work.claims[claim].article
        found = []
        for source in self.by.get(work.copies.group[article], ()):
            other = work.claims[source].article
            if other != article:
                one, two = title(work.articles[article]), title(work.articles[other])
                found.append((source, f"{one} names no source here; its text is that of {two}, which does"))
        return found


class _Citing(_Finder):
    """An outlet is cited, and its own article is here."""

    def keys(self, source: str) -> Iterable[str]:
        outlet = self.work.articles[self.work.claims[source].article].outlet
        return (" ".join(outlet_words(outlet)),) if outlet else ()

    def find(self, claim: str) -> list[tuple[str, str]]:
        work = self.work
        found = []
        for relay in work.chains[claim].relays:
            for source in self.by.get(" ".join(outlet_words(relay.name)), ()):
                if work.claims[source].article != work.claims[claim].article:
                    reason = f"{shown(relay.name)} is cited, whose own article is among these"
                    found.append((source, reason))
        return found


class _Within(_Finder):
    """The article says it in its own words, and says in another place who says so."""

    def keys(self, source: str) -> Iterable[str]:
        return (self.work.claims[source].article,)

    def find(self, claim: str) -> list[tuple[str, str]]:
        work, own = self.work, self.work.claims[claim]
        chain = work.chains[claim]
        if chain.hidden is not None or chain.relays or own.attribution.source is not None:
            return []
        reason = f"{title(work.articles[own.article])} says in another place of the article who says so"
        return [(source, reason) for source in self.by.get(own.article, ())]


def _join_unknown(work: _Work) -> None:
    """Join claims of unknown origin that are one text, or that cite one outlet; they stay unknown."""
    sharing: dict[str, list[str]] = {}
    reasons: dict[str, str | None] = {}
    for each in work.ids:
        if each in work.known:
            continue
        chain = work.chains[each]
        group = work.copies.group[chain.article]
        relay = next((r for r in chain.relays if r.sort is Sort.OUTLET), None)
        maker = work.copies.makers.get(group)
        if relay is not None:
            key, reason = f"outlet {work.identity.of(relay)}", f"both cite {work.identity.name(relay)}"
        elif chain.hidden is not None:
            key, reason = f"{chain.hidden.key} in {group}", None
        elif maker is not None:
            key, reason = f"outlet {work.identity.of(maker)}", f"both are the text of {shown(maker.name)}"
        else:
            key, reason = f"text {group}", None
        key = f"{work.side[each]} {key}"
        sharing.setdefault(key, []).append(each)
        reasons[key] = reason
    for key, ids in sorted(sharing.items()):
        work.join(ids, reasons[key])


def copy_reasons(
    copies: Copies, articles: Mapping[str, IndexedArticle], concerned: frozenset[str]
) -> list[str]:
    """Return in words for people which of the articles `concerned` are one text."""
    return [said(pair, articles) for pair in copies.pairs if {pair.one, pair.other} <= concerned]
