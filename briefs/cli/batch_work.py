"""A command at work on a submission: what was asked for, its state, the door to its provider."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from briefs.batch.fetching import fetch, give_up, tidy
from briefs.batch.held import FILE
from briefs.batch.job import BatchJob
from briefs.batch.rows import UNSENT
from briefs.batch.sending import send
from briefs.batch.state import BatchState
from briefs.cli.batch_report import report_of, status_lines
from briefs.cli.batch_round import Asked, Round, draft_round
from briefs.cli.chosen import Chosen
from briefs.cli.inputs import InputOptions
from briefs.cli.options import formats_of, tell
from briefs.cli.relating import RelatingOptions
from briefs.cli.terminal import printable
from briefs.config import desk_key_file, settings_of
from briefs.errors import ConfigError
from briefs.llm.batch_api import BatchApi
from briefs.llm.batch_plan import batch_api, check_batch
from briefs.llm.plan import plan
from briefs.pipeline import given_by_user
from briefs.prompts import load_prompts
from briefs.store.database import reason
from briefs.store.secret import kept_secret

_SEAL = "seal"
"""Of a submission: whoever plants a state in an output folder has no other's articles and key sent."""
LATER = 3
"""Exit code: batches are under way, and there is nothing wrong."""


class Work(NamedTuple):
    """A command at work on a submission."""

    state: BatchState
    api: BatchApi
    asked: Asked

    def begin(self) -> None:
        """Begin a submission or go on with it; raises ConfigError where another is not collected."""
        state, job, former = self.state, self.asked.job, self.state.job
        if former is None or not state.unfinished:
            self.api.check()
            state.begin(job)
        elif former.same_as(job):
            state.goes_on(job)
            give_up(state, self.api)
        else:
            raise ConfigError(
                f"{state.path}: what was submitted before ({former.model}, {' '.join(former.paths[:3])}) "
                f"is not collected yet; run `briefs batch collect --out {self.asked.out}`, "
                "or choose another --out"
            )
        state.remember(_SEAL, job.seal(_secret()))

    def go_on(self, *, fetching: bool = True) -> Round:
        """Do all that can be done now."""
        if fetching:
            tell(fetch(self.state, self.api))
        done = draft_round(self.state, self.asked) if self.state.to_draft else Round()
        tell(send(self.state, self.api))
        left = tidy(self.state, self.api, keep=self.asked.job.keep_files)
        if left and not self.asked.quiet:
            tell((f"{left} files are still to be deleted at the provider; collect again",))
        return done

    def code(self) -> int:
        """Return the exit code that says how far a submission is."""
        state, articles = self.state, self.state.articles()
        if state.unfinished:
            waits_in_vain = state.batches(*UNSENT, "gone") and not state.batches("sent")
            return 1 if waits_in_vain else LATER
        return 1 if articles.failed or articles.partly else 0

    def tell(self, done: Round) -> None:
        """Say how far a submission is."""
        if self.asked.quiet:
            return
        report = report_of(self.state, self.asked.choice.plan, int(time.time()), None)
        if done.waiting:
            click.echo(f"{done.waiting:,} requests wait until others have come back.")
        for line in status_lines(report, self.asked.out, batches=False):
            click.echo(printable(line))


@contextmanager
def submitting(asked: Asked) -> Iterator[Work]:
    """Give the work on what is asked for now; raises StoreError where another command is at work there."""
    with BatchState(asked.out) as state, closing(_door(asked)) as api:
        yield Work(state, api, asked)


@contextmanager
def submitted(out: Path, *, quiet: bool) -> Iterator[Work]:
    """Give the work on what was submitted in an output folder; raises ConfigError where nothing was."""
    if not BatchState.is_in(out):
        raise ConfigError(
            f"{out}: nothing was submitted here ({FILE} is not there); name the folder with --out"
        )
    with BatchState(out) as state:
        job = state.job
        if job is None:
            raise ConfigError(f"{out}: nothing was submitted here yet; run `briefs batch submit`")
        if state.fact(_SEAL) != job.seal(_secret()):
            raise ConfigError(
                f"{out}: was not submitted by you on this machine; to go on with it, say its "
                "`briefs batch submit` again: nothing is paid for twice"
            )
        if job.folder != Path.cwd():
            raise ConfigError(f"{out}: was submitted in {job.folder}; run the command there")
        asked = asked_for(job, out, quiet=quiet)
        with closing(_door(asked)) as api:
            yield Work(state, api, asked)


def asked_for(job: BatchJob, out: Path, *, quiet: bool) -> Asked:
    """Return what is asked for, read and checked; raises ConfigError, PromptError."""
    said_by = (job.server_said_by, ("base_url",)) if job.server_said_by else None
    settings = settings_of(said_by=said_by, **job.settings)
    planned = plan(settings).by_batch()
    check_batch(planned, settings)
    articles = InputOptions(job.paths, job.manifest, job.root)
    documents = articles.documents(job.evidence) if job.evidence is not None else None
    formats = formats_of(",".join(job.formats))
    relating = RelatingOptions(job.store, job.no_store, job.aliases, job.top)
    return Asked(
        out=out,
        job=job,
        given=given_by_user(job.copy_kind, job.published, job.outlet),
        choice=Chosen(settings, planned, load_prompts(settings.prompts), documents),
        formats=formats,
        articles=articles,
        related=relating.settled(out, formats),
        quiet=quiet,
    )


def _secret() -> bytes:
    path = desk_key_file()
    try:
        return kept_secret(path)
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be kept ({reason(error)}), and without it no `collect` knows whose submission "
            "it is; see to the folder, or set XDG_CACHE_HOME to one that can be written"
        ) from None


def _door(asked: Asked) -> BatchApi:
    return batch_api(asked.choice.plan, asked.choice.settings)
