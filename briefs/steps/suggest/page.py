"""An article as the checks of a model's words look at it: indexed once, asked many times."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Generic, TypeVar

from briefs.data import load
from briefs.domain.article import Article
from briefs.domain.scan import Attribution, Scan, SourceKind
from briefs.domain.segmentation import Segmentation, Sentence
from briefs.domain.spans import How, Span
from briefs.steps.suggest.words import WORD, content
from briefs.text.equality import Words

S = TypeVar("S", bound=Span)
RARE = 3
"""A word in no more sentences than this is rare in the article; in long ones, in an eighth of them."""

PER_CENT = re.compile(r"\s?(?:per\s?cent|percent|%)(?!\w)", re.IGNORECASE)
"""The ways to write "%", so that a share is one figure in any of them."""


@cache
def _countries() -> dict[str, str]:
    """Return every word for a country (name, adjective, capital) with the country's name."""
    names: dict[str, list[str]] = load("countries")["names"]
    return {word: country for country, others in names.items() for word in (country, *others)}


class Places(Generic[S]):
    """Spans that can be asked for by place in logarithmic time."""

    def __init__(self, spans: Iterable[S]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]

    def within(self, place: Span) -> list[S]:
        """Return the spans that lie wholly within `place`, in order."""
        first, last = bisect_left(self._starts, place.start), bisect_left(self._starts, place.end)
        return [span for span in self._spans[first:last] if span.end <= place.end]


class Page:
    """One article, ready to be asked whether it holds words, names, figures and answers."""

    def __init__(self, article: Article, segmentation: Segmentation, scan: Scan) -> None:
        self.text = article.text
        self.segmentation = segmentation
        self.quantities = Places(scan.quantities)
        self.dates = Places([date for date in scan.dates if date.kind != "duration"])
        self.entities = Places(scan.entities)
        self.signals = {each.sentence: each for each in scan.signals}
        """What is plain of each sentence, by its index."""
        self.causes = Places([span for signals in scan.signals for span in signals.cause])
        self.sourced = Places([part for said in scan.attributions for part in _sourced(said)])
        """Places of named sources, and of what is attributed to them."""
        self._exact = Words(article.text)
        self._folded = Words(article.text.lower())
        self._figures = Words(PER_CENT.sub("%", article.text.lower()))
        self.sentences = segmentation.sentences
        self.stems = [content(s.of(article.text)) for s in self.sentences]
        self._frequency = Counter(each for stems in self.stems for each in stems)
        self._holding: dict[str, set[int]] = {}
        for index, stems in enumerate(self.stems):
            for each in stems:
                self._holding.setdefault(each, set()).add(index)
        self.spoken = frozenset(found.group() for found in WORD.finditer(article.text))
        """Its words as they are written."""
        self._countries = frozenset(
            country
            for word, country in _countries().items()
            if (self._exact.hold(word) if " " in word else word in self.spoken)
        )

    def holds(self, words: str) -> bool:
        """Tell whether the article has these words, whole, letter case included."""
        return self._exact.hold(words)

    def holds_in_any_case(self, words: str) -> bool:
        """Tell whether the article has these words, whole, in any letter case."""
        return self._folded.hold(words.lower())

    def counts(self, figure: str) -> bool:
        """Tell whether the article has this figure, whole; lower case, shares written with "%"."""
        return self._figures.hold(figure)

    def quotes(self, words: str) -> bool:
        """Tell whether `words` can stand between quotation marks: an exact slice, cut through no word."""
        return bool(words.strip()) and words in self.text and self._exact.hold(words)

    def names_country(self, word: str) -> bool:
        """Tell whether `word` is a form of the name of a country that the article names in any form."""
        return _countries().get(word) in self._countries

    def is_rare(self, stem: str) -> bool:
        """Tell whether few of the article's sentences have a word with this stem."""
        return 0 < self._frequency[stem] <= max(RARE, len(self.sentences) // 8)

    def holding_all(self, stems: frozenset[str]) -> Iterator[Sentence]:
        """Yield the sentences that have all of `stems`, in order."""
        if not stems:
            return
        sets = sorted((self._holding.get(each, set()) for each in stems), key=len)
        for index in sorted(set.intersection(*sets)):
            yield self.sentences[index]

    def around(self, place: Span) -> Span:
        """Return the whole sentences that `place` touches."""
        held = self.segmentation.sentences_of(place)
        return Span(start=held[0].start, end=held[-1].end) if held else place

    def beside(self, place: Span) -> Span:
        """Return `place` with the sentence before it where that stands in the same paragraph."""
        held = self.segmentation.sentences_of(place)
        if not held or not held[0].index:
            return place
        before = self.sentences[held[0].index - 1]
        near = "\n" not in self.text[before.end : held[0].start]
        return Span(start=before.start if near else place.start, end=place.end)


def _sourced(said: Attribution) -> Iterator[Span]:
    source = said.source
    if source is not None and said.kind is not SourceKind.ANONYMOUS and source.how is not How.POSSIBLE:
        yield source
        yield from said.content


def is_country(words: str) -> bool:
    """Tell whether `words` are the bare name of a country or one of its forms."""
    return words.removeprefix("the ") in _countries()
