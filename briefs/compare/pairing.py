"""Which claim of the new version is which claim of the old one.

By equal id, then by equal words, then by place: where the words of the old claim went, which claim stands
there now. Last by the words that two claims have in common. Place and likeness only pair: whether anything
has changed is decided by equality of words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from briefs.compare.texts import Texts
from briefs.compare.words import words_of
from briefs.domain.brief import ArticleBriefs, Brief
from briefs.text.equality import collapsed
from briefs.text.overlapping import Overlapping

LEAST = 0.5
"""Share of the words of both that two claims of changed wording have in common at least (Dice 1945)."""
LEAST_SHARED = 0.3
"""Share of the shorter of two places that both cover, from which claims are one by their place."""
_COMMON = 40
"""Claims with one word, above which the word brings no two of them together."""


class Pair(NamedTuple):
    """A claim of both versions, or of one alone."""

    old: Brief | None
    new: Brief | None


class _Offer(NamedTuple):
    score: float
    """Up to 1 by words, above 1 by place."""
    old: int
    new: int


def pairs(old: ArticleBriefs, new: ArticleBriefs, texts: Texts) -> tuple[Pair, ...]:
    """Return the claims of both versions, paired, in the order in which the new article has them.

    A claim that only the old version has follows the one that stood before it there.
    """
    partner = _equal(old.briefs, new.briefs)
    taken = set(partner.values())
    left = [n for n in range(len(old.briefs)) if n not in partner]
    free = [m for m in range(len(new.briefs)) if m not in taken]
    offers = [*_by_place(old.briefs, new.briefs, left, texts)]
    if not texts.same:  # like words of the same text at another place are another claim
        offers += _by_words(old.briefs, new.briefs, left, free)
    for offer in sorted(offers, key=lambda each: (-each.score, each.old, each.new)):
        if offer.old not in partner and offer.new not in taken:
            partner[offer.old] = offer.new
            taken.add(offer.new)
    return _in_order(old.briefs, new.briefs, partner)


def _equal(old: Sequence[Brief], new: Sequence[Brief]) -> dict[int, int]:
    """Return which claims are one by their id, or by their words in the order in which they stand."""
    ids = {brief.id: m for m, brief in enumerate(new)}
    partner = {n: ids[brief.id] for n, brief in enumerate(old) if brief.id in ids}
    waiting: dict[str, list[int]] = defaultdict(list)
    taken = set(partner.values())
    for m, brief in enumerate(new):
        if m not in taken:
            waiting[collapsed(brief.claim.quote.text)].append(m)
    for n, brief in enumerate(old):
        held = waiting.get(collapsed(brief.claim.quote.text)) if n not in partner else None
        if held:
            partner[n] = held.pop(0)
    return partner


def _by_place(
    old: Sequence[Brief], new: Sequence[Brief], left: Sequence[int], texts: Texts
) -> Iterator[_Offer]:
    """Yield which claims stand where the words of an old one went."""
    standing = Overlapping(brief.claim.quote for brief in new)
    for n in left:
        place = texts.place(old[n].claim.quote).span
        if place is None:
            continue
        for m in standing.of(place):
            share = new[m].claim.quote.share(place)
            if share >= LEAST_SHARED:
                yield _Offer(1 + share, n, m)


def _by_words(
    old: Sequence[Brief], new: Sequence[Brief], left: Sequence[int], free: Sequence[int]
) -> Iterator[_Offer]:
    """Yield which claims without a partner have most of their words in common."""
    words = {m: Counter(words_of(new[m].claim.quote.text)) for m in free}
    holders: dict[str, list[int]] = defaultdict(list)
    for m, held in words.items():
        for word in held:
            holders[word].append(m)
    for n in left:
        own = Counter(words_of(old[n].claim.quote.text))
        met = {m for word in own if len(holders.get(word, ())) <= _COMMON for m in holders.get(word, ())}
        for m in sorted(met):
            overlap = 2 * (own & words[m]).total() / (own.total() + words[m].total())
            if overlap >= LEAST:
                yield _Offer(overlap, n, m)


def _in_order(old: Sequence[Brief], new: Sequence[Brief], partner: Mapping[int, int]) -> tuple[Pair, ...]:
    back = {m: n for n, m in partner.items()}
    after: dict[int, list[int]] = defaultdict(list)
    last = -1
    for n in range(len(old)):
        if n in partner:
            last = partner[n]
        else:
            after[last].append(n)
    made = [Pair(old[n], None) for n in after[-1]]
    for m, brief in enumerate(new):
        made.append(Pair(old[back[m]] if m in back else None, brief))
        made.extend(Pair(old[n], None) for n in after[m])
    return tuple(made)
