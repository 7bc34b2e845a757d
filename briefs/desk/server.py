"""Serves a desk until it is told to end: one process, its pages made by threads."""

import asyncio
import logging
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import uvicorn

from briefs.desk.app import Serving, create_app
from briefs.desk.patience import PatientProtocol
from briefs.desk.peer import End, Peer
from briefs.desk.security import PEER, Keys, is_loopback
from briefs.errors import ConfigError

_IDLE = 30
"""Seconds that a connection without a request stays open."""
_AT_ONCE = 200
"""Connections at once."""
_LAST_ANSWERS = 5
"""Seconds that requests under way have when the desk ends."""


class Address(NamedTuple):
    """Where a desk is served: its listening socket and the URL that people open."""

    listening: socket.socket
    host: str
    port: int

    @property
    def url(self) -> str:
        """Return the address for a browser."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "") else "[::1]" if self.host == "::" else self.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{self.port}/"


def listen(host: str, port: int) -> Address:
    """Take a port, any free one for 0; raises ConfigError where it is taken or the address is not ours."""
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    # The protocol is named: only then does asyncio send at once (TCP_NODELAY); else a page takes 40 ms more.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # A port that the desk has just left is ours again at once; one that is served stays refused.
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((bare, port))
        found.listen(128)
    except OverflowError as error:
        found.close()
        raise ConfigError(f"--port {port}: is no port; choose one from 0 to 65535") from error
    except OSError as error:
        found.close()
        raise ConfigError(f"{host}:{port}: {_reason(error, port)}") from error
    return Address(found, host, int(found.getsockname()[1]))


def _reason(error: OSError, port: int) -> str:
    if isinstance(error, socket.gaierror):
        return "no address of that name; choose another --host"
    if isinstance(error, PermissionError):
        return "not allowed; choose a port of 1024 or more"
    if error.strerror == "Address already in use":
        return (
            f"the port is taken, perhaps by another desk; choose another --port (0: any free one, not {port})"
        )
    return f"cannot be served on ({error.strerror or error}); choose another --host or --port"


def serve(
    folder: Path, address: Address, keys: Keys, names: tuple[str, ...], ready: Callable[[], None]
) -> None:
    """Serve a folder's desk until SIGINT or SIGTERM; what is to be written is written before it returns.

    Raises ConfigError or DeskError where it cannot be started.
    """
    app = create_app(folder, keys, Serving(address.host, address.port, names))
    config = uvicorn.Config(
        app,
        log_config=None,  # nothing that a request holds goes into a log
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        timeout_keep_alive=_IDLE,
        limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=_LAST_ANSWERS,
        h11_max_incomplete_event_size=32 * 1024,
        ws="none",
        http=_Protocol,
    )
    logging.getLogger("uvicorn.error").disabled = True  # it tells what goes wrong at the start by a traceback
    try:
        _Server(config, ready).run(sockets=[address.listening])
    except SystemExit as error:
        raise app.state.refused or ConfigError(f"{folder}: the desk cannot be started") from error


class _Protocol(PatientProtocol):
    """A connection whose requests say who has made it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        client, server = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
        if client and server:  # else it has ended already
            self.app_state = {**self.app_state, PEER: Peer(End(*client[:2]), End(*server[:2]))}


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def show(url: str) -> None:
    """Open an address in the person's browser, if there is one."""
    webbrowser.open(url)


def needs_token(host: str) -> bool:
    """Tell whether a desk at an address can be reached by others than this machine's user."""
    return not is_loopback(host)
