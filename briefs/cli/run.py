"""`briefs run`: from articles to briefs in a folder, with progress, partial failure and a closing table."""

import sys
import time
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import click

from briefs import __version__
from briefs.cli.model_options import ModelCommand, ModelOptions, model_options
from briefs.cli.options import article_options, report, stop
from briefs.cli.progress import Progress, closing_table
from briefs.cli.relating import RelatingOptions, relating_options
from briefs.cli.terminal import INTERRUPTED, printable
from briefs.config import Settings, calls_file, load_settings
from briefs.domain.run import ArticleRun, RunRecord, summed
from briefs.domain.scan import OFFLINE
from briefs.errors import BriefsError, ConfigError, DeskError, FileChanged
from briefs.llm.plan import Plan, plan
from briefs.llm.recording import RecordingInfo
from briefs.pipeline import Outcome, Wanted, given_by_user, run_many
from briefs.prompts import Prompts, load_prompts
from briefs.readers.inputs import Input, evidence_folder, inputs
from briefs.steps.ingest import Given
from briefs.steps.render import Format
from briefs.store.files import prepare
from briefs.store.namesakes import claim_name
from briefs.store.outputs import write_record

if TYPE_CHECKING:
    from briefs.llm.engines import Engine
    from briefs.pipeline.corpus import Corpus
    from briefs.pipeline.decided import Former
    from briefs.pipeline.living import Living


@click.command("run", cls=ModelCommand)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True)
@click.option(
    "--format", "formats", default="md,json", show_default=True, metavar="md,json,html", help="What to write."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    help="Folder of documents you trust. Default: the folder evidence in the input folder.",
)
@click.option(
    "--previous",
    metavar="OLD",
    help="The former version of the one article: its file, URL, id, or the JSON of its briefs.",
)
@article_options
@relating_options
@model_options
def command(
    paths: tuple[str, ...],
    out: Path,
    formats: str,
    jobs: int,
    quiet: bool,
    evidence: Path | None,
    previous: str | None,
    copy_kind: str,
    published: str | None,
    outlet: str | None,
    relating: RelatingOptions,
    model: ModelOptions,
) -> None:
    r"""Draft a fact-check brief for every checkable claim of each article.

    PATH is a file (.txt .md .html .pdf .docx), a folder, an http(s) URL, or - for standard input. A
    Markdown file that somebody has edited is never overwritten: the new one is written beside it.

    Claims are related to those of the other articles, of this run and of earlier ones: what says the same,
    what differs, and where it comes from. Briefs that this concerns are brought up to date.

    A new version of an article (same path or URL, or --previous) keeps every sign-off whose words are
    unchanged; the others are set back to open, with what changed.

    Claims are held against the documents (.txt .md .html .pdf .docx .csv, and earlier fact-checks as
    ClaimReview .json) in the folder of evidence; what bears on a claim is quoted under it.

    Without --model nothing of an article leaves this machine. With one, the offline draft is made all the
    same, and what the model says is checked against the article.

    \b
    Exit codes: 0 all done, 1 some articles failed, or some calls to the model did and that part is the
    offline draft; the rest is written. 2 wrong usage or configuration, 130 interrupted.
    """
    try:
        given = given_by_user(copy_kind, published, outlet)
        forms = _formats(formats)
        documents = evidence or evidence_folder(paths)
        if documents is not None and not documents.is_dir():
            raise ConfigError(f"--evidence {documents}: is not a folder; name one that holds documents")
        chosen = _chosen(model, documents)
        found = tuple(inputs(paths, leave_out=(out, *((documents,) if documents else ()))))
        related = relating.settled(out, forms)
        if model.estimate:
            sys.exit(_estimate(found, given, chosen))
        former = _former(previous, found, out)
        prepare(out)
        living = _living(out, former, keep=not relating.no_store)
        corpus = related.open(living) if related is not None else None
        engine = _engine(chosen)
        if not quiet:
            click.echo(chosen.plan.sentence, err=True)
        if not quiet and corpus is None and not relating.no_store:
            click.echo("note: articles are related only where --format has json", err=True)
        run = _Run(out, forms, jobs, quiet, len(found), chosen, engine, corpus, living)
        try:
            with chosen.library() as library:
                # With the JSON at hand, what editors decided is put into the Markdown too.
                made: tuple[Format, ...] = forms if "json" in forms else (*forms, "json")
                wanted = Wanted(made, corpus is not None, library, stance=chosen.stance)
                with closing(run_many(found, given, wanted, jobs, engine)) as outcomes:
                    for outcome in outcomes:
                        run.add(outcome)
            run.settle(relating.top)
        except KeyboardInterrupt:
            run.close(interrupted=True)
            sys.exit(INTERRUPTED)
        finally:
            run.progress.close()
        told = (
            *(engine.notes if engine else ()),
            *(corpus.notes if corpus else ()),
            *living.notes,
            *run.notes,
        )
        for note in () if quiet else told:
            click.echo(f"note: {printable(note)}", err=True)
        run.close(interrupted=False)
    except BriefsError as error:
        stop(error)
    sys.exit(1 if run.failed or run.fallbacks or run.unrecorded else 0)


def _former(previous: str | None, found: tuple[Input, ...], out: Path) -> "Former | None":
    """Return the version that the one article of a run follows."""
    if previous is None:
        return None
    if len(found) != 1:
        raise ConfigError(f"--previous {previous}: says what one article follows; give one article")
    from briefs.pipeline.former import former  # noqa: PLC0415 - only where one is named

    return former(previous, out)


def _living(out: Path, former: "Former | None", *, keep: bool) -> "Living":
    """Open the desk of the output folder; a run with --no-store makes none, and heeds one that is there."""
    from briefs.pipeline.living import Living  # noqa: PLC0415 - not for --help

    return Living.open(out, create=keep, former=former)


class _Chosen(NamedTuple):
    """The engine of a run, read and checked, and nothing opened yet."""

    settings: Settings
    plan: Plan
    prompts: Prompts | None

    documents: Path | None
    """Folder of documents that claims are held against."""

    @property
    def stance(self) -> bool:
        """Tell whether the model is asked what documents say: in a replay only where that was recorded."""
        if self.documents is None or self.prompts is None:
            return False
        replay = self.plan.replay
        return replay is None or "stance" in RecordingInfo.read(replay).prompts

    def library(self) -> AbstractContextManager[Path | None]:
        """Give the index of the documents, made where none is kept; none where there are no documents."""
        if self.documents is None:
            return nullcontext()
        from briefs.pipeline.library import library_of  # noqa: PLC0415 - only where documents are given

        caches = calls_file(self.settings).parent if self.settings.cache else None
        return library_of(self.documents.resolve(), caches)

    @property
    def versions(self) -> dict[str, str]:
        """Return the versions of the prompts that the run uses, by name; empty without a model."""
        return self.prompts.versions(stance=self.stance) if self.prompts else {}


def _chosen(model: ModelOptions, documents: Path | None) -> _Chosen:
    settings = load_settings(model.given())
    planned = plan(settings, record=model.record, replay=model.replay)
    return _Chosen(settings, planned, None if planned.offline else load_prompts(settings.prompts), documents)


def _engine(chosen: _Chosen) -> "Engine | None":
    if chosen.prompts is None:
        return None
    from briefs.llm.engines import engine  # noqa: PLC0415 - only where a model is asked
    from briefs.store.calls import Calls  # noqa: PLC0415

    recorded = chosen.plan.record or chosen.plan.replay
    keeps = chosen.settings.cache and recorded is None
    return engine(
        chosen.settings,
        record=chosen.plan.record,
        replay=chosen.plan.replay,
        prompts=chosen.versions,
        calls=Calls(calls_file(chosen.settings)) if keeps else None,
    )


def _estimate(found: tuple[Input, ...], given: Given, chosen: _Chosen) -> int:
    """Print what the run would take; return the exit code."""
    if chosen.prompts is None:
        click.echo("Estimate: offline; no model is asked, and nothing is spent.")
        return 0
    from briefs.llm.estimate import StepEstimate, estimate, lines  # noqa: PLC0415
    from briefs.pipeline.forecast import forecast  # noqa: PLC0415

    steps: list[StepEstimate] = []
    unread = 0
    for each in found:
        try:
            steps.extend(forecast(each, given, chosen.prompts, stance=chosen.stance))
        except BriefsError as error:
            unread += 1
            report(error)
    for line in lines(
        estimate(steps, chosen.plan.price, reasoning=chosen.plan.way.reasoning_tokens),
        model=chosen.plan.spec.id,
        prices_of=chosen.plan.prices_of,
    ):
        click.echo(line)
    return 1 if unread else 0


def _formats(given: str) -> tuple[Format, ...]:
    asked = [each.strip().lower() for each in given.split(",") if each.strip()]
    unknown = [each for each in asked if each not in get_args(Format)]
    if unknown or not asked:
        named = ", ".join(unknown) or "nothing"
        raise ConfigError(f"--format {given!r}: {named} is not a format; choose from md, json, html")
    return tuple(form for form in get_args(Format) if form in asked)


class _Run:
    """One run: writes what comes out, keeps the record, tells a person."""

    def __init__(
        self,
        out: Path,
        formats: tuple[Format, ...],
        jobs: int,
        quiet: bool,
        total: int,
        chosen: _Chosen,
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
        self.articles: list[ArticleRun] = []
        self.notes: dict[str, None] = {}
        """What is to be said of the run as a whole, once each, in the order in which it came up."""
        self.unrecorded = False
        self._chosen = chosen
        self._corpus = corpus
        self._living = living
        self._meter = engine.meter if engine is not None else None
        self.progress = Progress(total, quiet=quiet, meter=self._meter)

    @property
    def failed(self) -> int:
        """Return how many inputs gave no brief."""
        return sum(article.error is not None for article in self.articles)

    @property
    def fallbacks(self) -> int:
        """Return how many parts of articles are the offline draft because calls failed."""
        return sum(len(article.failures) for article in self.articles)

    def add(self, outcome: Outcome) -> None:
        """Write one outcome's files and report it."""
        article = self._written(outcome)
        self.articles.append(article)
        self.notes |= dict.fromkeys(outcome.drafted.run_notes if outcome.drafted else ())
        self.progress.done(article)

    def _written(self, outcome: Outcome) -> ArticleRun:
        drafted = outcome.drafted
        seconds = round(outcome.seconds, 3)
        if drafted is None:
            return ArticleRun(input=outcome.input.path, seconds=seconds, error=outcome.error, use=outcome.use)
        try:
            claim_name(self.out, drafted.slug, drafted.id)
            if self._corpus is not None:
                written = self._corpus.add(drafted)
            else:
                written = self._living.write_draft(drafted, self._living.met(drafted), self.formats)
        except (ConfigError, DeskError, FileChanged) as error:
            message = f"{outcome.input.path}: {' '.join(str(error).split())}"
            return ArticleRun(input=outcome.input.path, seconds=seconds, error=message, use=outcome.use)
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
            done=len(self.articles) - self.failed,
            failed=self.failed,
            interrupted=interrupted,
            use=summed(article.use for article in self.articles),
            prices_of=self._chosen.plan.prices_of,
            relating=self._corpus.record if self._corpus is not None else None,
            articles=tuple(self.articles),
        )
        if self._corpus is not None:
            self._corpus.close()
        self._living.close()
        recorded = True
        try:
            write_record(self.out, record)
        except ConfigError as error:
            # The disk is full, or a folder has that name: the table is still worth seeing.
            recorded, self.unrecorded = False, True
            report(error)
        if interrupted:
            click.echo(f"briefs: interrupted; {record.done} articles are written and whole", err=True)
        if not self.quiet:
            closing_table(record, self.out, recorded=recorded)
