"""Phrases of a word list, found in a parsed sentence: the one matcher behind all lexicons.

A phrase is written as words with single spaces. A word stands for its lower-case form; `=word` for
every form of the lemma; `word/VERB` only with that coarse part of speech (Universal Dependencies); `a|b` for
either; `word?` for an optional word; `*` for any one word, not the first. The longest phrase wins at each
word, and a word belongs to one phrase. Typographic apostrophes match straight ones; the text itself is
never changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from spacy.strings import StringStore
from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.parse import ParsedSentence


class Hit(NamedTuple):
    """A phrase found: tokens `first` to `last` (inclusive, counted from 0 in the sentence)."""

    label: str
    first: int
    last: int


class _Node:
    __slots__ = ("label", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.label: str | None = None


class Lexicon:
    """Labelled phrases as one tree over words; matching is linear in the sentence."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        strings = StringStore()
        # spaCy's own hashes of first words: most tokens are dismissed by two integer look-ups.
        self._first_forms: set[int] = set()
        self._first_lemmas: set[int] = set()
        for label, phrases in lists.items():
            for words in (words for phrase in phrases for words in _spelled_out(phrase)):
                self._add(words, label)
                first = words[0].partition("/")[0]
                if first.startswith("="):
                    self._first_lemmas.add(strings.add(first[1:]))
                else:
                    self._first_forms.add(strings.add(first))
                    self._first_forms.add(strings.add(first.replace("'", "’")))

    def _add(self, words: tuple[str, ...], label: str) -> None:
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        # The first list that names a phrase keeps it.
        node.label = node.label or label

    def find(self, sentence: ParsedSentence) -> list[Hit]:
        """Return the phrases in `sentence`, in order, none overlapping another."""
        tokens = list(sentence.tokens)
        forms, lemmas = self._first_forms, self._first_lemmas
        hits: list[Hit] = []
        free = 0
        for at, token in enumerate(tokens):
            if at >= free and (token.lower in forms or token.lemma in lemmas):
                hit = self._longest(tokens, at)
                if hit is not None:
                    hits.append(hit)
                    free = hit.last + 1
        return hits

    def _longest(self, tokens: list[Token], first: int) -> Hit | None:
        best: Hit | None = None
        nodes = [self._root]
        for at in range(first, len(tokens)):
            token = tokens[at]
            keys = _keys(token.lower_, token.lemma_, token.pos_)
            nodes = [found for node in nodes for key in keys if (found := node.next.get(key))]
            if not nodes:
                break
            label = next((node.label for node in nodes if node.label is not None), None)
            if label is not None:
                best = Hit(label, first, at)
        return best


@lru_cache(maxsize=20_000)
def _keys(lower: str, lemma: str, pos: str) -> tuple[str, ...]:
    if "’" in lower:
        lower = lower.replace("’", "'")
    return (f"{lower}/{pos}", lower, f"={lemma}/{pos}", f"={lemma}", "*")


def _spelled_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """Yield every plain sequence of keys that a written phrase stands for."""
    choices: list[list[str]] = []
    for word in phrase.split():
        bare, _, pos = word.removesuffix("?").partition("/")
        prefix = "=" if bare.startswith("=") else ""
        forms = [prefix + form for form in bare.removeprefix("=").split("|")]
        forms = [f"{form}/{tag}" for form in forms for tag in pos.split("|")] if pos else forms
        choices.append([*forms, ""] if word.endswith("?") else forms)
    for words in product(*choices):
        if kept := tuple(word for word in words if word):
            yield kept


def lexicon(data: Mapping[str, Any]) -> Lexicon:
    """Return the lexicon of a data file whose keys are labels and whose values are lists of phrases."""
    return Lexicon({label: phrases for label, phrases in data.items() if isinstance(phrases, list)})


def span_of(sentence: ParsedSentence, hit: Hit) -> Span:
    """Return the article's offsets of a hit."""
    return span_between(sentence, hit.first, hit.last)


def span_between(sentence: ParsedSentence, first: int, last: int) -> Span:
    """Return the article's offsets from token `first` to token `last`, both inclusive."""
    return sentence.place(sentence.tokens[first : last + 1])
