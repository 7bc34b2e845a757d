"""How long a connection may take over a request, and how many may take their time at once.

uvicorn waits for ever for the first byte, the last header and the rest of a body, and answers 503 to all
once enough connections are open: two hundred that say nothing would close the desk to people. Here a request
that is not whole in time ends its connection, and where too many wait, the one that has waited longest goes.
"""

import asyncio
from typing import ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 30.0
"""From the first byte that may come to the last that must; 256 KB at 9 KB a second."""
MOST_WAITING = 100
"""Connections without a whole request; a browser keeps six."""
_COMING = frozenset({h11.IDLE, h11.SEND_BODY})


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, with an end to its patience."""

    _waiting: ClassVar["dict[PatientProtocol, asyncio.TimerHandle]"] = {}
    """The longest waiting first."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and see whether more must."""
        super().data_received(data)
        self._look()

    def _look(self) -> None:
        """Go on waiting, begin to, or stop, as the state of the request says."""
        if self.transport.is_closing() or self.conn.their_state not in _COMING:
            self._rest()
            return
        if self in self._waiting:
            return
        while len(self._waiting) >= MOST_WAITING:
            next(iter(self._waiting))._give_up()
        self._waiting[self] = self.loop.call_later(SECONDS, self._give_up)

    def _rest(self) -> None:
        timer = self._waiting.pop(self, None)
        if timer is not None:
            timer.cancel()

    def _give_up(self) -> None:
        self._rest()
        self.transport.close()
