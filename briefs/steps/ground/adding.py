"""Claims that only the model found, and claims that it would take apart.

A model's words only point: what is quoted is the whole sentence, or the clause that the scan found where a
sentence states several things. So no quotation loses a "not", an "allegedly" or its "according to X".
"""

from collections.abc import Sequence

from briefs.domain.claims import Claim, ClaimType, ExtractedClaim, ModelChoice, Reading
from briefs.domain.spans import Span
from briefs.steps.ground.context import Context
from briefs.steps.ground.lists import keys, lists
from briefs.steps.ground.pointing import Piece

_HANDFUL = 5
"""Words below which a quotation states nothing by itself."""
_VOICED = {ClaimType.OPINION, ClaimType.PREDICTION}


def place_of(context: Context, piece: Piece, taken: Sequence[Span]) -> Span | None:
    """Return the sentence that a piece stands in, or its clause where others of its clauses are claims.

    None where what is left of the sentence is no clause, or where a hedge or a negation before the clause may
    hold for it too.
    """
    sentence = piece.sentence.place
    if not any(place.overlaps(sentence) for place in taken):
        return sentence
    for clause in context.scan.clauses:
        if clause.sentence != piece.sentence.index or any(place.overlaps(clause) for place in taken):
            continue
        if 2 * clause.shared(piece.place) > piece.place.end - piece.place.start:
            before = Span(start=sentence.start, end=clause.start)
            return None if _turned(context, before) else clause.place
    return None


def added(context: Context, piece: Piece, place: Span) -> ExtractedClaim | None:
    """Return the claim at `place` that only the model found, if there is something to check in it.

    The offline rules have the last word on opinions, predictions, questions and fragments; where they only
    find too little to look up, the model may bring a sentence in that holds a fact.
    """
    reading = context.claim_at(place)
    if len(keys(reading.claim.claim.quote.text)) < _HANDFUL:
        context.reject("too_short")
        return None
    if not _admitted(reading, piece):
        context.reject("not_checkable")
        return None
    claim = reading.claim.claim
    kind = piece.proposal.type if claim.type is ClaimType.OTHER else claim.type
    choice = ModelChoice(by=context.model, says="added")
    return reading.claim.model_copy(
        update={"claim": claim.model_copy(update={"type": kind, "choice": choice})}
    )


def _admitted(reading: Reading, piece: Piece) -> bool:
    if piece.proposal.type in _VOICED:
        return False
    return reading.checkable or reading.arguable


def parts(context: Context, claim: Claim, pieces: Sequence[Piece]) -> tuple[ExtractedClaim, ...]:
    """Return the claims into which a model takes an offline one apart; none where it stays whole.

    Only where the model quotes each clause of the scan by itself, each is checkable alone, and together they
    hold every word of the claim but conjunctions; never where a hedge, a negation or a quotation might lose
    its reach, nor where the article states the claim elsewhere too.
    """
    quote = claim.quote
    clauses = [each for each in context.scan.clauses if quote.contains(each)]
    if len(clauses) < 2 or claim.also_at or _turned(context, quote) or _has_marks(quote.text):
        return ()
    if not all(any(_is_that(piece.place, clause) for piece in pieces) for clause in clauses):
        return ()
    readings = [context.claim_at(clause.place) for clause in clauses]
    places = [reading.claim.claim.quote.place for reading in readings]
    checkable = all(
        reading.checkable and len(keys(p.of(context.text))) >= _HANDFUL
        for reading, p in zip(readings, places, strict=True)
    )
    if not checkable or _words_lost(context, quote, places):
        return ()
    choice = ModelChoice(by=context.model, says="claim")
    return tuple(
        r.claim.model_copy(update={"claim": r.claim.claim.model_copy(update={"choice": choice})})
        for r in readings
    )


_LINKS = frozenset({"and", "but", "while", "whereas", "although", "though", "yet", "so", "that"})


def _words_lost(context: Context, quote: Span, places: Sequence[Span]) -> bool:
    """Tell whether a word of the quotation, other than a conjunction, stands in none of the places."""
    reached = quote.start
    for place in (*places, Span(start=quote.end, end=quote.end)):
        gap = context.text[reached : place.start]
        if not _LINKS.issuperset(keys(gap)):
            return True
        reached = max(reached, place.end)
    return False


def _is_that(piece: Span, clause: Span) -> bool:
    """Tell whether a model quotes one clause by itself: most of it, and little else."""
    shared = piece.shared(clause)
    return 5 * shared >= 4 * (clause.end - clause.start) and 5 * shared >= 4 * (piece.end - piece.start)


def _turned(context: Context, place: Span) -> bool:
    """Tell whether a hedge or a negation stands in a place."""
    if any(hedge.overlaps(place) for hedge in context.scan.hedges if hedge.kind != "approximation"):
        return True
    said = keys(place.of(context.text))
    turning = lists().negations | lists().hedges
    return any(key in turning or key.endswith("n't") for key in said)


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in '"“”„«»‘')
