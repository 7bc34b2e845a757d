"""The record of a run: what differs from run to run, so that an article's own files need not."""

from collections import Counter
from collections.abc import Iterable

from pydantic import Field

from briefs.domain.brief import Failure
from briefs.domain.spans import Frozen


class StepUse(Frozen):
    """What one step asked of a model, for one article or for a whole run."""

    step: str
    calls: int = Field(default=0, ge=0)
    """Requests sent to the model, repairs included; retries of one request are counted in `attempts`."""
    attempts: int = Field(default=0, ge=0)
    """HTTP requests."""
    cache_hits: int = Field(default=0, ge=0)
    tokens_in: int = Field(default=0, ge=0)
    tokens_out: int = Field(default=0, ge=0)
    cost: float | None = Field(default=None, ge=0)
    """In US dollars; null where the model's price is not known."""
    seconds: float = Field(default=0.0, ge=0)
    """Sum of the calls' own durations."""
    failed: dict[str, int] = Field(default_factory=dict)
    """Kind of failure to how many calls."""
    rejected: dict[str, int] = Field(default_factory=dict)
    """Check that was not passed to how many of the model's statements."""


def summed(uses: Iterable[tuple[StepUse, ...]]) -> tuple[StepUse, ...]:
    """Return the sum of what many articles took, a step each in the order in which they first asked."""
    sums: dict[str, StepUse] = {}
    for use in (each for article in uses for each in article):
        sums[use.step] = _added(sums[use.step], use) if use.step in sums else use
    return tuple(sums.values())


def _added(one: StepUse, other: StepUse) -> StepUse:
    known = one.cost is not None and other.cost is not None
    return StepUse(
        step=one.step,
        calls=one.calls + other.calls,
        attempts=one.attempts + other.attempts,
        cache_hits=one.cache_hits + other.cache_hits,
        tokens_in=one.tokens_in + other.tokens_in,
        tokens_out=one.tokens_out + other.tokens_out,
        cost=round((one.cost or 0.0) + (other.cost or 0.0), 8) if known else None,
        seconds=round(one.seconds + other.seconds, 3),
        failed=dict(sorted((Counter(one.failed) + Counter(other.failed)).items())),
        rejected=dict(sorted((Counter(one.rejected) + Counter(other.rejected)).items())),
    )


class ArticleRun(Frozen):
    """What became of one input of a run."""

    input: str
    """The path or URL that was read; of a text in a manifest, the manifest and the article's id."""
    row: int | None = Field(default=None, ge=1)
    """Its row in the manifest that lists it."""
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
    use: tuple[StepUse, ...] = ()
    """What it took of the model, a step each."""
    failures: tuple[Failure, ...] = ()
    """As in its header: parts drafted offline because calls failed for good."""
    error: str | None = None
    """Why it failed, in one line; null where it did not."""


class Relating(Frozen):
    """What relating the articles of a run to one another and to earlier ones came to."""

    pairs: int = Field(default=0, ge=0)
    """Pairs of claims of different articles that were held against each other, if only at a glance."""
    relations: dict[str, int] = Field(default_factory=dict)
    """Kind of relation to how many were found; what was compared in an earlier run is not compared again."""
    rewritten: int = Field(default=0, ge=0)
    """Articles whose briefs were written again for what others say."""
    overview: str | None = None
    """Name of the story's overview in the output folder."""
    seconds: float = Field(default=0.0, ge=0)


class RunRecord(Frozen):
    """The content of `outputs/run.json`."""

    tool_version: str
    engine: str
    """"offline" or "model"."""
    model: str | None = None
    """The model's id."""
    prompts: dict[str, str] = Field(default_factory=dict)
    """Prompt name to its version and hash."""
    started: str
    """ISO 8601 date-time with its offset from UTC."""
    seconds: float = Field(ge=0)
    jobs: int = Field(default=1, ge=1)
    formats: tuple[str, ...] = ()
    done: int = Field(default=0, ge=0)
    failed: int = Field(default=0, ge=0)
    interrupted: bool = False
    use: tuple[StepUse, ...] = ()
    """The sum over all articles, a step each."""
    prices_of: str | None = None
    """ISO date of the price list that costs were worked out with."""
    relating: Relating | None = None
    """Null where articles were not related."""
    articles: tuple[ArticleRun, ...] = ()
