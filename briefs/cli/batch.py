"""`briefs batch`: the same briefs at half the price, a day later, through OpenAI's Batch API."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from briefs.batch.fetching import fetch, refresh, tidy
from briefs.batch.job import BatchJob
from briefs.batch.rows import UNDER_WAY, UNSENT
from briefs.batch.sending import send
from briefs.batch.state import FILE, BatchState
from briefs.cli.batch_report import report_of, status_lines
from briefs.cli.batch_round import Asked, Round, draft_round
from briefs.cli.chosen import Chosen, print_estimate
from briefs.cli.inputs import InputOptions, input_options
from briefs.cli.model_options import ModelCommand, ModelOptions, model_options
from briefs.cli.options import article_options, formats_of, stop
from briefs.cli.relating import RelatingOptions, relating_options
from briefs.cli.terminal import printable
from briefs.config import load_settings, settings_of
from briefs.errors import BriefsError, ConfigError, ModelCallError
from briefs.llm.batch_api import BatchApi
from briefs.llm.batch_plan import batch_api, check_batch
from briefs.llm.plan import plan
from briefs.llm.prices import batched
from briefs.pipeline import given_by_user
from briefs.prompts import load_prompts
from briefs.readers.inputs import STANDARD_INPUT, evidence_folder
from briefs.store.files import prepare

LATER = 3
"""Exit code: batches are under way, and there is nothing wrong."""
_OUT = click.option("--out", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True)
_QUIET = click.option("--quiet", is_flag=True, help="Print errors only.")
_NOT_FOR_BATCHES = frozenset({"record", "replay", "concurrency", "requests_per_minute", "tokens_per_minute"})


@click.group("batch")
def command() -> None:
    """Draft briefs with OpenAI's Batch API: half the price, within a day, the same briefs.

    `submit` asks, `status` shows how far it is, `collect` fetches replies, asks what follows from them and
    writes the briefs of every article that has all of its own. Two or three see most articles
    through. All that is needed in between lies in batch.sqlite in the output folder.

    \b
    Exit codes:
      0    all is submitted (submit) or written (collect, status)
      1    articles failed, or calls did and that part is the offline draft; or the
           server could not be reached
      2    wrong usage or configuration
      3    batches are under way: come back later (collect, status)
      130  interrupted; every command may be killed and said again
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines


@command.command("submit", cls=ModelCommand, short_help="Ask a model about every article.")
@input_options
@_OUT
@click.option(
    "--format", "formats", default="md,json", show_default=True, metavar="md,json,html", help="What to write."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@_QUIET
@click.option("--evidence", type=click.Path(path_type=Path), help="As for `briefs run`.")
@click.option(
    "--rounds", type=click.IntRange(1, 10), default=3, show_default=True, help="Times that a request is sent."
)
@click.option("--keep-files", is_flag=True, help="Leave the files of the batches at the provider.")
@article_options
@relating_options
@partial(model_options, without=_NOT_FOR_BATCHES)
def submit(
    articles: InputOptions,
    out: Path,
    formats: str,
    jobs: int,
    quiet: bool,
    evidence: Path | None,
    rounds: int,
    keep_files: bool,
    copy_kind: str,
    published: str | None,
    outlet: str | None,
    relating: RelatingOptions,
    model: ModelOptions,
) -> None:
    """Ask a model about every article, to be answered within a day.

    PATH is as for `briefs run`. The text of the articles goes to the provider in files, which `collect`
    deletes there once their replies are in. What was submitted before and is interrupted goes on.

    \b
    Exit codes: 0 all is submitted, 1 some articles cannot be read or something is not sent yet (say it
    again, or `collect`), 2 wrong usage or configuration, 130 interrupted.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    with _reporting():
        given_by_user(copy_kind, published, outlet)
        if STANDARD_INPUT in articles.paths:
            raise ConfigError("-: standard input is gone when the replies come; give a file")
        settings = load_settings(model.given())
        documents = evidence or (None if articles.manifest else evidence_folder(articles.paths))
        job = BatchJob(
            paths=articles.paths,
            folder=str(Path.cwd()),
            formats=formats_of(formats),
            jobs=jobs,
            copy_kind=copy_kind,
            published=published,
            outlet=outlet,
            manifest=articles.manifest,
            root=_text(articles.root),
            evidence=_text(documents),
            store=_text(relating.store),
            no_store=relating.no_store,
            aliases=_text(relating.aliases),
            top=relating.top,
            rounds=rounds,
            keep_files=keep_files,
            settings=settings.model_dump(mode="json"),
        )
        asked = _asked(job, out, quiet)
        check_batch(asked.choice.plan, settings)
        if model.estimate:
            sys.exit(_estimate(asked))
        prepare(out)
        with _at_work(asked) as work:
            _begin(work)
            if not quiet:
                click.echo(f"{asked.choice.plan.sentence} {_UNTIL}", err=True)
            round_ = work.go_on(fetching=False)
            unsent = work.state.batches(*UNSENT)
            code = 1 if round_.failed or round_.fallbacks or unsent else 0
            work.tell(round_)
    sys.exit(code)


@command.command("collect", short_help="Fetch replies, ask what follows, write briefs.")
@_OUT
@_QUIET
@click.option("--wait", is_flag=True, help="Stay, and collect again until all is written.")
def collect(out: Path, quiet: bool, wait: bool) -> None:
    """Fetch replies, ask what follows from them, write the briefs of articles that have all of theirs.

    Nothing needs to be said again but --out; the key is taken from the environment. The provider's files are
    deleted once what is in them is here.

    \b
    Exit codes: 0 all is written, 1 some articles failed, or calls did and that part is the offline draft, or
    the server could not be reached; 2 wrong usage or configuration, 3 batches are under way: come back
    later, 130 interrupted.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    with _reporting():
        code = _collected(_known(out, quiet))
        while code == LATER and wait:
            time.sleep(_PAUSE)
            code = _collected(_known(out, quiet))
    sys.exit(code)


@command.command("status", short_help="Show batches, articles and cost so far.")
@_OUT
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def status(out: Path, as_json: bool) -> None:
    """Show each batch: its state, counts, age, when it expires, and what all cost so far.

    \b
    Exit codes: as those of collect; where the provider cannot be reached, what was last known is shown, and
    the exit code is 1.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    with _reporting(), _at_work(_known(out, quiet=True)) as work:
        unreached = None
        try:
            refresh(work.state, work.api)
        except ModelCallError as error:
            unreached = str(error)
        report = report_of(work.state, work.asked.choice.plan, int(time.time()), unreached)
        if as_json:
            click.echo(json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False))
        else:
            for line in status_lines(report, out):
                click.echo(printable(line))
        code = 1 if unreached else work.code()
    sys.exit(code)


_UNTIL = "In a batch it lies there in files, until they are collected."
_PAUSE = 60.0
"""Seconds between two looks with --wait."""
ResultT = TypeVar("ResultT")


class _Work(NamedTuple):
    """A command at work on a submission."""

    state: BatchState
    api: BatchApi
    asked: Asked

    def go_on(self, *, fetching: bool = True) -> Round:
        """Do all that can be done now."""
        state, quiet = self.state, self.asked.quiet
        fetched = fetch(state, self.api) if fetching else None
        _notes(fetched.notes if fetched else (), quiet)
        done = Round()
        unsettled = state.fact("to_draft") != "0" and state.articles().open
        if unsettled or state.fact("whole") != "1":
            done = draft_round(state, self.asked)
            state.remember("fallbacks", str(int(state.fact("fallbacks") or 0) + done.fallbacks))
        sent = send(state, self.api)
        _notes(sent.notes, quiet=False)
        left = tidy(state, self.api, keep=self.asked.job.keep_files)
        if left:
            _notes((f"{left} files are still to be deleted at the provider; collect again",), quiet)
        return done

    def code(self) -> int:
        """Return the exit code that says how far a submission is."""
        articles = self.state.articles()
        if self.state.batches(*UNSENT) and not self.state.batches("sent"):
            return 1  # nothing will come of waiting
        if articles.open or self.state.batches(*UNDER_WAY):
            return LATER
        return 1 if articles.failed or int(self.state.fact("fallbacks") or 0) else 0

    def tell(self, done: Round) -> None:
        """Say how far a submission is."""
        if self.asked.quiet:
            return
        out = self.asked.out
        report = report_of(self.state, self.asked.choice.plan, int(time.time()), None)
        if done.waiting:
            click.echo(f"{done.waiting:,} requests wait until others have come back.")
        for line in status_lines(report, out, batches=False):
            click.echo(printable(line))


def _collected(asked: Asked) -> int:
    """Collect once and return the exit code; between two looks the state is free for others."""
    with _at_work(asked) as work:
        work.tell(work.go_on())
        return work.code()


def _begin(work: _Work) -> None:
    """Begin a submission, or go on with the same one; raises ConfigError where another is not collected."""
    state, job = work.state, work.asked.job
    former = state.job
    open_ = former is not None and (
        state.articles().open or state.fact("whole") != "1" or state.batches(*UNDER_WAY)
    )
    if former is not None and open_:
        if former.same_as(job):
            state.remember("job", job.model_dump_json())
            return
        raise ConfigError(
            f"{state.path}: what was submitted before ({former.model}, {' '.join(former.paths[:3])}) is not "
            f"collected yet; run `briefs batch collect --out {work.asked.out}`, or choose another --out"
        )
    work.api.check()
    state.begin(job)


def _known(out: Path, quiet: bool) -> Asked:
    """Return what was asked for in an output folder."""
    if not BatchState.is_in(out):
        raise ConfigError(
            f"{out}: nothing was submitted here ({FILE} is not there); name the folder with --out"
        )
    with BatchState(out) as state:
        job = state.job
    if job is None:
        raise ConfigError(f"{out}: nothing was submitted here yet; run `briefs batch submit`")
    if Path(job.folder) != Path.cwd():
        raise ConfigError(f"{out}: was submitted in {job.folder}; run the command there")
    return _asked(job, out, quiet)


def _asked(job: BatchJob, out: Path, quiet: bool) -> Asked:
    settings = settings_of(**job.settings)
    documents = Path(job.evidence) if job.evidence else None
    if documents is not None and not documents.is_dir():
        raise ConfigError(f"--evidence {documents}: is not a folder; name one that holds documents")
    relating = RelatingOptions(_path(job.store), job.no_store, _path(job.aliases), job.top)
    formats = formats_of(",".join(job.formats))
    planned = plan(settings)
    prompts = None if planned.offline else load_prompts(settings.prompts)
    return Asked(
        out=out,
        job=job,
        choice=Chosen(settings, planned, prompts, documents),
        formats=formats,
        articles=InputOptions(job.paths, job.manifest, _path(job.root)),
        related=relating.settled(out, formats),
        relating=relating,
        quiet=quiet,
    )


@contextmanager
def _at_work(asked: Asked) -> Iterator[_Work]:
    api = batch_api(asked.choice.plan, asked.choice.settings)
    try:
        with BatchState(asked.out) as state:
            yield _Work(state, api, asked)
    finally:
        api.close()


@contextmanager
def _reporting() -> Iterator[None]:
    try:
        yield
    except BriefsError as error:
        stop(error)


def _estimate(asked: Asked) -> int:
    price = batched(asked.choice.plan.price)
    choice = asked.choice._replace(plan=asked.choice.plan._replace(price=price))
    given = given_by_user(asked.job.copy_kind, asked.job.published, asked.job.outlet)
    documents = choice.documents
    found = asked.articles.found(leave_out=(asked.out, *((documents,) if documents else ())))
    code = print_estimate(found, given, choice)
    click.echo(
        "The price is that of a batch, half of the other; a request that is sent again may cost again."
    )
    return code


def _notes(notes: tuple[str, ...], quiet: bool) -> None:
    for note in () if quiet else notes:
        click.echo(f"note: {printable(note)}", err=True)


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)
