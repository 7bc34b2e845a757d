"""A web server that answers with any bytes, and a resolver that knows no other: to fuzz the URL reader."""

import gzip
import socket
import threading
from functools import cache

from benchmarks.fuzz_properties import check_article
from briefs.readers.url import Limits, fetch

_HOST = "127.0.0.1"
_LIMITS = Limits(seconds=5, most_bytes=2_000_000, allow_private=True)


class _Answering:
    """Sends one answer, whatever is asked, and hangs up."""

    def __init__(self) -> None:
        self.answer = b""
        self._socket = socket.create_server((_HOST, 0), backlog=64)
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                connection.settimeout(5)
                try:
                    connection.recv(65_536)
                    connection.sendall(self.answer)
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(65_536):  # until the reader has had enough
                        pass
                except OSError:
                    continue


@cache
def _server() -> _Answering:
    server = _Answering()
    real = socket.getaddrinfo

    def only_here(*asked: object, **_: object) -> object:
        # An answer may redirect anywhere: no other server of this machine or of the world is asked.
        port = asked[1]
        if port != server.port:
            raise socket.gaierror("no such host")
        return real(_HOST, server.port, type=socket.SOCK_STREAM)

    socket.getaddrinfo = only_here  # type: ignore[assignment]
    return server


def run_url(data: bytes) -> None:
    """Fetch an address whose server answers with `data`, and read what came."""
    server = _server()
    server.answer = data
    fetched = fetch(f"http://news.example:{server.port}/a", _LIMITS)
    check_article(fetched.data, "http://news.example/a", fetched.content_type, fetched.url)


def url_seeds() -> list[bytes]:
    """Return answers of servers that behave."""
    page = b"The council closed three of its five ferry lines on Monday, said the mayor. " * 4
    packed = gzip.compress(page)
    return [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
        % len(page)
        + page,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + packed,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(page), page),
        b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.0 404 Not Found\r\n\r\nno",
    ]
