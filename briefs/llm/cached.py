"""A model that makes no call twice: finished calls are kept, and equal calls under way are one.

What a model answered is kept, also when it declined or was cut off: the same words to the same server are
the same call, and an article that did not change costs nothing. What a server or a network said (no
connection, too many calls, a wrong key, a request too long) and an answer with nothing in it are not: a run
that is started again tries them again.
"""

import asyncio
import hashlib
from typing import Protocol

from pydantic import ValidationError

from briefs.domain.spans import Frozen
from briefs.llm.port import CallFailure, FailureKind, Reply, Request, Usage

_ANSWERS = {FailureKind.TRUNCATED, FailureKind.REFUSED, FailureKind.CONTENT_FILTER, FailureKind.MALFORMED}
"""Failures that are a model's answer all the same."""


class Calls(Protocol):
    """Where finished calls are kept; `briefs.store.calls` keeps them on disk."""

    @property
    def note(self) -> str | None:
        """Return one line for a person when calls are not kept, or none."""

    def get(self, key: str) -> str | None:
        """Return what was put under `key`, or none."""

    def put(self, key: str, reply: str) -> None:
        """Keep `reply`; on return it is safe."""

    def close(self) -> None:
        """Let go of the file."""


class Payers(Protocol):
    """Who paid for which call, where an article comes back for its replies on another day."""

    def paid(self, key: str) -> bool:
        """Return whether the article that calls are made for now has paid for this one before."""

    def pays(self, key: str) -> None:
        """Note that it pays for this one now."""


class Called(Protocol):
    """A model that can say where a call goes and what would be sent."""

    @property
    def id(self) -> str:
        """Return what `drafted_by` says."""

    @property
    def address(self) -> str:
        """Return where calls go: a base URL, a provider, or the hash of a model's file."""

    def body(self, request: Request) -> str:
        """Return what is sent for `request`, as canonical JSON."""

    async def ask(self, request: Request) -> Reply:
        """Return the reply."""

    async def close(self) -> None:
        """Let go of connections and processes."""


class Cached:
    """A model whose finished calls are kept; implements the port.

    With `payers`, a kept reply that its article has paid for itself counts as a call, with what it cost.
    """

    def __init__(self, model: Called, calls: Calls, payers: Payers | None = None) -> None:
        self._model = model
        self._calls = calls
        self._payers = payers
        self._under_way: dict[str, asyncio.Future[Reply | None]] = {}
        self._keeping: set[asyncio.Future[None]] = set()

    @property
    def id(self) -> str:
        """Return what `drafted_by` says."""
        return self._model.id

    async def ask(self, request: Request) -> Reply:
        """Return the reply that was kept, that an equal call under way gets, or that the model gives.

        A reply that cost this call nothing has no usage and no attempts. Raises ReplayError alone.
        """
        key = key_of(self._model.address, self._model.body(request))
        while (other := self._under_way.get(key)) is not None:
            # A call that was cancelled leaves no reply: then the next in line makes it.
            if (reply := await asyncio.shield(other)) is not None:
                return _for_nothing(reply)
        under_way = self._under_way[key] = asyncio.get_running_loop().create_future()
        reply = None
        try:
            reply = await self._once(key, request)
        finally:
            del self._under_way[key]
            under_way.set_result(reply)
        return reply

    async def close(self) -> None:
        """Close the model, then the file, when all that was answered is in it."""
        try:
            await self._model.close()
        finally:
            await asyncio.gather(*self._keeping)
            await asyncio.to_thread(self._calls.close)

    async def _once(self, key: str, request: Request) -> Reply:
        # In a thread: a commit waits for the disk, and all articles share this loop.
        kept = await asyncio.to_thread(self._calls.get, key)
        if kept is not None and (found := _read(kept)) is not None:
            paid = self._payers is not None and self._payers.paid(key)
            if paid:
                return Reply(text=found.text, failure=found.failure, usage=found.usage, attempts=1)
            return Reply(text=found.text, failure=found.failure, cached=True)
        reply = await self._model.ask(request)
        if _is_answer(reply):
            await self._keep(key, reply)
            if self._payers is not None:
                self._payers.pays(key)
        return reply

    async def _keep(self, key: str, reply: Reply) -> None:
        """Keep a reply, also where the one who asked is cancelled now: it is paid for."""
        # A future of the thread, not a task: a loop that is left cancels all of its tasks.
        keeping = asyncio.get_running_loop().run_in_executor(None, self._calls.put, key, _written(reply))
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)
        await asyncio.shield(keeping)


def key_of(address: str, body: str) -> str:
    """Return the key of a call: SHA-256, in hexadecimal, of where it goes and what it says."""
    # surrogatepass: half a character in hostile input must not stop the article.
    return hashlib.sha256(f"1\0{address}\0{body}".encode("utf-8", "surrogatepass")).hexdigest()


class _Kept(Frozen):
    text: str
    failure: CallFailure | None
    usage: Usage
    """What it cost, once."""


def _written(reply: Reply) -> str:
    return _Kept(text=reply.text, failure=reply.failure, usage=reply.usage).model_dump_json()


def _read(kept: str) -> _Kept | None:
    try:
        return _Kept.model_validate_json(kept)
    except ValidationError:  # of another version, or not ours: the call is made again
        return None


def _is_answer(reply: Reply) -> bool:
    if reply.failure is not None and reply.failure.kind not in _ANSWERS:
        return False
    says_why = reply.failure is not None and reply.failure.kind is not FailureKind.TRUNCATED
    return says_why or bool(reply.text)


def _for_nothing(reply: Reply) -> Reply:
    return reply.model_copy(
        update={"cached": reply.cached or _is_answer(reply), "usage": Usage(), "attempts": 0, "seconds": 0.0}
    )
