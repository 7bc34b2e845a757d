"""What is compared of a claim, worked out once: its core words in order, figures, names, negation, hedges."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from briefs.data import load
from briefs.domain.relations import IndexedClaim
from briefs.language.terms import common, content, term
from briefs.steps.relate.claim_key import ClaimKey
from briefs.steps.relate.dated import Lasting, lasting
from briefs.steps.relate.denied import denied_terms
from briefs.steps.relate.extreme import Extreme, extremes

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"[.,](?=\d{3}\b)")
_ANY_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PROPER = re.compile(r"(?<![.!?…:\"“”‘’'«»(\[] )(?<=[\w,;)\]%’'\"”] )[^\W\d_a-z][^\W\d_]+")
_KEPT = 4_000
_FEW = 5
"""Attributed words with fewer terms say too little alone, unless they are most of the sentence."""
_MOST = 0.6
_CLAUSED = 3
"""Fewer do where they are a clause: "that …", a quotation, or what the sentence begins with."""
_CLAUSE = re.compile(r"that\s|[\"“„«‘]")
_AT = 24
"""So many characters of attributed words tell where they begin in the quoted ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A claim as it is compared."""

    claim: IndexedClaim
    core: str
    """What is claimed, without the "X said" around it where that can be taken away, on one line."""
    words: tuple[str, ...]
    """Terms of the core in their order."""
    content: frozenset[str]
    """The same as a set."""
    telling: frozenset[str]
    """Those that say what it is about: no country, no word that is common in news."""
    places: frozenset[str]
    """Countries that the quoted words name."""
    numbers: frozenset[str]
    """Numbers of the core, in figures or in words, without separators."""
    undated: frozenset[str]
    """Those that are no part of a date."""
    proper: frozenset[str]
    """Words of names in the core, lower case; names of days and months among them."""
    stock: bool
    """It is what any article says of those who did not answer."""
    named: frozenset[str]
    """The same as terms."""
    negations: int
    held: tuple[str, ...]
    """Hedges, approximations of figures apart."""
    possible: str
    """The word that calls something one of several possibilities, or ""."""
    lasting: tuple[Lasting, ...]
    extremes: tuple[Extreme, ...]
    denied: tuple[str, ...] | None
    """Terms of what the quoted words deny; none where they deny nothing."""


def profile(claim: IndexedClaim) -> Profile:
    """Return what is compared of a claim; kept for as long as the claim is likely to be asked for again."""
    return _kept(ClaimKey(claim, None))


@lru_cache(maxsize=_KEPT)
def _kept(key: ClaimKey[None]) -> Profile:
    claim = key.claim
    text = _SPACE.sub(" ", claim.quote.text)
    core = _core(claim, text)
    words = content(core)
    lists = _lists()
    plain = [word.lower().replace("’", "'") for word in _ANY_WORD.findall(core)]
    spelt = frozenset(lists.numbers[word] for word in plain if word in lists.numbers)
    numbers = _figures(core)
    proper = _proper(claim, core)
    return Profile(
        claim=claim,
        core=core,
        words=words,
        content=frozenset(words),
        telling=frozenset(word for word in words if not common(word) and not word.startswith("@")),
        places=frozenset(word for word in (content(text) if core != text else words) if word.startswith("@")),
        numbers=numbers | spelt,
        undated=(numbers - frozenset(n for d in claim.dates for n in _figures(d.text))) | spelt,
        proper=proper,
        stock=bool(lists.stock.search(text)),
        named=frozenset(each for word in proper if (each := term(word))),
        negations=sum(word in lists.negations or word.endswith("n't") for word in plain),
        held=tuple(h for h in claim.hedges if _SPACE.sub(" ", h.lower()) not in lists.approximations),
        possible=next((word for word in plain if word in lists.possible), ""),
        lasting=lasting(text),
        extremes=extremes(core),
        denied=denied_terms(text),
    )


def _core(claim: IndexedClaim, quote: str) -> str:
    pieces = []
    clause = False
    for said in claim.said:
        piece = _SPACE.sub(" ", said)
        if piece not in quote:
            start = quote.find(piece[:_AT])
            piece = quote[start:] if start >= 0 else ""
        if piece:
            clause = clause or quote.startswith(piece) or _CLAUSE.match(piece) is not None
            pieces.append(piece)
    core = " ".join(pieces)
    terms = len(content(core)) if pieces else 0
    whole = terms >= _FEW or terms > _MOST * len(content(quote)) or (clause and terms >= _CLAUSED)
    return core if whole else quote


def _figures(text: str) -> frozenset[str]:
    return frozenset(_THOUSANDS.sub("", number) for number in _NUMBER.findall(text))


def _proper(claim: IndexedClaim, core: str) -> frozenset[str]:
    words = {
        word for name in claim.names for word in _ANY_WORD.findall(name) if word[0].isupper() and word in core
    }
    return frozenset(word.lower() for word in {*words, *_PROPER.findall(core)})


class _Lists:
    """Word lists of the data files."""

    def __init__(self) -> None:
        self.negations = frozenset(load("stopwords")["negations"])
        self.approximations = frozenset(load("hedges")["approximation"])
        self.stock = re.compile("|".join(load("relating")["stock"]), re.IGNORECASE)
        self.possible = frozenset(load("relating")["possible"])
        spelt = load("numbers")
        self.numbers = {w: str(n) for part in ("units", "teens", "tens") for w, n in spelt[part].items()}


@cache
def _lists() -> _Lists:
    return _Lists()


@cache
def times() -> frozenset[str]:
    """Return the terms of months, days of the week and ordinals, which are no subject."""
    lists = load("dates")
    words = (*(each for forms in lists["months"] for each in forms), *lists["weekdays"], *lists["ordinals"])
    return frozenset(term for word in (*words, "alone", "every") for term in content(word))
