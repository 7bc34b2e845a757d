"""The engine that a run has chosen: read and checked before anything is opened; what it would cost."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from briefs.cli.model_options import ModelOptions
from briefs.cli.options import report
from briefs.config import Settings, calls_file, load_settings
from briefs.errors import BriefsError
from briefs.llm.plan import Plan, plan
from briefs.llm.recording import RecordingInfo
from briefs.prompts import Prompts, load_prompts
from briefs.readers.inputs import Input
from briefs.steps.ingest import Given
from briefs.steps.render import Format

if TYPE_CHECKING:
    from briefs.llm.engines import Engine
    from briefs.pipeline import Wanted


class Chosen(NamedTuple):
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

    def wanted(self, formats: tuple[Format, ...], library: Path | None, *, related: bool) -> "Wanted":
        """Return what is to be made of each article, where files in these formats are to be written."""
        from briefs.pipeline import Wanted  # noqa: PLC0415 - only where articles are briefed

        # With the JSON at hand, what editors decided is put into the Markdown too.
        made: tuple[Format, ...] = formats if "json" in formats else (*formats, "json")
        return Wanted(made, related, library, stance=self.stance)

    @property
    def versions(self) -> dict[str, str]:
        """Return the versions of the prompts that the run uses, by name; empty without a model."""
        return self.prompts.versions(stance=self.stance) if self.prompts else {}


def chosen(model: ModelOptions, documents: Path | None) -> Chosen:
    """Read settings, plan and prompts; raises ConfigError or PromptError where one cannot be used."""
    settings = load_settings(model.given())
    planned = plan(settings, record=model.record, replay=model.replay)
    return Chosen(settings, planned, None if planned.offline else load_prompts(settings.prompts), documents)


def engine_of(choice: Chosen) -> "Engine | None":
    """Open the engine; none where the run is offline."""
    if choice.prompts is None:
        return None
    from briefs.llm.engines import engine  # noqa: PLC0415 - only where a model is asked
    from briefs.store.calls import Calls  # noqa: PLC0415

    recorded = choice.plan.record or choice.plan.replay
    keeps = choice.settings.cache and recorded is None
    return engine(
        choice.settings,
        record=choice.plan.record,
        replay=choice.plan.replay,
        prompts=choice.versions,
        calls=Calls(calls_file(choice.settings)) if keeps else None,
    )


def print_estimate(found: Iterable[Input], given: Given, choice: Chosen) -> int:
    """Print what the run would take; return the exit code."""
    if choice.prompts is None:
        click.echo("Estimate: offline; no model is asked, and nothing is spent.")
        return 0
    from briefs.llm.estimate import StepEstimate, estimate, lines  # noqa: PLC0415
    from briefs.pipeline.forecast import forecast  # noqa: PLC0415

    steps: list[StepEstimate] = []
    unread = 0
    for each in found:
        try:
            steps.extend(forecast(each, given, choice.prompts, stance=choice.stance))
        except BriefsError as error:
            unread += 1
            report(error)
    for line in lines(
        estimate(steps, choice.plan.price, reasoning=choice.plan.way.reasoning_tokens),
        model=choice.plan.spec.id,
        prices_of=choice.plan.prices_of,
    ):
        click.echo(line)
    return 1 if unread else 0
