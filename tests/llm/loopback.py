"""What a server of the tests on loopback has whatever it answers: a free port, a thread, connections to cut."""

import socket
import ssl
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

JSON = ("content-type", "application/json")


class Loopback:
    """A real HTTP server in a thread of its own, a context; its handlers find it as `self.server.owner`."""

    def __init__(
        self, handler: "type[LoopbackHandler]", port: int = 0, tls: ssl.SSLContext | None = None
    ) -> None:
        """Take a port, or 0 for one that the system chooses; with `tls` it speaks HTTPS."""
        self._scheme = "http" if tls is None else "https"
        self._http = _Server(self, handler, port)
        if tls is not None:
            self._http.socket = tls.wrap_socket(self._http.socket, server_side=True)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        """Return the port."""
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """Return the base URL for `--base-url`."""
        return f"{self._scheme}://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a client that keeps its connection open would keep the test waiting
    request_queue_size = 128

    def __init__(self, owner: Loopback, handler: "type[LoopbackHandler]", port: int) -> None:
        self.owner: Any = owner
        super().__init__(("127.0.0.1", port), handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that go away, and handshakes that fail, are what is tested."""


class LoopbackHandler(BaseHTTPRequestHandler):
    """What handlers share; `serve` answers a request, whatever its method."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def serve(self, raw: bytes) -> None:
        """Answer a request with this body."""
        raise NotImplementedError

    def begin(self, status: int, length: int, headers: tuple[tuple[str, str], ...] = (JSON,)) -> None:
        """Send the head of an answer of so many bytes."""
        self.send_response(status)
        for name, value in (*headers, ("content-length", str(length))):
            self.send_header(name, value)
        self.end_headers()

    def put(self, data: bytes) -> None:
        """Send bytes of an answer at once."""
        self.wfile.write(data)
        self.wfile.flush()

    def reset(self) -> None:
        """Cut the connection off."""
        # Without lingering, closing sends a reset instead of an orderly end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        self.serve(self.rfile.read(int(self.headers.get("content-length", "0"))))

    do_POST = do_DELETE = do_GET  # noqa: N815 - names that the library looks for
