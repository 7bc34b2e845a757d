"""From settings to a model that can be asked: what is used, where articles go, and the parts put together.

    Metered ── Cached ── Budgeted ── Adapter ── (cassettes) ── network

`plan` (in `briefs.llm.plan`) reads and checks; `engine` puts the parts together; `Engine.start` opens what
must be open. A cached reply costs nothing, so it passes a spent budget. A recording and its replay go without
the cache: a recording must hold every call.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pydantic import SecretStr

from briefs import __version__
from briefs.config import Settings, api_key
from briefs.errors import ConfigError
from briefs.llm.budget import Budgeted
from briefs.llm.cached import Cached, Called, Calls
from briefs.llm.limits import RateLimits
from briefs.llm.meter import Meter, Metered
from briefs.llm.payload import Form
from briefs.llm.plan import OPENAI_KEY, SERVER_KEY, Plan, budget_of, plan
from briefs.llm.port import Model
from briefs.llm.recording import SCHEMA_FORM, Parameter, RecordingInfo
from briefs.llm.spec import OPENAI, Spec

if TYPE_CHECKING:
    from httpx2 import AsyncBaseTransport

    from briefs.llm.adapter import Adapter
    from briefs.llm.cassettes import Recording
    from briefs.llm.local import LocalServer
    from briefs.llm.put_off import Post
    from briefs.llm.served import Served

_NOWHERE = "http://127.0.0.1:9/v1"
"""The address that a replay believes in; nothing is ever sent there."""


class _Road(NamedTuple):
    """How calls travel to a server."""

    transport: "AsyncBaseTransport | None"
    """In place of the network."""
    limits: RateLimits
    form: Form = Form.BOUNDED
    stepped: Callable[[Form], None] | None = None


class Elsewhere(Protocol):
    """Another process that makes an engine's calls: an actor of a cluster."""

    async def start(self, known: Called) -> Called:
        """Return a model that asks there; `known` tells what it is and what it sends. Raises ConfigError."""

    async def finish(self, slug: str, whole: bool) -> None:
        """Have an article's recording written, as `Engine.finish` says."""


class Engine:
    """A model with all that surrounds it, for one run: started, asked through `model`, closed."""

    def __init__(
        self,
        plan: Plan,
        settings: Settings,
        recording: "Recording | None" = None,
        calls: Calls | None = None,
        post: "Post | None" = None,
    ) -> None:
        """Take what `engine` has read and opened; `post` carries calls that are answered another day."""
        self.plan = plan
        self.prompts = settings.prompts
        """Folder of the user's own prompts."""
        self.concurrency = plan.concurrency
        """Calls in flight at most."""
        self.notes: tuple[str, ...] = ()
        """What a person should know of the run's calls, a line each; there from `close` on."""
        self.at_once = post is not None
        """Every reply is there or is put off: no one waits for any."""
        self.meter = Meter(plan.price)
        self._post = post
        self._elsewhere: Elsewhere | None = None
        self._settings = settings
        self._recording = recording
        self._calls = calls
        self._server: LocalServer | None = None
        self._model: Model | None = None
        self._loading: asyncio.Task[None] | None = None

    @property
    def id(self) -> str:
        """Return the model's id, as `drafted_by` says it; known before `start`."""
        return self.plan.spec.id

    @property
    def model(self) -> Model:
        """Return the model; there is one from `start` on."""
        if self._model is None:
            raise RuntimeError("the engine is not started")
        return self._model

    @property
    def settings(self) -> Settings:
        """Return what the run was told."""
        return self._settings

    @property
    def recording(self) -> "Recording | None":
        """Return the recording that calls are played from or kept in."""
        return self._recording

    def move(self, elsewhere: Elsewhere) -> None:
        """Have calls made by another process; budget, cache and meter stay here. Before `start`."""
        self._elsewhere = elsewhere

    def prepare(self) -> None:
        """Look for what a provider's package or a model's file needs; raises ConfigError without it."""
        if self.plan.spec.kind == "local":
            _server(self.plan.spec, 1).check()
        else:
            self._adapted(None, None)

    async def start(self) -> None:
        """Open what must be open: for a model file its server, which takes seconds to minutes.

        With a cache of calls, the first call that is not in it starts the server. Raises ConfigError when the
        file cannot be served.
        """
        if self._model is not None:
            return
        spec = self.plan.spec
        base_url, key = spec.base_url, _key(self.plan.key_variable)
        if self.plan.replay is not None:
            base_url, key = _NOWHERE, None
        if self._elsewhere is not None:
            known = await self._known(base_url)
            self._model = Metered(self._guarded(await self._elsewhere.start(known)), self.meter)
            return
        if self.plan.replay is None and spec.kind == "local":
            server = self._server = _server(spec, self.concurrency)
            if self._calls is not None:
                server.check()
                await asyncio.to_thread(server.identify)
                self._model = Metered(self._guarded(self._served(server)), self.meter)
                return
            await asyncio.to_thread(server.start)
            base_url, key = server.base_url, server.api_key
        adapter = self._adapted(base_url, key)
        if self._calls is None:  # else there may be no call to make
            self._loading = asyncio.create_task(adapter.load())
        self._model = Metered(self._guarded(adapter), self.meter)

    async def finish(self, slug: str, whole: bool = True) -> None:
        """Say that an article is done with: its recording is written, and what it did not ask for dropped.

        An article that was not drafted to its end (not `whole`) keeps what is recorded of it.
        """
        if self._elsewhere is not None:
            await self._elsewhere.finish(slug, whole)
        elif self._recording is not None:
            self._recording.finish(slug, whole=whole)

    async def close(self) -> None:
        """Let go of connections, files and the server; an engine that was not started has none."""
        loading, self._loading = self._loading, None
        if loading is not None:
            await asyncio.gather(loading, return_exceptions=True)
        model, self._model = self._model, None
        server, self._server = self._server, None
        calls, self._calls = self._calls, None
        try:
            if model is not None:
                await model.close()  # and with it the cache
            elif calls is not None:
                calls.close()
            if self._recording is not None:
                self._recording.close()
        finally:
            if server is not None:
                server.stop()
            if calls is not None and calls.note is not None:
                self.notes = (calls.note,)
            if self.plan.replay is not None and self._recording is not None:
                self.notes = tuple(_unplayed(self._recording))

    async def _known(self, base_url: str | None) -> Called:
        """Return the model as far as it is known without asking it: its address, and what it is sent."""
        if self.plan.spec.kind != "local" or self.plan.replay is not None:
            return self._adapted(base_url, _key(self.plan.key_variable))
        server = self._server = _server(self.plan.spec, 1)
        server.check()
        await asyncio.to_thread(server.identify)
        return self._served(server)

    def _served(self, server: "LocalServer") -> "Served":
        from briefs.llm.served import Served  # noqa: PLC0415

        return Served(server, self.plan.way, self._adapted)

    def _guarded(self, adapter: Called) -> Model:
        if self.plan.replay is not None:
            return adapter  # nothing is spent
        if self._post is not None:  # which heeds the budget, over days
            return adapter if self._calls is None else Cached(adapter, self._calls, self._post)
        address = self._server.identity if self._server is not None else None
        budgeted = Budgeted(
            adapter,
            budget_of(self._settings),
            self.plan.price,
            address=address,
            reasoning_tokens=self.plan.way.reasoning_tokens,
        )
        return budgeted if self._calls is None else Cached(budgeted, self._calls)

    def _adapted(self, base_url: str | None, key: SecretStr | None) -> "Adapter":
        from briefs.llm.adapter import Adapter  # noqa: PLC0415 - its HTTP library is not for `briefs --help`

        settings, way, spec = self._settings, self.plan.way, self.plan.spec
        road = self._road(base_url)
        return Adapter(
            id=spec.id,
            provider=OPENAI if spec.kind == "local" else spec.provider,
            name=way.model,
            base_url=base_url,
            api_key=key,
            hidden=api_key(self.plan.key_variable) if self.plan.key_variable else None,
            timeout=settings.timeout,
            total=settings.total_time,
            attempts=1 if self.at_once else settings.attempts,
            concurrency=self.concurrency,
            limits=road.limits,
            transport=road.transport,
            send_store=way.send_store,
            temperature=way.temperature,
            tokens_field=way.tokens_field,
            form=road.form,
            stepped=road.stepped,
            apart=self.at_once,
        )

    def _road(self, base_url: str | None) -> _Road:
        """Return how calls travel: over the network, from or into a recording, or by post."""
        settings = self._settings
        limits = RateLimits(
            requests_per_minute=settings.requests_per_minute, tokens_per_minute=settings.tokens_per_minute
        )
        if (post := self._post) is not None:
            from briefs.llm.post_transport import PostTransport  # noqa: PLC0415

            return _Road(PostTransport(post), RateLimits(), post.form, post.stepped)
        if (recording := self._recording) is None:
            return _Road(None, limits)
        from briefs.llm.cassettes import CassetteTransport  # noqa: PLC0415
        from briefs.llm.transport import network  # noqa: PLC0415

        replayed = self.plan.replay is not None
        inner = None if replayed or base_url is None else network(base_url, connections=self.concurrency)
        form = Form(str(recording.info.parameters.get(SCHEMA_FORM, Form.BOUNDED)))
        return _Road(
            CassetteTransport(inner, recording),
            RateLimits() if replayed else limits,
            form,
            lambda to: recording.note(SCHEMA_FORM, to.value),
        )


def engine(  # noqa: PLR0913 - keywords, each with a meaning of its own
    settings: Settings,
    *,
    record: Path | None = None,
    replay: Path | None = None,
    prompts: Mapping[str, str] | None = None,
    calls: Calls | None = None,
    post: "Post | None" = None,
) -> Engine:
    """Return the engine that the settings name, not yet started.

    `record` and `replay` are folders of recorded calls; `prompts` are the versions of the prompts by name,
    noted in a recording. `calls` keeps finished calls, and is closed with the engine; a recording and its
    replay pass it by. With a `post`, calls are handed to it in place of the network, at the price of a batch.
    Raises ConfigError as `plan` does, for the offline engine, which has no model, for a model file that is
    not there, and where the clock stands before 1970: the library that numbers calls panics there.
    """
    if time.time() < 0:
        raise ConfigError("the machine's clock stands before 1970: no model can be asked; set the clock")
    chosen = plan(settings, record=record, replay=replay)
    if chosen.offline:
        raise ConfigError("offline: no model is asked; name one with --model")
    if chosen.spec.kind == "local" and replay is None:
        _server(chosen.spec, 1)  # the file is looked at; nothing is started
    if calls is not None and (record is not None or replay is not None):
        calls.close()
        calls = None
    if post is not None:
        chosen = chosen.by_batch()
    made = Engine(chosen, settings, _recording(chosen, prompts or {}), calls, post)
    if chosen.spec.kind == "provider":
        made.prepare()
    return made


def _recording(chosen: Plan, prompts: Mapping[str, str]) -> "Recording | None":
    folder = chosen.replay or chosen.record
    if folder is None:
        return None
    from briefs.llm.cassettes import Mode, Recording  # noqa: PLC0415 - vcrpy, where it is wanted

    if chosen.replay is not None:
        return Recording(folder, Mode.REPLAY)
    known: dict[str, Parameter] = {}
    with suppress(ConfigError):  # there is none yet
        before = RecordingInfo.read(folder)
        if before.model == chosen.spec.id and SCHEMA_FORM in before.parameters:
            known = {SCHEMA_FORM: before.parameters[SCHEMA_FORM]}
    way = chosen.way
    info = RecordingInfo(
        model=chosen.spec.id,
        parameters={
            "tokens_field": way.tokens_field,
            "temperature": way.temperature,
            "send_store": way.send_store,
            **known,
        },
        prompts=dict(prompts),
        tool_version=__version__,
    )
    return Recording(folder, Mode.RECORD, info)


def _unplayed(recording: "Recording") -> Iterator[str]:
    """Yield a line for each article of whose recorded calls the replay asked for fewer."""
    for slug, labels in sorted(recording.unplayed.items()):
        calls = "1 recorded call was" if len(labels) == 1 else f"{len(labels)} recorded calls were"
        named = "; ".join(str(label) for label in labels[:3]) + ("; …" if len(labels) > 3 else "")
        yield f"{recording.path(slug)}: {calls} not asked for ({named}); record it again to drop them"


def _key(variable: str | None) -> SecretStr | None:
    """Return the key for servers that we speak to ourselves; providers' packages read theirs on their own."""
    return api_key(variable) if variable in {OPENAI_KEY, SERVER_KEY} else None


def _server(spec: Spec, slots: int) -> "LocalServer":
    from briefs.llm.local import LocalOptions, LocalServer  # noqa: PLC0415

    return LocalServer(spec.name, LocalOptions(slots=slots))
