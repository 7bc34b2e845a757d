"""Origins put into words: what each is called, what it rests on, in which order they stand."""

from collections import Counter
from collections.abc import Mapping, Sequence

from briefs.domain.brief import Origin, Origins
from briefs.domain.relations import Family, IndexedArticle
from briefs.domain.scan import SourceKind
from briefs.steps.trace.chains import Chain
from briefs.steps.trace.copies import first_published, said, title
from briefs.steps.trace.names import shown
from briefs.steps.trace.parties import KINDS, Party, Sort
from briefs.steps.trace.tracing import Traced

_REASONS = 8
"""Reasons shown for one origin."""


def origins_of(
    family: Family, found: Traced, articles: Mapping[str, IndexedArticle]
) -> Mapping[str, Origins]:
    """Return the origins behind each claim of a family, by the brief's id."""
    order = {each: place for place, each in enumerate(family.claims)}
    ids = sorted(found.root, key=lambda each: (order[each], each))
    sides: dict[str, list[str]] = {}
    sharing: dict[str, list[str]] = {}
    for each in ids:
        sides.setdefault(found.side[each], []).append(each)
        sharing.setdefault(found.root[each], []).append(each)
    place = {each: number for others in sharing.values() for number, each in enumerate(others)}
    result = {}
    for members in sides.values():
        behind = _behind(members, found, articles)
        for each in members:
            others = sharing[found.root[each]]
            shared = (*others[: place[each]], *others[place[each] + 1 :])
            result[each] = behind.model_copy(update={"shared_with": shared})
    return result


def _behind(members: Sequence[str], found: Traced, articles: Mapping[str, IndexedArticle]) -> Origins:
    by_root: dict[str, list[str]] = {}
    for each in members:
        by_root.setdefault(found.root[each], []).append(each)
    origins = [_origin(ids, found, articles) for ids in by_root.values()]
    origins.sort(key=lambda origin: (not origin.known, -len(origin.claims), origin.name, origin.claims))
    return Origins(
        attributions=len(members),
        independent=sum(origin.known for origin in origins),
        unknown=sum(len(origin.claims) for origin in origins if not origin.known),
        articles=len({found.chains[each].article for each in members}),
        origins=tuple(origins),
    )


def _origin(ids: Sequence[str], found: Traced, articles: Mapping[str, IndexedArticle]) -> Origin:
    known = any(each in found.known for each in ids)
    concerned = frozenset(found.chains[each].article for each in ids)
    name, kind = _named(ids, found) if known else _unknown(ids, found, articles)
    return Origin(
        name=name,
        kind=kind,
        known=known,
        claims=tuple(ids),
        articles=tuple(sorted(concerned)),
        reasons=tuple(_reasons(ids, found, articles, concerned)),
    )


def _named(ids: Sequence[str], found: Traced) -> tuple[str, SourceKind]:
    """Return what a known origin is called: the link that most of its chains share, the furthest of these."""
    chains = [found.chains[each] for each in ids if found.chains[each].known]
    counted: Counter[str] = Counter()
    depth: dict[str, int] = {}
    parties: dict[str, Party] = {}
    for chain in chains:
        for place, party in enumerate(chain.upstream):
            key = found.identity.of(party)
            counted[key] += 1
            depth[key] = max(depth.get(key, 0), place)
            parties.setdefault(key, party)
    if not counted:
        return _unnamed(chains, found), SourceKind.ANONYMOUS
    best = max(counted, key=lambda key: (counted[key], depth[key], key))
    party = parties[best]
    name = found.identity.name(party)
    through = _common([_before(chain, best, found) for chain in chains])
    passed = found.identity.name(parties[through]) if through else _relays(chains, found)
    if passed and passed != name:
        name = f"{name}, by way of {passed}"
    return name, KINDS[party.sort]


def _before(chain: Chain, key: str, found: Traced) -> list[str]:
    """Return the links of a chain that stand between a link and the article."""
    keys = [found.identity.of(party) for party in chain.upstream]
    return keys[: keys.index(key)] if key in keys else []


def _common(links: Sequence[Sequence[str]]) -> str | None:
    """Return the first link that stands in every one of several chains, or none."""
    if not links or not all(links):
        return None
    both = set(links[0]).intersection(*links[1:])
    return next((each for each in links[0] if each in both), None)


def _relays(chains: Sequence[Chain], found: Traced) -> str | None:
    """Return the one agency by way of which every chain came, its own word or its text's, or none."""
    names: list[dict[str, str]] = []
    for chain in chains:
        passed = {
            found.identity.of(r): found.identity.name(r) for r in chain.relays if r.sort is not Sort.NOBODY
        }
        maker = found.copies.makers.get(found.copies.group[chain.article])
        if maker is not None:
            passed.setdefault(found.identity.of(maker), found.identity.name(maker))
        names.append(passed)
    if not names:
        return None
    both = set(names[0]).intersection(*names[1:])
    return next((name for key, name in names[0].items() if key in both), None)


def _unnamed(chains: Sequence[Chain], found: Traced) -> str:
    """Return what people without a name are called: "unnamed law enforcement sources by way of TASS"."""
    told = Counter(shown(chain.hidden.name) for chain in chains if chain.hidden)
    name = min(told, key=lambda each: (-told[each], each))
    first, _, rest = name.partition(" ")
    if first.casefold() in {"unnamed", "anonymous", "unidentified"}:
        text = name
    elif first.casefold() in {"a", "an", "one"} and rest:
        text = f"an unnamed {rest}"
    else:
        text = f"unnamed {name[:1].lower() + name[1:] if first.islower() else name}"
    relay = _relays(chains, found)
    return f"{text} by way of {relay}" if relay else text


def _unknown(
    ids: Sequence[str], found: Traced, articles: Mapping[str, IndexedArticle]
) -> tuple[str, SourceKind]:
    """Return what an unknown origin is called: as far as the articles' words go."""
    chain = found.chains[ids[0]]
    relay = next((each for each in chain.relays if each.sort is Sort.OUTLET), None)
    person = next((each for each in chain.relays if each.sort is Sort.PERSON), None)
    maker = found.copies.makers.get(found.copies.group[chain.article])
    if relay is not None or person is not None:
        names = [found.identity.name(each) for each in (person, relay) if each is not None]
        return " in ".join(names), SourceKind.MEDIA
    if chain.hidden is not None:
        return f"unnamed: “{shown(chain.hidden.name)}”", SourceKind.ANONYMOUS
    if maker is not None:
        return f"{found.identity.name(maker)}, in its own words", SourceKind.UNATTRIBUTED
    return f"{title(articles[chain.article])}, in its own words", SourceKind.UNATTRIBUTED


def _reasons(
    ids: Sequence[str], found: Traced, articles: Mapping[str, IndexedArticle], concerned: frozenset[str]
) -> list[str]:
    members = frozenset(ids)
    reasons = [text for each in ids for text in found.chains[each].reasons]
    roots = dict.fromkeys(
        found.identity.of(party)
        for each in ids
        for party in (*found.chains[each].upstream, *found.chains[each].relays)
    )
    makers = {each: found.copies.told[each] for each in sorted(concerned) if each in found.copies.told}
    reasons.extend(first_published(articles[each], maker) for each, maker in makers.items())
    if len(ids) > 1:
        reasons.extend(text for root in roots for text in found.identity.reasons.get(root, ()))
        pairs = [pair for pair in found.copies.pairs if {pair.one, pair.other} <= concerned]
        reasons.extend(said(pair, articles) for pair in pairs)
    reasons.extend(reason.text for reason in found.reasons if len(reason.claims & members) > 1)
    return list(dict.fromkeys(reasons))[:_REASONS]
