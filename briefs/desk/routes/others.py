"""`/story`, `/help`, `/who`, `/login`: pages beside the claims."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from briefs.desk.answers import Named
from briefs.desk.asking import Ask, Refused, Signed, described, documented, own_path, taken
from briefs.desk.forms import LoginForm, NameForm
from briefs.desk.security import cookie
from briefs.desk.stories import read_story
from briefs.desk.views import HelpView, LoginView, NameView, StoryView
from briefs.domain.story import Story

router = APIRouter()
Next = Annotated[str, Query(max_length=2_000)]


@router.get("/story", responses=documented(404, model=Story))
def story(asking: Ask) -> Response:
    """Show the overview that the last run of two articles or more has made."""
    catalogue = asking.workspace.catalogue
    catalogue.refresh()
    found = read_story(asking.workspace.folder)
    if asking.json and found is not None:
        return asking.answer(found)
    if asking.json:
        raise Refused(404, "There is no overview yet.")
    known = frozenset(str(row[0]) for row in catalogue.rows("SELECT slug FROM articles WHERE problem = ''"))
    return asking.page("story.html", StoryView(asking.frame("The story", "story"), found, known))


@router.get("/help", responses=documented())
def help_(asking: Ask) -> Response:
    """Keys, and what the words mean."""
    return asking.page("help.html", HelpView(asking.frame("Help", "help")))


@router.get("/who", responses=documented(422))
def ask_name(asking: Ask, next: Next = "/") -> Response:  # noqa: A002 - the address's own word
    """Type your name once."""
    return asking.page("who.html", NameView(asking.frame("Your name"), own_path(next), None))


@router.post(
    "/who",
    responses={**documented(403, 413, 422, model=Named), 303: {"description": "Kept"}},
    openapi_extra=described(NameForm),
)
def keep_name(asking: Signed, form: Annotated[NameForm, Depends(taken(NameForm))]) -> Response:
    """Keep a person's name in this browser."""
    try:
        if not (form.who or "").strip():
            raise Refused(422, "Type your name: the log says who changed what.", "who")
        who = asking.person(form.who)
    except Refused as error:
        if asking.json:
            raise
        view = NameView(asking.frame("Your name"), own_path(form.next), error.message)
        return asking.page("who.html", view, 422)
    if asking.json:
        return asking.remembering(asking.answer(Named(who=who)), who)
    return asking.gone_to(own_path(form.next), who)


@router.get("/login", responses=documented(422))
def ask_token(asking: Ask, next: Next = "/") -> Response:  # noqa: A002
    """Ask for the desk's token, where it is served beyond this machine."""
    if not asking.workspace.keys.asks_for_token:
        return asking.gone_to(own_path(next))
    return asking.page("login.html", LoginView(asking.frame("Token"), own_path(next), None))


@router.post(
    "/login",
    responses={**documented(403, 413, 422), 303: {"description": "Come in"}},
    openapi_extra=described(LoginForm),
)
async def take_token(asking: Signed, form: Annotated[LoginForm, Depends(taken(LoginForm))]) -> Response:
    """Open a session with the desk's token."""
    workspace = asking.workspace
    if not workspace.keys.is_token(form.token.strip()):
        await asyncio.sleep(1)  # whoever guesses waits; a token has 128 bits
        view = LoginView(asking.frame("Token"), own_path(form.next), "That is not this desk’s token.")
        return asking.page("login.html", view, 403)
    response = asking.gone_to(own_path(form.next))
    response.headers.append(
        "set-cookie", cookie(workspace.cookies.entry, workspace.keys.entry(asking.session))
    )
    return response


@router.post("/logout", responses={**documented(403), 303: {"description": "Gone"}})
def leave(asking: Signed) -> Response:
    """Close the session that the token opened."""
    response = asking.gone_to("/login")
    response.headers.append("set-cookie", cookie(asking.workspace.cookies.entry, "", days=0))
    return response
