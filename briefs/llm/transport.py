"""The one HTTP client that calls to a model go through, and the guard in front of the network.

The guard is the last word on where a draft goes: whatever libraries or environment variables may have
put into a request, it leaves for the address that the user was shown, with an allow-list of headers, or
not at all. It also ends an answer that never ends. Redirects are not followed: they would carry a draft
to an address that nobody chose.

Of the environment only what is a company's network policy counts: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and
NO_PROXY for servers elsewhere, never for loopback, and SSL_CERT_FILE for the company's own certificates.
"""

import ipaddress
import urllib.request
from collections.abc import AsyncIterator

import httpx2

MOST_BYTES = 8_000_000
"""The longest answer that is read; the longest useful one is about a hundredth of it."""

_MOST_COMPRESSED = 256_000
"""We ask for no compression; what comes compressed all the same may be a thousand times as long unpacked."""

_SENT_HEADERS = frozenset({"host", "accept", "authorization", "connection", "content-type", "content-length"})


class WrongAddressError(httpx2.TransportError):
    """A request was about to leave for another server than the one the user chose."""


class AnswerTooLongError(httpx2.TransportError):
    """An answer is longer than any answer can be."""


class NoRoomError(httpx2.TransportError):
    """A budget does not allow the call, which was not made; the message is for a person."""


def is_loopback(base_url: str) -> bool:
    """Return whether `base_url` names this very machine."""
    host = httpx2.URL(base_url).host.rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def network(base_url: str, *, connections: int) -> httpx2.AsyncBaseTransport:
    """Return a real transport to `base_url`, through the company's proxy where the environment names one."""
    limits = httpx2.Limits(max_connections=connections, max_keepalive_connections=connections)
    return httpx2.AsyncHTTPTransport(limits=limits, proxy=proxy_for(base_url))


def proxy_for(base_url: str) -> str | None:
    """Return the proxy that calls to `base_url` go through, or none."""
    url = httpx2.URL(base_url)
    if is_loopback(base_url) or urllib.request.proxy_bypass(url.netloc.decode("ascii")):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if proxy and "://" not in proxy:
        return f"http://{proxy}"
    return proxy or None


def client(  # noqa: PLR0913 - keywords, each with a meaning of its own
    transport: httpx2.AsyncBaseTransport | None,
    *,
    base_url: str,
    timeout: float,
    connections: int,
    with_key: bool,
    most_bytes: int | None = None,
) -> httpx2.AsyncClient:
    """Return a client that reaches `base_url` and nothing else, over `transport` or the network.

    `timeout` is the seconds of silence after which a call is given up. Without `with_key` no
    Authorization header leaves. An answer longer than `most_bytes` (MOST_BYTES where none are given) is cut
    off. Closing the client closes the transport.
    """
    inner = transport if transport is not None else network(base_url, connections=connections)
    return httpx2.AsyncClient(
        transport=_Guard(inner, httpx2.URL(base_url), with_key, most_bytes or MOST_BYTES),
        timeout=httpx2.Timeout(timeout, connect=min(timeout, 20.0), pool=None),
        follow_redirects=False,
        trust_env=False,
    )


class _Guard(httpx2.AsyncBaseTransport):
    def __init__(
        self, inner: httpx2.AsyncBaseTransport, base: httpx2.URL, with_key: bool, most_bytes: int
    ) -> None:
        self._inner = inner
        self._base = base
        self._most_bytes = most_bytes
        self._headers = _SENT_HEADERS if with_key else _SENT_HEADERS - {"authorization"}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        url, base = request.url, self._base
        if (url.scheme, url.host, url.port) != (base.scheme, base.host, base.port):
            raise WrongAddressError("the request was not for the chosen server", request=request)
        kept = [pair for pair in request.headers.multi_items() if pair[0] in self._headers]
        kept += [("accept-encoding", "identity"), ("user-agent", "briefs")]
        # A copy: the SDK looks its own headers up again in the request that it made.
        sent = httpx2.Request(
            request.method, url, headers=kept, stream=request.stream, extensions=request.extensions
        )
        response = await self._inner.handle_async_request(sent)
        packed = response.headers.get("content-encoding", "identity") != "identity"
        most = _MOST_COMPRESSED if packed else self._most_bytes
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _Bounded(response.stream, most)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream, most_bytes: int) -> None:
        self._inner = inner
        self._left = most_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._inner:
            self._left -= len(part)
            if self._left < 0:
                raise AnswerTooLongError("the answer is too long")
            yield part

    async def aclose(self) -> None:
        await self._inner.aclose()
