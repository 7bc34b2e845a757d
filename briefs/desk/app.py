"""The desk's application: its parts put together, its routes, and what every failure looks like."""

import logging
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from importlib.resources import files as package_files
from pathlib import Path
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from briefs import __version__
from briefs.desk.adding import Adding
from briefs.desk.asking import HEADINGS, Refused, asking
from briefs.desk.catalogue import Catalogue
from briefs.desk.opened import Articles
from briefs.desk.projector import Files, Projector
from briefs.desk.rendering import Rendering
from briefs.desk.routes import adding, articles, calls, claims, lists, others
from briefs.desk.security import TOO_LARGE, Cookies, Guard, Keys, Names
from briefs.desk.workspace import Workspace
from briefs.errors import BriefsError, DeskError
from briefs.pipeline.living import Living
from briefs.store.desk import DeskStore

log = logging.getLogger("briefs.desk")
_WRITTEN = "written"
"""Under which name the catalogue keeps up to which event all files are written."""
_SENTENCES: Mapping[int, str] = {
    400: "The request cannot be read; nothing was changed.",
    404: "The desk has no such page.",
    405: "That cannot be done here.",
    413: TOO_LARGE,
}


class Serving(NamedTuple):
    """How a desk is reached."""

    host: str = "127.0.0.1"
    port: int = 0
    names: tuple[str, ...] = ()
    """Further names by which people reach it."""


def create_app(folder: Path, keys: Keys, serving: Serving = Serving()) -> FastAPI:  # noqa: B008 - frozen
    """Return the desk of an output folder; it opens its files when it is started.

    Raises ConfigError or DeskError at start where the folder's desk cannot be used.
    """
    cookies = Cookies.at(serving.port)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            workspace = opened(folder, keys, cookies)
        except BriefsError as error:
            app.state.refused = error  # the web server would tell it as a traceback
            raise
        app.state.workspace = workspace
        yield
        workspace.close()

    app = FastAPI(
        title="briefs desk",
        description="Claims of articles, and what editors decided about them. Pages are HTML; with "
        "`Accept: application/json` the same routes answer as described here. Forms carry `csrf`, the "
        "token of a page that the same session was given.",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        lifespan=lifespan,
        middleware=[Middleware(Guard, names=Names(serving.host, serving.names), keys=keys, cookies=cookies)],
    )
    app.state.refused = None
    for each in (lists, articles, adding, claims, calls, others):
        app.include_router(each.router)
    app.mount(
        "/static", StaticFiles(directory=str(package_files("briefs.desk").joinpath("static"))), name="static"
    )
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(BriefsError, _failed)
    return app


def opened(folder: Path, keys: Keys, cookies: Cookies) -> Workspace:
    """Return the parts of a desk, running; files that a killed desk left behind are brought up to date."""
    store = DeskStore.open(folder)
    articles = Articles(folder, store)
    catalogue = Catalogue(folder, store, articles)
    living = Living(folder, store)
    for note in living.notes:
        log.warning("%s", note)

    def slug_of(article: str) -> str | None:
        known = catalogue.by_id(article)
        return known.slug if known is not None else None

    files = Files(
        refresh=lambda slug: living.refresh(slug).note,
        slug_of=slug_of,
        complete=lambda: catalogue.refresh() is None,
        written_to=lambda: catalogue.kept_number(_WRITTEN),
        keep_written_to=partial(catalogue.keep_number, _WRITTEN),
    )
    projector = Projector(store, files)
    projector.start()
    return Workspace(
        folder=folder,
        store=store,
        articles=articles,
        catalogue=catalogue,
        projector=projector,
        adding=Adding(),
        rendering=Rendering(),
        keys=keys,
        cookies=cookies,
    )


async def _refused(request: Request, error: Exception) -> Response:
    found = error if isinstance(error, Refused) else Refused(500, "")
    return asking(request).failed(found.status, found.message, found.field)


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    response = asking(request).failed(status, _SENTENCES.get(status, HEADINGS.get(status, "Not done")))
    if status == 405:
        response.headers["allow"] = ", ".join(_allowed(request))
    return response


def _allowed(request: Request) -> list[str]:
    """Return every way in which a path can be asked: a router knows those of its first route alone."""
    ways = {"HEAD"}
    for path, methods in request.app.openapi()["paths"].items():
        pattern = re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path))
        if re.fullmatch(pattern, request.url.path):
            ways |= {method.upper() for method in methods}
    return sorted(ways if "GET" in ways else ways - {"HEAD"})


async def _invalid(request: Request, error: Exception) -> Response:
    fields: Iterable[str] = ()
    if isinstance(error, RequestValidationError):
        fields = dict.fromkeys(str(each["loc"][-1]) for each in error.errors())
    named = ", ".join(fields)
    message = f"Not a value that is possible here: {named}." if named else "The request cannot be read."
    return asking(request).failed(422, f"{message} Nothing was changed.", next(iter(fields), None))


async def _failed(request: Request, error: Exception) -> Response:
    message = " ".join(str(error).split())
    return asking(request).failed(503 if isinstance(error, DeskError) else 500, message)
