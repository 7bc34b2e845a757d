"""One run: writes what comes out, keeps the record of it, tells a person. It holds no list of articles."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefs import __version__
from briefs.cli.chosen import Chosen
from briefs.cli.options import report
from briefs.cli.progress import LISTED, Closing, Progress, closing_table
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
    """One run: writes what comes out, keeps the record, tells a person."""

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
        self.out = out
        self.formats = formats
        self.jobs = jobs
        self.quiet = quiet
        self.started = datetime.now(UTC).isoformat(timespec="seconds")
        self.begun = time.perf_counter()
        self.done = 0
        self.failed = 0
        """Inputs that gave no brief."""
        self.fallbacks = 0
        """Parts of articles that are the offline draft because calls failed."""
        self.notes: dict[str, None] = {}
        """What is to be said of the run as a whole, once each, in the order in which it came up."""
        self.unrecorded = False
        self._partly = 0
        self._use: tuple[StepUse, ...] = ()
        self._first: list[ArticleRun] = []
        """As many as the closing table lists."""
        self._rows = Spool(out)
        self._chosen = chosen
        self._corpus = corpus
        self._living = living
        self._meter = engine.meter if engine is not None else None
        self.progress = Progress(total, quiet=quiet, meter=self._meter)

    def add(self, outcome: Outcome) -> None:
        """Write one outcome's files and report it."""
        article = self._written(outcome)
        self._counted(article)
        self.notes |= dict.fromkeys(outcome.drafted.run_notes if outcome.drafted else ())
        self.progress.done(article)

    def _counted(self, article: ArticleRun) -> None:
        self._rows.add(article)
        self.failed += article.error is not None
        self.done += article.error is None
        self.fallbacks += len(article.failures)
        self._partly += bool(article.failures)
        self._use = summed((self._use, article.use))
        if len(self._first) < LISTED:
            self._first.append(article)

    def _written(self, outcome: Outcome) -> ArticleRun:
        drafted = outcome.drafted
        if drafted is None:
            return _failed(outcome, outcome.error)
        try:
            claim_name(self.out, drafted.slug, drafted.id)
            if self._corpus is not None:
                written = self._corpus.add(drafted)
            else:
                written = self._living.write_draft(drafted, self._living.met(drafted), self.formats)
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
            notes=(*drafted.notes, *((written.note,) if written.note else ())),
            use=outcome.use,
            failures=drafted.failures,
        )

    def settle(self, top: int | None) -> None:
        """Bring articles up to date that others of the run have touched, and the overview of them all."""
        if self._corpus is not None:
            self._corpus.settle()
            try:
                self._corpus.overview(top)
            except ConfigError as error:  # the articles are written, and are worth seeing
                self.unrecorded = True
                report(error)

    def drop(self) -> None:
        """Let go of what was kept of a run that leaves no record: it could not begin."""
        self._rows.close()

    def close(self, *, interrupted: bool) -> None:
        """Write the run's record and print the closing table."""
        self.progress.close()
        offline = self._chosen.plan.offline
        record = RunRecord(
            tool_version=__version__,
            engine=OFFLINE if offline else "model",
            model=None if offline else self._chosen.plan.spec.id,
            prompts=self._chosen.versions,
            started=self.started,
            seconds=round(time.perf_counter() - self.begun, 3),
            jobs=self.jobs,
            formats=self.formats,
            done=self.done,
            failed=self.failed,
            interrupted=interrupted,
            use=self._use,
            prices_of=self._chosen.plan.prices_of,
            relating=self._corpus.record if self._corpus is not None else None,
        )
        if self._corpus is not None:
            self._corpus.close()
        self._living.close()
        recorded = True
        try:
            write_record(self.out, record, self._rows)
        except ConfigError as error:
            # The disk is full, or a folder has that name: the table is still worth seeing.
            recorded, self.unrecorded = False, True
            report(error)
        if interrupted:
            click.echo(f"briefs: interrupted; {record.done} articles are written and whole", err=True)
        if not self.quiet:
            closing_table(Closing(record, tuple(self._first), self._partly, recorded), self.out)
        self._rows.close()


def _failed(outcome: Outcome, message: str | None) -> ArticleRun:
    found = outcome.input
    seconds = round(outcome.seconds, 3)
    given = _LOGIN.sub("", found.path) if found.kind == "url" else found.path
    return ArticleRun(input=given, row=_row(found), seconds=seconds, error=message, use=outcome.use)


def _row(found: Input) -> int | None:
    return found.row.number if found.row is not None else None
