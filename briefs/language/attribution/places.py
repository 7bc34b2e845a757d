"""Sentences and tokens of an article by place."""

from bisect import bisect_left, bisect_right

from spacy.tokens import Token

from briefs.language.parse import ParsedArticle, ParsedSentence


class Places:
    """The sentences of an article, with look-up by offset in logarithmic time."""

    def __init__(self, parsed: ParsedArticle) -> None:
        self.parsed = parsed
        self._starts = [each.sentence.start for each in parsed.sentences]

    def at(self, offset: int) -> int | None:
        """Return the position of the sentence that holds `offset`, or none for what is between sentences."""
        number = bisect_right(self._starts, offset) - 1
        if number >= 0 and offset < self.parsed.sentences[number].sentence.end:
            return number
        return None

    def before(self, offset: int) -> int | None:
        """Return the position of the last sentence that starts before `offset`, or none."""
        number = bisect_left(self._starts, offset) - 1
        return number if number >= 0 else None


def _first_from(sentence: ParsedSentence, offset: int) -> int:
    """Return the position in a sentence of its first token that starts at `offset` or after it."""
    return bisect_left(sentence.tokens, offset - sentence.offset, key=lambda token: token.idx)


def tokens_from(sentence: ParsedSentence, offset: int, end: int, most: int) -> list[Token]:
    """Return at most `most` tokens of a sentence that start at `offset` or after it, and before `end`."""
    tokens = sentence.tokens
    first = _first_from(sentence, offset)
    return [token for token in tokens[first : first + most] if sentence.offset + token.idx < end]


def tokens_before(sentence: ParsedSentence, offset: int, most: int) -> list[Token]:
    """Return at most `most` tokens of a sentence that start before `offset`, in order."""
    tokens = sentence.tokens
    first = _first_from(sentence, offset)
    return list(tokens[max(0, first - most) : first])
