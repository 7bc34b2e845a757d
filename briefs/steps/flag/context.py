"""What the rules look at: figures, hedges, attributions and claims, sentence by sentence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from briefs.domain.article import Article, BlockRole
from briefs.domain.brief import Finding, Flag, FlagKind
from briefs.domain.claims import ExtractedClaim, Extraction
from briefs.domain.scan import Attribution, Hedge, Scan
from briefs.domain.segmentation import Segmentation, Sentence
from briefs.domain.spans import Span
from briefs.steps.flag.figure import Figure, Placed, figures
from briefs.steps.flag.lexicon import alternatives, phrase_pattern, stopwords, words

Found = TypeVar("Found")
_MARKS = re.compile(r"[\"“”„«»]")
_QUALIFIER = re.compile(
    rf"(?:{alternatives(words('qualifiers'))}|(?:{alternatives(words('qualifying_verbs'))})\w*)\s+$",
    re.IGNORECASE,
)


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
    body: tuple[Sentence, ...]
    """The sentences of article text below the headline."""
    months_over: int = 0
    """How many months of the year its dates without a year show to be over."""

    @classmethod
    def of(
        cls, article: Article, segmentation: Segmentation, scan: Scan, extraction: Extraction
    ) -> "Context":
        """Index one article."""
        sentences = segmentation.sentences

        def covered(span: Span) -> list[int]:
            return [sentence.index for sentence in segmentation.sentences_of(span)]

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
            for index in covered(hedge)[:1]:
                hedges[index].append(hedge)
        placed = [
            Placed(quantity, sentence, _covering(attributions[sentence.index], quantity))
            for quantity in scan.quantities
            for sentence in segmentation.sentences_of(quantity)[:1]
            if sentence.furniture is None
        ]
        found = figures(article.text, placed)
        by_sentence: dict[int, list[Figure]] = defaultdict(list)
        for figure in found:
            by_sentence[figure.sentence.index].append(figure)
        return cls(
            article,
            segmentation,
            scan,
            extraction,
            tuple(found),
            _frozen(by_sentence),
            _frozen(hedges),
            _frozen(attributions),
            _frozen(claims),
            tuple(s for s in sentences if s.furniture is None and s.role is not BlockRole.HEADLINE),
            # A day within a month shows that it has begun; a month alone ("in October") that it is over.
            max((d.month - bool(d.day) for d in scan.dates if d.month and d.iso is None), default=0),
        )

    @property
    def text(self) -> str:
        """Return the article's text."""
        return self.article.text

    @property
    def headline(self) -> Sentence | None:
        """Return the headline's sentence, if the headline stands in the text."""
        sentences = self.segmentation.sentences
        return next((s for s in sentences if s.role is BlockRole.HEADLINE and s.furniture is None), None)

    def before(self, sentence: Sentence, count: int) -> tuple[Sentence, ...]:
        """Return up to `count` sentences of article text before `sentence`, the nearest first."""
        earlier = self.segmentation.sentences[max(0, sentence.index - count - 2) : sentence.index]
        return tuple(s for s in reversed(earlier) if s.furniture is None)[:count]

    def figures_near(self, figure: Figure, reach: int) -> tuple[Figure, ...]:
        """Return the other figures at most `reach` sentences from `figure`, in order."""
        first, last = figure.sentence.index - reach, figure.sentence.index + reach
        return tuple(
            other
            for index in range(first, last + 1)
            for other in self.figures_of.get(index, ())
            if other is not figure
        )

    def in_own_voice(self, sentence: Sentence) -> bool:
        """Tell whether nothing in a body sentence says where it comes from, nor that somebody said it."""
        if self.attributions_of.get(sentence.index) or sentence.quote_depth:
            return False
        text = sentence.of(self.text)
        return sentence.role is BlockRole.BODY and not (
            _MARKS.search(text) or phrase_pattern("telling").search(text)
        )

    def words(self, span: Span) -> str:
        """Return the exact words at `span` with white space collapsed, for a note."""
        return " ".join(span.of(self.text).split())

    def excerpt(self, span: Span, limit: int = 110) -> str:
        """Return the words at `span` in quotation marks for a note, cut at a mark, a comma or a word.

        The words are an exact slice of `limit` characters at most; where it was cut, an ellipsis stands
        outside the marks.
        """
        pieces = [_bare(piece) for piece in _MARKS.split(self.words(span))]
        whole = next((piece for piece in pieces if len(piece.split()) >= 4), max(pieces, key=len))
        if len(whole) <= limit:
            return f"“{whole}”"
        return f"“{_bare(_cut(whole, limit))}” …"

    def shown(self, figure: Figure) -> str:
        """Return a figure's exact words with the "more than" before it and the unit after it, for a note."""
        start, end = figure.quantity.start, figure.quantity.end
        before = _QUALIFIER.search(self.text, max(figure.sentence.start, start - 20), start)
        unit = figure.quantity.unit
        if unit and self.text.startswith(f" {unit}", end):
            end += len(unit) + 1
        return f"“{self.words(Span(start=before.start() if before else start, end=end))}”"

    def finding(
        self,
        kind: FlagKind,
        note: str,
        spans: tuple[Span, ...],
        *,
        article_wide: bool = False,
        about: Span | None = None,
    ) -> Finding:
        """Return a finding with the ids of all claims that state one of `spans`.

        Where only one of `spans` lacks something, it is `about` that one, and other claims are beside it.
        """
        places = tuple(span.place for span in spans)
        ids = tuple(dict.fromkeys(name for place in places for name in self._stating(place)))
        under = ids if about is None else tuple(dict.fromkeys(self._stating(about.place)))
        return Finding(
            flag=Flag(kind=kind, note=note, spans=places),
            briefs=under,
            beside=tuple(name for name in ids if name not in under),
            article_wide=article_wide,
        )

    def _stating(self, place: Span) -> Iterator[str]:
        """Yield the ids of the claims that state words at `place`."""
        for sentence in self.segmentation.sentences_of(place):
            for claim in self.claims_of.get(sentence.index, ()):
                if any(spot.overlaps(place) for spot in (claim.claim.quote, *claim.claim.also_at)):
                    yield claim.id


def _cut(words: str, limit: int) -> str:
    """Return how long words begin: up to a comma in the second half, else without a trailing "of the"."""
    end = max(words.rfind(" ", 0, limit), 1)
    if (comma := words.rfind(", ", limit // 2, end)) > 0:
        return words[:comma]
    kept = words[:end].split(" ")
    while len(kept) > 1 and kept[-1].lower() in stopwords():
        kept.pop()
    return " ".join(kept)


def _bare(piece: str) -> str:
    """Return words without the marks and stops around them; an apostrophe stays."""
    piece = piece.strip(" ,;:.")
    return piece.strip("‘’' ").strip(" ,;:.") if piece.startswith(("‘", "'")) else piece


def _frozen(lists: Mapping[int, list[Found]]) -> Mapping[int, tuple[Found, ...]]:
    return {index: tuple(found) for index, found in lists.items()}


def _covering(attributions: list[Attribution], span: Span) -> Attribution | None:
    """Return the attribution whose content holds `span` most narrowly, or none."""
    holding = [
        (piece.end - piece.start, order, attribution)
        for order, attribution in enumerate(attributions)
        for piece in attribution.content
        if piece.contains(span)
    ]
    return min(holding, key=lambda each: each[:2])[2] if holding else None
