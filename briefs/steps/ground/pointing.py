"""Which claims a model's quotations point at, and which of them point at no claim of the offline rules."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefs.domain.claims import ExtractedClaim, Extraction
from briefs.domain.proposals import ProposedClaim
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span
from briefs.steps.ground.context import Context
from briefs.steps.ground.lists import keys

_LEAST_WORDS = 3
"""Fewer words point at nothing: they stand anywhere."""


class Piece(NamedTuple):
    """What a model quotes of one sentence."""

    place: Span
    sentence: Sentence
    proposal: ProposedClaim


class Pointed(NamedTuple):
    """Where a model's quotations point."""

    at: dict[str, list[Piece]]
    """By the id of an offline claim, what points at it, in the model's order."""
    alone: tuple[Piece, ...]
    """What points at no offline claim."""
    sentences: frozenset[int]
    """Indices of all sentences that the model quotes from."""


def point(context: Context, extraction: Extraction, proposed: Sequence[ProposedClaim]) -> Pointed:
    """Return where the quotations of `proposed` point; what is no article text is counted and dropped."""
    places = claims_by_sentence(context, extraction.claims)
    at: dict[str, list[Piece]] = {}
    alone: list[Piece] = []
    sentences: set[int] = set()
    for proposal in proposed:
        pieces = tuple(_pieces(context, proposal))
        for piece in pieces:
            sentences.add(piece.sentence.index)
            hit = [name for name, place in places.get(piece.sentence.index, ()) if _meet(piece.place, place)]
            for name in dict.fromkeys(hit):
                at.setdefault(name, []).append(piece)
            if not hit:
                alone.append(piece)
    return Pointed(at, tuple(alone), frozenset(sentences))


def claims_by_sentence(
    context: Context, claims: Sequence[ExtractedClaim]
) -> dict[int, list[tuple[str, Span]]]:
    """Return by index of sentence the places at which claims stand there, each with the claim's id."""
    found: dict[int, list[tuple[str, Span]]] = {}
    for each in claims:
        for place in (each.claim.quote.place, *each.claim.also_at):
            for sentence in context.segmentation.sentences_of(place):
                found.setdefault(sentence.index, []).append((each.id, place))
    return found


def _pieces(context: Context, proposal: ProposedClaim) -> Iterator[Piece]:
    quote = proposal.quote
    if not context.is_slice(quote):
        context.reject("not_in_article")
        return
    found = context.segmentation.sentences_of(quote)
    shown = [sentence for sentence in found if context.shown(sentence)]
    if not shown:
        context.reject("not_article_text" if found else "too_short")
        return
    pieces = []
    for sentence in shown:
        place = Span(start=max(quote.start, sentence.start), end=min(quote.end, sentence.end))
        if len(keys(place.of(context.text))) >= _LEAST_WORDS:
            pieces.append(Piece(place, sentence, proposal))
    if not pieces:
        context.reject("too_short")
    yield from pieces


def _meet(one: Span, other: Span) -> bool:
    """Tell whether two places share at least half of the shorter one."""
    return 2 * one.shared(other) >= min(one.end - one.start, other.end - other.start)
