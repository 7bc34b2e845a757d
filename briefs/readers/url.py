"""URL: fetch one public page, and nothing that a page could trick us into fetching.

Every hop's host is resolved here, refused unless all its addresses are public, and connected to at the very
address that was checked, so that a name that resolves differently a moment later gains nothing. TLS still
verifies the host's name. Proxies of the environment are not used: they would resolve names elsewhere.
"""

import ipaddress
import socket
import ssl
import threading
import time
from typing import NamedTuple
from urllib.parse import urljoin

import certifi
import urllib3
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

    Raises InputError for other schemes, private addresses (also behind a redirect), servers that refuse, do
    not answer in time or never end, and pages over the limit.
    """
    # A thread, because no socket timeout bounds a server that sends one byte a second, nor the resolver.
    job = _Job(url, limits)
    worker = threading.Thread(target=job.run, name="fetch", daemon=True)
    worker.start()
    worker.join(limits.seconds)
    if worker.is_alive():
        job.deadline = 0.0
        raise job.too_long()
    if job.error is not None:
        raise job.error
    if job.fetched is None:
        raise InputError(_shown(url), "could not be fetched", _SAVE)
    return job.fetched


class _Job:
    """One fetch with all its redirects; run in a thread of its own."""

    def __init__(self, url: str, limits: Limits) -> None:
        self._url = url
        self._name = _shown(url)
        self._limits = limits
        self.deadline = time.monotonic() + limits.seconds
        self.fetched: Fetched | None = None
        self.error: Exception | None = None

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
        except (HTTPError, OSError, UnicodeError) as error:
            self.error = InputError(self._name, _reason(error), f"{_CHECK}, or {_SAVE}")
        except Exception as error:  # handed over to the thread that waits
            self.error = error

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
                    url = urljoin(url, location)
                finally:
                    response.close()
            finally:
                pool.close()
        raise InputError(self._name, f"redirects more than {_MOST_REDIRECTS} times", _CHECK)

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
            return urllib3.HTTPConnectionPool(address, port, maxsize=1)
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return urllib3.HTTPSConnectionPool(
            address, port, maxsize=1, ssl_context=context, server_hostname=host, assert_hostname=host
        )

    def _public_address(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise InputError(self._name, f"the host {host} is not known", _CHECK) from error
        addresses = [str(entry[4][0]) for entry in found]
        if not self._limits.allow_private and not all(map(is_public, addresses)):
            raise InputError(
                self._name,
                f"leads to a private address ({host})",
                "only public pages are fetched; " + _SAVE,
            )
        return addresses[0]

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        self._check_status(response.status)
        most = self._limits.most_bytes
        length = response.headers.get("Content-Length") or ""
        if length.isdigit() and int(length) > most:
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
        if any(ip in network for network in _TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _shown(url: str) -> str:
    """Return the address for messages: without user name and password, on one line."""
    scheme, mark, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return " ".join(f"{scheme}{mark}{authority.rpartition('@')[2]}{slash}{path}".split())[:300]


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
