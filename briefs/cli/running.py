"""One run: writes what comes out, keeps the record of it, tells a person. It holds no list of articles."""

import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from briefs import __version__
from briefs.cli.chosen import Chosen
from briefs.cli.options import report, tell
from briefs.cli.progress import LISTED, Closing, Progress, closing_table
from briefs.cli.terminal import INTERRUPTED
from briefs.domain.run import ArticleRun, RunRecord, StepUse, summed
from briefs.domain.scan import OFFLINE
from briefs.errors import ConfigError, DeskError, FileChanged
from briefs.pipeline import Outcome
from briefs.readers.inputs import Input
from briefs.steps.render import Format
from briefs.store.namesakes import claim_name
from briefs.store.outputs import write_record
from briefs.store.spool import Spool

if TYPE_CHECKING:
    from briefs.llm.engines import Engine
    from briefs.pipeline.corpus import Corpus
    from briefs.pipeline.living import Living

_LOGIN = re.compile(r"(?<=://)[^/?#]*@")
"""A name and password in an address: refused, and not kept in the record either."""


class Run:
    """One run: writes what comes out, keeps the record, tells a person; a context that ends with all of it.

    An interrupted run has its table and record too, and leaves with its exit code; so has one that an error
    stops, unless it has come to no article. Index and desk are closed with it.
    """

    def __init__(
        self,
        out: Path,
        formats: tuple[Format, ...],
        jobs: int,
        quiet: bool,
        total: int | None,
        chosen: Chosen,
        engine: "Engine | None",
        corpus: "Corpus | None",
        living: "Living",
    ) -> None:
        self._out = out
        self._formats = formats
        self._jobs = jobs
        self._quiet = quiet
        self._started = datetime.now(UTC).isoformat(timespec="seconds")
        self._begun = time.perf_counter()
        self._done = 0
        self._failed = 0
        """Inputs that gave no brief."""
        self._fallbacks = 0
        """Parts of articles that are the offline draft because calls failed."""
        self._notes: dict[str, None] = {}
        """What is to be said of the run as a whole, once each, in the order in which it came up."""
        self._unrecorded = False
        """Whether the record or the overview could not be written."""
        self._partly = 0
        self._use: tuple[StepUse, ...] = ()
        self._first: list[ArticleRun] = []
        """As many as the closing table lists."""
        self._rows = Spool(out)
        self._chosen = chosen
        self._corpus = corpus
        self._living = living
        self._engine = engine
        self._progress = Progress(total, quiet=quiet, meter=engine.meter if engine is not None else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.close()
        interrupted = isinstance(error, KeyboardInterrupt)
        try:
            if error is None:
                self._tell()
            if interrupted:
                click.echo(f"briefs: interrupted; {self._done} articles are written and whole", err=True)
            if error is None or interrupted or self._done or self._failed:
                self._record(whole=error is None)
        finally:
            if self._corpus is not None:
                self._corpus.close()
            self._living.close()
            self._rows.close()
        if interrupted:
            sys.exit(INTERRUPTED)

    @property
    def code(self) -> int:
        """Return the exit code of a run that went to its end."""
        return 1 if self._failed or self._fallbacks or self._unrecorded else 0

    def add(self, outcome: Outcome) -> bool:
        """Write one outcome's files and report it; return whether they were written."""
        article = self._written(outcome)
        self._counted(article)
        self._notes |= dict.fromkeys(outcome.drafted.run_notes if outcome.drafted else ())
        self._progress.done(article)
        return article.error is None

    def _counted(self, article: ArticleRun) -> None:
        self._rows.add(article)
        self._failed += article.error is not None
        self._done += article.error is None
        self._fallbacks += len(article.failures)
        self._partly += bool(article.failures)
        self._use = summed((self._use, article.use))
        if len(self._first) < LISTED:
            self._first.append(article)

    def _written(self, outcome: Outcome) -> ArticleRun:
        drafted = outcome.drafted
        if drafted is None:
            return _failed(outcome, outcome.error)
        try:
            replaced = claim_name(self._out, drafted.slug, drafted.id, outcome.input.path)
            if self._corpus is not None:
                written = self._corpus.add(drafted)
            else:
                written = self._living.write_draft(drafted, self._living.met(drafted), self._formats)
        except (ConfigError, DeskError, FileChanged) as error:
            message = f"{outcome.input.name}: {' '.join(str(error).split())}"
            return _failed(outcome, message)
        return ArticleRun(
            input=outcome.input.path,
            row=_row(outcome.input),
            id=drafted.id,
            slug=drafted.slug,
            seconds=round(outcome.seconds, 3),
            files=tuple(path.name for path in written.files),
            beside=written.beside.name if written.beside else None,
            claims=drafted.claims,
            high=drafted.high,
            flags=drafted.flags,
            notes=(*drafted.notes, *filter(None, (replaced, written.note))),
            use=outcome.use,
            failures=drafted.failures,
        )

    def settle(self, top: int | None, notes: tuple[str, ...]) -> None:
        """Bring articles up to date that others of the run have touched, and the overview of them all.

        `notes` are what a person should know of the inputs.
        """
        self._notes |= dict.fromkeys(notes)
        if self._corpus is not None:
            self._corpus.settle()
            try:
                self._corpus.overview(top)
            except ConfigError as error:  # the articles are written, and are worth seeing
                self._unrecorded = True
                report(error)

    def _tell(self) -> None:
        if self._quiet:
            return
        for part in (self._engine, self._corpus, self._living):
            tell(part.notes if part is not None else ())
        tell(self._notes)

    def _record(self, *, whole: bool) -> None:
        """Write the run's record and print the closing table."""
        offline = self._chosen.plan.offline
        record = RunRecord(
            tool_version=__version__,
            engine=OFFLINE if offline else "model",
            model=None if offline else self._chosen.plan.spec.id,
            prompts=self._chosen.versions,
            started=self._started,
            seconds=round(time.perf_counter() - self._begun, 3),
            jobs=self._jobs,
            formats=self._formats,
            done=self._done,
            failed=self._failed,
            interrupted=not whole,
            use=self._use,
            prices_of=self._chosen.plan.prices_of,
            relating=self._corpus.record if self._corpus is not None else None,
        )
        recorded = True
        try:
            write_record(self._out, record, self._rows)
        except ConfigError as error:
            # The disk is full, or a folder has that name: the table is still worth seeing.
            recorded, self._unrecorded = False, True
            report(error)
        if not self._quiet:
            closing_table(Closing(record, tuple(self._first), self._partly, recorded), self._out)


def _failed(outcome: Outcome, message: str | None) -> ArticleRun:
    found = outcome.input
    seconds = round(outcome.seconds, 3)
    given = _LOGIN.sub("", found.path) if found.kind == "url" else found.path
    return ArticleRun(input=given, row=_row(found), seconds=seconds, error=message, use=outcome.use)


def _row(found: Input) -> int | None:
    return found.row.number if found.row is not None else None
