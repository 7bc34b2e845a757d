"""One round of a batch: draft what has all its replies, and put the next requests into files.

It is a run like any other (`briefs.cli.running`), with a model that answers from what came back.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import click

from briefs.batch.job import BatchJob
from briefs.batch.post import BatchPost, Terms
from briefs.batch.rows import Page
from briefs.batch.state import BatchState
from briefs.cli.chosen import Chosen
from briefs.cli.inputs import InputOptions
from briefs.cli.relating import RelatingOptions, RelatingPlan
from briefs.cli.running import Run
from briefs.cli.terminal import printable
from briefs.config import calls_file
from briefs.llm.engines import Engine, engine
from briefs.llm.plan import budget_of
from briefs.llm.prices import batched
from briefs.pipeline import Outcome, Wanted, given_by_user, run_many
from briefs.pipeline.corpus import Corpus
from briefs.pipeline.living import Living
from briefs.pipeline.processes import Processes
from briefs.pipeline.work import Job
from briefs.readers.inputs import Input, Loaded, load
from briefs.steps.render import Format
from briefs.store.calls import Calls

_MOST_CACHED = 20_000_000_000
"""Bytes that the call cache may grow to while a batch fills it."""


class Round(NamedTuple):
    """What a round came to."""

    written: int = 0
    failed: int = 0
    fallbacks: int = 0
    """Parts of articles that are the offline draft because calls failed."""
    put_off: int = 0
    """Articles that wait for replies."""
    waiting: int = 0
    """Requests that wait for room."""
    requests: int = 0
    """Requests in new files."""


class Asked(NamedTuple):
    """What was asked for, read and checked."""

    out: Path
    job: BatchJob
    choice: Chosen
    formats: tuple[Format, ...]
    articles: InputOptions
    related: RelatingPlan | None
    relating: RelatingOptions
    quiet: bool


def terms(asked: Asked) -> Terms:
    """Return on what terms requests are sent."""
    settings, plan = asked.choice.settings, asked.choice.plan
    return Terms(asked.job.rounds, budget_of(settings), batched(plan.price), plan.way)


def draft_round(state: BatchState, asked: Asked) -> Round:
    """Draft every article of the submission that is open; write those whose replies are all there."""
    settings = asked.choice.settings
    post = BatchPost(state, terms(asked))
    calls = Calls(calls_file(settings), most_bytes=_MOST_CACHED)
    model = engine(settings, calls=calls, post=post, prompts=asked.choice.versions)
    writing = _Writing(asked, state)
    put_off = 0
    given = given_by_user(asked.job.copy_kind, asked.job.published, asked.job.outlet)
    out, documents = asked.out, asked.choice.documents
    try:
        found = asked.articles.found(leave_out=(out, *((documents,) if documents else ())))
        with asked.choice.library() as library:
            forms = asked.formats
            made: tuple[Format, ...] = forms if "json" in forms else (*forms, "json")
            wanted = Wanted(made, asked.related is not None, library, stance=asked.choice.stance)
            work = run_many(_open(found, state), given, wanted, asked.job.jobs, model, site=_KeptPages(state))
            with closing(work) as outcomes:
                for outcome in outcomes:
                    if outcome.put_off:
                        put_off += 1
                    else:
                        writing.add(outcome, model)
        post.close()
        state.remember("whole", "1")
        state.remember("to_draft", "0")
    except BaseException:
        post.abandon()
        writing.close(interrupted=True)
        raise
    writing.close(interrupted=False, notes=(*model.notes, *found.notes))
    return Round(writing.written, writing.failed, writing.fallbacks, put_off, post.waiting, post.written)


def _open(found: Iterable[Input], state: BatchState) -> Iterator[Input]:
    """Yield the articles that are still to be written; one that came after the submission is none of it."""
    whole = state.fact("whole") == "1"
    for each in found:
        known = state.article(each.name)
        if known is None and not whole:
            state.article_is(each.name, "open")
            known = "open"
        if known == "open":
            yield each


class _KeptPages(Processes):
    """Workers of this machine; a page is fetched once, so that its briefs are of the text that was sent."""

    def __init__(self, state: BatchState) -> None:
        self._state = state

    def content(self, job: Job) -> Loaded | None:
        """Return a page as it was when it was submitted; raises InputError where it cannot be fetched."""
        if job.input.kind != "url":
            return super().content(job)
        kept = self._state.page(job.input.name)
        if kept is not None:
            return Loaded(kept.data, kept.content_type, kept.url, kept.retrieved)
        loaded = load(job.input)
        page = Page(loaded.data, loaded.content_type, loaded.url, loaded.retrieved)
        self._state.keep_page(job.input.name, page)
        return loaded


class _Writing:
    """Writes what is drafted, as a run does; a round that finishes no article opens and writes nothing."""

    def __init__(self, asked: Asked, state: BatchState) -> None:
        self.written = self.failed = self.fallbacks = 0
        self._asked, self._state = asked, state
        self._run: Run | None = None
        self._corpus: Corpus | None = None
        self._living: Living | None = None

    def add(self, outcome: Outcome, model: Engine) -> None:
        """Write one article, and note that it is done."""
        run = self._run or self._opened(model)
        failed = run.failed
        run.add(outcome)
        name = outcome.input.name
        if run.failed > failed or outcome.drafted is None:
            self._state.article_is(name, "failed")  # its replies are kept for when it is submitted again
        else:
            self._state.article_is(name, "done", outcome.drafted.slug)

    def close(self, *, interrupted: bool, notes: tuple[str, ...] = ()) -> None:
        """Relate the articles to one another, and write the record."""
        run, asked = self._run, self._asked
        if run is None:
            return
        if not interrupted:
            run.settle(asked.relating.top)
        run.progress.close()
        corpus, living = self._corpus, self._living
        told = (*notes, *(corpus.notes if corpus else ()), *(living.notes if living else ()), *run.notes)
        for note in () if asked.quiet else told:
            click.echo(f"note: {printable(note)}", err=True)
        run.close(interrupted=interrupted)
        self.written, self.failed, self.fallbacks = run.done, run.failed, run.fallbacks

    def _opened(self, model: Engine) -> Run:
        asked = self._asked
        self._living = Living.open(asked.out, create=not asked.relating.no_store)
        self._corpus = asked.related.open(self._living) if asked.related is not None else None
        self._run = Run(
            asked.out, asked.formats, asked.job.jobs, asked.quiet, None, asked.choice, model,
            self._corpus, self._living,
        )  # fmt: skip
        return self._run
