"""What a worker does with one input: read, draft, render; and what it hands back.

With a model, drafting stops where it needs replies: the worker keeps the suspended draft under a number and
hands its requests out; whoever makes the calls comes back with the replies. Meanwhile it reads ahead.

Whoever hands out work imports this module too, and needs no parser: that is loaded with the first work.
"""

import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from briefs.domain.brief import Failure
from briefs.domain.proposals import Rejection
from briefs.domain.run import StepUse
from briefs.errors import BriefsError, InputError, where_raised
from briefs.llm.port import Asking, Reply, Request
from briefs.pipeline.one import article_of
from briefs.prompts import Prompts, load_prompts
from briefs.readers.inputs import Input, Loaded
from briefs.steps.ingest import Given
from briefs.steps.render import Format, render

if TYPE_CHECKING:
    from briefs.pipeline.order import Draft, Reading
    from briefs.store.claim_index.entry import Entry
    from briefs.store.passages import PassageIndex


class Wanted(NamedTuple):
    """What is wanted of every article."""

    formats: tuple[Format, ...]
    relates: bool = False
    """What the claim index keeps of it is wanted too."""
    evidence: Path | None = None
    """Index of the passages that claims are held against, as `library_of` gives it."""
    stance: bool = False
    """A model, where there is one, is asked what they say, too."""


class Job(NamedTuple):
    """One input, and what is wanted of it."""

    input: Input
    given: Given
    wanted: Wanted
    loaded: Loaded | None = None
    """Its content, where only the parent process can read it (standard input)."""


class Drafted(NamedTuple):
    """One article's files, ready to be written, and what a summary says of them."""

    id: str
    slug: str
    title: str
    files: dict[str, str]
    """Suffix without its dot to content."""
    claims: int
    high: int
    flags: int
    notes: tuple[str, ...]
    failures: tuple[Failure, ...] = ()
    """Parts of which the model's calls failed for good; they stand in the brief's header."""
    rejections: tuple[Rejection, ...] = ()
    entry: "Entry | None" = None
    """For the claim index, where it is wanted."""
    run_notes: tuple[str, ...] = ()
    """What a person should know of the run as a whole, the same from every article."""

    @property
    def forms(self) -> tuple[Format, ...]:
        """Return the formats of its files."""
        return tuple(form for form in get_args(Format) if form in self.files)


class Outcome(NamedTuple):
    """What became of one input: files to write, or the reason why not."""

    input: Input
    drafted: Drafted | None
    error: str | None
    seconds: float
    """Time of the work on it, without waiting for a model."""
    use: tuple[StepUse, ...] = ()
    """What it took of the model, a step each."""
    put_off: int = 0
    """Calls that are answered another day; then there is neither a draft nor an error."""


class Asked(NamedTuple):
    """A draft that waits for replies."""

    id: str
    slug: str
    requests: tuple[Request, ...]
    seconds: float
    """Time of the work on it so far."""


class Adviser(NamedTuple):
    """The model as a worker is told of it: prompts hold compiled templates and do not travel."""

    model: str
    prompts: Path | None
    """Folder of the user's own prompts."""


def process(job: Job) -> Outcome:
    """Make one article's files by the offline rules; every error becomes part of the outcome."""
    from briefs.pipeline.order import Draft, draft  # noqa: PLC0415 - loads the parser

    begun = time.perf_counter()
    try:
        article = article_of(job.input, job.given, job.loaded)
        drafted = _drafted(Draft(draft(article, library_at(job.wanted.evidence))), job)
    except Exception as error:
        return failed(job.input, error, time.perf_counter() - begun)
    return Outcome(job.input, drafted, None, time.perf_counter() - begun)


class _Open(NamedTuple):
    job: Job
    reading: "Reading"
    asking: "Asking[Draft]"
    seconds: float


_open: dict[int, _Open] = {}
"""Drafts of this process that wait for replies, by number."""


def begin(number: int, job: Job, adviser: Adviser) -> Asked | Outcome:
    """Start drafting one article with a model; `number` is how `go_on` names it."""
    from briefs.pipeline.order import Assistance, Reading, drafting  # noqa: PLC0415 - loads the parser

    begun = time.perf_counter()
    try:
        reading = Reading(article_of(job.input, job.given, job.loaded))
        assistance = Assistance(adviser.model, prompts_at(adviser.prompts), job.wanted.stance)
        asking = drafting(reading, assistance, library_at(job.wanted.evidence))
    except Exception as error:
        return failed(job.input, error, time.perf_counter() - begun)
    _open[number] = _Open(job, reading, asking, time.perf_counter() - begun)
    return _step(number, None)


def go_on(number: int, replies: tuple[Reply, ...]) -> Asked | Outcome:
    """Go on with a draft that waited for `replies`."""
    return _step(number, replies)


def read_ahead(number: int) -> None:
    """Make what a draft will need of the offline rules, while its calls are under way."""
    opened, begun = _open.get(number), time.perf_counter()
    if opened is None:  # it is done already
        return
    with suppress(Exception):  # the draft meets it again, and says so
        opened.reading.read_ahead()
    _open[number] = opened._replace(seconds=opened.seconds + time.perf_counter() - begun)


def warm() -> None:
    """Import the steps in a new process, before the first article is handed to it."""
    import briefs.pipeline.order  # noqa: F401, PLC0415 - loads the parser


def forget(number: int) -> None:
    """Drop a draft whose replies will never come."""
    opened = _open.pop(number, None)
    if opened is not None:
        opened.asking.close()


def _step(number: int, replies: tuple[Reply, ...] | None) -> Asked | Outcome:
    opened, begun = _open.pop(number), time.perf_counter()
    try:
        requests = next(opened.asking) if replies is None else opened.asking.send(replies)
    except StopIteration as stop:
        drafted = _drafted(stop.value, opened.job)
        return Outcome(opened.job.input, drafted, None, opened.seconds + time.perf_counter() - begun)
    except Exception as error:
        return failed(opened.job.input, error, opened.seconds + time.perf_counter() - begun)
    seconds = opened.seconds + time.perf_counter() - begun
    _open[number] = opened._replace(seconds=seconds)
    article = opened.reading.article
    return Asked(article.id, article.slug, requests, seconds)


@cache
def prompts_at(folder: Path | None) -> Prompts:
    """Return the prompts of a folder, read once a process."""
    return load_prompts(folder)


@cache
def library_at(file: Path | None) -> "PassageIndex | None":
    """Return the index of a folder's passages, opened once a process."""
    if file is None:
        return None
    from briefs.store.passages import PassageIndex  # noqa: PLC0415 - only where documents are given

    return PassageIndex(file)


def _drafted(made: "Draft", job: Job) -> Drafted:
    from briefs.pipeline.entries import entry_of  # noqa: PLC0415 - where work is done, not handed out

    result, library = made.briefs, library_at(job.wanted.evidence)
    return Drafted(
        id=result.article.id,
        slug=result.article.slug,
        title=result.article.title,
        files={form: render(result, form) for form in job.wanted.formats},
        claims=len(result.briefs),
        high=sum(each.claim.priority.level == "high" for each in result.briefs),
        flags=result.flags_in_all,
        notes=result.article.notes,
        failures=result.made.failures,
        rejections=made.rejections,
        entry=entry_of(result) if job.wanted.relates else None,
        run_notes=library.notes if library else (),
    )


def failed(found: Input, error: Exception, seconds: float = 0.0) -> Outcome:
    """Return the outcome of an input that gave nothing, with the reason in one line."""
    if not isinstance(error, BriefsError):
        error = InputError(found.path, where_raised(error), "please report this")
    return Outcome(found, None, " ".join(str(error).split()), seconds)
