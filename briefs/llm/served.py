"""A model file that is loaded by the first call that is really made: where all are kept, none is loaded."""

import asyncio
from collections.abc import Callable

from pydantic import SecretStr

from briefs.errors import ConfigError
from briefs.llm.cached import Called
from briefs.llm.local import LocalServer
from briefs.llm.payload import Dialect, body
from briefs.llm.port import Reply, Request


class NotLoadedError(ConfigError):
    """A model file could not be loaded: no call of the run will do better, so the run ends."""


class Served:
    """A model file behind the port: `adapted` makes the adapter to its server from base URL and key.

    The server belongs to whoever made it, and is stopped there.
    """

    def __init__(
        self, server: LocalServer, way: Dialect, adapted: Callable[[str, SecretStr], Called]
    ) -> None:
        self._server = server
        self._way = way
        self._adapted = adapted
        self._model: Called | None = None
        self._failure: str | None = None
        self._starting = asyncio.Lock()

    @property
    def id(self) -> str:
        """Return what `drafted_by` says."""
        return self._server.id

    @property
    def address(self) -> str:
        """Return the hash of the file, which must have been taken: the model under any name."""
        return self._server.identity

    def body(self, request: Request) -> str:
        """Return what is sent for `request`, as canonical JSON."""
        return body(request, self._way)

    async def ask(self, request: Request) -> Reply:
        """Return the reply; raises NotLoadedError when the model cannot be loaded."""
        return await (await self._loaded()).ask(request)

    async def close(self) -> None:
        """Close the connections to the server."""
        model, self._model = self._model, None
        if model is not None:
            await model.close()

    async def _loaded(self) -> Called:
        async with self._starting:
            if self._failure is not None:
                raise NotLoadedError(self._failure)
            if self._model is None:
                try:
                    await asyncio.to_thread(self._server.start)
                except ConfigError as error:
                    self._failure = str(error)
                    raise NotLoadedError(self._failure) from None
                self._model = self._adapted(self._server.base_url, self._server.api_key)
            return self._model
