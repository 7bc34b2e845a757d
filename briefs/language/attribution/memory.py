"""What earlier attributions of an article settle for later ones."""

from typing import NamedTuple

from briefs.domain.scan import ChainEnd, SourceKind
from briefs.domain.spans import How, Mention
from briefs.language.attribution.chain import Chain, mention
from briefs.language.attribution.found import Found
from briefs.language.attribution.people import Identity
from briefs.language.gender import told_by
from briefs.language.roles import roles

_NEAR = 2
"""Sentences over which what was said of a source still holds."""


def _fuller(one: Chain, other: Chain) -> Chain | None:
    """Return the one of two sources that says more, if they may be the same: "log", "the operator's log"."""
    first, second = one.identity.name.lower(), other.identity.name.lower()
    if first in second:
        return other if len(second) > len(first) else one
    return one if second in first else None


class Last(NamedTuple):
    """The attribution before the one at hand."""

    found: Found
    chain: Chain


class Memory:
    """The sources met so far, by the noun that named them, and to whom they said it."""

    def __init__(self) -> None:
        self._by_noun: dict[str, Chain | None] = {}
        self._last: Last | None = None
        self._told: dict[str, tuple[int, tuple[Mention, ...]]] = {}

    def keep(self, found: Found, identity: Identity, linked: Chain) -> None:
        """Keep what a common noun stands for; two different "reports" make the word useless."""
        self._last = Last(found, linked)
        if identity.noun and identity.how is How.STATED:
            known = self._by_noun.get(identity.noun, linked)
            self._by_noun[identity.noun] = None if known is None else _fuller(known, linked)

    def goes_on(self, found: Found, identity: Identity, linked: Chain) -> Chain:
        """Return the chain with what the sentence before says of it.

        "She" after "said a ward sister" is the ward sister; "the agency" after a report that relays unnamed
        sources still leans on them.
        """
        last = self._last
        if last is None or not 0 < found.number - last.found.number <= _NEAR:
            return linked
        before = last.chain
        if identity.name in ("he", "she"):
            return self._the_unnamed(found, identity, linked, before)
        names = {mention.name for mention in before.via}
        relayed = identity.kind is SourceKind.MEDIA and identity.how is How.RESOLVED
        if relayed and identity.name in names and before.identity.kind is SourceKind.ANONYMOUS:
            basis = mention(before.source, before.identity).model_copy(update={"how": How.CARRIED})
            end = linked.end if linked.basis else ChainEnd.UNNAMED
            return linked._replace(basis=(basis, *linked.basis), end=end)
        return linked

    def _the_unnamed(self, found: Found, identity: Identity, linked: Chain, before: Chain) -> Chain:
        source = before.source
        told = told_by(before.identity.noun)
        same = (
            found.source is not None
            and source.sentence.sentence.paragraph == found.source.sentence.sentence.paragraph
        )
        single = source.head.tag_ == "NN" and roles().human(before.identity.noun)
        if not same or not single or before.identity.kind is not SourceKind.ANONYMOUS:
            return linked
        if told is not None and told != identity.name:
            return linked
        return linked._replace(identity=before.identity._replace(how=How.RESOLVED), end=before.end)

    def recall(self, found: Found, identity: Identity) -> Chain | None:
        """Return the earlier source that "the report", "the colonel" names again, if there was just one."""
        words = identity.name.split()
        if (
            found.source is None
            or not identity.noun
            or len(words) > 3
            or words[0].lower() not in ("the", "this")
        ):
            return None
        known = self._by_noun.get(identity.noun)
        if known is None or not all(word in known.identity.name for word in words[1:-1]):
            return None
        return known._replace(source=found.source, identity=known.identity._replace(how=How.RESOLVED))

    def passed_on(self, name: str, paragraph: int, via: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return through whom a source speaks: as stated, or as in the same paragraph before."""
        if via:
            self._told[name] = (paragraph, via)
            return via
        told = self._told.get(name)
        if told is None or told[0] != paragraph:
            return ()
        return tuple(mention.model_copy(update={"how": How.CARRIED}) for mention in told[1])
