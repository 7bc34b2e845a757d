"""The ledger with the claims that editors put in: a sentence that the rules leave out becomes a claim's."""

from collections.abc import Collection, Iterable, Sequence

from briefs.domain.brief import Brief
from briefs.domain.claims import Disposition, LedgerEntry
from briefs.domain.spans import Span

_ADDED = "added by an editor; by the rules alone: "


def entered(ledger: Iterable[LedgerEntry], added: Sequence[Brief]) -> tuple[LedgerEntry, ...]:
    """Return the ledger with the sentences that added briefs quote."""
    places = [(brief.id, brief.claim.quote.place) for brief in added]
    return tuple(_entry(entry, places) for entry in ledger) if places else tuple(ledger)


def left(ledger: Iterable[LedgerEntry], put_in: Collection[str]) -> tuple[LedgerEntry, ...]:
    """Return the ledger as it was before the briefs with these ids were entered."""
    return tuple(_left(entry, put_in) for entry in ledger)


def _entry(entry: LedgerEntry, places: Sequence[tuple[str, Span]]) -> LedgerEntry:
    place = Span(start=entry.start, end=entry.end)
    new = tuple(name for name, each in places if each.overlaps(place) and name not in entry.briefs)
    if not new:
        return entry
    update: dict[str, object] = {"briefs": (*entry.briefs, *new)}
    if entry.disposition is Disposition.NOT_CHECKABLE:
        update |= {"disposition": Disposition.CLAIM, "reason": f"{_ADDED}{entry.reason}"}
    return entry.model_copy(update=update)


def _left(entry: LedgerEntry, put_in: Collection[str]) -> LedgerEntry:
    kept = tuple(name for name in entry.briefs if name not in put_in)
    if kept == entry.briefs:
        return entry
    update: dict[str, object] = {"briefs": kept}
    if entry.reason.startswith(_ADDED):
        update |= {"disposition": Disposition.NOT_CHECKABLE, "reason": entry.reason.removeprefix(_ADDED)}
    return entry.model_copy(update=update)
