"""Lists of articles and claims: filters, counts for each filter, and pages."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from briefs.desk.catalogue import Catalogue
from briefs.domain.brief import FlagKind
from briefs.domain.desk import Status
from briefs.steps.render.wording import FLAGS, STATUSES, upperfirst

PAGE = 50
"""Rows of a page."""
SOURCES = 40
"""Sources offered as a filter, those with most claims first."""
LONGEST_QUERY = 200
_WORD = re.compile(r"[^\W_]+")
_LEVELS = ("high", "medium", "low")
STATES = {
    "changed": "open again: the article changed",
    "differs": "another claim differs",
    "unsigned": "nothing decided",
    "signed": "something decided",
    "questions": "open questions",
    "added": "added by an editor",
    "gone": "no longer in the article",
    "read_otherwise": "read otherwise today",
    "dismissed": "dismissed",
}
"""What a claim may be besides its status, in words for people."""
_STATE_SQL = {
    "changed": "c.changed",
    "differs": "c.differs",
    "unsigned": "NOT c.signed",
    "signed": "c.signed",
    "questions": "c.open_questions > 0",
    "added": "c.added",
    "gone": "c.gone",
    "read_otherwise": "c.read_otherwise",
    "dismissed": "c.dismissed",
}
Sort = Literal["open", "date", "title"]
_ORDER = "c.score DESC, c.slug, c.number"
_ORDERS = {
    "open": "changed > 0 DESC, high_open DESC, open DESC, title, slug",
    "date": "published = '', published DESC, title, slug",
    "title": "title COLLATE NOCASE, slug",
}


class Filters(NamedTuple):
    """Which claims are wanted; empty means all. Dismissed ones are shown only where they are asked for."""

    status: str = ""
    """A value of `Status`."""
    state: str = ""
    """A key of `STATES`."""
    priority: str = ""
    flag: str = ""
    """A value of `FlagKind`."""
    source: str = ""
    article: str = ""
    """The name of an article's files."""
    q: str = ""

    @property
    def any(self) -> bool:
        """Tell whether any claim is left out for them."""
        return any(self)

    def url(self, path: str, **change: str | int) -> str:
        """Return the address of a page with these filters, some of them changed."""
        wanted = {**self._asdict(), **change}
        query = urlencode({name: value for name, value in wanted.items() if value != ""}, errors="replace")
        return f"{path}?{query}" if query else path


class Choice(NamedTuple):
    """One value of a filter."""

    value: str
    label: str
    claims: int
    """How many there are with it, all other filters in force."""
    chosen: bool
    url: str
    """Of the page with it chosen, or with it dropped where it is chosen."""


class Facet(NamedTuple):
    """A filter with its values."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str


class ClaimRow(NamedTuple):
    """A claim in a list."""

    slug: str
    title: str
    brief: str
    number: int
    short: str
    said_by: str
    level: str
    status: str
    status_words: str
    said: str
    so: str
    checker: str
    date: str
    changed: bool
    dismissed: bool
    added: bool
    gone: bool
    differs: bool
    flags: tuple[str, ...]
    """In words for people."""
    open_questions: int


class ArticleRow(NamedTuple):
    """An article in a list; dismissed claims count nowhere but in `dismissed`."""

    slug: str
    title: str
    outlet: str
    published: str
    failures: int
    flags: int
    questions: int
    """Open ones."""
    claims: int
    high: int
    high_open: int
    open: int
    usable: int
    correct: int
    soften: int
    cut: int
    changed: int
    dismissed: int
    problem: str

    @property
    def decided(self) -> int:
        """Return on how many claims somebody decided."""
        return self.claims - self.open


_ARTICLE = ", ".join(ArticleRow._fields)


class Pager(NamedTuple):
    """Which page of how many."""

    page: int
    """From 1."""
    pages: int
    total: int
    """Rows on all pages."""
    first: int
    """Number of the first row of the page, from 1; 0 where there is none."""
    last: int
    previous: str | None
    """Address of the page before."""
    next: str | None


class ClaimsPage(NamedTuple):
    """A page of claims."""

    rows: tuple[ClaimRow, ...]
    pager: Pager


class Claims(NamedTuple):
    """A page of claims with the filters that lead on."""

    rows: tuple[ClaimRow, ...]
    pager: Pager
    facets: tuple[Facet, ...]


class ArticlesPage(NamedTuple):
    """A page of articles."""

    rows: tuple[ArticleRow, ...]
    pager: Pager


class _Where(NamedTuple):
    sql: str
    values: tuple[object, ...]


def claims(catalogue: Catalogue, filters: Filters, page: int, path: str = "/") -> Claims:
    """Return a page of the claims that pass the filters, and where other filters lead."""
    with catalogue.finding(words_of(filters.q)):
        found = _claims_with(catalogue, filters, page, path)
        return Claims(found.rows, found.pager, _facets(catalogue, filters, path))


def claims_with(catalogue: Catalogue, filters: Filters, page: int, path: str) -> ClaimsPage:
    """Return a page of the claims that pass the filters, the most important first."""
    with catalogue.finding(words_of(filters.q)):
        return _claims_with(catalogue, filters, page, path)


def words_of(q: str) -> list[str]:
    """Return the words of a search."""
    return _WORD.findall(q[:LONGEST_QUERY])


def _claims_with(catalogue: Catalogue, filters: Filters, page: int, path: str) -> ClaimsPage:
    where = _where(filters)
    total = _count(catalogue, where)
    pager = pager_of(page, total, lambda number: filters.url(path, page=number))
    rows = catalogue.rows(
        "SELECT c.slug, a.title, c.brief, c.number, c.short, c.said_by, c.level, c.status, c.said, c.so, "  # noqa: S608 - our own words; values are bound
        "c.checker, c.date, c.changed, c.dismissed, c.added, c.gone, c.differs, c.flags, c.open_questions "
        "FROM claims c JOIN articles a USING (slug) WHERE c.row IN (SELECT c.row FROM claims c "
        # In the list's own order a page is found after a few rows; else thousands are sorted for fifty.
        "INDEXED BY claims_order "
        f"WHERE {where.sql} ORDER BY {_ORDER} LIMIT ? OFFSET ?) ORDER BY {_ORDER}",
        (*where.values, PAGE, (pager.page - 1) * PAGE),
    )
    return ClaimsPage(tuple(_claim_row(row) for row in rows), pager)


def articles(catalogue: Catalogue, sort: Sort, page: int, path: str = "/") -> ArticlesPage:
    """Return a page of the folder's articles."""
    total = int(str(catalogue.rows("SELECT count(*) FROM articles WHERE problem = ''")[0][0]))
    pager = pager_of(page, total, lambda number: f"{path}?{urlencode({'sort': sort, 'page': number})}")
    rows = catalogue.rows(
        f"SELECT {_ARTICLE} FROM articles WHERE problem = '' "  # noqa: S608 - our own words; values are bound
        f"ORDER BY {_ORDERS[sort]} LIMIT ? OFFSET ?",
        (PAGE, (pager.page - 1) * PAGE),
    )
    return ArticlesPage(tuple(ArticleRow(*row) for row in rows), pager)  # type: ignore[arg-type]


def found_articles(catalogue: Catalogue, q: str, most: int = 20) -> tuple[ArticleRow, ...]:
    """Return articles whose title or outlet has all words of a search."""
    words = words_of(q)
    if not words:
        return ()
    wanted = " AND ".join("(a.title LIKE ? OR a.outlet LIKE ?)" for _ in words)
    rows = catalogue.rows(
        f"SELECT {_ARTICLE} FROM articles a "  # noqa: S608 - our own words; values are bound
        f"WHERE problem = '' AND {wanted} ORDER BY {_ORDERS['date']} LIMIT ?",
        (*(f"%{word}%" for word in words for _ in range(2)), most),
    )
    return tuple(ArticleRow(*row) for row in rows)  # type: ignore[arg-type]


def problems(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Return the first JSON files of the folder that are no article's briefs, each with the reason."""
    rows = catalogue.rows("SELECT slug, problem FROM articles WHERE problem != '' ORDER BY slug LIMIT 10")
    return tuple((f"{slug}.json", str(problem)) for slug, problem in rows)


def facets(catalogue: Catalogue, filters: Filters, path: str) -> tuple[Facet, ...]:
    """Return every filter with its values and how many claims each would leave."""
    with catalogue.finding(words_of(filters.q)):
        return _facets(catalogue, filters, path)


def _facets(catalogue: Catalogue, filters: Filters, path: str) -> tuple[Facet, ...]:
    def grouped(name: str, select: str, extra: str = "") -> dict[str, int]:
        where = _where(filters._replace(**{name: ""}))
        query = (
            f"SELECT {select}, count(*) FROM claims c {extra} WHERE {where.sql} GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608 - our own words; values are bound
        )
        return {str(value): int(str(count)) for value, count in catalogue.rows(query, where.values)}

    def facet(name: str, label: str, counts: Mapping[str, int], words: Mapping[str, str]) -> Facet:
        chosen = str(getattr(filters, name))
        choices = tuple(
            Choice(
                value,
                upperfirst(word),
                counts.get(value, 0),
                value == chosen,
                filters.url(path, **{name: "" if value == chosen else value}),
            )
            for value, word in words.items()
            if counts.get(value, 0) or value == chosen
        )
        return Facet(name, label, choices, chosen)

    sources = grouped("source", "c.source")
    shown = dict.fromkeys((*([filters.source] if filters.source else []), *list(sources)[:SOURCES]))
    return (
        facet("status", "Status", grouped("status", "c.status"), _statuses()),
        facet("priority", "Priority", grouped("priority", "c.level"), {each: each for each in _LEVELS}),
        facet("state", "State", _states(catalogue, filters), STATES),
        facet(
            "flag",
            "Flag",
            grouped("flag", "f.kind", "JOIN flags f ON f.row = c.row"),
            {kind.value: words for kind, words in FLAGS.items()},
        ),
        facet("source", "Source", sources, {source: source for source in shown}),
    )


def _states(catalogue: Catalogue, filters: Filters) -> dict[str, int]:
    where = _where(filters._replace(state=""), dismissed=True)
    sums = ", ".join(
        f"sum({sql})" if name == "dismissed" else f"sum(({sql}) AND NOT c.dismissed)"
        for name, sql in _STATE_SQL.items()
    )
    row = catalogue.rows(f"SELECT {sums} FROM claims c WHERE {where.sql}", where.values)[0]  # noqa: S608 - our own words; values are bound
    return {name: int(str(count or 0)) for name, count in zip(_STATE_SQL, row, strict=True)}


def _statuses() -> dict[str, str]:
    return {status.value: words for status, words in STATUSES.items()}


def _where(filters: Filters, *, dismissed: bool = False) -> _Where:
    parts: list[str] = []
    values: list[object] = []
    if filters.state != "dismissed" and not dismissed:
        parts.append("c.dismissed = 0")
    if filters.state:
        parts.append(f"({_STATE_SQL[filters.state]})")
    for column, value in (
        ("c.status", filters.status),
        ("c.level", filters.priority),
        ("c.source", filters.source),
        ("c.slug", filters.article),
    ):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if filters.flag:
        parts.append("c.row IN (SELECT row FROM flags WHERE kind = ?)")
        values.append(filters.flag)
    if filters.q:
        parts.append("c.row IN (SELECT row FROM temp.found)")  # see `Catalogue.finding`
    return _Where(" AND ".join(parts) or "1", tuple(values))


def _count(catalogue: Catalogue, where: _Where) -> int:
    return int(str(catalogue.rows(f"SELECT count(*) FROM claims c WHERE {where.sql}", where.values)[0][0]))  # noqa: S608 - our own words; values are bound


def pager_of(page: int, total: int, url: Callable[[int], str]) -> Pager:
    """Return which page of how many this is; one that is not there becomes the nearest that is."""
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE + 1 if total else 0
    return Pager(
        page=page,
        pages=pages,
        total=total,
        first=first,
        last=min(page * PAGE, total),
        previous=url(page - 1) if page > 1 else None,
        next=url(page + 1) if page < pages else None,
    )


def _claim_row(row: Sequence[object]) -> ClaimRow:
    slug, title, brief, number, short, said_by, level, status, said, so, checker, date = row[:12]
    changed, dismissed, added, gone, differs = (bool(each) for each in row[12:17])
    return ClaimRow(
        slug=str(slug),
        title=str(title),
        brief=str(brief),
        number=int(str(number)),
        short=str(short),
        said_by=str(said_by),
        level=str(level),
        status=str(status),
        status_words=STATUSES[Status(str(status))],
        said=str(said),
        so=str(so),
        checker=str(checker),
        date=str(date),
        changed=changed,
        dismissed=dismissed,
        added=added,
        gone=gone,
        differs=differs,
        flags=tuple(FLAGS[FlagKind(kind)] for kind in str(row[17]).split()),
        open_questions=int(str(row[18])),
    )
