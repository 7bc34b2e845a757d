"""The ledger: what became of every sentence of the article, and why."""

from bisect import bisect_right
from collections.abc import Sequence

from briefs.domain.claims import Disposition, ExtractedClaim, LedgerEntry
from briefs.domain.segmentation import Sentence
from briefs.steps.extract.checkability import rules
from briefs.steps.extract.stating import Looked


def ledger(
    sentences: Sequence[Sentence], looked: Sequence[Looked], claims: Sequence[ExtractedClaim]
) -> tuple[LedgerEntry, ...]:
    """Return one entry a sentence, in order; `looked` holds the sentences that are article text."""
    quoting, repeating = _briefs(sentences, claims)
    seen = {each.view.sentence.index: each for each in looked}
    return tuple(
        _entry(sentence, seen.get(sentence.index), quoting.get(i, []), repeating.get(i, []))
        for i, sentence in enumerate(sentences)
    )


def _entry(
    sentence: Sentence, looked: Looked | None, quoting: list[str], repeating: list[str]
) -> LedgerEntry:
    briefs = tuple(dict.fromkeys((*quoting, *repeating)))
    if looked is None:
        kind = rules().furniture[sentence.furniture] if sentence.furniture else "empty"
        disposition, reason, verifiable, worth = (
            Disposition.FURNITURE,
            f"not article text: {kind}",
            False,
            0.0,
        )
    else:
        judgement = looked.whole.judgement
        disposition = Disposition.CLAIM if briefs else Disposition.NOT_CHECKABLE
        reason, (verifiable, worth) = judgement.reason, looked.weight
        if briefs and not judgement.checkable:
            reason = (
                "part of a claim: the quotation goes on"
                if not looked.statements
                else "a claim in one of its parts"
            )
        elif briefs and not quoting:
            reason = f"the same claim stands elsewhere more fully ({reason})"
    return LedgerEntry(
        sentence=sentence.index,
        start=sentence.start,
        end=sentence.end,
        disposition=disposition,
        reason=reason,
        briefs=briefs,
        verifiable=verifiable,
        worth=worth,
    )


def _briefs(
    sentences: Sequence[Sentence], claims: Sequence[ExtractedClaim]
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return by sentence the briefs that quote it and those that only point to it."""
    ends = [sentence.end for sentence in sentences]
    quoting: dict[int, list[str]] = {}
    repeating: dict[int, list[str]] = {}
    for each in claims:
        for span, found in [
            (each.claim.quote, quoting),
            *((place, repeating) for place in each.claim.also_at),
        ]:
            i = bisect_right(ends, span.start)
            while i < len(sentences) and sentences[i].start < span.end:
                found.setdefault(i, []).append(each.id)
                i += 1
    return quoting, repeating
