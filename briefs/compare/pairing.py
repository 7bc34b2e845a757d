"""Which claim of the new version is which claim of the old one.

By equal id, then by equal words, then by the best overlap of words among claims that stand in like places.
Overlap only pairs: whether anything has changed is decided by equality of words, never by likeness.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from briefs.compare.words import words_of
from briefs.domain.brief import ArticleBriefs, Brief
from briefs.text.equality import collapsed

LEAST = 0.5
"""Share of the words of both that two claims of changed wording have in common at least."""
LEAST_IN_PLACE = 0.3
"""The same for two claims that stand between the same unchanged ones."""
_COMMON = 40
"""Claims with one word, above which the word brings no two of them together."""
_PLACE = 0.2
"""What a like place adds to an overlap of words, which is 1 at most."""


class Pair(NamedTuple):
    """A claim of both versions, or of one alone."""

    old: Brief | None
    new: Brief | None


class _Both(NamedTuple):
    old: Sequence[Brief]
    new: Sequence[Brief]
    same_text: bool


class _Offer(NamedTuple):
    score: float
    old: int
    new: int


def pairs(old: ArticleBriefs, new: ArticleBriefs) -> tuple[Pair, ...]:
    """Return the claims of both versions, paired, in the order in which the new article has them.

    A claim that only the old version has follows the one that stood before it there.
    """
    partner = _equal(old.briefs, new.briefs)
    taken = set(partner.values())
    both = _Both(old.briefs, new.briefs, old.article.text_sha256 == new.article.text_sha256)
    for offer in sorted(_offers(both, partner), key=_best):
        if offer.old not in partner and offer.new not in taken:
            partner[offer.old] = offer.new
            taken.add(offer.new)
    return _in_order(old.briefs, new.briefs, partner)


def _equal(old: Sequence[Brief], new: Sequence[Brief]) -> dict[int, int]:
    """Return which claims are one by their id, or by their words in the order in which they stand."""
    ids = {brief.id: n for n, brief in enumerate(new)}
    partner = {n: ids[brief.id] for n, brief in enumerate(old) if brief.id in ids}
    waiting: dict[str, list[int]] = defaultdict(list)
    taken = set(partner.values())
    for n, brief in enumerate(new):
        if n not in taken:
            waiting[collapsed(brief.claim.quote.text)].append(n)
    for n, brief in enumerate(old):
        held = waiting.get(collapsed(brief.claim.quote.text)) if n not in partner else None
        if held:
            partner[n] = held.pop(0)
    return partner


def _offers(both: _Both, partner: Mapping[int, int]) -> Iterator[_Offer]:
    """Yield which claims without a partner may be one."""
    taken = set(partner.values())
    words = {
        m: Counter(words_of(brief.claim.quote.text)) for m, brief in enumerate(both.new) if m not in taken
    }
    holders: dict[str, list[int]] = defaultdict(list)
    for m, held in words.items():
        for word in held:
            holders[word].append(m)
    places = _after_old(partner, len(both.old)), _after_new(partner, len(both.new))
    for n, brief in enumerate(both.old):
        if n in partner:
            continue
        own = Counter(words_of(brief.claim.quote.text))
        met = {m for word in own if len(holders.get(word, ())) <= _COMMON for m in holders.get(word, ())}
        for m in sorted(met):
            if both.same_text and not brief.claim.quote.overlaps(both.new[m].claim.quote):
                continue  # other words of the same text are another claim, however like they are
            in_place = places[0][n] == places[1][m]
            overlap = _overlap(own, words[m])
            if both.same_text or overlap >= (LEAST_IN_PLACE if in_place else LEAST):
                yield _Offer(overlap + _PLACE * in_place, n, m)


def _after_old(partner: Mapping[int, int], count: int) -> list[int]:
    """Return for each old claim which pair stands before it, by the old claim's number; -1 for none."""
    return list(accumulate(range(count), lambda last, n: n if n in partner else last, initial=-1))[1:]


def _after_new(partner: Mapping[int, int], count: int) -> list[int]:
    """Return for each new claim which pair stands before it, by the old claim's number; -1 for none."""
    back = {m: n for n, m in partner.items()}
    return list(accumulate(range(count), lambda last, m: back.get(m, last), initial=-1))[1:]


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of both claims' words that are common (Dice 1945).

    Where the shorter one stands whole in the longer (a sentence was split, or got an addition), it counts as
    three quarters at least.
    """
    both = (one & other).total()
    least = min(one.total(), other.total())
    if least >= 4 and both == least:
        return max(0.75, 2 * both / (one.total() + other.total()))
    return 2 * both / (one.total() + other.total()) if both else 0.0


def _best(offer: _Offer) -> tuple[float, int, int]:
    return (-offer.score, offer.old, offer.new)


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
