"""What stands between the desk and everybody else: who may ask, with how much, and how it answers.

The desk has no accounts. On loopback every program of this machine's user may ask it, on Linux no other
user's (`briefs.desk.peer`), and no page of another site may: the Host header must be ours (DNS rebinding), a
change must come from a page of ours (Origin and Sec-Fetch-Site, and a token in the form that is keyed to a
cookie), and no page can be framed or run a script that is not our file. On another address a token opens a
session first. OWASP's cheat sheets on CSRF and on session management have the methods.
"""

import hashlib
import hmac
import ipaddress
import logging
import secrets
import socket
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefs.desk.peer import Peer
from briefs.errors import where_raised

log = logging.getLogger("briefs.desk")
MOST_BODY = 256 * 1024
"""Bytes of a request's body; the longest note is a twentieth of it."""
TOO_LARGE = (
    f"More than {MOST_BODY // 1024} KB were sent; nothing was changed. Go back: your words are still there."
)
PEER = "peer"
"""Under which name the state of a request holds the `Peer` that makes it."""
STATIC = "/static/"
LOGIN = "/login"
HEADERS = {
    # same-origin, not no-referrer: with that, browsers send forms with `Origin: null`.
    "referrer-policy": "same-origin",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""On every answer."""
_ANOTHER_USERS = (
    "This desk is another user's of this machine. Whoever started it can let others in by a token: "
    "start it again with BRIEFS_DESK_TOKEN."
)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_SESSION = 43
"""Characters of 32 random bytes in URL-safe base64."""


def is_loopback(host: str) -> bool:
    """Tell whether an address or name is this machine's own and no other machine can reach it."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Names:
    """The Host headers that are ours."""

    def __init__(self, host: str, allowed: Iterable[str] = ()) -> None:
        """Take the address that is served on, and further names by which people reach it."""
        own = {host.strip("[]").casefold(), *(name.casefold() for name in allowed)}
        if is_loopback(host):
            own |= {"localhost", "127.0.0.1", "::1"}
        self._any_address = host.strip("[]") in ("0.0.0.0", "::", "")  # noqa: S104 - compared, not bound
        if self._any_address:
            own |= {socket.gethostname().casefold(), "localhost"}
        self._own = own

    def hold(self, header: str | None) -> bool:
        """Tell whether a Host header names us; an address in figures cannot be rebound."""
        if not header or any(c in header for c in "/@\\ \t,"):
            return False
        try:
            parts = urlsplit(f"//{header}")
            name, _ = parts.hostname, parts.port
        except ValueError:
            return False
        if name is None:
            return False
        if name.rstrip(".") in self._own:
            return True
        return self._any_address and _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Keys:
    """What cookies and forms are signed with; kept, so that a page outlives a restart of the desk."""

    def __init__(self, secret: bytes, token: str | None = None) -> None:
        """Take at least 32 secret bytes, and the token that opens a session where one is required."""
        self._secret, self._token = secret, token

    @property
    def asks_for_token(self) -> bool:
        """Tell whether a session has to be opened with a token."""
        return self._token is not None

    def form(self, session: str) -> str:
        """Return what a form of this session has to carry."""
        return self._signed("form", session)

    def is_form(self, session: str, given: str) -> bool:
        """Tell whether a form carries what one of this session has to."""
        return hmac.compare_digest(self.form(session).encode(), given.encode("utf-8", "replace"))

    def entry(self, session: str) -> str:
        """Return the cookie of a session that was opened with the token."""
        return self._signed("entry", session, self._token or "")

    def has_entered(self, session: str, cookie: str) -> bool:
        """Tell whether a session was opened with the token, or need not be."""
        if self._token is None:
            return True
        return hmac.compare_digest(self.entry(session).encode(), cookie.encode("utf-8", "replace"))

    def is_token(self, given: str) -> bool:
        """Tell whether this is the token."""
        return hmac.compare_digest((self._token or "").encode(), given.encode("utf-8", "replace"))

    def _signed(self, *parts: str) -> str:
        return hmac.new(self._secret, "\x00".join(parts).encode(), hashlib.sha256).hexdigest()


class Cookies(NamedTuple):
    """Names of the desk's cookies: browsers keep them by host, whatever the port."""

    session: str
    entry: str
    who: str

    @classmethod
    def at(cls, port: int) -> "Cookies":
        """Return the names for a desk at a port."""
        return cls(f"briefs-desk-{port}", f"briefs-entry-{port}", "briefs-who")


def cookie(name: str, value: str, *, days: int | None = None) -> str:
    """Return a Set-Cookie header that no script reads and no other site's page sends."""
    kept = f"; Max-Age={days * 86400}" if days is not None else ""
    return f"{name}={quote(value, safe='')}; Path=/; HttpOnly; SameSite=Strict{kept}"


def cookies_of(headers: Headers) -> dict[str, str]:
    """Return the cookies of a request, as they were sent."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


class Guard:
    """The outermost layer: every request passes it, every answer gets its headers here."""

    def __init__(self, app: ASGIApp, names: Names, keys: Keys, cookies: Cookies) -> None:
        """Take the application, the Host headers that are ours, and what signs forms and cookies."""
        self._app, self._names, self._keys, self._cookies = app, names, keys, cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        new = self._take_session(scope, headers)
        out = _Out(send, new)
        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, out)
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}  # the server leaves the body out
        try:
            await self._app(scope, _bounded(receive), out)
        except ClientDisconnect:  # nobody is there to answer, and nothing went wrong
            return
        except Exception as error:
            log.error("%s", where_raised(error))  # never its message: that may hold an article's words
            if out.begun:
                raise
            page = PlainTextResponse("Something went wrong; nothing was changed. Please report this.", 500)
            await page(scope, receive, out)

    def _take_session(self, scope: Scope, headers: Headers) -> str | None:
        """Put the session into the request's state; return a Set-Cookie header where it is new."""
        sent = cookies_of(headers)
        session = sent.get(self._cookies.session, "")
        known = len(session) == _SESSION and session.isascii()
        if not known:
            session = secrets.token_urlsafe(32)
        scope.setdefault("state", {}).update(session=session, cookies=sent, known=known)
        wanted = not known and scope["method"] in _SAFE and not scope["path"].startswith(STATIC)
        return cookie(self._cookies.session, session) if wanted else None

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the answer to a request that goes no further."""
        return self._unfit(scope, headers) or self._not_entered(scope, headers)

    def _unfit(self, scope: Scope, headers: Headers) -> Response | None:
        peer: Peer | None = scope["state"].get(PEER)
        if not self._keys.asks_for_token and peer is not None and peer.is_stranger:
            return PlainTextResponse(_ANOTHER_USERS, 403)
        if not self._names.hold(headers.get("host")):
            return PlainTextResponse("This desk does not go by that name.", 400)
        if scope["method"] not in _SAFE and not _from_here(headers):
            return PlainTextResponse("Changes are taken from the desk's own pages only.", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return PlainTextResponse("The length of the request is no number.", 400)
        if int(length) > MOST_BODY:
            return _too_large(headers)
        return None

    def _not_entered(self, scope: Scope, headers: Headers) -> Response | None:
        state, path = scope["state"], scope["path"]
        entered = self._keys.has_entered(state["session"], state["cookies"].get(self._cookies.entry, ""))
        if entered or path == LOGIN or path.startswith(STATIC):
            return None
        if wants_json(headers) or scope["method"] not in _SAFE:
            return JSONResponse({"message": "The desk's token is needed: open /login."}, 401)
        query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
        return RedirectResponse(f"{LOGIN}?next={quote(path + query, safe='')}", 303)


def wants_json(headers: Headers) -> bool:
    """Tell whether a program asks: JSON is named in Accept, and HTML is not named before it."""
    accept = headers.get("accept", "")
    at, html = accept.find("application/json"), accept.find("text/html")
    return at >= 0 and (html < 0 or at < html)


def _too_large(headers: Headers) -> Response:
    if wants_json(headers):
        return JSONResponse({"message": TOO_LARGE}, 413)
    return PlainTextResponse(TOO_LARGE, 413)


def _from_here(headers: Headers) -> bool:
    """Tell whether a browser says that one of our pages asks; what is no browser says nothing."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold()


def _bounded(receive: Receive) -> Receive:
    """Return a `receive` that stops reading a body that grows too large."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BODY:
            raise HTTPException(413, "too large")
        return message

    return bounded


class _Out:
    """A `send` that sets the headers of every answer."""

    def __init__(self, send: Send, new_session: str | None) -> None:
        self._send, self._new_session = send, new_session
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if self._new_session:
                headers.append("set-cookie", self._new_session)
        await self._send(message)
