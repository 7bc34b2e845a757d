"""The one adapter behind the port: calls through LangChain, retried, limited, and silent.

    ask ── closed? ── retrier ──┬── slot ── limits ── deadline ── LangChain ── guard ── network
                                └── waits without a slot

Nothing raised by a network, a server or a library leaves it: every failure is part of the reply. The key is a
SecretStr and shown nowhere. One adapter serves one event loop at a time: its client is made in the loop
that first asks, and again after `close`.
"""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

import httpx2
from pydantic import SecretStr

from briefs.errors import ConfigError, ReplayError
from briefs.llm import chat, exchange, payload, quiet
from briefs.llm.clock import Clock, SystemClock
from briefs.llm.failures import Failed, causes, of_answer, of_exception
from briefs.llm.limits import Limiter, RateLimits, estimate_request, estimate_tokens
from briefs.llm.payload import Form
from briefs.llm.port import CallFailure, FailureKind, Reply, Request, Usage
from briefs.llm.put_off import PutOffError
from briefs.llm.retry import LONGEST_WAIT, Attempt, Patience, Spent, asked_to_wait, until_done
from briefs.llm.secrets import without_key
from briefs.llm.transport import client, is_loopback

_PATIENCE_ELSEWHERE = 120.0
_PATIENCE_HERE = 900.0
"""A model on this machine may take minutes for one answer, and serves its callers one after another."""


class _Session(NamedTuple):
    """What belongs to one event loop."""

    loop: asyncio.AbstractEventLoop
    chat: chat.Chat
    slots: asyncio.Semaphore


class _Closed(NamedTuple):
    """Why no more calls are made, and until when on the clock."""

    failure: CallFailure
    until: float


class Adapter:
    """A model behind a LangChain chat model; implements the port.

    `id` is what `drafted_by` says. `provider` is LangChain's name ("openai" for every server that speaks
    OpenAI's protocol), `name` the model's. `hidden`: a key that a provider's package reads by itself, to be
    taken out of answers as `api_key` is. `timeout`: seconds of silence before a call is given up (120,
    or 900 on this machine). `total`: seconds that all attempts at one call may take, waits between them
    included, waits for a turn not (2.5 × timeout). `attempts`: HTTP requests at most for one call.
    `concurrency`: calls in flight at once. `limits`: requests and tokens a minute. `transport`: in place of
    the network, for cassettes; openai only. `send_store`: send "store": false, for servers that do not
    refuse fields they do not know. `temperature`: none to leave it out; models that reason never get one.
    `tokens_field`: what the server calls the bound of an answer; by default what it is known to take.
    `form`: how a schema is first asked for; a server that refuses it is asked in the next form, from then on,
    and `stepped` is told. `apart`: each call stands for itself, and none is left out because another met a
    wrong key or an empty account: for answers of other days.

    Raises ConfigError for a provider that is unknown or not installed, or OpenAI's own API without a key.
    """

    def __init__(  # noqa: PLR0913 - settings of one thing, all by name
        self,
        *,
        id: str,  # noqa: A002 - the port's name
        provider: str,
        name: str,
        base_url: str | None = None,
        api_key: SecretStr | None = None,
        hidden: SecretStr | None = None,
        timeout: float | None = None,
        total: float | None = None,
        attempts: int = 4,
        concurrency: int = 8,
        limits: RateLimits | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        send_store: bool = True,
        temperature: float | None = 0.0,
        tokens_field: payload.TokensField | None = None,
        form: Form = Form.BOUNDED,
        stepped: Callable[[Form], None] | None = None,
        apart: bool = False,
        clock: Clock | None = None,
    ) -> None:
        self._id = id
        self._provider, self._name, self._key = provider, name, api_key
        self._hidden = api_key or hidden
        self._base_url = base_url.rstrip("/") if base_url else None
        if provider == chat.OPENAI:
            self._base_url = _checked(self._base_url or chat.OPENAI_URL)
            if self._base_url == chat.OPENAI_URL and api_key is None:
                raise ConfigError(
                    f"{id}: OpenAI wants a key; set OPENAI_API_KEY, or --base-url for another server"
                )
        elif transport is not None:
            raise ConfigError(f"{id}: calls can be recorded and replayed with openai: models alone")
        here = self._base_url is not None and is_loopback(self._base_url)
        self._timeout = timeout or (_PATIENCE_HERE if here else _PATIENCE_ELSEWHERE)
        self._patience = Patience(attempts, total or 2.5 * self._timeout)
        self._concurrency, self._transport = concurrency, transport
        self._way = payload.dialect(
            name,
            hosted=self._base_url == chat.OPENAI_URL,
            tokens_field=tokens_field,
            temperature=temperature,
            send_store=send_store,
        )
        self._clock: Clock = clock or SystemClock()
        self._limiter = Limiter(limits, self._clock)
        self._other = None if provider == chat.OPENAI else chat.ProviderChat(self._provided())
        self._session: _Session | None = None
        self._closed: _Closed | None = None
        self._has_answered = False
        self._form, self._stepped, self._apart = form, stepped, apart
        self._taken: set[str] = set()

    def __repr__(self) -> str:
        return f"Adapter({self._id!r})"

    @property
    def id(self) -> str:
        """Return what `drafted_by` says."""
        return self._id

    @property
    def address(self) -> str:
        """Return where calls go: the base URL without credentials, after "provider:" if it is not openai."""
        url = _without_credentials(self._base_url) if self._base_url else ""
        return url if self._provider == chat.OPENAI else f"{self._provider}:{url}"

    def body(self, request: Request) -> str:
        """Return what is sent for `request`, as canonical JSON; for openai exactly the HTTP body."""
        return payload.body(request, self._way)

    async def load(self) -> None:
        """Import what the first call needs, in a thread: the loop goes on with its other work."""
        if self._other is None:
            await asyncio.to_thread(chat.load)

    async def ask(self, request: Request) -> Reply:
        """Return the reply; every failure is in it. Raises ReplayError and PutOffError alone."""
        begun = self._clock.now()
        if (failure := self._refusal()) is not None:
            return Reply(failure=failure)
        if self._session is None:
            await self.load()
        session = self._opened()
        spent, attempts = Spent(), []

        async def attempt() -> Attempt:
            while True:  # as often as there are forms
                made = await self._attempt(session, request, spent)
                attempts.append(made)
                if not made.again:
                    return made

        with exchange.request(request):
            last: Attempt = await until_done(self._patience, self._clock, spent)(attempt)
        sent = sum(each.sent for each in attempts)
        return Reply(
            text=last.text,
            failure=_counted(last.failure, sent),
            usage=Usage(
                tokens_in=sum(each.usage.tokens_in for each in attempts),
                tokens_out=sum(each.usage.tokens_out for each in attempts),
            ),
            attempts=sent,
            seconds=self._clock.now() - begun,
        )

    async def close(self) -> None:
        """Close the connections; the next call would open new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.chat.close()

    def _opened(self) -> _Session:
        loop = asyncio.get_running_loop()
        if self._session is None or self._session.loop is not loop:
            self._session = _Session(loop, self._chat(), asyncio.Semaphore(self._concurrency))
        return self._session

    def _provided(self) -> chat.Provider:
        return chat.Provider(self._provider, self._name, self._base_url, self._key, self._timeout, self._way)

    def _chat(self) -> chat.Chat:
        if self._other is not None:
            return self._other
        base_url = self._base_url or chat.OPENAI_URL
        http = client(
            self._transport,
            base_url=base_url,
            timeout=self._timeout,
            connections=self._concurrency,
            with_key=self._key is not None,
        )
        return chat.OpenAIChat(self._way, base_url, self._key, http, self._timeout)

    def _refusal(self) -> CallFailure | None:
        if self._closed is not None and self._clock.now() < self._closed.until:
            return self._closed.failure
        return None

    async def _attempt(self, session: _Session, request: Request, spent: Spent) -> Attempt:
        expected = estimate_request(request)
        async with session.slots:
            reservation = await self._limiter.acquire(expected + payload.most_tokens(request, self._way))
            if (failure := self._refusal()) is not None:
                reservation.tokens = 0
                return Attempt(failure=failure, sent=False)
            begun, form = self._clock.now(), self._form
            try:
                with quiet.untraced():
                    async with asyncio.timeout(max(0.01, self._patience.total - spent.seconds)):
                        answered = await session.chat.answer(request, form)
            except Exception as error:  # whatever a library raises is a failed call, never the end of a run
                failed = of_exception(error, self._name)
                _raise_unanswered(error)
                if failed.schema_refused and self._steps_down(request, form):
                    reservation.tokens = 0
                    return Attempt(failure=failed.failure, again=True)
                return self._after_failure(failed, error)
            finally:
                spent.seconds += self._clock.now() - begun
        self._has_answered = True
        self._taken.add(request.schema_name)
        text = answered.text
        if self._hidden is not None:
            text = without_key(text, self._hidden.get_secret_value())
        usage = answered.usage or Usage(tokens_in=expected, tokens_out=estimate_tokens(text))
        reservation.tokens = usage.tokens_in + usage.tokens_out
        return Attempt(text, of_answer(text, answered.finish_reason, answered.refusal), usage)

    def _steps_down(self, request: Request, form: Form) -> bool:
        """Return whether a call whose schema was refused in `form` may be made again in another.

        Calls that were under way together step down once: one that was refused in a form that others have
        left is made again in theirs. A server that has answered for this schema in this form takes it: then
        it is the text that it refuses.
        """
        if self._other is not None or form.next is None:
            return False
        if self._form is not form:
            return True
        if request.schema_name in self._taken:
            return False
        self._form = form.next
        if self._stepped is not None:
            self._stepped(self._form)
        return True

    def _after_failure(self, failed: Failed, error: Exception) -> Attempt:
        wait = asked_to_wait(error)
        failure = failed.failure
        if wait is not None and wait > LONGEST_WAIT and failed.retry.value:
            message = f"{failure.message}; the server asks to wait {wait:,.0f} seconds, which is too long"
            failure = CallFailure(kind=failure.kind, message=message)
            self._closed = _Closed(failure, self._clock.now() + wait)
            return Attempt(failure=failure)
        if wait is not None and failure.kind is FailureKind.RATE_LIMITED:
            self._limiter.pause(wait)
        if failed.lasting and not self._apart and not (self._has_answered and failed.perhaps_one_text):
            self._closed = _Closed(failure, float("inf"))
        return Attempt(failure=failure, retry=failed.retry, wait=wait)


def _checked(base_url: str) -> str:
    url = httpx2.URL(base_url)
    if url.scheme not in ("http", "https") or not url.host:
        raise ConfigError(f"--base-url {_without_credentials(base_url)}: write it as http://HOST:PORT/v1")
    return base_url


def _without_credentials(base_url: str) -> str:
    return str(
        httpx2.URL(base_url).copy_with(username=None, password=None, query=None, fragment=None)
    ).rstrip("/")


def _counted(failure: CallFailure | None, attempts: int) -> CallFailure | None:
    if failure is None or attempts < 2:
        return failure
    return CallFailure(kind=failure.kind, message=f"{failure.message}; tried {attempts} times")


def _raise_unanswered(error: Exception) -> None:
    """Raise what is no failure of a call: it was not recorded, or is answered another day."""
    for each in causes(error):
        if isinstance(each, ReplayError | PutOffError):
            raise each from None
