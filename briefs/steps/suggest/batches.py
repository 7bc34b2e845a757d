"""Which claims are asked about together, and the passage that shows them: a function of text and proposals.

A batch holds claims of one chunk, so that a changed paragraph costs only the chunks that hold it; what stands
around a claim is taken from its chunk alone, for the same reason.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.proposals import ProposedClaim
from briefs.domain.segmentation import Chunk, Segmentation, Sentence
from briefs.domain.spans import Span
from briefs.llm.wire_compose import MOST_CLAIMS
from briefs.text.equality import collapsed

AROUND = 1
"""Sentences shown before and after each claim."""
LONGEST_CLAIM = 700
LONGEST_AROUND = 300
"""The most characters of a claim and of a sentence around it that are shown."""


class Batch(NamedTuple):
    """Claims of one call, numbered from 1 in this order."""

    place: str
    """Which part of the article, in words for people."""
    chunk: Chunk | None
    claims: tuple[Span, ...]
    """The claims' places, in the article's order."""
    broken: str | None = None
    """The answer that could not be read, when this asks for its repair."""
    together: tuple[Span, ...] = ()
    """The claims that were first asked about in one call, where this is a part of them."""

    def part(self, claims: tuple[Span, ...]) -> "Batch":
        """Return the batch with some of its claims alone."""
        return self._replace(claims=claims, broken=None, together=self.together or self.claims)

    def halves(self) -> tuple["Batch", "Batch"]:
        """Return the batch cut in two, for a model that cannot read so much."""
        middle = len(self.claims) // 2
        return self.part(self.claims[:middle]), self.part(self.claims[middle:])


def batches(segmentation: Segmentation, claims: Sequence[ProposedClaim]) -> list[Batch]:
    """Return the calls to make, in the article's order; claims with one place are asked about once."""
    by_chunk: dict[int, dict[tuple[int, int], Span]] = {}
    for claim in sorted(claims, key=lambda c: (c.quote.start, c.quote.end)):
        quote = claim.quote
        index = _chunk_of(segmentation, claim.sentence)
        by_chunk.setdefault(index, {}).setdefault((quote.start, quote.end), quote.place)
    found = []
    for index, held in sorted(by_chunk.items()):
        places = tuple(held.values())
        parts = _even(places)
        for number, part in enumerate(parts, start=1):
            words = f"chunk {index + 1}" + (f", part {number} of {len(parts)}" if len(parts) > 1 else "")
            chunk = segmentation.chunks[index] if index < len(segmentation.chunks) else None
            found.append(Batch(words, chunk, part))
    return found


def _even(places: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """Return `places` in as few parts as the bound allows, about equally long."""
    count = -(-len(places) // MOST_CLAIMS)
    borders = [round(number * len(places) / count) for number in range(count + 1)]
    return [places[a:b] for a, b in pairwise(borders)]


def _chunk_of(segmentation: Segmentation, sentence: int) -> int:
    found = bisect_right(segmentation.chunks, sentence, key=attrgetter("first")) - 1
    return max(0, found)


def passage(article: Article, segmentation: Segmentation, batch: Batch) -> str:
    """Return what the model reads: the numbered claims with the sentences around them, in order."""
    lines: list[str] = []
    shown = -1
    numbered: dict[int, list[tuple[int, Span]]] = {}
    wanted: dict[int, Sentence] = {}
    for number, claim in enumerate(batch.claims, start=1):
        held = segmentation.sentences_of(claim)
        if not held:
            continue
        numbered.setdefault(held[0].index, []).append((number, claim))
        for each in _near(segmentation, batch.chunk, held):
            wanted[each.index] = each
    covered: set[int] = set()
    for index, sentence in sorted(wanted.items()):
        if lines and index > shown + 1:
            lines.append("…")
        shown = index
        here = numbered.get(index, [])
        whole = _flat(sentence.of(article.text), LONGEST_AROUND if not here else LONGEST_CLAIM)
        for number, claim in here:
            covered.update(s.index for s in segmentation.sentences_of(claim))
            lines.append(f"[{number}] {_flat(claim.of(article.text), LONGEST_CLAIM)}")
        if here and all(_leaves_words(article.text, sentence, c) for _, c in here):
            lines.append(f"    in: {whole}")
        elif not here and index not in covered:
            lines.append(f"    {whole}")
    return "\n".join(lines)


def shown_sentences(segmentation: Segmentation, batch: Batch) -> tuple[int, ...]:
    """Return the indices of the sentences of which words stand in the passage of a batch.

    Of a part it is the passage of the whole: how much a model can read at once changes no brief.
    """
    found: set[int] = set()
    for claim in batch.together or batch.claims:
        held = segmentation.sentences_of(claim)
        found.update(each.index for each in _near(segmentation, batch.chunk, held) if held)
    return tuple(sorted(found))


def _leaves_words(text: str, sentence: Sentence, claim: Span) -> bool:
    """Tell whether a sentence says more than the claim in it, marks aside."""
    before, after = text[sentence.start : claim.start], text[claim.end : sentence.end]
    return any(c.isalnum() for c in before + after)


def _near(segmentation: Segmentation, chunk: Chunk | None, held: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences of a claim and those around it, of its own chunk, page furniture left out."""
    low, high = (chunk.first, chunk.last) if chunk else (0, len(segmentation.sentences) - 1)
    first, last = held[0].index, held[-1].index
    for index in range(max(low, first - AROUND), min(high, last + AROUND) + 1):
        sentence = segmentation.sentences[index]
        if sentence.furniture is None or first <= index <= last:
            yield sentence


def _flat(text: str, most: int) -> str:
    """Return `text` on one line, cut to `most` characters, unable to close the passage."""
    line = collapsed(text).replace("<", "‹").replace(">", "›")
    return line if len(line) <= most else line[: most - 1] + "…"
