"""The claims and the ledger as they stand after the model: ids, order, and what became of each sentence."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from briefs.domain.claims import Disposition, ExtractedClaim, Extraction, LedgerEntry, brief_id
from briefs.domain.segmentation import Segmentation

_CHOSEN = "chosen by the model; by the rules alone"


def numbered(
    article_id: str, offline: Iterable[ExtractedClaim], new: Sequence[ExtractedClaim]
) -> tuple[ExtractedClaim, ...]:
    """Give new claims their ids, in the article's order.

    An id is made of the quoted words and an ordinal among equal ones; those of the offline rules come first,
    so that no id of theirs depends on a model.
    """
    count: dict[str, int] = {}
    for each in offline:
        key = _key(each)
        count[key] = count.get(key, 0) + 1
    claims = []
    for each in sorted(new, key=_order):
        key = _key(each)
        ordinal = count.get(key, 0)
        count[key] = ordinal + 1
        claims.append(each.model_copy(update={"id": brief_id(article_id, each.claim.quote.text, ordinal)}))
    return tuple(claims)


def assembled(
    segmentation: Segmentation,
    extraction: Extraction,
    claims: Iterable[ExtractedClaim],
    parts: Mapping[str, Sequence[str]],
    added: Collection[str],
) -> Extraction:
    """Return the claims in the article's order and the ledger brought up to date.

    `parts` has, by the id of a claim that was taken apart, the ids of its parts; `added` those of the claims
    that only the model found.
    """
    ordered = tuple(sorted(claims, key=_order))
    quoting: dict[int, list[str]] = {}
    new = {*added, *(name for names in parts.values() for name in names)}
    for each in ordered:
        if each.id in new:
            for sentence in segmentation.sentences_of(each.claim.quote):
                quoting.setdefault(sentence.index, []).append(each.id)
    ledger = tuple(
        _entry(entry, quoting.get(entry.sentence, ()), frozenset(parts), frozenset(added))
        for entry in extraction.ledger
    )
    return Extraction(claims=ordered, ledger=ledger)


def _entry(
    entry: LedgerEntry, quoting: Sequence[str], gone: frozenset[str], added: frozenset[str]
) -> LedgerEntry:
    if not quoting and gone.isdisjoint(entry.briefs):
        return entry
    left = [name for name in entry.briefs if name not in gone]
    update: dict[str, object] = {"briefs": tuple(dict.fromkeys((*left, *quoting)))}
    if entry.disposition is not Disposition.CLAIM and not added.isdisjoint(quoting):
        update |= {"disposition": Disposition.CLAIM, "reason": f"{_CHOSEN}: {entry.reason}"}
    return entry.model_copy(update=update)


def _key(each: ExtractedClaim) -> str:
    return " ".join(each.claim.quote.text.split())


def _order(each: ExtractedClaim) -> tuple[int, int]:
    return each.claim.quote.start, each.claim.quote.end
