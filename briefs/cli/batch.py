"""`briefs batch`: the same briefs at half the price, a day later, through OpenAI's Batch API."""

import json
import sys
import time
from functools import partial
from pathlib import Path

import click

from briefs.cli.inputs import InputOptions, input_options
from briefs.cli.model_options import ModelCommand, ModelOptions, model_options
from briefs.cli.options import (
    article_options,
    evidence_option,
    format_option,
    formats_of,
    jobs_option,
    out_option,
    quiet_option,
    reporting,
    tell,
)
from briefs.cli.relating import RelatingOptions, relating_options
from briefs.cli.terminal import printable
from briefs.config import load_settings
from briefs.errors import ConfigError, ModelCallError
from briefs.readers.inputs import STANDARD_INPUT
from briefs.store.files import prepare

_NOT_FOR_BATCHES = frozenset({"record", "replay", "concurrency", "requests_per_minute", "tokens_per_minute"})
_UNTIL = "In a batch it lies there in files, until they are collected."
_PRICE = "The price is that of a batch, half of the other; a request that is sent again may cost again."
_PAUSE = 60.0
"""Seconds between two looks with --wait."""


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
           server could not be reached, or does not know a batch
      2    wrong usage or configuration
      3    batches are under way: come back later (collect, status)
      130  interrupted; every command may be killed and said again
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines


@command.command("submit", cls=ModelCommand, short_help="Ask a model about every article.")
@input_options
@out_option
@format_option
@jobs_option
@quiet_option
@evidence_option
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
    deletes there once their replies are in. What was submitted before and is interrupted goes on; requests
    of batches that the provider does not know are sent again.

    \b
    Exit codes: 0 all is submitted, 1 some articles cannot be read or something is not sent yet (say it
    again, or `collect`), 2 wrong usage or configuration, 130 interrupted.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    from briefs.batch.job import BatchJob  # noqa: PLC0415 - none of these for --help
    from briefs.batch.rows import UNSENT  # noqa: PLC0415
    from briefs.cli.batch_work import asked_for, submitting  # noqa: PLC0415
    from briefs.cli.chosen import print_estimate  # noqa: PLC0415
    from briefs.llm.plan import check_chosen  # noqa: PLC0415

    with reporting():
        if STANDARD_INPUT in articles.paths:
            raise ConfigError("-: standard input is gone when the replies come; give a file")
        settings = load_settings(model.given())
        check_chosen(settings)
        job = BatchJob(
            paths=articles.paths,
            folder=Path.cwd(),
            formats=formats_of(formats),
            jobs=jobs,
            copy_kind=copy_kind,
            published=published,
            outlet=outlet,
            manifest=articles.manifest,
            root=articles.root,
            evidence=articles.documents(evidence),
            **relating._asdict(),
            rounds=rounds,
            keep_files=keep_files,
            settings=settings.model_dump(mode="json"),
            server_said_by=settings.file if settings.from_file("base_url") else None,
        )
        asked = asked_for(job, out, quiet=quiet)
        if model.estimate:
            code = print_estimate(asked.found(), asked.given, asked.choice)
            click.echo(_PRICE)
            sys.exit(code)
        prepare(out)
        with submitting(asked) as work:
            work.begin()
            if not quiet:
                click.echo(f"{asked.choice.plan.sentence} {_UNTIL}", err=True)
            done = work.go_on(fetching=False)
            work.tell(done)
            code = 1 if done.code or work.state.batches(*UNSENT) else 0
    sys.exit(code)


@command.command("collect", short_help="Fetch replies, ask what follows, write briefs.")
@out_option
@quiet_option
@click.option("--wait", is_flag=True, help="Stay, and collect again until all is written.")
def collect(out: Path, quiet: bool, wait: bool) -> None:
    """Fetch replies, ask what follows from them, write the briefs of articles that have all of theirs.

    Nothing needs to be said again but --out; the key is taken from the environment. The provider's files are
    deleted once what is in them is here.

    \b
    Exit codes: 0 all is written, 1 some articles failed, or calls did and that part is the offline draft, or
    the server could not be reached, or does not know a batch; 2 wrong usage or configuration, 3 batches are
    under way: come back later, 130 interrupted.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    from briefs.cli.batch_work import LATER, submitted  # noqa: PLC0415 - not for --help

    told = quiet
    with reporting():
        while True:
            with submitted(out, quiet=quiet) as work:
                if not told:
                    click.echo(work.asked.choice.plan.sentence, err=True)
                    told = True
                done = work.go_on()
                work.tell(done)
                code = work.code() or done.code
            if code != LATER or not wait:
                break
            time.sleep(_PAUSE)  # the state is free for other commands
    sys.exit(code)


@command.command("status", short_help="Show batches, articles and cost so far.")
@out_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def status(out: Path, as_json: bool) -> None:
    """Show each batch: its state, counts, age, when it expires, and what all cost so far.

    \b
    Exit codes: as those of collect; where the provider cannot be reached, what was last known is shown, and
    the exit code is 1.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    from briefs.batch.fetching import refresh  # noqa: PLC0415 - none of these for --help
    from briefs.cli.batch_report import report_of, status_lines  # noqa: PLC0415
    from briefs.cli.batch_work import submitted  # noqa: PLC0415

    with reporting(), submitted(out, quiet=True) as work:
        unreached = None
        try:
            tell(refresh(work.state, work.api).notes)
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
