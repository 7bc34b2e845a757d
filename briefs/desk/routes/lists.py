"""`/` and `/search`: articles and claims of the folder."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from briefs.desk import listing
from briefs.desk.answers import ArticleSummary, ClaimSummary, Index
from briefs.desk.asking import Ask, documented
from briefs.desk.listing import ArticleRow, ClaimRow, Filters, Pager, Sort
from briefs.desk.routes.filters import PageNumber, Wanted, Words
from briefs.desk.views import IndexView, SearchView

router = APIRouter()


@router.get("/", responses=documented(422, model=Index))
def index(
    asking: Ask, filters: Wanted, page: PageNumber = 1, sort: Annotated[Sort, Query()] = "open"
) -> Response:
    """Articles with their state; with a filter, the claims that pass it."""
    catalogue = asking.workspace.catalogue
    reading = catalogue.refresh()
    articles: tuple[ArticleRow, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    if filters.any:
        found = listing.claims(catalogue, filters, page)
        claims, pager, facets = found.rows, found.pager, found.facets
    else:
        listed = listing.articles(catalogue, sort, page)
        articles, pager, facets = listed.rows, listed.pager, listing.facets(catalogue, filters, "/")
    if asking.json:
        return asking.answer(_index(articles, claims, pager, complete=reading is None))
    known = catalogue.article(filters.article) if filters.article else None
    view = IndexView(
        frame=asking.frame("Desk", "articles", reading=reading),
        folder=asking.workspace.folder.name,
        shows="claims" if filters.any else "articles",
        filters=filters,
        facets=facets,
        articles=articles,
        claims=claims,
        pager=pager,
        sort=sort,
        problems=listing.problems(catalogue),
        article_title=known.title if known else None,
    )
    return asking.page("index.html", view)


@router.get("/search", responses=documented(422, model=Index))
def search(asking: Ask, q: Words = "", page: PageNumber = 1) -> Response:
    """Articles whose title, and claims any of whose words, have what is looked for."""
    catalogue = asking.workspace.catalogue
    reading = catalogue.refresh()
    articles = listing.found_articles(catalogue, q) if page == 1 else ()
    claims = listing.claims_with(catalogue, Filters(q=q.strip()), page, "/search")
    if asking.json:
        return asking.answer(_index(articles, claims.rows, claims.pager, complete=reading is None))
    frame = asking.frame(f"Search: {q}" if q else "Search", "search", reading=reading)
    return asking.page("search.html", SearchView(frame, q, articles, claims.rows, claims.pager))


def _index(
    articles: tuple[ArticleRow, ...], claims: tuple[ClaimRow, ...], pager: Pager, *, complete: bool
) -> Index:
    return Index(
        articles=[
            ArticleSummary(
                slug=each.slug,
                title=each.title,
                outlet=each.outlet,
                published=each.published,
                claims=each.claims,
                open=each.open,
                high_open=each.high_open,
                changed=each.changed,
                dismissed=each.dismissed,
                open_questions=each.questions,
            )
            for each in articles
        ],
        claims=[
            ClaimSummary(
                article=each.slug,
                brief=each.brief,
                number=each.number,
                short=each.short,
                said_by=each.said_by,
                priority=each.level,
                status=each.status,
                said=each.said,
                so=each.so,
                changed=each.changed,
                dismissed=each.dismissed,
                flags=list(each.flags),
                open_questions=each.open_questions,
            )
            for each in claims
        ],
        page=pager.page,
        pages=pager.pages,
        total=pager.total,
        complete=complete,
    )
