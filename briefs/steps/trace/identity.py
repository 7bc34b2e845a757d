"""Which names of a family's chains are one: spelling variants, short forms, and what `aliases.toml` says.

Two names are one only for a reason that can be shown; a newsroom's own word goes before any other.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

from briefs.data import load
from briefs.domain.aliases import Aliases
from briefs.groups import Groups
from briefs.steps.trace.chains import Chain
from briefs.steps.trace.names import body, countries, near_words, person, shown, sound, suffixes, words
from briefs.steps.trace.parties import Party, Sort

_TOLD = frozenset({Sort.PERSON, Sort.BODY, Sort.OUTLET})


class Bearer(NamedTuple):
    """One key with everything that the articles call it."""

    key: str
    sort: Sort
    names: tuple[str, ...]
    """The most frequent one first."""
    times: int
    """How often it is named."""
    roles: tuple[str, ...]


class Identity(NamedTuple):
    """Which keys are one, and what to call them."""

    one: Mapping[str, str]
    """Party's key to the key that stands for all that are one with it."""
    names: Mapping[str, str]
    """The name for people by that key."""
    reasons: Mapping[str, tuple[str, ...]]
    """Why names were counted as one, by that key."""

    def of(self, party: Party) -> str:
        """Return the key that stands for a party."""
        return self.one.get(party.key, party.key)

    def name(self, party: Party) -> str:
        """Return the name of a party for people."""
        return self.names.get(self.of(party), shown(party.name))


class _Merge(NamedTuple):
    one: str
    other: str
    reason: str


def identify(chains: Sequence[Chain], aliases: Aliases, short_forms: bool = True) -> Identity:
    """Return which of the people, bodies and outlets in the chains are one.

    `short_forms` takes a surname for the one person in full who bears it, and a ministry for the one of that
    name: right among claims of one thing, a guess among all of an archive.
    """
    bearers = _bearers(chains)
    joined = Groups(members=bearers)
    apart = _apart(bearers, aliases)

    def allowed(one: str, other: str) -> bool:
        return not any({joined.of(a), joined.of(b)} == {one, other} for a, b in apart)

    reasons: dict[str, str] = {}
    merges = [*_said(bearers, aliases), *_spellings(bearers)]
    if short_forms:
        merges += [*_short(bearers), *_bodies(bearers)]
    kept = [each for each in merges if joined.join(each.one, each.other, allowed if apart else None)]
    one = {key: joined.of(key) for key in bearers}
    for merge in kept:
        reasons.setdefault(merge.reason, one[merge.one])
    found: dict[str, list[str]] = {}
    for reason, root in reasons.items():
        found.setdefault(root, []).append(reason)
    preferred = [group[0] for group in aliases.same]
    names = {
        root: _best([bearers[key] for key in keys], preferred, aliases)
        for root, keys in joined.sets().items()
    }
    return Identity(one, names, {root: tuple(each) for root, each in found.items()})


def _bearers(chains: Sequence[Chain]) -> dict[str, Bearer]:
    names: dict[str, Counter[str]] = {}
    roles: dict[str, set[str]] = {}
    sorts: dict[str, Sort] = {}
    for chain in chains:
        for party in (*chain.upstream, *chain.relays):
            if party.sort in _TOLD:
                names.setdefault(party.key, Counter())[party.name] += 1
                sorts[party.key] = party.sort
                if party.role:
                    roles.setdefault(party.key, set()).add(party.role)
    return {
        key: Bearer(
            key,
            sorts[key],
            tuple(name for name, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))),
            sum(counted.values()),
            tuple(sorted(roles.get(key, ()))),
        )
        for key, counted in sorted(names.items())
    }


def _best(bearers: Sequence[Bearer], preferred: Iterable[str], aliases: Aliases) -> str:
    for name, group in zip(preferred, aliases.same, strict=True):
        if any(_called(bearer, each) for bearer in bearers for each in group):
            full = next((n for b in bearers for n in b.names if _ends(words(n), words(name))), None)
            return shown(full or name)
    longest = max(len(words(bearer.names[0])) for bearer in bearers)
    fullest = [bearer for bearer in bearers if len(words(bearer.names[0])) == longest]
    return shown(min(fullest, key=lambda bearer: (-bearer.times, bearer.names[0])).names[0])


def _said(bearers: Mapping[str, Bearer], aliases: Aliases) -> Iterator[_Merge]:
    for group in aliases.same:
        called = [key for key, bearer in bearers.items() if any(_called(bearer, name) for name in group)]
        for one, other in pairwise(called):
            names = f"“{shown(bearers[one].names[0])}” and “{shown(bearers[other].names[0])}”"
            yield _Merge(one, other, f"{names} are one by your list of aliases")


def _apart(bearers: Mapping[str, Bearer], aliases: Aliases) -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for group in aliases.apart:
        for one, other in combinations(group, 2):
            first = [key for key, bearer in bearers.items() if _called(bearer, one)]
            second = [key for key, bearer in bearers.items() if _called(bearer, other)]
            pairs.update((a, b) for a in first for b in second if a != b)
    return frozenset(pairs)


def _called(bearer: Bearer, alias: str) -> bool:
    """Tell whether a name of the list of aliases is a bearer's: whole, or the end of a person's."""
    wanted = person(alias) if bearer.sort is Sort.PERSON else words(alias)
    if not wanted:
        return False
    if bearer.sort is Sort.PERSON:
        return any(_ends(person(name), wanted) for name in bearer.names)
    return any(words(name) == wanted or body(name) == body(alias) for name in bearer.names)


def _ends(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return found[-len(wanted) :] == wanted


def _spellings(bearers: Mapping[str, Bearer]) -> Iterator[_Merge]:
    """Yield people of one office whose names are near: "Bezouglya" and "Bezuhla", both deputies."""
    blocks: dict[tuple[str, str], list[Bearer]] = {}
    for bearer in bearers.values():
        found = person(bearer.names[0])
        if bearer.sort is Sort.PERSON and found:
            first = sound(_surname(found))[:1]
            for office in _offices(bearer):
                blocks.setdefault((first, office), []).append(bearer)
    met = {
        pair: None
        for _, block in sorted(blocks.items())
        for pair in combinations(block, 2)
        if _near(person(pair[0].names[0]), person(pair[1].names[0]))
    }
    for one, other in met:
        shared_office = _office(one, other)
        if shared_office:
            both = f"“{shown(one.names[0])}” and “{shown(other.names[0])}”"
            reason = f"{both} are taken for one person: near names, and both “{shared_office}”"
            yield _Merge(one.key, other.key, reason)


def _near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if _suffix(one) != _suffix(other):
        return False
    first, second = _bare(one), _bare(other)
    if not near_words(first[-1], second[-1]):
        return False
    if len(first) == 1 or len(second) == 1:
        return True
    initial = {len(first[0]), len(second[0])} & {1} and first[0][0] == second[0][0]
    return bool(initial) or near_words(first[0], second[0])


def _offices(bearer: Bearer) -> frozenset[str]:
    return frozenset(word for role in bearer.roles for word in words(role)) & _all_offices()


@cache
def _all_offices() -> frozenset[str]:
    return frozenset(load("roles")["people"]["roles"])


def _office(one: Bearer, other: Bearer) -> str | None:
    """Return the office that two people share by the articles' words, or none; two countries share none."""
    where = [{each for role in bearer.roles for each in countries(role)} for bearer in (one, other)]
    if where[0] and where[1] and not where[0] & where[1]:
        return None
    both = sorted(_offices(one) & _offices(other))
    alike = {role.casefold(): role for role in one.roles}
    whole = sorted(alike[role.casefold()] for role in other.roles if role.casefold() in alike)
    return (shown(whole[0]) if whole else both[0]) if both else None


def _short(bearers: Mapping[str, Bearer]) -> Iterator[_Merge]:
    """Yield a surname alone with the one person in full who bears it, if their offices do not differ."""
    full: dict[str, list[Bearer]] = {}
    for bearer in bearers.values():
        found = person(bearer.names[0])
        if bearer.sort is Sort.PERSON and len(_bare(found)) > 1:
            full.setdefault(_surname(found), []).append(bearer)
    for bearer in bearers.values():
        found = person(bearer.names[0])
        if bearer.sort is not Sort.PERSON or len(found) != 1:
            continue
        whole = full.get(found[0], [])
        if len(whole) == 1 and (not bearer.roles or not whole[0].roles or _office(bearer, whole[0])):
            name, longer = shown(bearer.names[0]), shown(whole[0].names[0])
            yield _Merge(
                bearer.key, whole[0].key, f"“{name}” is taken for {longer}: no other of that name is quoted"
            )


def _bodies(bearers: Mapping[str, Bearer]) -> Iterator[_Merge]:
    """Yield a body without its country with the one body that has the same name and a country."""
    abroad: dict[frozenset[str], list[Bearer]] = {}
    for bearer in bearers.values():
        telling = body(bearer.names[0])
        bare = frozenset(each for each in telling if not each.startswith("@"))
        if bearer.sort is Sort.BODY and bare and bare != telling:
            abroad.setdefault(bare, []).append(bearer)
    for bearer in bearers.values():
        whole = abroad.get(body(bearer.names[0]), []) if bearer.sort is Sort.BODY else []
        if len(whole) == 1:
            name, longer = shown(bearer.names[0]), shown(whole[0].names[0])
            yield _Merge(
                bearer.key, whole[0].key, f"“{name}” is taken for {longer}: no other of that name is quoted"
            )


def _bare(found: tuple[str, ...]) -> tuple[str, ...]:
    return found[:-1] if len(found) > 1 and found[-1] in suffixes() else found


def _suffix(found: tuple[str, ...]) -> str:
    return found[-1] if len(found) > 1 and found[-1] in suffixes() else ""


def _surname(found: tuple[str, ...]) -> str:
    return _bare(found)[-1]
