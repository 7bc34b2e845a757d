"""A family under way: its chains, its names, its texts, and what has been joined so far."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefs.domain.aliases import Aliases
from briefs.domain.relations import Family, IndexedArticle, IndexedClaim
from briefs.groups import Groups
from briefs.steps.trace.chains import chain_of
from briefs.steps.trace.copies import copies_of
from briefs.steps.trace.identity import identify
from briefs.steps.trace.parties import Party, Sort


class Reason(NamedTuple):
    """Why things were counted as one, in words for people, and the claims that it is about."""

    text: str
    claims: frozenset[str] = frozenset()


class Work:
    """What is known of a family while its origins are looked for; claims are in the order of their ids."""

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
        self._speak_everywhere()
        agencies = frozenset(
            relay.key for chain in self.chains.values() for relay in chain.relays if relay.sort is Sort.OUTLET
        )
        concerned = {claims[each].article for each in self.ids}
        self.copies = copies_of([articles[each] for each in sorted(concerned)], agencies)
        self.side = _sides(family, self.ids)
        self.origin = Groups(members=self.ids)
        self.known = {each for each in self.ids if self.chains[each].known}
        self.reasons: list[Reason] = []

    def join(self, ids: Sequence[str], reason: str | None) -> None:
        """Make the origins of claims one, for a reason that is shown if it is given."""
        for each in ids[1:]:
            self.origin.join(ids[0], each)
        if reason and len(ids) > 1:
            self.reasons.append(Reason(reason, frozenset(ids)))

    def article(self, claim: str) -> IndexedArticle:
        """Return the article of a claim."""
        return self.articles[self.claims[claim].article]

    def relay(self, claim: str) -> Party | None:
        """Return the outlet by way of which a claim came, by its own words or because its text is theirs."""
        chain = self.chains[claim]
        passed = next((each for each in chain.relays if each.sort is Sort.OUTLET), None)
        return passed or self.copies.makers.get(self.copies.group[chain.article])

    def _speak_everywhere(self) -> None:
        """Let a person speak for a body also where an article does not give the office."""
        bodies: dict[str, dict[str, Party]] = {}
        for chain in self.chains.values():
            if chain.stands_for is not None:
                one, whose = self.identity.of(chain.upstream[0]), chain.stands_for
                bodies.setdefault(one, {}).setdefault(self.identity.of(whose), whose)
        for each, chain in self.chains.items():
            if not chain.upstream or chain.stands_for is not None:
                continue
            found = list(bodies.get(self.identity.of(chain.upstream[0]), {}).values())
            if len(found) == 1:
                upstream = (chain.upstream[0], found[0], *chain.upstream[1:])
                self.chains[each] = chain._replace(upstream=upstream, stands_for=found[0])


def _sides(family: Family, ids: Sequence[str]) -> dict[str, str]:
    """Return which claims say the same: those that relations of kind "same" link."""
    joined = Groups(members=ids)
    present = set(ids)
    for relation in family.relations:
        if relation.kind == "same" and {relation.one, relation.other} <= present:
            joined.join(relation.one, relation.other)
    if not family.relations:
        for each in ids[1:]:
            joined.join(ids[0], each)
    return {each: joined.of(each) for each in ids}
