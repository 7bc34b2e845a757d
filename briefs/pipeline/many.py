"""Many articles: in this process, on several, or with a model; the outcomes come in the order given."""

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING

from briefs.errors import BriefsError, InputError
from briefs.pipeline.processes import in_processes
from briefs.pipeline.work import Job, Outcome, Wanted, failed, process
from briefs.readers.inputs import Input, Loaded, load
from briefs.steps.ingest import Given
from briefs.store.namesakes import same_name

if TYPE_CHECKING:
    from briefs.llm.engines import Engine


def run_many(
    found: Iterable[Input],
    given: Given,
    wanted: Wanted,
    jobs: int = 1,
    engine: "Engine | None" = None,
) -> Generator[Outcome, None, None]:
    """Yield the outcome of every input in the order given, on `jobs` processes; closing it stops them.

    An article that cannot be read, or that brings its process down, gives an outcome with an error;
    a second article with an id that the run has already seen is refused, so that none overwrites another.
    With an engine, the calls of all articles share its limits, and are made by this process alone.
    """
    alone = jobs == 1 and engine is None
    work = (Job(each, given, wanted, None if alone else _read_here(each)) for each in found)
    if engine is not None:
        from briefs.pipeline.calls import with_model  # noqa: PLC0415 - imports the model room

        yield from with_model(work, engine, jobs)
        return
    seen = Seen()
    for outcome in map(process, work) if alone else in_processes(work, jobs):
        refused = outcome.drafted and seen.refuses(outcome.drafted.id, outcome.drafted.slug, outcome.input)
        yield refused or outcome


class Seen:
    """The articles of a run: of two with one id, or with one name for their files, the second is refused."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}
        self._slugs: dict[str, str] = {}

    def refuses(self, article: str, slug: str, found: Input) -> Outcome | None:
        """Return the outcome of a second input with one id or one name, or none for the first."""
        first = self._paths.setdefault(article, found.path)
        if first == found.path:
            holder = self._slugs.setdefault(slug, article)
            return None if holder == article else failed(found, same_name(article, holder, slug))
        reason = f"is the same article as {first} (both are {article})"
        return failed(found, InputError(found.path, reason, "run it alone to brief this copy"))


def _read_here(found: Input) -> Loaded | None:
    """Read what another process could not: standard input."""
    if found.kind != "stdin":
        return None
    try:
        return load(found)
    except BriefsError:
        return Loaded(b"")  # the worker says that it is empty
