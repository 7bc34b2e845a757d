"""In what respects the words that a sign-off rests on differ from a new version's, and how to say so."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache

from briefs.data import load
from briefs.domain.desk import Basis
from briefs.domain.spans import Quote
from briefs.text.wordings import same_words, tokens

GONE_REASON = "The article no longer has these words: “{words}”."
"""Said of a claim whose words are gone."""


class Aspect(StrEnum):
    """A respect in which a sign-off rests on the article's words, in the order in which people are told."""

    FIGURES = "figures"
    HEDGES = "hedges"
    NAME = "name"
    SOURCE = "source"
    CUE = "cue"
    CHAIN = "chain"
    QUOTE = "quote"


def differing(then: Basis, now: Basis) -> tuple[Aspect, ...]:
    """Return in which respects two versions differ by their words, but for the claim's own."""
    found = {
        Aspect.FIGURES: not _same_all(then.figures, now.figures),
        Aspect.HEDGES: not _same_all(then.hedges, now.hedges),
        Aspect.NAME: not same_name(then.name, now.name),
        Aspect.SOURCE: not _same(then.source, now.source),
        Aspect.CUE: not _same(then.cue, now.cue),
        Aspect.CHAIN: not _same_all(then.chain, now.chain),
    }
    return tuple(aspect for aspect, differs in found.items() if differs)


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two names are one, or one is the other with words left out: "Danuta Rósza", "Rósza"."""
    if one is None or other is None:
        return one is other
    first, second = ([token.text.casefold() for token in tokens(name)] for name in (one, other))
    shorter, longer = sorted((first, second), key=len)
    if not shorter:
        return not longer
    ends = longer[-len(shorter) :] == shorter
    return ends or (len(shorter) > 1 and longer[: len(shorter)] == shorter)


def reasons(then: Basis, now: Basis, aspects: Iterable[Aspect]) -> tuple[str, ...]:
    """Return what changed in these respects, in words for people, both wordings quoted."""
    asked = frozenset(aspects)
    told: list[str] = []
    if Aspect.FIGURES in asked:
        told.append(_listed("The figures", "The figure", then.figures, now.figures))
    if Aspect.HEDGES in asked:
        told.append(_listed("The words that hold back", "The words that hold back", then.hedges, now.hedges))
    if Aspect.NAME in asked:
        told.append(
            f"The source is now read as {now.name or 'the article itself'}, before as "
            f"{then.name or 'the article itself'}: the words around the claim have changed."
        )
    elif Aspect.SOURCE in asked:
        told.append(f"The words for the source were {_shown(then.source)} and are now {_shown(now.source)}.")
    if Aspect.CUE in asked:
        told.append(f"The words that attribute it were {_shown(then.cue)} and are now {_shown(now.cue)}.")
    if Aspect.CHAIN in asked:
        told.append(_listed("Who passed it on, or what it leans on,", "", then.chain, now.chain))
    if Aspect.QUOTE in asked:
        told.append(f"The words were {_shown(then.quote)} and are now {_shown(now.quote)}.")
    return tuple(told)


def turned(put_in: Iterable[str], sentence: str) -> tuple[str, ...]:
    """Return what is to be said of words put in around a claim that turn it about."""
    found = next((word for word in put_in if word.casefold() in _turning()), None)
    if found is None:
        return ()
    return (f"“{found}” is new around these words; the sentence is now: “{' '.join(sentence.split())}”",)


@cache
def _turning() -> frozenset[str]:
    return frozenset(load("carrying")["turning"])


def _same(one: Quote | None, other: Quote | None) -> bool:
    if one is None or other is None:
        return one is other
    return same_words(one.text, other.text)


def _same_all(some: Sequence[Quote], others: Sequence[Quote]) -> bool:
    return len(some) == len(others) and all(map(_same, some, others))


def _shown(quote: Quote | None) -> str:
    return f"“{' '.join(quote.text.split())}”" if quote is not None else "none"


def _listed(many: str, one: str, then: Sequence[Quote], now: Sequence[Quote]) -> str:
    single = bool(one) and one != many and len(then) == len(now) == 1
    was, are = ("was", "is") if single else ("were", "are")
    return f"{one if single else many} {was} {_shown_all(then)} and {are} now {_shown_all(now)}."


def _shown_all(quotes: Sequence[Quote]) -> str:
    return ", ".join(map(_shown, quotes)) or "none"
