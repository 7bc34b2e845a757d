"""The driver's side of the one actor that asks the model: started again when it is lost, its files written.

A call that was under way when the actor was lost is made once more; replies that are there are never asked
for again. The new actor waits out the minute of the old one's calls where there are limits.
"""

import asyncio
from contextlib import suppress
from typing import Any

from briefs.cluster.asker import Answer, Asker, Finished, Held, Told
from briefs.cluster.connection import Cluster
from briefs.cluster.losses import NotLoadableError, result_of
from briefs.cluster.reader import Introduction, Machine
from briefs.cluster.site import check, not_loadable
from briefs.config import api_key
from briefs.errors import ConfigError, ReplayError
from briefs.llm import exchange
from briefs.llm.cached import Called
from briefs.llm.engines import Engine
from briefs.llm.port import CallFailure, FailureKind, Reply, Request
from briefs.llm.served import NotLoadedError
from briefs.llm.transport import is_loopback
from briefs.pipeline.worker import WorkerLostError

_LIVES = 5
"""Actors that a run may lose before its calls are given up."""
_CLOSING = 5.0
"""Seconds that the actor has to let go of its connections."""


class AskerElsewhere:
    """Makes an engine's calls in an actor; what `Engine.move` wants."""

    def __init__(self, cluster: Cluster, engine: Engine) -> None:
        self._cluster, self._engine = cluster, engine
        self._asker = cluster.ray.remote(Asker)
        self._actor: Any = None
        self._lives = 0
        self._opening = asyncio.Lock()
        self._brought: set[str] = set()
        """Articles whose cassettes the actor has."""
        self._torn: set[str] = set()
        """Articles of which a lost actor made calls: this one does not know that they were asked for."""

    async def start(self, known: Called) -> Called:
        """Return a model whose calls the actor makes; raises ConfigError where it cannot."""
        await self._opened()
        return _Remote(self, known)

    async def ask(self, request: Request) -> Reply:
        """Return the reply; raises ReplayError and NotLoadedError."""
        article = exchange.current_article()
        while True:
            try:
                actor = await self._opened()
            except _GivenUpError:
                return Reply(failure=_given_up())
            held = self._held(article.slug) if article is not None else None
            try:
                answer: Answer = await result_of(actor.ask.remote(article, request, held))
            except WorkerLostError:
                await self._lost(actor)
                continue
            self._write(answer.written)
            if answer.reply is not None:
                return answer.reply
            raise _error(answer)

    async def finish(self, slug: str, whole: bool) -> None:
        """Write what is left of an article's recording; raises ConfigError when it cannot be written."""
        recording = self._engine.recording
        if recording is None:
            return
        try:
            actor = await self._opened()
            whole = whole and slug not in self._torn
            finished: Finished = await result_of(actor.finish.remote(slug, whole))
        except (WorkerLostError, _GivenUpError):  # every call that it made is written
            return
        finally:
            self._brought.discard(slug)
            self._torn.discard(slug)
        if finished.trouble is not None:
            raise ConfigError(finished.trouble)
        self._write(finished.written)
        if finished.unplayed:
            from briefs.llm.cassette_file import Label  # noqa: PLC0415 - vcrpy

            recording.unplayed[slug] = tuple(Label(*each) for each in finished.unplayed)

    async def close(self) -> None:
        """Have the actor let go of what it holds, and stop it."""
        actor, self._actor = self._actor, None
        if actor is None:
            return
        try:
            with suppress(TimeoutError, WorkerLostError):
                async with asyncio.timeout(_CLOSING):
                    self._write(await result_of(actor.close.remote()))
        finally:
            with suppress(Exception):  # there may be no cluster any more
                self._cluster.ray.kill(actor)

    async def _opened(self) -> Any:
        async with self._opening:
            while self._actor is None:
                if self._lives >= _LIVES:
                    raise _GivenUpError
                self._lives += 1
                with suppress(WorkerLostError):
                    self._actor = await self._new()
            return self._actor

    async def _new(self) -> Any:
        """Start an actor where this driver is, and tell it what it must know."""
        strategies = self._cluster.ray.util.scheduling_strategies
        here = self._cluster.ray.get_runtime_context().get_node_id()
        actor = self._asker.options(
            num_cpus=0,
            max_restarts=0,
            max_task_retries=0,
            max_concurrency=10_000,
            scheduling_strategy=strategies.NodeAffinitySchedulingStrategy(here, soft=False),
        ).remote()
        try:
            there: Introduction = await result_of(actor.introduce.remote())
        except NotLoadableError as error:
            raise not_loadable(error) from None
        check(there)
        self._check_place(there.machine)
        plan = self._engine.plan
        settings = self._engine.settings.model_copy(update={"budget_tokens": None, "budget_cost": None})
        recording = self._engine.recording
        told = Told(plan, settings, recording.info if recording else None, self._lives > 1)
        key = api_key(plan.key_variable) if plan.key_variable is not None else None
        trouble = await result_of(actor.open.remote(told, key))
        if trouble is not None:
            raise ConfigError(trouble)
        self._torn |= self._brought
        self._brought.clear()
        return actor

    def _check_place(self, there: Machine) -> None:
        """Refuse what means this computer where calls are made from another one."""
        plan = self._engine.plan
        if plan.replay is not None or there == Machine.here():
            return
        if plan.spec.kind == "local":
            raise ConfigError(f"--on: {plan.spec.id} is a file here, and calls are made from {there.name}")
        if plan.spec.base_url is not None and is_loopback(plan.spec.base_url):
            raise ConfigError(
                f"--on: {plan.spec.base_url} means another computer on {there.name}, where calls are made "
                "from; give --base-url an address that the cluster reaches"
            )

    async def _lost(self, actor: Any) -> None:
        async with self._opening:
            if self._actor is actor:
                self._actor = None

    def _held(self, slug: str) -> Held | None:
        recording = self._engine.recording
        if recording is None or slug in self._brought:
            return None
        self._brought.add(slug)
        path = recording.path(slug)
        try:
            return Held(path, recording.shelf.read(path))
        except (OSError, UnicodeDecodeError) as error:
            why = f"not a whole cassette ({type(error).__name__})"
            raise ReplayError(f"{path}: {why}; delete it and record the article again") from error

    def _write(self, written: tuple[Held, ...]) -> None:
        recording = self._engine.recording
        if recording is None:
            return
        for path, text in written:
            try:
                recording.shelf.write(path, text or "")
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise ConfigError(
                    f"{path.parent}: cannot be written ({reason}); choose another folder with --record"
                ) from error


class _Remote:
    """The model within an engine, asked in the actor; implements what `briefs.llm.cached` calls a model."""

    def __init__(self, asker: AskerElsewhere, known: Called) -> None:
        self._asker, self._known = asker, known

    @property
    def id(self) -> str:
        """Return what `drafted_by` says."""
        return self._known.id

    @property
    def address(self) -> str:
        """Return where calls go."""
        return self._known.address

    def body(self, request: Request) -> str:
        """Return what is sent for a request."""
        return self._known.body(request)

    async def ask(self, request: Request) -> Reply:
        """Return the reply; raises ReplayError and NotLoadedError."""
        return await self._asker.ask(request)

    async def close(self) -> None:
        """Stop the actor."""
        await self._asker.close()


class _GivenUpError(Exception):
    """Too many actors were lost."""


def _given_up() -> CallFailure:
    message = f"the process that asks the model was lost {_LIVES} times; this part is the offline draft"
    return CallFailure(kind=FailureKind.UNREACHABLE, message=message)


def _error(answer: Answer) -> Exception:
    kind, message = answer.stopped or ("", "")
    if kind == "replay":
        return ReplayError(message)
    return NotLoadedError(message) if kind == "load" else ConfigError(message)
