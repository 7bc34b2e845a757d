"""`briefs run`: from articles to briefs in a folder, with progress, partial failure and a closing table."""

import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import click

from briefs import __version__
from briefs.cli.options import article_options, report, stop
from briefs.cli.progress import Progress, closing_table
from briefs.cli.terminal import INTERRUPTED
from briefs.domain.scan import OFFLINE
from briefs.domain.run import ArticleRun, RunRecord
from briefs.errors import BriefsError, ConfigError
from briefs.pipeline import Outcome, given_by_user, run_many
from briefs.readers.inputs import inputs
from briefs.steps.render import Format
from briefs.store.files import prepare
from briefs.store.outputs import write, write_record

_ENGINE = "Engine: offline. No model is asked, and nothing of an article leaves this machine."


@click.command("run")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True)
@click.option(
    "--format", "formats", default="md,json", show_default=True, metavar="md,json,html", help="What to write."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
@article_options
def command(
    paths: tuple[str, ...],
    out: Path,
    formats: str,
    jobs: int,
    quiet: bool,
    copy_kind: str,
    published: str | None,
    outlet: str | None,
) -> None:
    r"""Draft a fact-check brief for every checkable claim of each article.

    PATH is a file (.txt .md .html .pdf .docx), a folder, an http(s) URL, or - for standard input. A
    Markdown file that somebody has edited is never overwritten: the new one is written beside it.

    \b
    Exit codes: 0 all done, 1 some articles failed and the rest are written,
    2 wrong usage or configuration, 130 interrupted.
    """
    try:
        given = given_by_user(copy_kind, published, outlet)
        forms = _formats(formats)
        found = tuple(inputs(paths, leave_out=(out,)))
        prepare(out)
        if not quiet:
            click.echo(_ENGINE, err=True)
        run = _Run(out, forms, jobs, quiet, len(found))
        try:
            with closing(run_many(found, given, forms, jobs)) as outcomes:
                for outcome in outcomes:
                    run.add(outcome)
        except KeyboardInterrupt:
            run.close(interrupted=True)
            sys.exit(INTERRUPTED)
        finally:
            run.progress.close()
        run.close(interrupted=False)
    except BriefsError as error:
        stop(error)
    sys.exit(1 if run.failed or run.unrecorded else 0)


def _formats(given: str) -> tuple[Format, ...]:
    asked = [each.strip().lower() for each in given.split(",") if each.strip()]
    unknown = [each for each in asked if each not in get_args(Format)]
    if unknown or not asked:
        named = ", ".join(unknown) or "nothing"
        raise ConfigError(f"--format {given!r}: {named} is not a format; choose from md, json, html")
    return tuple(form for form in get_args(Format) if form in asked)


class _Run:
    """One run: writes what comes out, keeps the record, tells a person."""

    def __init__(self, out: Path, formats: tuple[Format, ...], jobs: int, quiet: bool, total: int) -> None:
        self.out = out
        self.formats = formats
        self.jobs = jobs
        self.quiet = quiet
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self.begun = time.perf_counter()
        self.articles: list[ArticleRun] = []
        self.unrecorded = False
        self.progress = Progress(total, quiet=quiet)

    @property
    def failed(self) -> int:
        """Return how many inputs gave no brief."""
        return sum(article.error is not None for article in self.articles)

    def add(self, outcome: Outcome) -> None:
        """Write one outcome's files and report it."""
        article = self._written(outcome)
        self.articles.append(article)
        self.progress.done(article)

    def _written(self, outcome: Outcome) -> ArticleRun:
        drafted = outcome.drafted
        seconds = round(outcome.seconds, 3)
        if drafted is None:
            return ArticleRun(input=outcome.input.path, seconds=seconds, error=outcome.error)
        try:
            written = write(self.out, drafted.slug, drafted.files)
        except ConfigError as error:
            message = f"{outcome.input.path}: {' '.join(str(error).split())}"
            return ArticleRun(input=outcome.input.path, seconds=seconds, error=message)
        return ArticleRun(
            input=outcome.input.path,
            id=drafted.id,
            slug=drafted.slug,
            seconds=seconds,
            files=tuple(path.name for path in written.files),
            beside=written.beside.name if written.beside else None,
            claims=drafted.claims,
            high=drafted.high,
            flags=drafted.flags,
            notes=(*drafted.notes, *((written.note,) if written.note else ())),
        )

    def close(self, *, interrupted: bool) -> None:
        """Write the run's record and print the closing table."""
        self.progress.close()
        record = RunRecord(
            tool_version=__version__,
            engine=OFFLINE,
            started=self.started,
            seconds=round(time.perf_counter() - self.begun, 3),
            jobs=self.jobs,
            formats=self.formats,
            done=len(self.articles) - self.failed,
            failed=self.failed,
            interrupted=interrupted,
            articles=tuple(self.articles),
        )
        try:
            write_record(self.out, record)
        except ConfigError as error:
            # The disk is full, or a folder has that name: the table is still worth seeing.
            self.unrecorded = True
            report(error)
        if interrupted:
            click.echo(f"briefs: interrupted; {record.done} articles are written and whole", err=True)
        if not self.quiet:
            closing_table(record, self.out)
