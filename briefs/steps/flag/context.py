"""What the rules look at: figures with their units and sources, sentence by sentence."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal, NamedTuple

from briefs.data import load
from briefs.domain.article import Article, BlockRole
from briefs.domain.brief import Finding, Flag, FlagKind
from briefs.domain.claims import ExtractedClaim, Extraction
from briefs.domain.scan import Attribution, Hedge, Quantity, Scan
from briefs.domain.segmentation import Segmentation, Sentence
from briefs.domain.spans import Span

UnitClass = Literal["people", "cases"]
_WORD = re.compile(r"[^\W\d_]+")


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of the flags' data file."""
    return frozenset(load("flags")[name])


@cache
def phrase_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern for any phrase of one list of the flags' data file, longest first."""
    phrases = sorted(words(name), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b", re.IGNORECASE)


def singular(noun: str) -> str:
    """Return the singular of a regular English noun in lower case; irregular ones stay as they are."""
    noun = noun.lower()
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def unit_head(unit: str | None) -> str | None:
    """Return the singular head noun of a unit ("criminal cases" → "case"), or none."""
    if not unit:
        return None
    before_phrase = re.split(r"\b(?:of|in|from|for|by|who|that)\b", unit, maxsplit=1)[0]
    found = _WORD.findall(before_phrase)
    return singular(found[-1]) if found else None


def unit_class(unit: str | None) -> UnitClass | None:
    """Tell whether a unit counts people or cases about them; none where it counts neither."""
    head = unit_head(unit)
    if head is None:
        return None
    if head in words("people") or (unit or "").lower() in words("people"):
        return "people"
    return "cases" if head in words("cases") else None


class Figure(NamedTuple):
    """A quantity in its sentence, with whose figure it is."""

    quantity: Quantity
    sentence: Sentence
    attribution: Attribution | None
    """None in the article's own voice."""

    @property
    def unit(self) -> str | None:
        """Return the singular head noun of what is counted."""
        return unit_head(self.quantity.unit)

    @property
    def counts(self) -> UnitClass | None:
        """Tell whether it counts people or cases."""
        return unit_class(self.quantity.unit)


class Context(NamedTuple):
    """One article with indexes by sentence, made once for all rules."""

    article: Article
    segmentation: Segmentation
    scan: Scan
    extraction: Extraction
    figures: tuple[Figure, ...]
    figures_of: Mapping[int, tuple[Figure, ...]]
    hedges_of: Mapping[int, tuple[Hedge, ...]]
    attributions_of: Mapping[int, tuple[Attribution, ...]]
    claims_of: Mapping[int, tuple[ExtractedClaim, ...]]

    @classmethod
    def of(
        cls, article: Article, segmentation: Segmentation, scan: Scan, extraction: Extraction
    ) -> "Context":
        """Index one article."""
        sentences = segmentation.sentences
        starts = [sentence.start for sentence in sentences]

        def covered(span: Span) -> range:
            first = max(0, bisect_right(starts, span.start) - 1)
            last = max(first, bisect_right(starts, max(span.start, span.end - 1)) - 1)
            return range(first, last + 1)

        attributions: dict[int, list[Attribution]] = defaultdict(list)
        for attribution in scan.attributions:
            for index in dict.fromkeys(i for piece in attribution.content for i in covered(piece)):
                attributions[index].append(attribution)
        claims: dict[int, list[ExtractedClaim]] = defaultdict(list)
        for claim in extraction.claims:
            places: Iterable[Span] = (claim.claim.quote, *claim.claim.also_at)
            for index in dict.fromkeys(i for place in places for i in covered(place)):
                claims[index].append(claim)
        hedges: dict[int, list[Hedge]] = defaultdict(list)
        for hedge in scan.hedges:
            hedges[covered(hedge)[0]].append(hedge)
        figures = [
            Figure(quantity, sentences[index], _covering(attributions[index], quantity))
            for quantity in scan.quantities
            if sentences and sentences[index := covered(quantity)[0]].furniture is None
        ]
        by_sentence: dict[int, list[Figure]] = defaultdict(list)
        for figure in figures:
            by_sentence[figure.sentence.index].append(figure)
        return cls(
            article,
            segmentation,
            scan,
            extraction,
            tuple(figures),
            {index: tuple(found) for index, found in by_sentence.items()},
            {index: tuple(found) for index, found in hedges.items()},
            {index: tuple(found) for index, found in attributions.items()},
            {index: tuple(found) for index, found in claims.items()},
        )

    @property
    def text(self) -> str:
        """Return the article's text."""
        return self.article.text

    @property
    def body(self) -> tuple[Sentence, ...]:
        """Return the sentences of article text below the headline."""
        return tuple(
            sentence
            for sentence in self.segmentation.sentences
            if sentence.furniture is None and sentence.role is not BlockRole.HEADLINE
        )

    @property
    def headline(self) -> Sentence | None:
        """Return the headline's sentence, if the headline stands in the text."""
        return next((s for s in self.segmentation.sentences if s.role is BlockRole.HEADLINE), None)

    def before(self, sentence: Sentence, count: int) -> tuple[Sentence, ...]:
        """Return up to `count` sentences of article text before `sentence`, the nearest first."""
        earlier = self.segmentation.sentences[max(0, sentence.index - count - 2) : sentence.index]
        return tuple(s for s in reversed(earlier) if s.furniture is None)[:count]

    def words(self, span: Span) -> str:
        """Return the exact words at `span` with white space collapsed, for a note."""
        return " ".join(span.of(self.text).split())

    def finding(
        self, kind: FlagKind, note: str, spans: tuple[Span, ...], *, article_wide: bool = False
    ) -> Finding:
        """Return a finding with the ids of all claims that state one of `spans`."""
        places = tuple(span.place for span in spans)
        ids = dict.fromkeys(
            claim.id
            for place in places
            for sentence in self._sentences_at(place)
            for claim in self.claims_of.get(sentence, ())
            if any(spot.overlaps(place) for spot in (claim.claim.quote, *claim.claim.also_at))
        )
        return Finding(
            flag=Flag(kind=kind, note=note, spans=places), briefs=tuple(ids), article_wide=article_wide
        )

    def _sentences_at(self, place: Span) -> tuple[int, ...]:
        first = self.segmentation.sentence_at(place.start)
        last = self.segmentation.sentence_at(max(place.start, place.end - 1))
        if first is None:
            return ()
        return tuple(range(first.index, (last or first).index + 1))


def _covering(attributions: list[Attribution], span: Span) -> Attribution | None:
    """Return the attribution whose content holds `span` most narrowly, or none."""
    holding = [
        (piece.end - piece.start, order, attribution)
        for order, attribution in enumerate(attributions)
        for piece in attribution.content
        if piece.contains(span)
    ]
    return min(holding, key=lambda each: each[:2])[2] if holding else None
