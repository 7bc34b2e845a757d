"""One round of a batch: draft what has all its replies, and put the next requests into files.

It is a run like any other (`briefs.cli.running`), with a model that answers from what came back.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from briefs.batch.job import BatchJob
from briefs.batch.post import BatchPost, Terms
from briefs.batch.rows import Page
from briefs.batch.state import BatchState
from briefs.cli.chosen import Chosen
from briefs.cli.inputs import Found, InputOptions
from briefs.cli.relating import RelatingPlan
from briefs.cli.running import Run
from briefs.config import calls_file
from briefs.llm.engines import Engine, engine
from briefs.llm.plan import budget_of
from briefs.pipeline import Outcome, run_many
from briefs.pipeline.living import Living
from briefs.pipeline.processes import Processes
from briefs.pipeline.work import Job
from briefs.readers.inputs import Input, Loaded, load
from briefs.steps.ingest import Given
from briefs.steps.render import Format
from briefs.store.calls import Calls

_MOST_CACHED = 20_000_000_000
"""Bytes that the call cache may grow to while a batch fills it."""


class Round(NamedTuple):
    """What a round came to."""

    code: int = 0
    """Exit code of the run that it was; 0 where no article was finished."""
    waiting: int = 0
    """Requests that wait for room."""


class Asked(NamedTuple):
    """What was asked for, read and checked."""

    out: Path
    job: BatchJob
    given: Given
    choice: Chosen
    formats: tuple[Format, ...]
    articles: InputOptions
    related: RelatingPlan | None
    quiet: bool

    @property
    def terms(self) -> Terms:
        """Return on what terms requests are sent."""
        settings, plan = self.choice.settings, self.choice.plan
        return Terms(self.job.rounds, budget_of(settings), plan.price, plan.way)

    def found(self) -> Found:
        """Return the inputs; raises ConfigError where a manifest cannot be used."""
        return self.articles.found(self.out, self.choice.documents)


def draft_round(state: BatchState, asked: Asked) -> Round:
    """Draft every article of the submission that is open; write those whose replies are all there."""
    choice, found = asked.choice, asked.found()
    with BatchPost(state, asked.terms) as post:
        calls = Calls(calls_file(choice.settings), most_bytes=_MOST_CACHED)
        model = engine(choice.settings, calls=calls, post=post, prompts=choice.versions)
        with choice.library() as library:
            wanted = choice.wanted(asked.formats, library, related=asked.related is not None)
            kept = _KeptPages(state)
            work = run_many(_open(found, state), asked.given, wanted, asked.job.jobs, model, site=kept)
            with closing(work) as outcomes:
                finished = (outcome for outcome in outcomes if not outcome.put_off)
                code = _written(finished, found, state, asked, model)
    state.drafted()
    return Round(code, post.waiting)


def _written(
    finished: Iterator[Outcome], found: Found, state: BatchState, asked: Asked, model: Engine
) -> int:
    """Write and relate articles as a run does and return its exit code; nothing is opened where none are."""
    first = next(finished, None)
    if first is None and not state.to_relate:
        return 0
    state.relating()
    living = Living.open(asked.out, create=not asked.job.no_store)
    corpus = asked.related.open(living) if asked.related is not None else None
    with Run(
        asked.out, asked.formats, asked.job.jobs, asked.quiet, None, asked.choice, model, corpus, living
    ) as run:
        for outcome in chain(() if first is None else (first,), finished):
            name, drafted = outcome.input.name, outcome.drafted
            if run.add(outcome) and drafted is not None:
                state.article_is(name, "partly" if drafted.failures else "done", drafted.slug)
            else:
                state.article_is(name, "failed")  # its replies are kept for when it is submitted again
        run.settle(asked.job.top, found.notes)
        state.related()
    return run.code


def _open(found: Iterable[Input], state: BatchState) -> Iterator[Input]:
    """Yield the articles that are still to be written; one that came after the submission is none of it."""
    whole = state.whole
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
