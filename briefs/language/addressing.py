"""Addressing: which sentences speak to somebody instead of telling something: orders, questions, "you".

A model that reads an article can only be moved by such a sentence, whatever it asks for. So where one was in
sight, less is believed of what the model says of the others. Nothing is left out for it, and no word decides:
what counts is the form. Lists: briefs/data/addressing.toml.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from briefs.data import load
from briefs.domain.article import BlockRole
from briefs.domain.scan import Signals
from briefs.domain.segmentation import Segmentation, Sentence
from briefs.text.machine import signs

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_START = re.compile(r"(?:^|[:;!?“”\"‘(>\]}–—\n])\s*([^\W\d_]+(?:['’][^\W\d_]+)?)")
"""The words with which a sentence, a quotation or what follows a colon begins."""
_NO_SENTENCE = frozenset((BlockRole.HEADLINE, BlockRole.SUBHEAD, BlockRole.CAPTION, BlockRole.TABLE))
_FEW = 4
"""Words from which a sentence of the article's language has a function word."""
_MOST_SYMBOLS = 0.35
"""Share of characters that are no letters, white space or common marks, above which a line is no sentence."""


def addressing(text: str, segmentation: Segmentation, signals: Iterable[Signals]) -> frozenset[int]:
    """Return the indices of the sentences that speak to somebody, or are no sentences of this language."""
    parsed = {each.sentence: each for each in signals}
    told = frozenset(_told(text, segmentation))
    found: set[int] = set()
    for sentence in segmentation.sentences:
        if sentence.furniture is not None:  # no model is shown it
            continue
        of = parsed.get(sentence.index)
        asks = of is not None and (of.question or of.imperative)
        odd = of is not None and not of.finite and _is_odd(sentence)
        if sentence.index in told or asks or odd or _speaks(text, sentence):
            found.add(sentence.index)
    return frozenset(found)


def _told(text: str, segmentation: Segmentation) -> Iterator[int]:
    """Yield all sentences of paragraphs that show signs of being meant for a program."""
    for paragraph in segmentation.paragraphs:
        if signs(text, paragraph.start, paragraph.end):
            yield from range(paragraph.first, paragraph.last + 1)


def _is_odd(sentence: Sentence) -> bool:
    return sentence.role not in _NO_SENTENCE


def _speaks(text: str, sentence: Sentence) -> bool:
    said = sentence.of(text)
    words = [word.lower().replace("’", "'") for word in _WORD.findall(said)]
    if not words or "?" in said or _second_person().intersection(words):
        return True
    if any(start[1].lower().replace("’", "'") in _orders() for start in _START.finditer(said)):
        return True
    if len(words) >= _FEW and not _function_words().intersection(words):
        return True
    odd = sum(not (char.isalnum() or char.isspace() or char in _MARKS) for char in said)
    return odd > _MOST_SYMBOLS * len(said)


_MARKS = ".,;:!?'’‘\"“”()-–—…%$€£/&"


@cache
def _second_person() -> frozenset[str]:
    return frozenset(load("addressing")["second_person"])


@cache
def _orders() -> frozenset[str]:
    return frozenset(load("addressing")["orders"])


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load("stopwords")["words"])
