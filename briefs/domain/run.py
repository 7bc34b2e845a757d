"""The record of a run: what differs from run to run, so that an article's own files need not."""

from pydantic import Field

from briefs.domain.spans import Frozen


class ArticleRun(Frozen):
    """What became of one input of a run."""

    input: str
    """The path or URL that was read."""
    id: str | None = None
    slug: str | None = None
    seconds: float = Field(ge=0)
    files: tuple[str, ...] = ()
    """Names of its files in the output folder, changed or not."""
    beside: str | None = None
    """The file written beside a Markdown file that a person has edited."""
    claims: int = Field(default=0, ge=0)
    high: int = Field(default=0, ge=0)
    """How many of the claims are of high priority."""
    flags: int = Field(default=0, ge=0)
    notes: tuple[str, ...] = ()
    error: str | None = None
    """Why it failed, in one line; null where it did not."""


class RunRecord(Frozen):
    """The content of `outputs/run.json`."""

    tool_version: str
    engine: str
    started: str
    """ISO 8601 date-time with its offset from UTC."""
    seconds: float = Field(ge=0)
    jobs: int = Field(default=1, ge=1)
    formats: tuple[str, ...] = ()
    done: int = Field(default=0, ge=0)
    failed: int = Field(default=0, ge=0)
    interrupted: bool = False
    articles: tuple[ArticleRun, ...] = ()
