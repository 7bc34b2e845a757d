"""OpenAI's files and batches, through its own client over our guarded HTTP: one door to one address.

Every call is tried again as calls to a model are (`briefs.llm.retry`), and what fails for good is an error
in our own words. Nothing is created twice as far as the API allows: a file is known again by its name, a
batch by its metadata, and both are looked for before a creation of which nobody heard is tried again. What
the API does not promise is that a thing just created is listed at once: a creation whose answer was lost may
then be made twice.
"""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NamedTuple, TypeVar, get_args

from pydantic import SecretStr

from briefs.errors import ConfigError, ModelCallError, StoreError
from briefs.llm.batch_lines import ENDPOINT
from briefs.llm.clock import Clock, SystemClock
from briefs.llm.failures import Failed, Retry, of_exception, shown_code
from briefs.llm.port import FailureKind
from briefs.llm.quiet import hush, hush_loop
from briefs.llm.retry import LONGEST_WAIT, Attempt, Patience, Spent, asked_to_wait, until_done

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI
    from openai.types import Batch, FileObject

ResultT = TypeVar("ResultT")

NAME_KEY = "briefs"
"""The key of a batch's metadata that holds our name for it."""
_TIMEOUT = 120.0
_MOST_FILE = 4_000_000_000
_INPUT_SECONDS = 3 * 24 * 3600
"""After which an input file is deleted by the provider itself, should nobody collect; a batch takes a day."""
_OUTPUT_SECONDS = 30 * 24 * 3600
_PAGE = 100

Status = Literal[
    "validating", "failed", "in_progress", "finalizing", "completed", "expired", "cancelling", "cancelled"
]
ENDED = frozenset({"failed", "completed", "expired", "cancelled"})
TOO_MANY_TOKENS = "token_limit_exceeded"
"""The code with which OpenAI says that an account has too many tokens waiting in batches."""


class Complaint(NamedTuple):
    """What a validation found."""

    code: str
    """A known word of the provider's; empty where it gave none, or one that we do not know."""
    line: int | None
    limit: int | None
    """The enqueued tokens that the account may have, where it says so."""


class BatchInfo(NamedTuple):
    """A batch as the provider tells of it."""

    id: str
    status: str
    created: int
    """Seconds since 1970, as are the others."""
    expires: int | None
    completed: int
    failed: int
    output: str | None
    errors: str | None
    """Ids of files."""
    complaints: tuple[Complaint, ...] = ()

    @property
    def ended(self) -> bool:
        """Return whether nothing more will come of it."""
        return self.status in ENDED


class NoBatchApiError(ConfigError):
    """The server has no files or batches."""


class GoneError(ModelCallError):
    """The provider does not know a file or a batch: it was deleted, or belongs to another project."""


class RefusedError(ModelCallError):
    """The provider does not take this file or batch as it is."""


class TooManyTokensError(ModelCallError):
    """The account has too many tokens waiting in batches, with this one."""


class BatchApi:
    """Files and batches of one server; made for one event loop, which is its own.

    `hosted`: it is OpenAI itself, which takes dates after which files are deleted. `attempts`, `timeout`: of
    each call, as for calls to a model. Raises ConfigError for what the caller must mend (key, address, no
    batch API), ModelCallError for what may pass.
    """

    def __init__(  # noqa: PLR0913 - settings of one thing, most by name
        self,
        base_url: str,
        key: SecretStr | None,
        *,
        hosted: bool,
        attempts: int = 4,
        timeout: float | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._base_url, self._key, self._hosted = base_url, key, hosted
        self._timeout = timeout or _TIMEOUT
        self._patience = Patience(attempts, 5 * self._timeout)
        self._clock: Clock = clock or SystemClock()
        self._runner: asyncio.Runner | None = None
        self._clients: tuple[AsyncOpenAI, AsyncOpenAI] | None = None

    def __repr__(self) -> str:
        return "BatchApi()"

    def close(self) -> None:
        """Close the connections."""
        runner, self._runner = self._runner, None
        clients, self._clients = self._clients, None
        if runner is not None:
            for each in clients or ():
                runner.run(each.close())
            runner.close()

    def check(self) -> None:
        """Ask for nothing much: raises ConfigError where there is no batch API or the key is wrong."""

        async def ask() -> None:
            await self._api.batches.list(limit=1)

        try:
            self._run("the batch API", ask)
        except GoneError:
            raise self._none() from None

    def upload(self, path: Path, name: str, *, heard_of: bool = False) -> str:
        """Upload an input file under a name and return its id.

        `heard_of`: it may be there already, and is looked for first.
        """

        async def send() -> str:
            with path.open("rb") as file:
                expires: dict[str, Any] = {}
                if self._hosted:
                    expires["expires_after"] = {"anchor": "created_at", "seconds": _INPUT_SECONDS}
                made = await self._api.files.create(
                    file=(name, file, "application/jsonl"), purpose="batch", **expires
                )
            return made.id

        async def find() -> str | None:
            found = [each.id async for each in self._files() if each.filename == name]
            return found[-1] if found else None

        try:
            return self._created("the upload", send, find, heard_of)
        except GoneError:
            raise self._none() from None

    def create(self, file: str, name: str, *, heard_of: bool = False) -> BatchInfo:
        """Create the batch of an uploaded file and return it; `heard_of` as for `upload`."""

        async def send() -> BatchInfo:
            expires: dict[str, Any] = {}
            if self._hosted:
                expires["output_expires_after"] = {"anchor": "created_at", "seconds": _OUTPUT_SECONDS}
            made = await self._api.batches.create(
                input_file_id=file,
                endpoint=ENDPOINT,
                completion_window="24h",
                metadata={NAME_KEY: name},
                **expires,
            )
            return _info(made)

        async def find() -> BatchInfo | None:
            found = [each async for each in self._batches() if (each.metadata or {}).get(NAME_KEY) == name]
            return _info(min(found, key=lambda each: each.created_at)) if found else None

        return self._created("the batch", send, find, heard_of)

    def retrieve(self, batch: str) -> BatchInfo:
        """Return a batch as it is now; raises GoneError where the server does not know it."""

        async def ask() -> BatchInfo:
            return _info(await self._api.batches.retrieve(batch))

        return self._run("the batch", ask)

    def download(self, file: str, target: Path) -> None:
        """Write a file's content to `target`, piece by piece; raises GoneError where it is not there."""

        async def fetch() -> None:
            async with self._bulk.files.with_streaming_response.content(file) as answer:
                with open(target, "wb", opener=_private) as out:
                    async for piece in answer.iter_bytes(256 * 1024):
                        _put(out, piece, target)

        self._run("the batch's output", fetch)

    def delete(self, file: str) -> None:
        """Delete a file; one that is gone is no matter."""

        async def ask() -> None:
            await self._api.files.delete(file)

        try:
            self._run("the batch's file", ask)
        except GoneError:
            return

    def _none(self) -> NoBatchApiError:
        return NoBatchApiError(f"{self._base_url}: has no batch API; use `briefs run` with this server")

    @property
    def _api(self) -> "AsyncOpenAI":
        return self._opened()[0]

    @property
    def _bulk(self) -> "AsyncOpenAI":
        return self._opened()[1]

    def _opened(self) -> "tuple[AsyncOpenAI, AsyncOpenAI]":
        if self._clients is None:
            hush()
            from openai import AsyncOpenAI  # noqa: PLC0415 - a second, where a batch is sent or fetched

            from briefs.llm.transport import MOST_BYTES, client  # noqa: PLC0415

            def made(most_bytes: int) -> "AsyncOpenAI":
                http: httpx2.AsyncClient = client(
                    None,
                    base_url=self._base_url,
                    timeout=self._timeout,
                    connections=2,
                    with_key=self._key is not None,
                    most_bytes=most_bytes,
                )
                return AsyncOpenAI(
                    api_key=self._key.get_secret_value() if self._key else "none",
                    base_url=self._base_url,
                    http_client=http,
                    max_retries=0,
                    timeout=self._timeout,
                )

            self._clients = made(MOST_BYTES), made(_MOST_FILE)
            hush()
        return self._clients

    def _files(self) -> "AsyncIterator[FileObject]":
        return aiter(self._api.files.list(purpose="batch", limit=_PAGE, order="desc"))

    def _batches(self) -> "AsyncIterator[Batch]":
        return aiter(self._api.batches.list(limit=_PAGE))

    def _created(
        self,
        what: str,
        send: Callable[[], Awaitable[ResultT]],
        find: Callable[[], Awaitable[ResultT | None]],
        heard_of: bool,
    ) -> ResultT:
        """Create a thing, looking first whether it is there once a creation may have gone through."""
        looks = heard_of

        async def once() -> ResultT:
            nonlocal looks
            if looks and (found := await find()) is not None:
                return found
            looks = True
            return await send()

        return self._run(what, once)

    def _run(self, what: str, work: Callable[[], Awaitable[ResultT]]) -> ResultT:
        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(self._tried(what, work))

    async def _tried(self, what: str, work: Callable[[], Awaitable[ResultT]]) -> ResultT:
        hush_loop()
        spent, done, last = Spent(), list[ResultT](), list[Failed]()

        async def attempt() -> Attempt:
            begun = self._clock.now()
            try:
                done.append(await work())
            except Exception as error:  # whatever a library raises is a failed call
                if isinstance(error, StoreError):
                    raise
                if isinstance(error, OSError) and error.filename is not None:  # a file of our own
                    raise StoreError(f"{error.filename}: cannot be used ({error.strerror})") from error
                failed = of_exception(error, what)
                wait = asked_to_wait(error)
                last.append(failed)
                again = Retry.NO if wait is not None and wait > LONGEST_WAIT else failed.retry
                return Attempt(failure=failed.failure, retry=again, wait=wait)
            finally:
                spent.seconds += self._clock.now() - begun
            return Attempt()

        await until_done(self._patience, self._clock, spent)(attempt)
        if done:
            return done[0]
        raise _error(what, last[-1], self._base_url)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _put(out: BinaryIO, piece: bytes, target: Path) -> None:
    try:
        out.write(piece)
    except OSError as error:  # a full disk is no trouble of the network
        raise StoreError(f"{target}: cannot be written ({error.strerror})") from error


def _error(what: str, failed: Failed, base_url: str) -> ConfigError | ModelCallError:
    kind, message = failed.failure.kind, f"{what}: {failed.failure.message}"
    if failed.status in (404, 405):
        return GoneError(f"{what} is not known at {base_url}: deleted there, or of another project's key")
    if TOO_MANY_TOKENS in failed.codes:
        return TooManyTokensError(message)
    if kind in {FailureKind.NOT_AUTHORISED, FailureKind.QUOTA}:
        return ConfigError(message)
    return RefusedError(message) if kind is FailureKind.BAD_REQUEST else ModelCallError(message)


def _info(batch: "Batch") -> BatchInfo:
    """Return what a batch says; the client checks no types, so what is no number or id counts as none."""
    counts = batch.request_counts
    return BatchInfo(
        id=str(batch.id),
        status=batch.status if batch.status in get_args(Status) else "unknown",
        created=_number(batch.created_at),
        expires=_number(batch.expires_at) or None,
        completed=_number(getattr(counts, "completed", 0)),
        failed=_number(getattr(counts, "failed", 0)),
        output=_file(batch.output_file_id),
        errors=_file(batch.error_file_id),
        complaints=tuple(
            Complaint(shown_code(each.code), _number(each.line) or None, _limit(each.message))
            for each in (batch.errors.data if batch.errors else None) or ()
        ),
    )


def _number(said: object) -> int:
    return said if isinstance(said, int) and 0 < said < 2**53 else 0


def _file(said: object) -> str | None:
    return said if isinstance(said, str) and said else None


def _limit(message: object) -> int | None:
    """Return the number in "Limit: 2,000,000 enqueued tokens", as OpenAI words it."""
    found = re.search(r"[Ll]imit:? ([\d,]{1,20}) enqueued", message) if isinstance(message, str) else None
    return int(found[1].replace(",", "") or 0) or None if found else None
