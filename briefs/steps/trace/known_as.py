"""One name for everybody whom the attributions of many articles name, whatever the claim."""

from collections.abc import Iterable, Mapping

from briefs.domain.aliases import Aliases
from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.steps.trace.chains import chain_of
from briefs.steps.trace.identity import identify
from briefs.steps.trace.names import shown


def known_as(
    claims: Iterable[IndexedClaim], articles: Mapping[str, IndexedArticle], aliases: Aliases
) -> Mapping[str, str]:
    """Return the name for people by every name of a person, body or outlet in the claims' attributions.

    Names are one by `aliases`, by their plain form, or as spelling variants of people of one office. A
    surname alone is left as it is: across all of an archive it may be anybody's.
    """
    chains = [chain_of(claim, articles[claim.article]) for claim in sorted(claims, key=lambda each: each.id)]
    identity = identify(chains, aliases, short_forms=False)
    found: dict[str, str] = {}
    ambiguous: set[str] = set()
    for chain in chains:
        for party in (*chain.upstream, *chain.relays):
            name = identity.names.get(identity.of(party), shown(party.name))
            if found.setdefault(party.name, name) != name:
                # A person and a body, or an outlet, of one name.
                ambiguous.add(party.name)
    return {name: name if name in ambiguous else known for name, known in sorted(found.items())}
