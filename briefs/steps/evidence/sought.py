"""What of a claim is looked for in documents: its own words without who says them, names, figures, dates."""

import re
from functools import lru_cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.brief import ArticleBriefs, Brief
from briefs.domain.claims import Claim
from briefs.domain.scan import DateMention, Quantity
from briefs.domain.spans import Span
from briefs.language.terms import content
from briefs.steps.evidence.words import denials
from briefs.text.figures import figures_of
from briefs.text.sentences import sentences

_COMPARED = ("count", "money", "percent", "measure", "score")
_FEW = 3
"""Attributed words with fewer content words say too little without the sentence around them."""


_RELATIVE = re.compile(r"(?:which|who|whose|where)\b")
_BEFORE = re.compile(r"(\w+),?\s*$")


class Subject(NamedTuple):
    """What an article is about, as far as names say it."""

    names: frozenset[str]
    """Best names and variants of the checklist, in lower case."""
    title: frozenset[str]
    """Stems of the headline's content words."""


class Sought(NamedTuple):
    """One claim as it is looked for."""

    brief: Brief
    words: str
    """What is claimed, in the article's words, without the "X said" where that can be taken away."""
    start: int
    """Where these words begin in the article's text."""
    ordered: tuple[str, ...]
    """Its terms, in their order."""
    content: tuple[str, ...]
    """Its terms, each once."""
    names: tuple[str, ...]
    """Names within these words, in lower case."""
    quantities: tuple[Quantity, ...]
    """Figures that count or measure; ranks and multiples are not compared."""
    dates: tuple[DateMention, ...]
    denials: int
    hedged: bool
    """It holds back certainty in other words than "about" and "nearly"."""
    here: str
    """The words that say where it plays: the claim's and the headline's."""
    known: str
    """The article's text."""
    published: str | None

    @property
    def terms(self) -> tuple[str, ...]:
        """Return the terms and figures to search an index for."""
        return (*dict.fromkeys(figures_of(self.words)), *self.content)


def subject(result: ArticleBriefs) -> Subject:
    """Return what names and headline say of an article's subject; its outlet is not part of that."""
    article = result.article
    known = {each.lower() for name in result.overview.names for each in (name.name, *name.variants)}
    outlet = {each.lower() for each in (article.outlet, article.byline) if each}
    return Subject(frozenset(known - outlet), frozenset(content(article.title)))


def sought(result: ArticleBriefs, brief: Brief) -> Sought:
    """Return what of a claim is looked for."""
    text, claim = result.article.text, brief.claim
    pieces = [piece for piece in brief.attribution.content if piece.overlaps(claim.quote)]
    pieces = [_cut(piece, claim.quote) for piece in pieces]
    if sum(len(content(piece.of(text))) for piece in pieces) < _FEW:
        pieces = [claim.quote.place]
    pieces = [*_referred(result, pieces[0]), *pieces]
    words = " ".join(" ".join(piece.of(text).split()) for piece in pieces)
    named = [
        name.name.lower()
        for name in result.overview.names
        if any(piece.contains(place) for place in name.places for piece in pieces)
    ]
    terms = content(words)
    return Sought(
        brief=brief,
        words=words,
        start=pieces[0].start,
        ordered=terms,
        content=tuple(dict.fromkeys(terms)),
        names=tuple(dict.fromkeys(named)),
        quantities=tuple(
            each
            for each in claim.quantities
            if each.kind in _COMPARED and any(piece.contains(each) for piece in pieces)
        ),
        dates=claim.dates,
        denials=denials(words),
        hedged=_hedged(text, claim, pieces),
        here=f"{claim.standalone} {result.article.title}",
        known=text,
        published=result.article.published,
    )


def _referred(result: ArticleBriefs, piece: Span) -> list[Span]:
    """Return what a clause is about that only refers to it ("which has been closed"): the words before it.

    That is the name that ends there, or else the last word: in English it is most often the noun.
    """
    text = result.article.text
    if not _RELATIVE.match(text, piece.start):
        return []
    before = _BEFORE.search(text, max(0, piece.start - 60), piece.start)
    if before is None:
        return []
    word = Span(start=before.start(1), end=before.end(1))
    named = [place for name in result.overview.names for place in name.places if place.end == word.end]
    return [max(named, key=lambda place: place.end - place.start, default=word)]


def _hedged(text: str, claim: Claim, pieces: list[Span]) -> bool:
    """Tell whether the claimed words hold back; of a run of sentences only those with figures count."""
    looked_at = pieces
    if claim.quantities:
        cut = [each for piece in pieces for each in sentences(text, piece.start, piece.end)]
        looked_at = [each for each in cut if any(each.contains(figure) for figure in claim.quantities)]
    return any(
        _holds_back(hedge.of(text)) for hedge in claim.hedges if any(s.overlaps(hedge) for s in looked_at)
    )


def _holds_back(words: str) -> bool:
    return " ".join(words.lower().split()) not in load("hedges")["approximation"]


def _cut(piece: Span, quote: Span) -> Span:
    return Span(start=max(piece.start, quote.start), end=min(piece.end, quote.end))


def holds(text: str, name: str) -> bool:
    """Tell whether a name stands in a text as whole words, without regard to letter case."""
    # Most names do not: looking for the characters alone takes a hundredth of the time.
    return name.lower() in text.lower() and _whole(name).search(text) is not None


@lru_cache(maxsize=2_000)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
