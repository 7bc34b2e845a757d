"""What the rules hand to each other: a source's words in the text, and an attribution before names."""

from typing import NamedTuple

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.parse import ParsedSentence


class Phrase(NamedTuple):
    """A noun phrase that stands for a source, an outlet or a document."""

    span: Span
    """Places in the article."""
    head: Token
    sentence: ParsedSentence
    antecedent: Token | None = None
    """The noun that a relative pronoun stands for ("who" in "the mayor, who said")."""


class Found(NamedTuple):
    """An attribution as grammar finds it: places only, nobody named yet."""

    number: int
    """Position of its sentence in `ParsedArticle.sentences`."""
    source: Phrase | None
    cue: Span
    verb: Token | None
    """The word that governs: verb or noun; none for a colon."""
    content: tuple[Span, ...]
    direct: bool = False
    """Found beside a quotation."""
    carried: bool = False
    """The speaker of an earlier sentence goes on."""
    possible: bool = False
    """The one speaker of the sentence before or after a quotation that names none."""


def bounds(sentence: ParsedSentence, first: Token, last: Token) -> Span:
    """Return the article's offsets from the start of `first` to the end of `last`."""
    return Span(start=sentence.offset + first.idx, end=sentence.offset + last.idx + len(last))


def children(token: Token, *labels: str) -> list[Token]:
    """Return the children of `token` with one of the dependency `labels`, in order."""
    return [child for child in token.children if child.dep_ in labels]


def child(token: Token, *labels: str) -> Token | None:
    """Return the first child of `token` with one of the dependency `labels`, or none."""
    return next((each for each in token.children if each.dep_ in labels), None)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space and loose punctuation at its ends, or none if nothing is left.

    Quotation marks stay, and the full stop or comma within them.
    """
    while start < end and (text[start].isspace() or text[start] in _LOOSE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _LOOSE):
        end -= 1
    return Span(start=start, end=end) if end > start else None


_LOOSE = ",;:.–—-"
