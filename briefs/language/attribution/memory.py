"""What earlier attributions of an article settle for later ones."""

from briefs.domain.spans import How, Mention
from briefs.language.attribution.chain import Chain
from briefs.language.attribution.found import Found
from briefs.language.attribution.people import Identity


class Memory:
    """The sources met so far, by the noun that named them, and to whom they said it."""

    def __init__(self) -> None:
        self._by_noun: dict[str, Chain | None] = {}
        self._told: dict[str, tuple[int, tuple[Mention, ...]]] = {}

    def keep(self, identity: Identity, linked: Chain) -> None:
        """Keep what a common noun stands for; two different "reports" make the word useless."""
        if identity.noun and identity.how is How.STATED:
            known = self._by_noun.get(identity.noun, linked)
            same = known is not None and known.identity.name == linked.identity.name
            self._by_noun[identity.noun] = known if same else None

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
