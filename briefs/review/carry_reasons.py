"""In what respects the words that a sign-off rests on differ from a new version's, and how to say so.

Reasons are read under the claim as it now is: they name what differs, and do not repeat the rest.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache

from briefs.data import load
from briefs.domain.desk import Basis
from briefs.domain.spans import Quote
from briefs.text.wordings import same_words, tokens

_OWN = "the article itself"
_NOBODY_NAMED = "somebody the article does not name"
_SHORT = 12
"""Words of a wording that is told whole."""
_AROUND = 3
"""Words told on either side of a change."""


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
        told.append(_changed("figure", "figures", then.figures, now.figures))
    if Aspect.HEDGES in asked:
        told.append(_changed("wording that holds back", "words that hold back", then.hedges, now.hedges))
    if Aspect.NAME in asked:
        told.append(_other_source(then, now, reworded=Aspect.QUOTE in asked))
    elif Aspect.SOURCE in asked:
        told.append(_other_words("words for the source", then.source, now.source))
    if Aspect.CUE in asked and not (Aspect.HEDGES in asked and _is_the_hedge(then, now)):
        told.append(_other_cue(then.cue, now.cue))
    if Aspect.CHAIN in asked:
        told.append(_changed("way the words took", "ways the words took", then.chain, now.chain))
    if Aspect.QUOTE in asked and not _told_already(then, now, asked):
        told.append(_other_words("words", then.quote, now.quote))
    return tuple(each.removesuffix(".") if each.endswith((".”.", "….")) else each for each in told)


def _other_words(what: str, then: Quote | None, now: Quote | None) -> str:
    before, after = (None if each is None else each.text for each in (then, now))
    if before is not None and after is not None:
        before, after = _around_the_change(before, after)
    return f"The {what} were {shown(before)} and are now {shown(after)}."


def _other_source(then: Basis, now: Basis, *, reworded: bool) -> str:
    if reworded:
        return f"The source was {_who(then)} and is now {_who(now)}."
    read = f"The source is now read as {_who(now)}, before as {_who(then)}"
    return f"{read}: the text around the claim has changed."


def _who(basis: Basis) -> str:
    """Return whose words a claim is; words like "reportedly" are somebody's."""
    return basis.name or (_OWN if basis.cue is None and basis.source is None else _NOBODY_NAMED)


def _other_cue(then: Quote | None, now: Quote | None) -> str:
    if now is None:
        return f"It was attributed with {shown(then)} and is now without such a word."
    if then is None:
        return f"It is now attributed, with {shown(now)}."
    return f"It was attributed with {shown(then)} and is now with {shown(now)}."


def _is_the_hedge(then: Basis, now: Basis) -> bool:
    """Tell whether the word that attributed is one that holds back, and only came or went: told as such."""
    if then.cue is not None and now.cue is not None:
        return False
    return any(_same(each, then.cue or now.cue) for each in (*then.hedges, *now.hedges))


def _told_already(then: Basis, now: Basis, asked: frozenset[Aspect]) -> bool:
    """Tell whether all words that differ stand in figures, hedges and words for a source that are told."""
    parts: list[tuple[Sequence[Quote], Sequence[Quote]]] = []
    if Aspect.FIGURES in asked:
        parts.append((then.figures, now.figures))
    if Aspect.HEDGES in asked:
        parts.append((then.hedges, now.hedges))
    if Aspect.SOURCE in asked and Aspect.NAME not in asked and then.source and now.source:
        parts.append(((then.source,), (now.source,)))
    before, after = (
        {word for part in parts for quote in part[side] for word in _words(quote.text)} for side in (0, 1)
    )
    old, new = _words(then.quote.text), _words(now.quote.text)
    changes = [
        each for each in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if each[0] != "equal"
    ]
    return bool(changes) and all(
        before.issuperset(old[each[1] : each[2]]) and after.issuperset(new[each[3] : each[4]])
        for each in changes
    )


def _around_the_change(before: str, after: str) -> tuple[str, str]:
    """Return the piece of each wording that differs, with a few words around it; both whole where short."""
    old, new = before.split(), after.split()
    if max(len(old), len(new)) <= _SHORT:
        return before, after
    least = min(len(old), len(new))
    first = next((at for at in range(least) if old[at] != new[at]), least)
    rest = least - first
    last = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    start, end = max(0, first - _AROUND), max(0, last - _AROUND)
    return " ".join(old[start : len(old) - end]), " ".join(new[start : len(new) - end])


def _words(text: str) -> list[str]:
    return [token.text.casefold() for token in tokens(text)]


def gone(basis: Basis) -> str:
    """Return what is to be said of a claim whose words are gone."""
    return f"The article no longer has these words: {shown(basis.quote)}"


def outside(basis: Basis, aspect: Aspect) -> tuple[Quote, ...]:
    """Return the words that a sign-off rests on in one respect and that are not among the claim's own."""
    pieces = {
        Aspect.NAME: (basis.source,),
        Aspect.SOURCE: (basis.source,),
        Aspect.CUE: (basis.cue,),
        Aspect.CHAIN: basis.chain,
        Aspect.HEDGES: basis.hedges,
        Aspect.FIGURES: basis.figures,
        Aspect.QUOTE: (),
    }[aspect]
    return tuple(each for each in pieces if each is not None and not basis.quote.contains(each))


def turned(put_in: Iterable[str], sentence: str) -> tuple[str, ...]:
    """Return what is to be said of words put in around a claim that turn it about."""
    found = next((word for word in put_in if word.casefold() in _turning()), None)
    if found is None:
        return ()
    return (f"{shown(found)} is new around these words, which now stand in: {shown(sentence)}",)


@cache
def _turning() -> frozenset[str]:
    return frozenset(load("carrying")["turning"])


def _same(one: Quote | None, other: Quote | None) -> bool:
    if one is None or other is None:
        return one is other
    return same_words(one.text, other.text)


def _same_all(some: Sequence[Quote], others: Sequence[Quote]) -> bool:
    return len(some) == len(others) and all(map(_same, some, others))


def shown(words: str | Quote | None) -> str:
    """Return words of an article between quotation marks, unless they begin with their own."""
    if words is None:
        return "none"
    text = " ".join((words.text if isinstance(words, Quote) else words).split())
    return text if text.startswith(("“", '"')) else f"“{text}”"


def _changed(one: str, many: str, then: Sequence[Quote], now: Sequence[Quote]) -> str:
    """Tell what is no longer there and what is new; all of it where only the order differs."""
    before, after = ({" ".join(each.text.split()): None for each in quotes} for quotes in (then, now))
    gone, new = (
        [each for each in some if each not in others] for some, others in ((before, after), (after, before))
    )
    if not gone and not new:
        gone, new = (
            [" ".join(each.text.split()) for each in then],
            [" ".join(each.text.split()) for each in now],
        )
    if gone and new:
        single = len(gone) == len(new) == 1
        verbs = ("was", "is") if single else ("were", "are")
        return f"The {one if single else many} {verbs[0]} {_listed(gone)} and {verbs[1]} now {_listed(new)}."
    if gone:
        return (
            f"The {one if len(gone) == 1 else many} {_listed(gone)} {'is' if len(gone) == 1 else 'are'} gone."
        )
    return f"The {one if len(new) == 1 else many} {_listed(new)} {'is' if len(new) == 1 else 'are'} new."


def _listed(words: Iterable[str]) -> str:
    return ", ".join(map(shown, words))
