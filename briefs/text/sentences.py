"""Sentence borders of running text, by nupunkt (Bommarito et al. 2025) and by rules of our own."""

from functools import cache

import nupunkt

from briefs.domain.spans import Span


@cache
def _tokenizer() -> nupunkt.PunktSentenceTokenizer:
    return nupunkt.load("default")


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of `text[start:end]`, in order; white space at their ends is left out."""
    spans = _tokenizer().span_tokenize(text[start:end])
    return [Span(start=start + first, end=start + last) for first, last in spans]
