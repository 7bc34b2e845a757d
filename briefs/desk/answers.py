"""What programs are answered, as JSON; the OpenAPI description is made from these."""

from pydantic import BaseModel, ConfigDict

from briefs.domain.desk import Desk


class Answer(BaseModel):
    """An answer; fields may be added."""

    model_config = ConfigDict(frozen=True)


class Failed(Answer):
    """Why nothing was done."""

    message: str
    field: str | None = None
    """The form's field that it is about."""


class Conflicted(Answer):
    """Somebody else changed it meanwhile: nothing was recorded, and here are both versions."""

    message: str
    revision: int
    theirs: dict[str, str]
    yours: dict[str, str]
    html: str
    """The conflict for people, to be shown in place."""


class ClaimSummary(Answer):
    """A claim in a list."""

    article: str
    """The name of its article's files."""
    brief: str
    number: int
    short: str
    said_by: str
    priority: str
    status: str
    said: str
    so: str
    changed: bool
    dismissed: bool
    flags: list[str]
    open_questions: int


class ArticleSummary(Answer):
    """An article in a list."""

    slug: str
    title: str
    outlet: str
    published: str
    claims: int
    open: int
    high_open: int
    changed: int
    dismissed: int
    open_questions: int


class Index(Answer):
    """A page of articles, or of claims where a filter is on."""

    articles: list[ArticleSummary]
    claims: list[ClaimSummary]
    page: int
    pages: int
    total: int
    complete: bool
    """False while a folder is read that the desk does not know yet."""


class Claimed(Answer):
    """A claim of an article."""

    brief: str
    number: int
    quote: str
    revision: int
    desk: Desk
    open_questions: int


class ArticleAnswer(Answer):
    """An article's claims."""

    slug: str
    title: str
    text_sha256: str
    claims: list[Claimed]


class Saved(Answer):
    """What was recorded, and the claim as it now is."""

    message: str
    brief: str
    revision: int
    status: str
    said: str
    so: str
    dismissed: bool
    counts: dict[str, int]
    """The article's claims by status."""
    html: str
    """The claim's section, to be shown in place."""


class Logged(Answer):
    """A line of a log."""

    seq: int
    at: str
    who: str
    line: str


class Log(Answer):
    """A log, the latest line first."""

    entries: list[Logged]
    total: int


class ErrandAnswer(Answer):
    """A question of the call sheet."""

    id: str
    ask: str
    text: str
    settles: str
    look_up: bool
    done: bool
    answer: str
    who: str | None
    stands_for: int
    seen: str


class Calls(Answer):
    """The call sheet."""

    errands: list[ErrandAnswer]
    open: int
    done: int


class CallSaved(Answer):
    """A question of the call sheet after its answer."""

    message: str
    errand: ErrandAnswer
    answered: int
    """Questions of briefs that were answered with it."""


class Named(Answer):
    """The person's name as it is kept."""

    who: str
