"""The options that say which model is asked, and how; shared by every command that may ask one."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

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


class ModelCommand(click.Command):
    """A command (`cls` of `click.command`) whose help lists the model's options under their own heading."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, the model's last."""
        model: list[tuple[str, str]] = []
        other: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
            if record is not None:
                (model if parameter.name in ModelOptions._fields else other).append(record)
        for heading, records in (("Options", other), ("Model (docs/models.md)", model)):
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)


def model_options(command: Command, *, without: frozenset[str] = frozenset()) -> Callable[..., object]:
    """Add the options of the model; the command is handed them as one `ModelOptions`, named `model`.

    `without` names those that the command has no use for.
    """
    wanted = [name for name in ModelOptions._fields if name not in without]

    @wraps(command)
    def gathered(*arguments: Any, **given: Any) -> object:
        options = ModelOptions(**{name: given.pop(name) for name in wanted})
        return command(*arguments, model=options, **given)

    result: Callable[..., object] = gathered
    for name in reversed(wanted):
        result = _OPTIONS[name](result)
    return result


_OPTIONS = {
    "model": click.option(
        "--model",
        metavar="MODEL",
        help="offline, openai:NAME, local:FILE.gguf or PROVIDER:NAME. [default: offline]",
    ),
    "base_url": click.option(
        "--base-url", metavar="URL", help="Another server that speaks OpenAI's protocol; with openai:NAME."
    ),
    "prompts": click.option(
        "--prompts", type=_FOLDER, metavar="DIR", help="Prompt files to use in place of ours."
    ),
    "record": click.option(
        "--record", type=_FOLDER, metavar="DIR", help="Record the model's calls, a file an article."
    ),
    "replay": click.option(
        "--replay", type=_FOLDER, metavar="DIR", help="Replay recorded calls; none is made."
    ),
    "budget_tokens": click.option(
        "--budget-tokens",
        type=click.IntRange(0),
        metavar="N",
        help="Tokens that the run may use, in and out.",
    ),
    "budget_cost": click.option(
        "--budget-cost", type=click.FloatRange(0), metavar="USD", help="Dollars that the run may cost."
    ),
    "estimate": click.option(
        "--estimate", is_flag=True, help="Say calls, tokens and cost, and stop before any call."
    ),
    "timeout": click.option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        metavar="SECONDS",
        help="Silence after which a call is given up. [default: 120, on this computer 900]",
    ),
    "concurrency": click.option(
        "--concurrency",
        type=click.IntRange(1, 256),
        metavar="N",
        help="Calls at once, over all articles. [default: 8; 4 on this computer, 1 with local:]",
    ),
    "requests_per_minute": click.option(
        "--requests-per-minute", type=click.IntRange(1), metavar="N", help="Your account's limit."
    ),
    "tokens_per_minute": click.option(
        "--tokens-per-minute", type=click.IntRange(1), metavar="N", help="Your account's limit."
    ),
    "no_cache": click.option("--no-cache", is_flag=True, help="Neither use nor keep finished calls."),
}
