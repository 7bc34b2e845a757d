"""What templates are given: every page's context, typed; all text in it is plain, and templates escape it.

Pages show an article through `briefs.steps.render.view.Page`, as the files beside it do; what the desk adds
stands here.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from briefs.desk.catalogue import Reading
from briefs.desk.listing import ArticleRow, ClaimRow, Facet, Filters, Pager
from briefs.domain.article import Article
from briefs.domain.desk import Desk
from briefs.domain.story import ClaimRef, Story
from briefs.steps.render.marks import Paragraph
from briefs.steps.render.view import Asked, Page, Section

Nav = Literal["articles", "calls", "story", "help", "search", ""]


class Frame(NamedTuple):
    """What stands around every page."""

    title: str
    nav: Nav
    who: str | None
    """The person's name, once typed."""
    csrf: str
    """Goes into every form as `csrf`."""
    here: str
    """Path and query of this page, to come back to it."""
    notice: str | None = None
    """What was just done, for a live region."""
    reading: Reading | None = None
    """Set while a folder is read that the desk does not know yet: lists are not whole."""
    asks_for_token: bool = False
    """People came in with a token and may leave: POST /logout."""


class IndexView(NamedTuple):
    """`/`: the articles; with a filter or words, the claims that pass."""

    frame: Frame
    folder: str
    shows: Literal["articles", "claims"]
    filters: Filters
    facets: tuple[Facet, ...]
    articles: tuple[ArticleRow, ...]
    claims: tuple[ClaimRow, ...]
    pager: Pager
    sort: str
    problems: tuple[tuple[str, str], ...]
    """JSON files that are no briefs, each with the reason."""
    article_title: str | None
    """Of the article that claims are filtered by."""


class SearchView(NamedTuple):
    """`/search`: articles by title, claims by any word."""

    frame: Frame
    q: str
    articles: tuple[ArticleRow, ...]
    claims: tuple[ClaimRow, ...]
    pager: Pager


class FieldView(NamedTuple):
    """A field of the desk in a form."""

    name: str
    label: str
    value: str
    """What the form shows: what a person typed where it was refused, else what is recorded."""
    longest: int
    problem: str | None = None


class QuestionView(NamedTuple):
    """A question of a claim, to be ticked off."""

    key: str
    asked: Asked
    done: bool
    answer: str
    who: str | None
    """Who ticked it off."""
    action: str
    """Where its form is sent: `answer`, `done`, `revision`, `csrf`."""
    problem: str | None = None


class ClaimView(NamedTuple):
    """A claim with its form."""

    section: Section
    desk: Desk
    revision: int
    fields: Mapping[str, FieldView]
    """By name, in the order in which a checker fills them in."""
    questions: tuple[QuestionView, ...]
    passes: bool
    """It passes the filters of the page."""
    selected: bool
    action: str
    """Where the edit form is sent; `/dismiss`, `/restore` behind it."""
    url: str
    """Of the article's page with this claim open, filters kept."""
    reason: str = ""
    """Why it is dismissed, or was to be: what the form of dismissing shows."""
    refusal: str | None = None
    """Why what was sent was not recorded."""


class ArticleView(NamedTuple):
    """`/a/SLUG`: the article and its claims."""

    frame: Frame
    article: Article
    slug: str
    page: Page
    paragraphs: tuple[Paragraph, ...]
    """Segments have `start` in code points of the article's text."""
    claims: tuple[ClaimView, ...]
    """In the article's order, dismissed ones included."""
    printed: frozenset[str]
    """Ids of the claims whose sections stand on the page: all but in a very long article."""
    earlier: str | None
    """Address of the page with the claims before those that are printed."""
    later: str | None
    selected: ClaimView | None
    previous: str | None
    """Address of the claim before the selected one, among those that pass."""
    next: str | None
    filters: Filters
    facets: tuple[Facet, ...]
    counts: Mapping[str, int]
    """Claims by status, dismissed ones left out."""
    passing: int
    files_note: str | None
    """What is to be said of the article's files: one could not be written, a person's edit stands beside."""


class Side(NamedTuple):
    """One field in the two versions of a conflict; all values in words for people."""

    name: str
    label: str
    before: str
    """When the page was loaded."""
    theirs: str
    """What is there now."""
    yours: str
    theirs_changed: bool
    yours_changed: bool


class Since(NamedTuple):
    """Something that was recorded since the page was loaded."""

    at: str
    who: str
    lines: tuple[str, ...]


class ConflictView(NamedTuple):
    """409: somebody else changed the claim meanwhile; nothing of either version is lost."""

    frame: Frame
    slug: str
    title: str
    claim: ClaimView | None
    """As it is now; none where the claim is not there any more."""
    heading: str
    message: str
    sides: tuple[Side, ...]
    since: tuple[Since, ...]
    action: str
    """Where to send `fields` again: yours on top of theirs."""
    fields: Mapping[str, str]
    """Everything that the form has to carry but `csrf`: names and values, the new revision among them."""
    drop: str
    """Address that drops yours."""


class LogEntry(NamedTuple):
    """A line of a log."""

    seq: int
    at: str
    who: str
    line: str
    number: int | None
    """Of the claim; none where it is not in the article any more."""
    short: str
    url: str | None


class LogView(NamedTuple):
    """`/a/SLUG/log`: who changed what, the latest first."""

    frame: Frame
    slug: str
    title: str
    claim: Section | None
    """Set where the log is one claim's."""
    entries: tuple[LogEntry, ...]
    pager: Pager


class Word(NamedTuple):
    """A word of a sentence, to choose the first and the last one."""

    text: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence of the article, to choose from without a script."""

    number: int
    text: str
    start: int
    end: int
    claims: tuple[int, ...]
    """Numbers of the claims that it holds already."""
    why: str
    """What became of it."""
    chosen: bool


class AddView(NamedTuple):
    """`/a/SLUG/add`: choose sentences, then narrow them to words; `words` is empty at the first step."""

    frame: Frame
    slug: str
    title: str
    text_sha256: str
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...]
    places: tuple[Word, ...]
    """Where the words that were given stand, if in several places: choose one."""
    problem: str | None
    action: str


class ErrandView(NamedTuple):
    """A question of the call sheet: one for all the claims that it is asked for."""

    id: str
    """Goes into the form as `errand`."""
    text: str
    settles: str
    look_up: bool
    by_model: bool
    claims: tuple[ClaimRef, ...]
    more_claims: int
    stands_for: int
    """Questions of briefs that the answer answers."""
    done: bool
    answer: str
    who: str | None
    seen: str
    """Goes into the form as `seen`."""


class CallView(NamedTuple):
    """Somebody to ask, or something to look up."""

    whom: str
    errands: tuple[ErrandView, ...]


class CallsView(NamedTuple):
    """`/calls`: the call sheet as a checklist; its form goes to POST /calls."""

    frame: Frame
    look_ups: tuple[CallView, ...]
    calls: tuple[CallView, ...]
    ticked: bool
    """The page shows what is done (`/calls?ticked=true`)."""
    pager: Pager
    open: int
    """Questions on all pages."""
    done: int


class CallConflictView(NamedTuple):
    """409 of the call sheet: somebody else answered meanwhile."""

    frame: Frame
    errand: ErrandView | None
    """As it is now; none where it is not asked any more."""
    yours: str
    yours_done: bool
    message: str


class StoryView(NamedTuple):
    """`/story`: the overview; `story` is none where no run has made one."""

    frame: Frame
    story: Story | None
    known: frozenset[str]
    """Slugs of articles that the desk has: only those are links."""


class ErrorView(NamedTuple):
    """An error's page."""

    frame: Frame
    status: int
    heading: str
    message: str
    back: str | None


class NameView(NamedTuple):
    """`/who`: type your name once."""

    frame: Frame
    next: str
    problem: str | None


class LoginView(NamedTuple):
    """`/login`: the desk's token; nothing of the folder is on it."""

    frame: Frame
    next: str
    problem: str | None


class HelpView(NamedTuple):
    """`/help`: keys and what the words mean."""

    frame: Frame
