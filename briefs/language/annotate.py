"""Annotate: the components of the spaCy pipeline over one article's documents, quicker than `nlp.pipe`.

The annotations are those that `nlp.pipe` gives; only the way through two components is another one.

1. The entity recogniser's own loop gives up Python's lock and takes it again several times for each of its
   74 moves at each token (spaCy 3.8, measured: two thirds of its time). Here the lock stays held.
2. What the attribute ruler's rules for single tokens find depends on a token's word, tag and relation
   alone, so it is kept for each such triple; only rules for more than one token are matched each time.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy
from spacy.attrs import DEP, LOWER, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, EntityRecognizer, Lemmatizer
from spacy.tokens import Doc

BATCH = 64
"""Documents annotated at once: more are hardly quicker, and memory grows with them."""
_KEPT = 50_000
"""Triples whose rules are kept, and words whose base forms are: some 10 MB each."""
_NO_VECTORS = numpy.zeros((0, 0), dtype="float32")
"""What the tokens' vectors are replaced by: nothing reads them once the components have run."""
_FIXED = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
"""Attributes that a triple of word, tag and relation fixes."""


def annotate(nlp: Language, documents: Sequence[Doc]) -> None:
    """Run all components of `nlp` over tokenised documents, in place; none may be empty."""
    for first in range(0, len(documents), BATCH):
        batch = documents[first : first + BATCH]
        component: Any  # spaCy's types know neither predict nor set_annotations
        for _, component in nlp.pipeline:
            if isinstance(component, EntityRecognizer):
                _recognise(component, batch)
            elif isinstance(component, AttributeRuler):
                _rule(component, batch)
            elif hasattr(component, "predict"):
                component.set_annotations(batch, component.predict(batch))
            else:
                _one_by_one(component, batch)
        for document in batch:
            document.tensor = _NO_VECTORS


def _recognise(recogniser: EntityRecognizer, documents: Sequence[Doc]) -> None:
    """Find the entities: the best valid move for all documents at once, step by step."""
    states = recogniser.moves.init_batch(documents)
    model = recogniser.model.predict(documents)
    unfinished = [state for state in states if not state.is_final()]
    while unfinished:
        unfinished = recogniser.transition_states(unfinished, model.predict(unfinished))
    model.clear_memory()  # it refers to itself: its vectors would stay until a late garbage collection
    recogniser.set_annotations(documents, states)


def _rule(ruler: Any, documents: Sequence[Doc]) -> None:
    """Apply the attribute ruler."""
    rules = _rules(ruler)
    for document in documents:
        ruler.set_annotations(document, rules.matches(document))


def _one_by_one(component: Any, documents: Sequence[Doc]) -> None:
    if isinstance(component, Lemmatizer) and len(component.cache) > _KEPT:
        component.cache.clear()
    for document in documents:
        component(document)


class _Match(NamedTuple):
    """A rule that matches; the fields, their order and their meaning are the attribute ruler's."""

    rule: int
    key: int
    start: int
    end: int


class _Rule(NamedTuple):
    rule: int
    key: int


class _Rules:
    """The rules of an attribute ruler, those for single tokens apart from those for more."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._strings = ruler.vocab.strings
        self._single = Matcher(ruler.vocab)
        self._longer = Matcher(ruler.vocab)
        self._known: dict[tuple[int, int, int], tuple[_Rule, ...]] = {}
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            for pattern in patterns:
                single = len(pattern) == 1 and pattern[0].keys() <= _FIXED
                (self._single if single else self._longer).add(str(number), [pattern])

    def matches(self, document: Doc) -> list[_Match]:
        """Return what `AttributeRuler.match` returns for a document."""
        found = [
            _Match(int(self._strings[key]), key, start, end)
            for key, start, end in self._longer(document, allow_missing=True)
        ]
        for place, triple in enumerate(document.to_array([LOWER, TAG, DEP]).tolist()):
            for rule, key in self._of_token(document, place, tuple(triple)):
                found.append(_Match(rule, key, place, place + 1))
        return sorted(found)

    def _of_token(self, document: Doc, place: int, triple: tuple[int, int, int]) -> tuple[_Rule, ...]:
        known = self._known.get(triple)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            token = document[place : place + 1]
            keys = [key for key, _, _ in self._single(token, allow_missing=True)]
            known = tuple(_Rule(int(self._strings[key]), key) for key in keys)
            self._known[triple] = known
        return known


@cache
def _rules(ruler: AttributeRuler) -> _Rules:
    return _Rules(ruler)
