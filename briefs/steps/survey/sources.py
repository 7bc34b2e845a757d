"""Who says what, through whom and leaning on what, and what rests on each source alone."""

from collections.abc import Iterable
from typing import NamedTuple

from briefs.domain.scan import SourceKind
from briefs.domain.spans import How, Mention
from briefs.domain.story import Level, Place, Standing
from briefs.steps.survey.gather import Claimed, levels
from briefs.steps.survey.names import Canonical, is_general, key, one_name
from briefs.steps.survey.web import Web, by_date

ARTICLES = 5
"""Articles listed with a source."""
NAMES = 4
"""Go-betweens, papers and other names listed with a source."""


class Standings(NamedTuple):
    """The sources that are shown, and how many are not."""

    shown: tuple[Standing, ...]
    more: int


class _Seen:
    """One source while its claims are gathered."""

    def __init__(self, kind: SourceKind) -> None:
        self.kind = kind
        self.names: dict[str, int] = {}
        self.roles: dict[str, int] = {}
        self.through: dict[str, str] = {}
        self.leaning: dict[str, str] = {}
        self.claims: list[Claimed] = []
        self.alone: list[Level] = []

    @property
    def name(self) -> str:
        """Return the form of its name that the articles use most; of equally many, the longest."""
        return min(self.names, key=lambda name: (-self.names[name], -len(name), name))


def standings(web: Web, canonical: Canonical, most: int) -> Standings:
    """Return the sources of all claims, that on which most rests alone first.

    A source that the article does not give for sure is left aside, and so is the article's own voice. An
    unnamed source of one article is never taken for that of another, unless one go-between passed both on or
    the claims are the same.
    """
    keys = {claim.id: _key(claim, canonical, web) for claim in web.claims.values()}
    _merge_unnamed(web, keys)
    seen: dict[str, _Seen] = {}
    for claim in sorted(web.claims.values(), key=by_date):
        source, held = claim.voice.attribution.source, keys[claim.id]
        if held is None or source is None:
            continue
        line = seen.setdefault(held, _Seen(claim.voice.attribution.kind))
        _count(line.names, canonical(_flat(source.name)))
        if source.role:
            _count(line.roles, _flat(source.role))
        for kept, mentions in (
            (line.through, claim.voice.attribution.via),
            (line.leaning, claim.voice.attribution.basis),
        ):
            for mention in _sure(mentions):
                kept.setdefault(key(mention.name, canonical), canonical(_flat(mention.name)))
        line.claims.append(claim)
        if {keys[each.id] for each in web.alike(claim.id)} <= {held, None}:
            line.alone.append(claim.level)
    made = sorted((_standing(line) for line in seen.values()), key=_importance)
    return Standings(tuple(made[:most]), max(0, len(made) - most))


def _key(claim: Claimed, canonical: Canonical, web: Web) -> str | None:
    """Return what tells a claim's source from others; none where the article gives none for sure."""
    attribution = claim.voice.attribution
    if not claim.voice.sure or attribution.source is None:
        return None
    name = key(attribution.source.name, canonical)
    if attribution.kind is not SourceKind.ANONYMOUS:
        # "The fire service", "the report": one story's, not every article's.
        general = is_general(attribution.source.name) and attribution.kind is not SourceKind.NAMED
        return f"{name} | {web.stories.of(claim.place.article)}" if general else name
    passed = [key(mention.name, canonical) for mention in _sure(attribution.via)]
    return f"unnamed {name} | {' | '.join(passed) or claim.place.article}"


def _merge_unnamed(web: Web, keys: dict[str, str | None]) -> None:
    """Give sources in the same words for the same claim one key, though their articles differ."""
    for alike in web.same.values():
        first: dict[str, str] = {}
        for claim in sorted(alike, key=by_date):
            held = keys[claim.id]
            if held is not None and " | " in held:
                keys[claim.id] = first.setdefault(held.split(" | ")[0], held)


def _standing(line: _Seen) -> Standing:
    places: dict[str, Place] = {claim.place.article: claim.place for claim in line.claims}
    name = line.name
    also = [n for n in _first(line.names) if one_name(n) != one_name(name)]
    roles = [r for r in _first(line.roles) if r.casefold() not in name.casefold()]
    return Standing(
        name=name,
        kind=line.kind,
        also=tuple((*roles[:1], *also)[:NAMES]),
        through=tuple(list(line.through.values())[:NAMES]),
        leaning_on=tuple(list(line.leaning.values())[:NAMES]),
        claims=levels(claim.level for claim in line.claims),
        alone=levels(line.alone),
        articles=tuple(list(places.values())[:ARTICLES]),
        more_articles=max(0, len(places) - ARTICLES),
    )


def _importance(line: Standing) -> tuple[int, int, int, int, str, str]:
    """Order sources by the high claims that rest on them alone, then by all such, then by all claims."""
    return (
        -line.alone.high,
        -line.alone.medium,
        -line.alone.all,
        -line.claims.all,
        line.name,
        line.articles[0].article,
    )


def _sure(mentions: Iterable[Mention]) -> list[Mention]:
    return [mention for mention in mentions if mention.how is not How.POSSIBLE]


def _count(names: dict[str, int], name: str) -> None:
    names[name] = names.get(name, 0) + 1


def _first(names: dict[str, int]) -> list[str]:
    return sorted(names, key=lambda name: (-names[name], name))


def _flat(name: str) -> str:
    return " ".join(name.split())
