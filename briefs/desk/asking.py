"""One request: who asks, in which form the answer goes back, and the refusals that all routes share."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, NamedTuple, TypeVar
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from briefs.desk.answers import Failed
from briefs.desk.catalogue import Reading
from briefs.desk.forms import LONGEST_NAME, plain
from briefs.desk.opened import Opened, Unreadable
from briefs.desk.rendering import NOTHING
from briefs.desk.security import cookie, wants_json
from briefs.desk.views import ErrorView, Frame, Nav
from briefs.desk.workspace import Workspace
from briefs.steps.render.tame import visible

FormT = TypeVar("FormT", bound=BaseModel)
HEADINGS = {
    400: "That request cannot be read",
    401: "The desk’s token is needed",
    403: "Not taken",
    404: "Nothing is here",
    405: "Not possible here",
    409: "Changed meanwhile",
    413: "Too much at once",
    415: "That form cannot be read",
    422: "Not recorded",
    500: "Something went wrong",
    503: "Not just now",
}
_ANYWHERE = (400, 401, 500, 503)
"""Statuses that any request may be answered with."""
PAGE: Mapping[str, Any] = {"text/html": {"schema": {"type": "string"}}}
_NOTICES = {
    "saved": "Saved.",
    "dismissed": "Dismissed.",
    "restored": "Taken back: it is a claim again.",
    "answered": "Noted.",
    "added": "The claim is added.",
    "unchanged": "Nothing was changed.",
    "named": "Your name is kept on this machine’s browser.",
}
"""What was just done, by the word that stands in the address afterwards."""


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """A request that is answered with a status and a sentence, and changed nothing."""

    def __init__(self, status: int, message: str, field: str | None = None) -> None:
        """Take the HTTP status, a sentence for people, and the form's field that it is about."""
        super().__init__(message)
        self.status, self.message, self.field = status, message, field


class Asking(NamedTuple):
    """A request with all that answering it takes."""

    request: Request
    workspace: Workspace

    @property
    def session(self) -> str:
        """Return the session that forms are keyed to."""
        return str(self.request.state.session)

    @property
    def json(self) -> bool:
        """Tell whether a program asks."""
        return wants_json(self.request.headers)

    @property
    def who(self) -> str | None:
        """Return the person's name from the cookie."""
        held = unquote(self.request.state.cookies.get(self.workspace.cookies.who, ""))
        return visible(held)[:LONGEST_NAME].strip() or None

    def person(self, typed: str | None) -> str:
        """Return who does something, by the form or by the cookie; refuses where neither has a name."""
        # One form for what looks the same: the log must not show two people where there is one.
        name = normalize("NFC", visible(plain(typed or "", one_line=True)))
        if len(name) > LONGEST_NAME:
            raise Refused(422, f"A name of at most {LONGEST_NAME} characters, please.", "who")
        found = name or self.who
        if not found:
            raise Refused(422, "Type your name once: the log says who changed what.", "who")
        return found

    def open(self, slug: str) -> Opened:
        """Return an article of the folder; refuses with 404 where there is none."""
        try:
            found = self.workspace.open(slug)
        except Unreadable as error:
            raise Refused(404, f"The article’s file {error}.") from error
        if found is None:
            raise Refused(404, "The folder has no such article.")
        return found

    def frame(
        self, title: str, nav: Nav = "", *, reading: Reading | None = None, who: str | None = None
    ) -> Frame:
        """Return what stands around a page."""
        url = self.request.url
        here = f"{url.path}?{url.query}" if url.query else url.path
        return Frame(
            title=visible(title),
            nav=nav,
            who=who or self.who,
            csrf=self.workspace.keys.form(self.session),
            here=here if self.request.method == "GET" else "/",
            notice=_NOTICES.get(self.request.query_params.get("done", "")),
            reading=reading,
            asks_for_token=self.workspace.keys.asks_for_token,
        )

    def page(
        self, template: str, view: NamedTuple, status: int = 200, more: Mapping[str, object] = NOTHING
    ) -> Response:
        """Return a page; the template gets `view`, and `more` by name."""
        return HTMLResponse(self.workspace.rendering.page(template, view, more), status)

    def answer(self, answer: BaseModel, status: int = 200) -> Response:
        """Return what a program is answered."""
        # Half a character, which hostile text may hold, has no form in UTF-8: JSON's escape spells it.
        return (
            JSONResponse(answer.model_dump(mode="json", by_alias=True), status)
            if _is_whole(answer)
            else (Response(_escaped(answer), status, media_type="application/json"))
        )

    def gone_to(self, path: str, who: str | None = None) -> Response:
        """Return what sends a browser on after a form; keeps the person's name where one was typed."""
        return self.remembering(RedirectResponse(path, 303), who)

    def remembering(self, response: Response, who: str | None) -> Response:
        """Return an answer that keeps the person's name, where one was typed."""
        if who and who != self.who:
            response.headers.append("set-cookie", cookie(self.workspace.cookies.who, who, days=365))
        return response

    def failed(self, status: int, message: str, field: str | None = None) -> Response:
        """Return the answer to a request that changed nothing."""
        if self.json:
            return self.answer(Failed(message=message, field=field), status)
        heading = HEADINGS.get(status, "Not done")
        frame = self.frame(heading)
        return self.page("error.html", ErrorView(frame, status, heading, message, back="/"), status)


def _is_whole(answer: BaseModel) -> bool:
    try:
        answer.model_dump_json()
    except ValueError:
        return False
    return True


def _escaped(answer: BaseModel) -> bytes:
    from json import dumps  # noqa: PLC0415 - next to never

    return dumps(answer.model_dump(mode="json", by_alias=True), ensure_ascii=True).encode()


def asking(request: Request) -> Asking:
    """Return the request as routes take it."""
    return Asking(request, request.app.state.workspace)


async def signed(request: Request) -> Asking:
    """Return a request that changes something, once its form is known to be one of ours; refuses with 403."""
    found = asking(request)
    form = await request.form()
    given = form.get("csrf")
    known = bool(request.state.known)
    if not known or not isinstance(given, str) or not found.workspace.keys.is_form(found.session, given):
        raise Refused(
            403,
            "This page is not one that the desk gave this browser; nothing was recorded. "
            "Go back, copy what you typed, and load the page again.",
        )
    return found


def taken(model: type[FormT]) -> Callable[[Request], Awaitable[FormT]]:
    """Return what reads a form of this kind.

    FastAPI's own takes an empty field for one that was not sent: a note could then never be emptied.
    """

    async def take(request: Request) -> FormT:
        form = await request.form()
        try:
            return model.model_validate(
                {name: value for name, value in form.items() if isinstance(value, str)}
            )
        except ValidationError as error:
            raise RequestValidationError(error.errors()) from error

    return take


def described(model: type[BaseModel]) -> dict[str, Any]:
    """Return what the OpenAPI description says of a route's form."""
    schema = model.model_json_schema()
    for field in schema["properties"].values():
        # A field that is not sent is null for us; a form has no null.
        values = [each for each in field.pop("anyOf", ()) if each != {"type": "null"}]
        field.update(values[0] if values else {})
        if field.get("default", "") is None:
            del field["default"]
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


Ask = Annotated[Asking, Depends(asking)]
Signed = Annotated[Asking, Depends(signed)]


def own_path(given: str) -> str:
    """Return a path of the desk to go on to: nothing that a browser would take for another site's."""
    parts = urlsplit(given)
    safe = (
        given.startswith("/")
        and not given.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
    )
    return given if safe and given.isprintable() and "\\" not in given else "/"


def documented(*statuses: int, model: type[BaseModel] | None = None) -> dict[int | str, dict[str, Any]]:
    """Return what the OpenAPI description says of a route's answers, JSON where that is asked for."""
    said: dict[int | str, dict[str, Any]] = {200: {"description": "A page", "content": PAGE}}
    if model is not None:
        said[200] = {"model": model, "description": "Done", "content": PAGE}
    for status in sorted({*statuses, *_ANYWHERE}):
        said[status] = {"model": Failed, "description": HEADINGS[status], "content": PAGE}
    return said


def counts_of(opened: Opened) -> Mapping[str, int]:
    """Return an article's claims by status, dismissed ones left out."""
    found = dict.fromkeys(("open", "usable", "correct", "soften", "cut"), 0)
    for brief in opened.result.briefs:
        if brief.desk.dismissed is None:
            found[brief.desk.status.value] += 1
    return found
