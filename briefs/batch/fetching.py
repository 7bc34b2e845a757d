"""Fetch what came back of batches, line by line, into the state; then delete the provider's files."""

from collections import Counter
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from briefs.batch.rows import BatchRow
from briefs.batch.sending import smaller_than
from briefs.batch.state import BatchState
from briefs.errors import ModelCallError
from briefs.llm.batch_api import TOO_MANY_TOKENS, BatchApi, BatchInfo, Complaint, GoneError
from briefs.llm.batch_lines import Returned, Unread, id_in, lost, returned
from briefs.llm.put_off import Posted

_AT_ONCE = 500
"""Lines that are kept in one transaction."""
_REFUSED = 400
_GONE = "its requests are unanswered: collect with the key that it was sent with, or say `submit` again"


class Refreshed(NamedTuple):
    """What the provider tells of batches that were sent."""

    ended: tuple[tuple[BatchRow, BatchInfo], ...]
    """Those that have ended, to be taken in."""
    notes: tuple[str, ...]
    """For a person: batches that the provider does not know."""


def refresh(state: BatchState, api: BatchApi) -> Refreshed:
    """Ask how each batch is that was sent, and note it; raises ConfigError, ModelCallError."""
    ended, notes = [], []
    for batch in state.batches("sent", "gone"):
        try:
            info = api.retrieve(batch.batch or "")
        except GoneError as error:
            state.is_at(batch.number, "gone")
            notes.append(f"batch {batch.number}: {error}; {_GONE}")
            continue
        state.told(batch.number, info)
        if info.ended:
            ended.append((batch, info))
    return Refreshed(tuple(ended), tuple(notes))


def fetch(state: BatchState, api: BatchApi) -> tuple[str, ...]:
    """Take in every batch that has ended.

    Returns notes for a person: lines that say nothing, batches that were not carried out. Raises ConfigError,
    ModelCallError where a batch cannot be had.
    """
    ended, gone = refresh(state, api)
    notes = list(gone)
    for batch, info in ended:
        notes.extend(_taken_in(state, api, batch, info))
        state.drop_files(batch)
    return tuple(notes)


def give_up(state: BatchState, api: BatchApi) -> None:
    """Let the requests of batches that the provider does not know be sent again.

    It is asked once more, perhaps with another key; raises ConfigError, ModelCallError where it cannot be.
    """
    if state.batches("gone"):
        refresh(state, api)
    for batch in state.batches("gone"):
        state.taken_back(batch.number, "not known to the provider; asked again")
        state.drop_files(batch)


def tidy(state: BatchState, api: BatchApi, *, keep: bool) -> int:
    """Delete the provider's files of batches that have come back; return how many could not be yet.

    `keep` leaves them there.
    """
    left = 0
    for batch in state.batches("back"):
        files = dict.fromkeys(each for each in (batch.file, batch.output, batch.errors) if each)
        try:
            for file in () if keep else files:
                api.delete(file)
        except ModelCallError:
            left += len(files)
            continue
        state.is_at(batch.number, "closed")
    return left


def _taken_in(state: BatchState, api: BatchApi, batch: BatchRow, info: BatchInfo) -> list[str]:
    too_many = info.status == "failed" and any(each.code == TOO_MANY_TOKENS for each in info.complaints)
    if too_many and batch.requests > 1:  # one alone has no smaller ones: it counts as any that failed
        limit = next((each.limit for each in info.complaints if each.limit), None)
        state.taken_back(batch.number, "not taken: too many tokens at once", smaller_than(batch, limit))
        return [f"batch {batch.number} has more tokens than the account may queue now; smaller ones follow"]
    odd: Counter[str] = Counter()
    if info.status == "failed":
        _blame(state, batch, info.complaints)
    for kind, file in ((".output", info.output), (".errors", info.errors)):
        if file is not None:
            odd += _read(state, api, batch, kind, file)
    note = ", ".join(f"{count} × {what}" for what, count in sorted(odd.items()))
    missing = state.came_back(batch.number, _standing_for(info), note)
    said = _said(batch, info, missing)
    return [*([said] if said else []), *([f"batch {batch.number}: {note}"] if note else [])]


def _read(state: BatchState, api: BatchApi, batch: BatchRow, kind: str, file: str) -> Counter[str]:
    """Take in one file of a batch; return what of it says nothing of any request."""
    path = state.file_of(batch, kind)
    odd: Counter[str] = Counter()
    try:
        api.download(file, path)
    except GoneError:
        return Counter({"file that is no longer there": 1})
    lines = returned(path)
    while some := tuple(islice(lines, _AT_ONCE)):
        with state.durably():
            for line in some:
                odd.update(_taken(state, batch, line))
    return odd


def _taken(state: BatchState, batch: BatchRow, line: Returned | Unread) -> tuple[str, ...]:
    if isinstance(line, Unread):
        return (f"line that cannot be used ({line.why})",)
    if state.take(batch.number, line.id, line.posted, (line.tokens_in, line.tokens_out)):
        return ()
    known = state.request(line.id)
    return ("line that came twice" if known is not None else "line of no request of ours",)


def _blame(state: BatchState, batch: BatchRow, complaints: tuple[Complaint, ...]) -> None:
    """Note for each line that a validation names that it was refused; the others may go again."""
    codes = {each.line: each.code for each in complaints if each.line}
    path = state.file_of(batch)
    if not codes or not path.exists():
        return
    with suppress(OSError), path.open("rb") as file, state.durably():
        for number, line in enumerate(file, 1):
            name = id_in(line) if number in codes else None
            if name is not None:
                refused = lost(codes[number] or "invalid_request", _REFUSED)
                state.take(batch.number, name, refused, (0, 0))


def _standing_for(info: BatchInfo) -> Posted:
    """Return what stands for a request of which nothing came back."""
    if info.status in ("expired", "cancelled"):
        return lost(f"batch_{info.status}", 408)
    if info.status == "failed":
        code = next((each.code for each in info.complaints if each.code), "batch_failed")
        return lost(code)
    return lost("missing_from_batch")


def _said(batch: BatchRow, info: BatchInfo, missing: int) -> str | None:
    if not missing and info.status == "completed":
        return None
    codes = ", ".join(dict.fromkeys(each.code for each in info.complaints if each.code))
    why = f" ({codes})" if codes else ""
    return (
        f"batch {batch.number}: {info.status}{why}; {missing:,} of its {batch.requests:,} requests unanswered"
    )
