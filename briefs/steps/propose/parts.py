"""The parts of an article that are asked about: a chunk, or half of one that was too long."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefs.domain.article import Article, BlockRole
from briefs.domain.segmentation import Segmentation, Sentence
from briefs.text.equality import collapsed

_CONTEXT = 600
"""The most characters of read-only context before the second half of a chunk."""
_NAMED_ROLES = frozenset({BlockRole.HEADLINE, BlockRole.SUBHEAD, BlockRole.CAPTION})


class Part(NamedTuple):
    """Sentences that one request is about, article text alone, and how the model is shown them."""

    name: str
    """In words for people: "chunk 2", "chunk 2, sentences 1–14"."""
    sentences: tuple[Sentence, ...]
    text: str
    """One line a sentence, numbered from 1; a blank line between paragraphs."""
    context: str
    """What stands before, not numbered; empty where nothing does."""


def parts(article: Article, segmentation: Segmentation) -> Iterator[Part]:
    """Yield a part for each chunk that holds article text."""
    for chunk in segmentation.chunks:
        inside = _article_text(segmentation.sentences[chunk.first : chunk.last + 1])
        before = _article_text(segmentation.sentences_of(chunk.context)) if chunk.context else ()
        if inside:
            yield _part(article, f"chunk {chunk.index + 1}", inside, _plain(article, before))


def halves(part: Part, article: Article) -> tuple[Part, Part]:
    """Return the two halves of a part of two sentences or more."""
    middle = len(part.sentences) // 2
    first, second = part.sentences[:middle], part.sentences[middle:]
    base = part.name.partition(",")[0]
    return (
        _part(article, f"{base}, sentences {_numbers(first)}", first, part.context),
        _part(article, f"{base}, sentences {_numbers(second)}", second, _plain(article, _last(first))),
    )


def _part(article: Article, name: str, sentences: tuple[Sentence, ...], context: str) -> Part:
    lines: list[str] = []
    for number, sentence in enumerate(sentences, 1):
        if number > 1 and sentence.paragraph != sentences[number - 2].paragraph:
            lines.append("")
        role = f" {sentence.role.value}" if sentence.role in _NAMED_ROLES else ""
        lines.append(f"{number}{role}: {_shown(article, sentence)}")
    return Part(name, sentences, "\n".join(lines), context)


def _shown(article: Article, sentence: Sentence) -> str:
    """Return a sentence as one line, so that no words of it can begin a line of the request or close it."""
    # Which words a model copies is told without regard to punctuation, so this costs no quotation.
    return collapsed(sentence.of(article.text)).replace("<", "‹").replace(">", "›")


def _plain(article: Article, sentences: Sequence[Sentence]) -> str:
    return " ".join(_shown(article, sentence) for sentence in sentences)


def _article_text(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in sentences if sentence.furniture is None)


def _last(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    return [each for each in sentences if sentences[-1].end - each.start <= _CONTEXT]


def _numbers(sentences: Sequence[Sentence]) -> str:
    return f"{sentences[0].index + 1}–{sentences[-1].index + 1}"
