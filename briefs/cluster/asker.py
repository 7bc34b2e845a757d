"""The one actor that asks the model, for a whole cluster: client, limits of a minute, cassettes.

Budget, call cache and meter stand in front of it in the driver, which alone asks it; the user's disk is the
driver's too. So what is recorded of an article comes with its calls, and what is new goes back with the
replies: nothing lies on the disk of the machine that calls are made from. The key is handed over in a call,
never in what Ray keeps of an actor.
"""

import asyncio
import os
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from pydantic import SecretStr

from briefs.cluster.make import make
from briefs.cluster.reader import Introduction, Machine, fall_silent
from briefs.config import Settings
from briefs.errors import BriefsError, ReplayError
from briefs.llm import exchange
from briefs.llm.engines import Engine
from briefs.llm.exchange import ArticleRef
from briefs.llm.plan import Plan
from briefs.llm.port import Reply, Request
from briefs.llm.recording import RecordingInfo
from briefs.llm.served import NotLoadedError

_WINDOW = 61.0
"""Seconds after which no call of a lost actor counts for a limit of a minute any more."""


class Told(NamedTuple):
    """All that the actor must know of a run but the key."""

    plan: Plan
    settings: Settings
    info: RecordingInfo | None = None
    """What the recording says of itself, where calls are recorded or replayed."""
    after_another: bool = False
    """Another actor was lost, and its calls of the last minute count for the limits."""


class Held(NamedTuple):
    """A file of a recording, as it is on the driver's disk."""

    path: Path
    text: str | None
    """None where there is none."""


class Answer(NamedTuple):
    """What came of a call."""

    reply: Reply | None
    stopped: tuple[str, str] | None = None
    """Name and message of the error that stops the article or the run."""
    written: tuple[Held, ...] = ()
    """Files of the recording that have changed."""


class Finished(NamedTuple):
    """What came of an article's recording."""

    written: tuple[Held, ...]
    unplayed: tuple[tuple[str, ...], ...]
    """Labels of recorded calls that nothing asked for."""
    trouble: str | None = None


class CarriedShelf:
    """The files of a recording in memory: those that came with calls, and those that are new."""

    def __init__(self) -> None:
        self.files: dict[Path, str | None] = {}
        self._changed: dict[Path, str] = {}

    def read(self, path: Path) -> str | None:
        """Return a file's text; one that has not come is not there."""
        return self.files.get(path)

    def write(self, path: Path, text: str) -> None:
        """Put a text in the place of a file, to be sent back where it is another one."""
        if self.files.get(path) != text:
            self.files[path] = self._changed[path] = text

    def changes(self) -> tuple[Held, ...]:
        """Return what was written since this was last asked."""
        changed, self._changed = self._changed, {}
        return tuple(Held(path, text) for path, text in changed.items())


class Asker:
    """Asks the model; an actor by what `briefs.cluster.model` makes of it."""

    def __init__(self) -> None:
        fall_silent()
        self._shelf = CarriedShelf()
        self._engine: Engine | None = None
        self._starting = asyncio.Lock()
        self._not_before = 0.0
        self._under_way: set[asyncio.Task[Answer]] = set()

    async def introduce(self) -> Introduction:
        """Return who is there, before a key or anything of an article is sent."""
        return Introduction(make(), Machine.here())

    async def open(self, told: Told, key: SecretStr | None) -> str | None:
        """Put the client together; return why it cannot be."""
        limited = told.settings.requests_per_minute or told.settings.tokens_per_minute
        if told.after_another and limited:
            self._not_before = asyncio.get_running_loop().time() + _WINDOW
        try:
            self._engine = self._made(told, key)
        except BriefsError as error:
            return str(error)
        return None

    async def ask(self, article: ArticleRef | None, request: Request, held: Held | None) -> Answer:
        """Make one call; `held` is the article's cassette, with its first call."""
        task = asyncio.create_task(self._asked(article, request, held))
        self._under_way.add(task)
        try:
            return await task
        finally:
            self._under_way.discard(task)

    async def _asked(self, article: ArticleRef | None, request: Request, held: Held | None) -> Answer:
        engine = self._engine
        if engine is None:
            raise RuntimeError("the actor is not opened")
        if held is not None:
            self._shelf.files.setdefault(held.path, held.text)
        await _pause(max(0.0, self._not_before - asyncio.get_running_loop().time()))
        try:
            async with self._starting:
                await engine.start()
            with nullcontext() if article is None else exchange.article(article):
                reply = await engine.model.ask(request)
            engine.meter.taken(article.slug if article else "")  # the driver's counts, and this one forgets
            return Answer(reply, None, self._shelf.changes())
        except ReplayError as error:
            return Answer(None, ("replay", str(error)))
        except NotLoadedError as error:
            return Answer(None, ("load", str(error)))
        except BriefsError as error:
            return Answer(None, ("start", str(error)))

    async def finish(self, slug: str, whole: bool) -> Finished:
        """Return what is left to write of an article's recording, and forget it."""
        engine = self._engine
        recording = engine.recording if engine is not None else None
        if engine is None or recording is None:
            return Finished((), ())
        trouble = None
        try:
            await engine.finish(slug, whole=whole)
        except BriefsError as error:
            trouble = str(error)
        unplayed = tuple(tuple(label) for label in recording.unplayed.pop(slug, ()))
        changes = self._shelf.changes()
        self._shelf.files.pop(recording.path(slug), None)
        return Finished(changes, unplayed, trouble)

    async def close(self) -> tuple[Held, ...]:
        """Give up what is under way, let go of connections and of a model's server; return what to write."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._engine is not None:
            await self._engine.close()
        return self._shelf.changes()

    def _made(self, told: Told, key: SecretStr | None) -> Engine:
        if key is not None and told.plan.key_variable is not None:
            os.environ[told.plan.key_variable] = key.get_secret_value()
        recording = None
        if told.info is not None:
            from briefs.llm.cassettes import Mode, Recording  # noqa: PLC0415 - vcrpy, where it is wanted

            mode = Mode.RECORD if told.plan.replay is None else Mode.REPLAY
            folder = told.plan.record or told.plan.replay or Path()
            recording = Recording(folder, mode, told.info, self._shelf)
        engine = Engine(told.plan, told.settings, recording)
        if told.plan.spec.kind == "provider":
            engine.prepare()
        return engine


async def _pause(seconds: float) -> None:
    await asyncio.sleep(seconds)
