"""What every check of this step looks things up in: the article's sentences, names, dates and quotations."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.claims import ClaimAt
from briefs.domain.proposals import Rejection
from briefs.domain.scan import Entity, Scan
from briefs.domain.segmentation import Segmentation, Sentence
from briefs.domain.spans import Quote, Span
from briefs.language.addressing import addressing
from briefs.language.gender import Gender, genders_in
from briefs.steps.ground.lists import keys, tokens, without_possessive

STEP = "extract"
"""The step under which what does not pass is counted: the one that the model was asked for."""
_BACK = 3
"""Sentences before a claim that may lend it a name or a date."""


class Name(NamedTuple):
    """A name of the article: the best form of it, its kind, and the places where it stands."""

    best: str
    label: str
    places: tuple[Span, ...]


class Context:
    """One article, for all checks of one call of the step."""

    def __init__(
        self,
        article: Article,
        segmentation: Segmentation,
        scan: Scan,
        model: str,
        claim_at: ClaimAt,
    ) -> None:
        self.article = article
        self.text = article.text
        self.segmentation = segmentation
        self.scan = scan
        self.model = model
        self.claim_at = claim_at
        self.rejections: list[Rejection] = []

    def reject(self, kind: str) -> None:
        """Count something that did not pass the check `kind`."""
        self.rejections.append(Rejection(step=STEP, kind=kind))

    def is_slice(self, quote: Quote) -> bool:
        """Tell whether a quotation is what stands at its place."""
        return quote.end <= len(self.text) and quote.of(self.text) == quote.text

    def shown(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is article text."""
        return sentence.furniture is None

    @cached_property
    def _guarded(self) -> frozenset[int]:
        speaking = addressing(self.text, self.segmentation, self.scan.signals)
        found: set[int] = set()
        for chunk in self.segmentation.chunks:
            start = chunk.context.start if chunk.context else chunk.start
            shown = self.segmentation.sentences_of(Span(start=start, end=chunk.end))
            if any(sentence.index in speaking for sentence in shown):
                found.update(range(chunk.first, chunk.last + 1))
        return frozenset(found)

    def is_guarded(self, place: Span) -> bool:
        """Tell whether a sentence that speaks to somebody stood in the same call as `place`.

        It may have been meant for the model. What the model says of any sentence is then its advice, shown as
        such: it changes no claim of the rules.
        """
        return any(each.index in self._guarded for each in self.segmentation.sentences_of(place))

    def before(self, place: Span) -> Span:
        """Return the sentences before and at `place` that may lend it a name or a date."""
        own = self.segmentation.sentences_of(place)
        first = max(0, own[0].index - _BACK) if own else 0
        return Span(start=self.segmentation.sentences[first].start, end=place.end) if own else place

    def around(self, place: Span) -> Span:
        """Return `place` widened by a sentence on either side, and to where its running quotation opens."""
        own = self.segmentation.sentences_of(place)
        if not own:
            return place
        sentences = self.segmentation.sentences
        last = min(len(sentences) - 1, own[-1].index + 1)
        first = self.opening(own[0])
        return Span(start=sentences[max(0, first.index - 1)].start, end=sentences[last].end)

    def opening(self, sentence: Sentence) -> Sentence:
        """Return the sentence in which the quotation opens that `sentence` goes on with, else itself."""
        sentences = self.segmentation.sentences
        for index in range(sentence.index, max(-1, sentence.index - 12), -1):
            if sentences[index].quote_depth == 0:
                return sentences[index]
        return sentence

    @cached_property
    def words(self) -> frozenset[str]:
        """Return every word of the article text, with and without a possessive ending."""
        shown = " ".join(s.of(self.text) for s in self.segmentation.sentences if self.shown(s))
        found = frozenset(keys(shown))
        parts = frozenset(part for key in found if "-" in key for part in key.split("-"))
        return found | parts | frozenset(without_possessive(key) for key in found)

    @cached_property
    def names(self) -> dict[tuple[str, ...], Name]:
        """Return the article's names by their words, in every form in which they stand."""
        places: dict[str, list[Entity]] = {}
        for entity in self.scan.entities:
            sentence = self.segmentation.sentence_at(entity.start)
            if sentence is not None and self.shown(sentence):
                places.setdefault(entity.name, []).append(entity)
        found: dict[tuple[str, ...], Name] = {}
        for best, entities in places.items():
            name = Name(best, entities[0].label, tuple(each.place for each in entities))
            for form in (best, *(each.of(self.text) for each in entities)):
                found.setdefault(bare(form), name)
        found.pop((), None)
        return found

    @cached_property
    def genders(self) -> dict[str, Gender]:
        """Return the pronoun of each person for whom the text or the name settles it."""
        return genders_in(self.text, self.scan.entities)

    def standing(self, wanted: tuple[str, ...], within: Span) -> Iterator[Span]:
        """Yield the places of a run of words within a part of the article, in order."""
        if not wanted:
            return
        found = tokens(within.of(self.text))
        said = [without_possessive(token.key) for token in found]
        length = len(wanted)
        for at in range(len(found) - length + 1):
            if tuple(said[at : at + length]) == wanted:
                end = found[at + length - 1]
                cut = len(end.key) - len(without_possessive(end.key))
                yield Span(start=within.start + found[at].start, end=within.start + end.end - cut)


def bare(name: str) -> tuple[str, ...]:
    """Return a name's words as they are compared: no article before it, no possessive ending."""
    said = tuple(without_possessive(key) for key in keys(name))
    return said[1:] if said[:1] in {("the",), ("a",), ("an",)} else said
