"""URL reader against a real server on this machine: addresses, redirects, time and size."""

import gzip
import socket
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from briefs.errors import InputError
from briefs.readers.dispatch import read
from briefs.readers.inputs import Input, load
from briefs.readers.url import Limits, fetch, is_own, is_public

SENTENCE = "Der Fährverkehr über den Fluß wurde am Montag eingestellt, teilte die Stadt mit. "
BOMB = gzip.compress(bytes(20_000_000), 1)
OPEN = Limits(seconds=5, most_bytes=200_000, allow_private=True)


class _Site(BaseHTTPRequestHandler):
    """A site with one misbehaving page a path."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        page = self.path.partition("?")[0].strip("/").replace("-", "_")
        getattr(self, f"page_{page}", self.page_missing)()

    def answer(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def page_missing(self) -> None:
        self.answer(b"no", status=404)

    def page_refused(self) -> None:
        self.answer(b"no", status=403)

    def page_article(self) -> None:
        agent = self.headers["User-Agent"]
        self.answer(f"{SENTENCE}{agent}".encode(), Content_Type="text/plain; charset=utf-8")

    def page_mislabelled(self) -> None:
        self.answer((SENTENCE * 3).encode(), Content_Type="text/plain; charset=iso-8859-1")

    def page_western(self) -> None:
        self.answer((SENTENCE * 3).encode("windows-1252"), Content_Type="text/plain; charset=latin1")

    def page_hop(self) -> None:
        self.answer(b"", status=302, Location="/article")

    def page_loop(self) -> None:
        self.answer(b"", status=302, Location="/loop")

    def page_to_file(self) -> None:
        self.answer(b"", status=302, Location="file:///etc/passwd")

    def page_bomb(self) -> None:
        self.answer(BOMB, Content_Encoding="gzip", Content_Type="text/plain")

    def page_packed(self) -> None:
        self.answer(gzip.compress(SENTENCE.encode()), Content_Encoding="gzip", Content_Type="text/plain")

    def page_announced(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "900000000")
        self.end_headers()

    def page_endless(self) -> None:
        self.stream(b"a" * 8192, 0)

    def page_dripping(self) -> None:
        self.stream(b"a", 0.05)

    def page_silent(self) -> None:
        time.sleep(3)

    def stream(self, piece: bytes, pause: float) -> None:
        """Send without end, until the other side has had enough."""
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for _ in range(100_000):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                time.sleep(pause)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay silent."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Run the site on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_page_is_fetched_with_an_honest_name(site: str) -> None:
    """Bytes, header and final address come back; the server is told who asks."""
    fetched = fetch(f"{site}/hop", OPEN)
    assert SENTENCE in fetched.data.decode()
    assert b"briefs/" in fetched.data
    assert fetched.url == f"{site}/article"


def test_load_takes_urls(site: str) -> None:
    """An address is loaded like a file, with the time at which it was."""
    loaded = load(Input("x", f"{site}/article", "url"), allow_private=True)
    assert loaded.content_type == "text/plain; charset=utf-8"
    assert loaded.retrieved is not None
    assert loaded.retrieved.endswith("+00:00")


@pytest.mark.parametrize(("page", "noted"), [("mislabelled", True), ("western", False), ("packed", False)])
def test_charset_of_the_header_is_checked_against_the_bytes(site: str, page: str, noted: bool) -> None:
    """A header that names the wrong charset does not spoil the text, and is told."""
    fetched = fetch(f"{site}/{page}", OPEN)
    reading = read(fetched.data, "page.txt", fetched.content_type)
    assert "Fährverkehr über den Fluß" in reading.text
    assert bool(reading.notes) == noted


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("nothing", "there is no page (status 404)"),
        ("refused", "the server refuses (status 403)"),
        ("loop", "redirects more than 5 times"),
        ("to-file", "other than an http(s) address"),
        ("bomb", "is larger than"),
        ("announced", "is larger than"),
        ("endless", "is larger than"),
    ],
)
def test_misbehaving_server_gives_one_clear_line(site: str, page: str, reason: str) -> None:
    """Whatever a server does, the answer is one line that names the address, the reason and what to do."""
    with pytest.raises(InputError) as caught:
        fetch(f"{site}/{page}", OPEN)
    assert reason in str(caught.value)
    assert str(caught.value).startswith(f"{site}/{page}: ")


@pytest.mark.timeout(60)
@pytest.mark.parametrize("page", ["dripping", "silent"])
def test_time_is_bounded_whatever_the_server_does(site: str, page: str) -> None:
    """A server that sends a byte now and then, or nothing, holds us no longer than the time allowed."""
    with pytest.raises(InputError, match="took longer than 1 seconds"):
        fetch(f"{site}/{page}", OPEN._replace(seconds=1))


def test_private_addresses_are_refused(site: str) -> None:
    """Without the test's permission nothing on this machine or its network is fetched."""
    for url in (site, "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0x7f.1/"):
        with pytest.raises(InputError, match=r"private address|not known"):
            fetch(url, Limits(seconds=5))


def test_redirect_to_a_private_address_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every hop is checked: a public page cannot send us to a private one."""
    real = socket.getaddrinfo
    port = int(site.rpartition(":")[2])
    asked: list[str] = []

    def resolve(host: str, *arguments: object, **options: object) -> list[object]:
        asked.append(host)
        return list(real("127.0.0.1", *arguments, **options))  # type: ignore[arg-type]

    checked = iter([True, False])
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr("briefs.readers.url.is_public", lambda _: next(checked))
    monkeypatch.setattr("briefs.readers.url.is_own", lambda _: False)
    with pytest.raises(InputError, match="leads to a private address"):
        fetch(f"http://news.example:{port}/hop", Limits(seconds=5))
    # The name is resolved by us once a hop; the connection goes to the address that was checked.
    assert [host for host in asked if host == "news.example"] == ["news.example", "news.example"]


def test_this_machine_is_refused_by_its_public_address_too(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that listens on all addresses is not meant for whoever wrote the manifest."""
    monkeypatch.setattr("briefs.readers.url.is_public", lambda _: True)
    with pytest.raises(InputError, match="leads to this machine"):
        fetch(f"{site}/article", Limits(seconds=5))


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("127.0.0.1", True),
        # Of several addresses in one network, the way to each begins at the first (Linux alone has all of 127/8).
        pytest.param("127.0.0.5", True, marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux")),
        ("93.184.216.34", False),
        ("::2", False),
    ],
)
def test_an_address_of_this_machine_is_known(address: str, own: bool) -> None:
    """Where there is no way to an address, as in a network without IPv6, it is another's."""
    assert is_own(address) is own


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_and_private_addresses_are_told_apart(address: str, public: bool) -> None:
    """Loopback, private, link-local, shared, reserved and tunnelled addresses are not public."""
    assert is_public(address) == public


@pytest.mark.parametrize(
    "url", ["ftp://post.example/a", "file:///etc/passwd", "http://", "http://u:p@post.example/"]
)
def test_other_addresses_are_refused(url: str) -> None:
    """Only plain http(s) addresses are fetched, and a password is never shown."""
    with pytest.raises(InputError) as caught:
        fetch(url, Limits(seconds=5))
    assert "u:p" not in str(caught.value)
