"""URL reader against forged requests: whatever a page or a resolver says, nothing of this machine is asked.

Two real servers on this machine, one taken for a public one; the resolver is ours and may change its mind.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

import pytest

from briefs.errors import InputError
from briefs.readers import url
from briefs.readers.url import Limits, fetch

PUBLIC, PRIVATE = "127.0.0.2", "127.0.0.1"
STRICT = Limits(seconds=5)


class Server:
    """Answers every request with the same bytes, slowly if asked to, and counts requests."""

    def __init__(self, host: str, port: int = 0) -> None:
        """Listen."""
        self._socket = socket.create_server((host, port))
        self.port = int(self._socket.getsockname()[1])
        self.answer = b""
        self.pause = 0.0
        self.asked: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                self._one(connection)

    def _one(self, connection: socket.socket) -> None:
        try:
            self.asked.append(connection.recv(65_536))
            for at in range(0, len(self.answer), 1 if self.pause else 65_536):
                connection.sendall(self.answer[at : at + (1 if self.pause else 65_536)])
                time.sleep(self.pause)
        except OSError:
            return

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()


class Both(NamedTuple):
    """A server that counts as public, and one of this machine on the same port."""

    public: Server
    private: Server


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Iterator[Both]:
    """Run both servers; every unknown name leads to the public one."""
    try:
        public = Server(PUBLIC)
    except OSError:
        pytest.skip("this system has one loopback address")
    private = Server(PRIVATE, public.port)
    known, real = url.is_public, socket.getaddrinfo
    monkeypatch.setattr(url, "is_public", lambda address: address == PUBLIC or known(address))
    monkeypatch.setattr(url, "is_own", lambda address: address != PUBLIC)

    def resolve(host: str, *arguments: object, **named: object) -> object:
        found = PUBLIC if host.endswith(".example") else host
        return real(found, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    yield Both(public, private)
    public.close()
    private.close()


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{}/", "http://localhost:{}/", "http://127.1:{}/", "http://0x7f000001:{}/", "http://2130706433:{}/",
        "http://0177.0.0.1:{}/", "http://0:{}/", "http://[::1]:{}/", "http://[::]:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://[fc00::1]/",
        "http://[fec0::1]/", "http://[64:ff9b::7f00:1]/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://127.0.0.1.:{}/",
        "http://127.0.0.1:{}\\@news.example/", "http://127.0.0.1:{}#@news.example/", "http://u:p@127.0.0.1:{}/", "//[x", "http://[::1",
        "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "javascript:alert(1)", "http://a:99999/", "http://127.0.0.1:{}/\r\nX: y",
    ],
)  # fmt: skip
def test_no_redirect_leads_to_this_machine(both: Both, location: str) -> None:
    """However a redirect spells a private address, or another scheme, the server there is never asked."""
    target = location.replace("{}", str(both.private.port)).encode()
    both.public.answer = b"HTTP/1.1 302 Found\r\nLocation: " + target + b"\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(InputError) as caught:
        fetch(f"http://news.example:{both.public.port}/", STRICT)
    assert both.private.asked == []
    assert len(both.public.asked) == 1
    assert len(str(caught.value)) < 400


def test_a_name_that_changes_its_address_gains_nothing(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was checked, and the next hop's address is checked again."""
    answers = iter([PUBLIC, PRIVATE, PRIVATE, PRIVATE])
    real = socket.getaddrinfo

    def rebinding(host: str, *arguments: object, **named: object) -> object:
        found = next(answers) if host == "news.example" else host
        return real(found, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    both.public.answer = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(InputError, match="leads to a private address"):
        fetch(f"http://news.example:{both.public.port}/", STRICT)
    assert len(both.public.asked) == 1
    assert both.private.asked == []
    assert b"Host: news.example:" in both.public.asked[0]


def test_a_name_with_a_private_address_among_public_ones_is_refused(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even the public one of several addresses is asked."""
    entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    found = [(*entry, (each, both.public.port)) for each in (PUBLIC, PRIVATE)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(InputError, match="leads to a private address"):
        fetch(f"http://news.example:{both.public.port}/", STRICT)
    assert both.public.asked == both.private.asked == []


def test_proxies_of_the_environment_and_cookies_are_not_used(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy would resolve names elsewhere; a cookie of the first hop is not sent to the second."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://{PRIVATE}:{both.private.port}")
    both.public.answer = b"HTTP/1.1 302 F\r\nSet-Cookie: a=b\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(InputError, match="redirects more than"):
        fetch(f"http://news.example:{both.public.port}/", STRICT)
    assert both.private.asked == []
    assert not any(b"ookie" in request for request in both.public.asked)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "deflate, gzip, gzip, gzip, gzip", "x"])
def test_what_was_not_asked_for_is_not_unpacked(both: Both, coding: str) -> None:
    """Only one layer of gzip or deflate is asked for and read: what bombs are packed in is refused."""
    both.public.answer = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\nabc".encode()
    with pytest.raises(InputError, match="packed in a way that was not asked for"):
        fetch(f"http://news.example:{both.public.port}/", STRICT)


@pytest.mark.parametrize("length", [b"\xb2", b"-1", b"9" * 5000, b"\xd9\xa3"])
def test_a_length_that_is_none_is_no_fault_of_ours(both: Both, length: bytes) -> None:
    """Whatever a server writes for a number is read, or told in one line."""
    both.public.answer = b"HTTP/1.1 200 OK\r\nContent-Length: " + length + b"\r\n\r\nThe boats stopped."
    with suppress(InputError):
        assert b"boats" in fetch(f"http://news.example:{both.public.port}/", STRICT).data


def test_a_header_that_never_ends_leaves_nothing_behind(both: Both) -> None:
    """A server that sends a byte of its header now and then is cut off: no thread and no socket stays."""
    both.public.answer, both.public.pause = b"HTTP/1.1 200 OK\r\nA: " + b"b" * 10_000, 0.05
    with pytest.raises(InputError, match="took longer than"):
        fetch(f"http://news.example:{both.public.port}/", Limits(seconds=0.5))
    until = time.monotonic() + 10
    while any(each.name == "fetch" for each in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_an_address_is_shown_as_what_it_is() -> None:
    """A host behind "#" or a backslash is not shown as the one that is asked."""
    for typed in ("http://127.0.0.1#@news.example/", "http://127.0.0.1\\@news.example/"):
        with pytest.raises(InputError, match=r"^http://127\.0\.0\.1"):
            fetch(typed, STRICT)
