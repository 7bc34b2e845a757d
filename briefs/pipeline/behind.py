"""What stands behind claims: each family is traced once for all the articles whose claims are in it.

What was traced stays right as long as the index says the same of claims, articles and relations; when that
changes, by this run or by another one, everything is traced anew.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from briefs.domain.aliases import Aliases
from briefs.domain.brief import Origins
from briefs.pipeline.fill import bounded
from briefs.steps.relate import families
from briefs.steps.trace import trace
from briefs.store.claim_index.links import MOST_IN_FAMILY
from briefs.store.claims import ClaimIndex

_MOST = 50_000
"""Claims of which it is kept what stands behind them."""


class _Kin(NamedTuple):
    """What one claim hangs together with."""

    origins: Origins | None
    """None where nobody else makes the claim."""
    slugs: Mapping[str, str]
    """Names of the files of the articles, by their ids."""


class Behind(NamedTuple):
    """What stands behind an article's claims."""

    origins: Mapping[str, Origins]
    """By the brief's id; behind a claim that one article alone makes stands what its chain says already."""
    slugs: Mapping[str, str]
    """Names of the files of all articles that the claims hang together with, by the articles' ids."""


class Tracing:
    """What stands behind the claims of an index."""

    def __init__(self, index: ClaimIndex, aliases: Aliases) -> None:
        """Take an open index, and what a newsroom says of who is the same as whom."""
        self._index, self._aliases = index, aliases
        self._state: object = None
        self._found: dict[str, _Kin] = {}

    def behind(self, claims: Iterable[str]) -> Behind:
        """Return what stands behind claims; those that no relation joins to others can be left out.

        Raises StoreError as the index does.
        """
        state = self._index.state()
        if state != self._state or len(self._found) > _MOST:
            self.forget()
            self._state = state
        found = {each: self._kin(each) for each in claims}
        slugs = {article: slug for kin in found.values() for article, slug in kin.slugs.items()}
        return Behind({each: kin.origins for each, kin in found.items() if kin.origins is not None}, slugs)

    def forget(self) -> None:
        """Trace everything anew from now on."""
        self._found.clear()
        self._state = None

    def _kin(self, claim: str) -> _Kin:
        if claim not in self._found:
            hanging = self._index.family_of([claim])
            traced = self._traced(hanging)
            # A group that was cut off is another one for each of its claims.
            whole = len(hanging) < MOST_IN_FAMILY
            self._found.update(traced if whole else {claim: traced[claim]})
            self._found.setdefault(claim, _Kin(None, {}))
        return self._found[claim]

    def _traced(self, hanging: Iterable[str]) -> dict[str, _Kin]:
        index = self._index
        claims = index.claims(hanging)
        relations = index.relations(hanging)
        articles = index.articles({claim.article for claim in claims.values()})
        slugs = {each.id: each.slug for each in articles.values()}
        origins: dict[str, Origins] = {}
        for family in families(list(claims.values()), relations, articles):
            if len({claims[claim].article for claim in family.claims}) > 1:
                traced = trace(family, claims, articles, self._aliases)
                origins.update((brief, bounded(each)) for brief, each in traced.items() if each.articles > 1)
        return {claim: _Kin(origins.get(claim), slugs) for claim in claims}
