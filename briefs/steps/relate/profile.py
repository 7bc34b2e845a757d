"""What is compared of a claim, worked out once: its core words in order, figures, names, negation, hedges."""

import re
from dataclasses import dataclass
from functools import cache

from briefs.data import load
from briefs.domain.relations import IndexedClaim
from briefs.steps.relate.terms import content

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ANY_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FEW = 3
"""Attributed words with fewer terms say too little without their frame."""
_AT = 24
"""So many characters of attributed words tell where they begin in the quoted ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A claim as it is compared."""

    claim: IndexedClaim
    core: str
    """What is claimed, without the "X said" around it where that can be taken away."""
    words: tuple[str, ...]
    """Terms of the core in their order."""
    content: frozenset[str]
    numbers: frozenset[str]
    """Numbers of the core, in figures or in words, without separators."""
    negations: int
    held: tuple[str, ...]
    """Hedges, approximations of figures apart."""
    terms: frozenset[str]
    """Terms of all quoted words."""


def profile(claim: IndexedClaim) -> Profile:
    """Return what is compared of a claim."""
    core = _core(claim)
    words = content(core)
    lists = _lists()
    plain = [word.lower().replace("’", "'") for word in _ANY_WORD.findall(core)]
    spelt = (lists.numbers[word] for word in plain if word in lists.numbers)
    return Profile(
        claim=claim,
        core=core,
        words=words,
        content=frozenset(words),
        numbers=frozenset(re.sub(r"[.,](?=\d{3}\b)", "", n) for n in _NUMBER.findall(core))
        | frozenset(spelt),
        negations=sum(word in lists.negations or word.endswith("n't") for word in plain),
        held=tuple(h for h in claim.hedges if _SPACE.sub(" ", h.lower()) not in lists.approximations),
        terms=frozenset(content(claim.quote.text)),
    )


def _core(claim: IndexedClaim) -> str:
    quote = _SPACE.sub(" ", claim.quote.text)
    pieces = []
    for said in claim.said:
        piece = _SPACE.sub(" ", said)
        if piece in quote:
            pieces.append(piece)
        elif (start := quote.find(piece[:_AT])) >= 0:
            pieces.append(quote[start:])
    core = " ".join(pieces)
    return core if len(content(core)) >= _FEW else quote


class _Lists:
    """Word lists of the data files."""

    def __init__(self) -> None:
        self.negations = frozenset(load("stopwords")["negations"])
        self.approximations = frozenset(load("hedges")["approximation"])
        spelt = load("numbers")
        self.numbers = {w: str(n) for part in ("units", "teens", "tens") for w, n in spelt[part].items()}


@cache
def _lists() -> _Lists:
    return _Lists()
