"""The options that say which model is asked, and how; shared by every command that may ask one."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from briefs.config import Settings
    from briefs.store.calls import Calls

Command = TypeVar("Command", bound=Callable[..., object])

_FOLDER = click.Path(path_type=Path, file_okay=False)


class ModelOptions(NamedTuple):
    """What a user said of the model on the command line; None where nothing was said."""

    model: str | None = None
    base_url: str | None = None
    prompts: Path | None = None
    record: Path | None = None
    replay: Path | None = None
    budget_tokens: int | None = None
    budget_cost: float | None = None
    estimate: bool = False
    timeout: float | None = None
    concurrency: int | None = None
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    no_cache: bool = False

    def given(self) -> dict[str, object]:
        """Return what settings take from the command line, by their names."""
        names = set(self._fields) - {"record", "replay", "estimate", "no_cache"}
        said: dict[str, object] = {name: getattr(self, name) for name in sorted(names)}
        return said | ({"cache": False} if self.no_cache else {})

    def settings(self) -> "Settings":
        """Return the settings of the run; raises ConfigError."""
        from briefs.config import load_settings  # noqa: PLC0415 - pydantic is not for `briefs --help`

        return load_settings(self.given())

    def calls(self, settings: "Settings") -> "Calls | None":
        """Return the cache of finished calls, opened, unless the run goes without one."""
        if not settings.cache or self.record is not None or self.replay is not None:
            return None
        from briefs.config import calls_file  # noqa: PLC0415
        from briefs.store.calls import Calls  # noqa: PLC0415

        return Calls(calls_file(settings))


class ModelCommand(click.Command):
    """A command (`cls` of `click.command`) whose help lists the model's options under their own heading."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, the model's last."""
        model: list[tuple[str, str]] = []
        other: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                (model if parameter.name in ModelOptions._fields else other).append(record)
        for heading, records in (("Options", other), ("Model (docs/models.md)", model)):
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


def engine_options(command: Command) -> Command:
    """Add --model and --base-url alone."""
    for option in reversed(_OPTIONS[:2]):
        command = option(command)
    return command


def model_options(command: Command) -> Callable[..., object]:
    """Add all options of the model; the command is handed them as one `ModelOptions`, named `model`."""

    @wraps(command)
    def gathered(*arguments: Any, **given: Any) -> object:
        options = ModelOptions(**{name: given.pop(name) for name in ModelOptions._fields})
        return command(*arguments, model=options, **given)

    result: Callable[..., object] = gathered
    for option in reversed(_OPTIONS):
        result = option(result)
    return result


_OPTIONS = (
    click.option(
        "--model",
        metavar="MODEL",
        help="offline, openai:NAME, local:FILE.gguf or PROVIDER:NAME. [default: offline]",
    ),
    click.option(
        "--base-url", metavar="URL", help="Another server that speaks OpenAI's protocol; with openai:NAME."
    ),
    click.option("--prompts", type=_FOLDER, metavar="DIR", help="Prompt files to use in place of ours."),
    click.option(
        "--record", type=_FOLDER, metavar="DIR", help="Record the model's calls, a file an article."
    ),
    click.option("--replay", type=_FOLDER, metavar="DIR", help="Replay recorded calls; none is made."),
    click.option(
        "--budget-tokens",
        type=click.IntRange(0),
        metavar="N",
        help="Tokens that the run may use, in and out.",
    ),
    click.option(
        "--budget-cost", type=click.FloatRange(0), metavar="USD", help="Dollars that the run may cost."
    ),
    click.option("--estimate", is_flag=True, help="Say calls, tokens and cost, and stop before any call."),
    click.option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        metavar="SECONDS",
        help="Silence after which a call is given up. [default: 120, on this computer 900]",
    ),
    click.option(
        "--concurrency",
        type=click.IntRange(1, 256),
        metavar="N",
        help="Calls at once, over all articles. [default: 8; 4 on this computer, 1 with local:]",
    ),
    click.option("--requests-per-minute", type=click.IntRange(1), metavar="N", help="Your account's limit."),
    click.option("--tokens-per-minute", type=click.IntRange(1), metavar="N", help="Your account's limit."),
    click.option("--no-cache", is_flag=True, help="Neither use nor keep finished calls."),
)
