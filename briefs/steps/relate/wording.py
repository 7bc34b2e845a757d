"""Whether two claims are one sentence, as a wire copy or a quotation is.

Likeness of words only proposes: "18,000" and "19,000" are 99 per cent alike. Numbers, names, negation and
hedges have to agree, else something was lost or changed.
"""

from collections.abc import Collection
from itertools import product
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from briefs.domain.relations import Aspect, Relation
from briefs.domain.scan import Speech
from briefs.steps.relate.notes import quoted, relation
from briefs.steps.relate.profile import Profile

_ALIKE = 0.82
"""So much of two sentences' terms, in order, is one sentence edited for style."""
_HELD_IN = 0.9
_MOST = 0.6
"""Of the longer sentence's terms so many have to be in both, unless nearly all of the shorter's are."""
_WORDS = 2
_ENOUGH = 4
"""Telling terms of the shorter sentence, names apart, where it has to stand within the longer."""
_SHORT = 7
"""Shorter sentences without figure or name stand in many articles: "The company did not respond"."""
_ONE_NAME = 80


class Alike(NamedTuple):
    """How far two claims are one sentence; false where something differs that a checker has to see."""

    close: bool
    """Of one length; else the shorter stands in the longer."""
    numbers: bool
    named: bool
    negated: bool
    held: bool
    """Both hold back, or neither."""

    @property
    def same(self) -> bool:
        """Tell whether nothing that a checker has to see differs."""
        return self.numbers and self.named and self.negated and self.held


def alike(one: Profile, other: Profile) -> Alike | None:
    """Compare the words of two claims; none where they are clearly different sentences."""
    if not overlap(one.content, other.content):
        return None
    fewer, more = (one, other) if len(one.content) <= len(other.content) else (other, one)
    common = len(fewer.content & more.content)
    close = Indel.normalized_similarity(one.words, other.words) >= _ALIKE
    telling = len(fewer.telling - fewer.named) + bool(fewer.numbers)
    within = telling >= _ENOUGH and common >= _HELD_IN * len(fewer.content)
    if not close and not (within and _in_order(fewer, more)):
        return None
    return Alike(
        close=close,
        numbers=_agree(one.numbers, other.numbers, close=close),
        named=_named(one.proper, other.proper),
        negated=one.negations % 2 == other.negations % 2 and not (_denies(one, other) or _denies(other, one)),
        held=bool(one.held) == bool(other.held),
    )


def overlap(one: frozenset[str], other: Collection[str]) -> bool:
    """Tell whether two claims share so many terms, each given once, that they may be one sentence."""
    fewer, more = sorted((len(one), len(other)))
    common = len(one.intersection(other))
    return fewer >= _WORDS and (common >= _HELD_IN * fewer or common >= _MOST * more)


def worded(pair: tuple[Profile, Profile], found: Alike, kinship: int) -> Relation | None:
    """Return that two claims are one sentence, unless it is one that any article may hold."""
    one, other = pair
    few = min(len(one.content), len(other.content)) < _SHORT
    plain = (one.stock or few) and not one.numbers and not one.proper
    if not found.same or (plain and kinship < _SHORT // 2):
        return None
    if one.core == other.core:
        note = "Both state it in the same words"
    elif found.close:
        note = "Both state it in nearly the same words"
    else:
        note = "What one states stands in the other in nearly the same words"
    return relation(pair, "same", Aspect.WORDING, note + _spoken(one, other) + ".")


def _spoken(one: Profile, other: Profile) -> str:
    """Return what is to be said of the two sources where they differ."""
    first, second = one.claim.attribution.source, other.claim.attribution.source
    if (first is None) != (second is None):
        named = first or second
        return f"; one names {quoted(named.name)} as the source, the other none" if named else ""
    if first is None or second is None or one_name(first.name, second.name):
        return ""
    if first.name.islower() or second.name.islower():
        return ""
    if first.name in second.name or second.name in first.name:
        return ""
    direct = {one.claim.attribution.speech, other.claim.attribution.speech} == {Speech.DIRECT}
    what = "gives the words to" if direct else "names"
    return f"; one {what} {quoted(first.name)}, the other {quoted(second.name)}"


def one_name(one: str, other: str) -> bool:
    """Tell whether two names may be one, spelt alike or nearly: "Kovalik", "Kowalik"."""
    return fuzz.ratio(one.lower(), other.lower()) >= _ONE_NAME


def _agree(one: frozenset[str], other: frozenset[str], *, close: bool) -> bool:
    """Sentences of one length have the same numbers; one within another has those of its part."""
    return one == other if close else one <= other or other <= one


def _named(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether no name of one sentence stands against another in its place: "in Leeds", "in York"."""
    mine, theirs = one - other, other - one
    mine_alone = {a for a in mine if not any(one_name(a, b) for b in theirs)}
    theirs_alone = {b for b in theirs if not any(one_name(a, b) for a in mine)}
    return not any(product(mine_alone, theirs_alone))


def _denies(one: Profile, other: Profile) -> bool:
    """Tell whether one denies what the other may be stating, so that they are no copies."""
    if one.denied is None or other.denied is not None:
        return False
    return len(other.content.intersection(one.denied)) * 2 >= len(set(one.denied))


def _in_order(fewer: Profile, more: Profile) -> bool:
    """Tell whether the shorter sentence's terms stand in the longer in their order."""
    kept = Indel.distance(fewer.words, more.words)
    return kept <= len(more.words) - len(fewer.words) + 0.2 * len(fewer.words)
