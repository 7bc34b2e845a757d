"""URL: fetch one public page, and nothing that a page could trick us into fetching.

Every hop's host is resolved here, refused unless all its addresses are public and another machine's, and
connected to at the very address that was checked, so that a name that resolves differently a moment later
gains nothing. TLS still verifies the host's name. Proxies of the environment are not used: they would resolve
names elsewhere.
"""

import ipaddress
import re
import socket
import ssl
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import urljoin

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    LocationParseError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Timeout, Url, parse_url

from briefs.errors import InputError

_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 5
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 15.0
_PIECE = 65536
_HEADERS = {
    "User-Agent": "briefs/0.1 (fact-check briefs for newsrooms; fetches one page at a person's request)",
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_TUNNELS = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""IPv6 networks that carry an IPv4 address inside (RFC 6052, 8215, 3056, 4380): it could be private."""
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out to the public internet (RFC 4291, section 2.4; IANA's registry)."""
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")))
"""Given out for other ends, and not known as such to Python 3.11 (RFC 6890, 7526, 9637)."""
_CODINGS = frozenset(("", "identity", "gzip", "x-gzip", "deflate"))
"""What we ask for; a server that sends anything else sends bytes that nobody here would unpack."""
_LONGEST_NAME = 100
"""Characters of a host's name shown in a message."""
_AUTHORITY = re.compile(r"[^/?#\\]*")
_SAVE = "save the page from a browser and give the file"
_CHECK = "check the address"


class Limits(NamedTuple):
    """How long a fetch may take in all, how much it may bring, and whether it may go to private addresses."""

    seconds: float = 30.0
    most_bytes: int = 50 * 1024 * 1024
    """After decompression."""
    allow_private: bool = False
    """For tests against a server on this machine; never set it from what an article or a page says."""


class Fetched(NamedTuple):
    """A page's bytes, its Content-Type header and the address it came from after redirects."""

    data: bytes
    content_type: str | None
    url: str


_DEFAULT = Limits()


def fetch(url: str, limits: Limits = _DEFAULT) -> Fetched:
    """Return what stands at an http(s) address.

    Raises InputError for other schemes, private addresses and this machine's (also behind a redirect),
    servers that refuse, do not answer in time or never end, and pages over the limit.
    """
    # A thread, because no socket timeout bounds a server that sends one byte a second, nor the resolver.
    job = _Job(url, limits)
    worker = threading.Thread(target=job.run, name="fetch", daemon=True)
    worker.start()
    worker.join(limits.seconds)
    if worker.is_alive():
        job.cut_off()
        raise job.too_long()
    if job.error is not None:
        raise job.error
    if job.fetched is None:
        raise InputError(_shown(url), "could not be fetched", _SAVE)
    return job.fetched


class _Plain(HTTPConnection):
    """A connection that leaves a second handle of its socket with the job, to be cut off by."""

    def __init__(self, *given: Any, opened: list[socket.socket], **named: Any) -> None:
        super().__init__(*given, **named)
        self._opened = opened

    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        self._opened.append(made.dup())  # TLS takes the socket itself over
        return made


class _Secure(_Plain, HTTPSConnection):
    """The same with TLS."""


class _Job:
    """One fetch with all its redirects; run in a thread of its own."""

    def __init__(self, url: str, limits: Limits) -> None:
        self._url = url
        self._name = _shown(url)
        self._limits = limits
        self.deadline = time.monotonic() + limits.seconds
        self.fetched: Fetched | None = None
        self.error: Exception | None = None
        self._opened: list[socket.socket] = []

    def too_long(self) -> InputError:
        """Return the error for a fetch that is not done in time, whichever thread sees it first."""
        reason = f"took longer than {self._limits.seconds:g} seconds"
        return InputError(self._name, reason, f"try again, or {_SAVE}")

    def run(self) -> None:
        """Fetch; leaves the result in `fetched` or what went wrong in `error`."""
        try:
            self.fetched = self._follow()
        except InputError as error:
            self.error = error
        # ValueError: what a server puts into an address or a number is taken apart in many places.
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            self.error = InputError(self._name, _reason(error), f"{_CHECK}, or {_SAVE}")
        except Exception as error:  # handed over to the thread that waits
            self.error = error
        finally:
            for each in list(self._opened):
                each.close()

    def cut_off(self) -> None:
        """End the fetch at once, also where a server sends a byte of its header now and then."""
        self.deadline = 0.0
        for each in list(self._opened):
            with suppress(OSError):  # it has ended meanwhile
                each.shutdown(socket.SHUT_RDWR)

    def _follow(self) -> Fetched:
        url = self._url
        for _ in range(_MOST_REDIRECTS + 1):
            target = self._parsed(url)
            pool = self._pool(target)
            try:
                response = self._asked(pool, target)
                try:
                    location = response.headers.get("Location")
                    if response.status not in _REDIRECTS or not location:
                        return Fetched(self._body(response), response.headers.get("Content-Type"), url)
                    url = self._next(url, location)
                finally:
                    response.close()
            finally:
                pool.close()
        raise InputError(self._name, f"redirects more than {_MOST_REDIRECTS} times", _CHECK)

    def _next(self, url: str, location: str) -> str:
        try:
            return urljoin(url, location)
        except ValueError as error:  # such as half of an IPv6 address
            raise InputError(self._name, "redirects to no web address", _CHECK) from error

    def _asked(self, pool: urllib3.HTTPConnectionPool, target: Url) -> urllib3.BaseHTTPResponse:
        return pool.urlopen(
            "GET",
            target.request_uri,
            headers={**_HEADERS, "Host": target.netloc or ""},
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS),
        )

    def _parsed(self, url: str) -> Url:
        try:
            target = parse_url(url)
        except LocationParseError as error:
            raise InputError(self._name, "is not a web address", _CHECK) from error
        if target.scheme not in ("http", "https") or not target.host:
            where = "redirects to" if url != self._url else "is"
            raise InputError(self._name, f"{where} something other than an http(s) address", _CHECK)
        if target.auth:
            raise InputError(self._name, "holds a user name or password", "give the address without it")
        return target

    def _pool(self, target: Url) -> urllib3.HTTPConnectionPool:
        """Return a connection pool for the address that was checked, not for the name."""
        host = (target.host or "").strip("[]")
        secure = target.scheme == "https"
        port = target.port or (443 if secure else 80)
        address = self._public_address(host, port)
        if not secure:
            pool = urllib3.HTTPConnectionPool(address, port, maxsize=1, opened=self._opened)
            pool.ConnectionCls = _Plain
            return pool
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        secured = urllib3.HTTPSConnectionPool(
            address,
            port,
            maxsize=1,
            ssl_context=context,
            server_hostname=host,
            assert_hostname=host,
            opened=self._opened,
        )
        secured.ConnectionCls = _Secure
        return secured

    def _public_address(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            reason = f"the host {_short(host)} is not known"
            raise InputError(self._name, reason, _CHECK) from error
        addresses = [str(entry[4][0]) for entry in found]
        allowed = self._limits.allow_private
        if not addresses or not (allowed or all(map(is_public, addresses))):
            raise InputError(
                self._name,
                f"leads to a private address ({_short(host)})",
                "only public pages are fetched; " + _SAVE,
            )
        if not allowed and any(map(is_own, addresses)):
            raise InputError(self._name, f"leads to this machine ({_short(host)})", _SAVE)
        return addresses[0]

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        self._check_status(response.status)
        most = self._limits.most_bytes
        packed = (response.headers.get("Content-Encoding") or "").strip().lower()
        if packed not in _CODINGS:
            raise InputError(self._name, "comes packed in a way that was not asked for", _SAVE)
        length = response.headers.get("Content-Length") or ""
        if length.isdecimal() and int(length) > most:
            raise InputError(self._name, f"is larger than {most // 2**20} MB", "give the article alone")
        parts: list[bytes] = []
        size = 0
        while True:
            # read1: what one receive brings, so that a dripping server cannot hold us in one call.
            part = response.read1(_PIECE, decode_content=True)
            if not part:
                return b"".join(parts)
            size += len(part)
            if size > most:
                raise InputError(self._name, f"is larger than {most // 2**20} MB", "give the article alone")
            if time.monotonic() > self.deadline:
                raise self.too_long()
            parts.append(part)

    def _check_status(self, status: int) -> None:
        if 200 <= status < 300:
            return
        if status in (404, 410):
            raise InputError(self._name, f"there is no page (status {status})", _CHECK)
        if status in (401, 402, 403, 429, 451):
            raise InputError(self._name, f"the server refuses (status {status})", _SAVE)
        raise InputError(
            self._name, f"the server answers with status {status}", f"try again later, or {_SAVE}"
        )


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, looking inside IPv4-mapped ones."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip not in _GLOBAL_UNICAST or any(ip in network for network in _TUNNELS):
            return False
    if any(ip in network for network in _SPECIAL):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_own(address: str) -> bool:
    """Tell whether an IP address is this machine's: a socket can be bound to it. Nothing is sent."""
    family, foreign = (
        (socket.AF_INET6, "2001:db8::1") if ":" in address else (socket.AF_INET, "192.0.2.1")
    )  # of documentation, RFC 3849 and 5737: nobody's
    if _can_bind(family, address) and not _can_bind(family, foreign):
        return True
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as way:
        way.connect((address, 9))  # the way to one's own address begins at it; any port will do
        return str(way.getsockname()[0]) == address
    return False


def _can_bind(family: socket.AddressFamily, address: str) -> bool:
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as end:
        end.bind((address, 0))
        return True
    return False


def _shown(url: str) -> str:
    """Return the address for messages: without user name and password, on one line."""
    scheme, mark, rest = url.partition("://")
    ends = _AUTHORITY.match(rest)
    authority = ends[0] if ends else rest
    bare = f"{scheme}{mark}{authority.rpartition('@')[2]}{rest[len(authority) :]}"
    return " ".join(bare.split())[:300]


def _short(host: str) -> str:
    return host if len(host) <= _LONGEST_NAME else f"{host[:_LONGEST_NAME]}…"


def _reason(error: Exception) -> str:
    """Say in a person's words why a fetch failed."""
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (ConnectTimeoutError, "the server cannot be reached in time"),
        (ReadTimeoutError, "the server does not answer in time"),
        (NewConnectionError, "the server cannot be reached"),
        (SSLError, "its certificate is not valid"),
        (DecodeError, "sends damaged data"),
    )
    return next((reason for kind, reason in kinds if isinstance(error, kind)), "the connection broke off")
