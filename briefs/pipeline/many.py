"""Many articles: here, on several processes or a cluster, or with a model; outcomes in the order given."""

from collections.abc import Generator, Iterable
from typing import TYPE_CHECKING

from briefs.errors import InputError
from briefs.pipeline.processes import Processes
from briefs.pipeline.site import Site
from briefs.pipeline.spread import offline
from briefs.pipeline.work import Job, Outcome, Wanted, failed, process
from briefs.readers.inputs import Input
from briefs.steps.ingest import Given
from briefs.store.first_come import FirstCome
from briefs.store.namesakes import same_name

if TYPE_CHECKING:
    from briefs.llm.engines import Engine


def run_many(  # noqa: PLR0913 - the one door to all work on articles
    found: Iterable[Input],
    given: Given,
    wanted: Wanted,
    jobs: int = 1,
    engine: "Engine | None" = None,
    *,
    site: Site | None = None,
) -> Generator[Outcome, None, None]:
    """Yield the outcome of every input in the order given, by `jobs` workers; closing it stops them.

    An article that cannot be read, or that brings its workers down, gives an outcome with an error;
    a second article with an id that the run has already seen is refused, so that none overwrites another.
    With an engine, the calls of all articles share its limits. The workers are processes of this machine,
    or where `site` has them; one job alone, without an engine and a site, is done in this process.
    Raises UnfitWorkerError when there is nobody to work.
    """
    work = (Job(each, given, wanted) for each in found)
    if engine is not None:
        from briefs.pipeline.calls import with_model  # noqa: PLC0415 - imports the model room

        yield from with_model(work, engine, site or Processes(), jobs)
        return
    seen = Seen()
    alone = jobs == 1 and site is None
    for outcome in map(process, work) if alone else offline(work, site or Processes(), jobs):
        refused = outcome.drafted and seen.refuses(outcome.drafted.id, outcome.drafted.slug, outcome.input)
        yield refused or outcome


class Seen:
    """The articles of a run: of two with one id, or with one name for their files, the second is refused."""

    def __init__(self) -> None:
        self._names, self._slugs = FirstCome(), FirstCome()

    def refuses(self, article: str, slug: str, found: Input) -> Outcome | None:
        """Return the outcome of a second input with one id or one name, or none for the first."""
        first = self._names.first(article, found.name)
        if first == found.name:
            holder = self._slugs.first(slug, article)
            return None if holder == article else failed(found, same_name(article, holder, slug))
        reason = f"is the same article as {first} (both are {article})"
        return failed(found, InputError(found.name, reason, "run it alone to brief this copy"))
