"""`/a/SLUG`: an article with its claims, and its log."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from briefs.desk.answers import ArticleAnswer, Claimed, Log, Logged
from briefs.desk.asking import Ask, documented
from briefs.desk.logs import log_view
from briefs.desk.routes.filters import PageNumber, Wanted
from briefs.desk.showing import article_view
from briefs.steps.render.given import values

router = APIRouter()
Slug = Annotated[str, Path(max_length=500)]
BriefId = Annotated[str, Path(max_length=200)]
Opens = Annotated[str, Query(max_length=200)]


@router.get("/a/{slug}", responses=documented(404, 422, model=ArticleAnswer))
def article(asking: Ask, slug: Slug, filters: Wanted, claim: Opens = "") -> Response:
    """Show an article on the left, its briefs on the right."""
    opened = asking.open(slug)
    if asking.json:
        return asking.answer(
            ArticleAnswer(
                slug=slug,
                title=opened.result.article.title,
                text_sha256=opened.result.article.text_sha256,
                claims=[
                    Claimed(
                        brief=brief.id,
                        number=number,
                        quote=brief.claim.quote.text,
                        revision=opened.states[brief.id].revision if brief.id in opened.states else 0,
                        desk=brief.desk,
                        open_questions=sum(each.answered_by is None for each in brief.questions),
                    )
                    for number, brief in enumerate(opened.result.briefs, 1)
                ],
            )
        )
    view = article_view(asking, opened, filters, claim or None)
    return asking.page("article.html", view, more=values(opened.page))


@router.get("/a/{slug}/log", responses=documented(404, 422, model=Log))
def log(asking: Ask, slug: Slug, claim: Opens = "", page: PageNumber = 1) -> Response:
    """Who changed what, the latest first; with `claim`, of one claim."""
    view = log_view(asking, asking.open(slug), claim or None, page)
    if asking.json:
        entries = [Logged(seq=each.seq, at=each.at, who=each.who, line=each.line) for each in view.entries]
        return asking.answer(Log(entries=entries, total=view.pager.total))
    return asking.page("log.html", view)
