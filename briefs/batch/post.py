"""The post of a submission: gives what came back for a call, and writes what is to be sent into files.

A request that came back without an answer is written again, up to a number of rounds; then what came back
stands, and is a failed call like any other. A budget counts what was spent in all rounds, and what is under
way at its most.
"""

import json
import os
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self
from uuid import uuid4

from briefs.batch.rows import UNDER_WAY
from briefs.batch.state import BatchState
from briefs.config import Price
from briefs.errors import StoreError
from briefs.llm import batch_lines
from briefs.llm.budget import Budget
from briefs.llm.exchange import current_article
from briefs.llm.limits import estimate_request
from briefs.llm.payload import Dialect, Form, most_tokens
from briefs.llm.port import Usage
from briefs.llm.prices import cost_of
from briefs.llm.put_off import Letter, Posted, PutOffError
from briefs.llm.transport import NoRoomError

_PASSING = frozenset({408, 409, 429})
"""Statuses, besides those of the server's own troubles, that another round may better."""


class Terms(NamedTuple):
    """On what terms requests are sent."""

    rounds: int
    budget: Budget
    price: Price | None
    """Of a batch."""
    way: Dialect


class _File:
    """A file that is being written."""

    def __init__(self, number: int, name: str, file: BinaryIO) -> None:
        self.number, self.name, self.file = number, name, file
        self.requests = self.bytes = self.tokens = 0


class BatchPost:
    """Carries letters by way of files; implements `Post`.

    A context: at its end the file that is being written is whole, or where an error ends it let go of.
    """

    def __init__(self, state: BatchState, terms: Terms) -> None:
        self.waiting = 0
        """Requests for which there is no room until others have come back."""
        self._state, self._terms = state, terms
        self._broken: Exception | None = None
        self._open: _File | None = None
        self._sums = state.sums()
        under_way = state.batches(*UNDER_WAY)
        self._under_way = bool(under_way)
        self._queued = sum(each.tokens for each in under_way)
        self._most_queued = int(state.fact("most_tokens") or 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise StoreError where our own disk gave trouble, now or before."""
        if error is None:
            self._close()
        else:
            self._abandon()

    @property
    def form(self) -> Form:
        """Return how the server is asked for a schema."""
        return self._state.form

    def stepped(self, form: Form) -> None:
        """Note that the server takes schemas in this form alone."""
        self._state.remember("form", form.value)

    def answer(self, letter: Letter) -> Posted | None:
        """Return what came back, or none where it is on its way; raises NoRoomError for want of budget.

        Trouble with our own disk puts everything off, and the context's end tells of it: no call has failed.
        """
        if self._broken is None:
            try:
                return self._answered(letter)
            except (OSError, StoreError) as error:
                self._broken = error
        raise PutOffError

    def _answered(self, letter: Letter) -> Posted | None:
        known = self._state.request(letter.id)
        if known is not None:
            if known.posted is not None and (known.rounds >= self._terms.rounds or _stands(known.posted)):
                return known.posted
            if known.batch is not None:
                return None
        tokens = (estimate_request(letter.request), most_tokens(letter.request, self._terms.way))
        if not self._has_room(tokens):
            if not self._under_way:
                raise NoRoomError(self._no_room())
            self.waiting += 1
        elif self._most_queued and self._under_way and self._queued + tokens[0] > self._most_queued:
            self.waiting += 1
        else:
            self._write(letter, tokens)
        return None

    def paid(self, key: str) -> bool:
        """Return whether the article that calls are made for now has paid for a call, by its cache key."""
        try:
            return self._state.payer(key) == _article()
        except StoreError as error:
            self._broken = error
            return False

    def pays(self, key: str) -> None:
        """Note that it pays for this call now."""
        try:
            self._state.pays(key, _article())
        except StoreError as error:
            self._broken = error

    def _close(self) -> None:
        """End the file that is being written: it is whole, and to be sent."""
        if self._broken is None:
            try:
                self._end()
            except (OSError, StoreError) as error:
                self._broken = error
        if self._broken is not None:
            self._abandon()
            reason = getattr(self._broken, "strerror", None) or self._broken
            raise StoreError(f"{self._state.folder}: requests cannot be written ({reason})")

    def _end(self) -> None:
        opened, self._open = self._open, None
        if opened is None:
            return
        with opened.file as file:
            file.flush()
            os.fsync(file.fileno())
        self._state.written(opened.number, opened.requests, opened.bytes, opened.tokens)

    def _abandon(self) -> None:
        """Let go of the file that is being written, which is begun anew by the next command."""
        opened, self._open = self._open, None
        if opened is not None:
            with suppress(OSError):
                opened.file.close()

    def _write(self, letter: Letter, tokens: tuple[int, int]) -> None:
        line = batch_lines.request_line(letter)
        if self._open is not None and self._is_full(self._open, len(line), tokens[0]):
            self._end()
        opened = self._open or self._new()
        opened.file.write(line)
        opened.requests += 1
        opened.bytes += len(line)
        opened.tokens += tokens[0]
        self._state.put(letter.id, letter.article, tokens, opened.number)
        self._under_way = True
        self._queued += tokens[0]
        held = self._sums
        self._sums = held._replace(held_in=held.held_in + tokens[0], held_out=held.held_out + tokens[1])

    def _is_full(self, opened: _File, line: int, tokens: int) -> bool:
        if self._most_queued and opened.tokens + tokens > self._most_queued:
            return True
        return (
            opened.requests >= batch_lines.MOST_REQUESTS or opened.bytes + line > batch_lines.MOST_FILE_BYTES
        )

    def _new(self) -> _File:
        name = f"briefs-{uuid4().hex[:16]}"
        number = self._state.new_batch(name)
        path = self._state.folder / f"{name}.jsonl"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._open = _File(number, name, os.fdopen(descriptor, "wb", buffering=1 << 20))
        return self._open

    def _has_room(self, tokens: tuple[int, int]) -> bool:
        sums, budget = self._sums, self._terms.budget
        tokens_in = sums.spent_in + sums.held_in + tokens[0]
        tokens_out = sums.spent_out + sums.held_out + tokens[1]
        if budget.tokens is not None and tokens_in + tokens_out > budget.tokens:
            return False
        cost = cost_of(Usage(tokens_in=tokens_in, tokens_out=tokens_out), self._terms.price) or 0.0
        return budget.cost is None or cost <= budget.cost

    def _no_room(self) -> str:
        spent = Usage(tokens_in=self._sums.spent_in, tokens_out=self._sums.spent_out)
        used = f"{spent.tokens_in + spent.tokens_out:,} tokens"
        if self._terms.price is not None:
            used += f" (${cost_of(spent, self._terms.price) or 0.0:.4f})"
        return f"the budget does not allow the call: {used} are used; raise it and run again"


def _article() -> str:
    article = current_article()
    return article.slug if article else ""


def _stands(posted: Posted) -> bool:
    """Return whether what came back is for good: an answer, or a refusal that another round would repeat."""
    if posted.status != 200:
        return posted.status < 500 and posted.status not in _PASSING
    try:
        choices = json.loads(posted.body)["choices"]
        return isinstance(choices[0]["message"], dict)
    except (ValueError, LookupError, TypeError):
        return False
