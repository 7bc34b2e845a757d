"""Options that several commands share, and the one way in which commands report errors."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar, get_args

import click

from briefs.cli.terminal import printable
from briefs.errors import BriefsError, ConfigError
from briefs.steps.render import Format

Command = TypeVar("Command", bound=Callable[..., object])

out_option = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True
)
format_option = click.option(
    "--format", "formats", default="md,json", show_default=True, metavar="md,json,html", help="What to write."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes."
)
quiet_option = click.option("--quiet", is_flag=True, help="Print errors only.")
evidence_option = click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    help="Folder of documents you trust. Default: the folder evidence in the input folder.",
)


def stop(error: BriefsError) -> NoReturn:
    """Leave the command that cannot go on: one line for a person, and the error's own exit code."""
    report(error)
    sys.exit(error.exit_code)


@contextmanager
def reporting() -> Iterator[None]:
    """Leave the command as `stop` does where an error of the project ends the work within."""
    try:
        yield
    except BriefsError as error:
        stop(error)


def report(error: BriefsError) -> None:
    """Say what is wrong in one line on standard error."""
    click.echo(f"briefs: {printable(' '.join(str(error).split()))}", err=True)


def tell(notes: Iterable[str]) -> None:
    """Say on standard error what a person should know, a line each."""
    for note in notes:
        click.echo(f"note: {printable(note)}", err=True)


def article_options(command: Command) -> Command:
    """Add what a user may say of an article; it wins over what the article's format states."""
    for option in (
        click.option("--outlet", metavar="NAME", help="The outlet, where the file does not say."),
        click.option(
            "--published", metavar="DATE", help="Publication date, YYYY-MM-DD; none is ever guessed."
        ),
        click.option(
            "--copy",
            "copy_kind",
            type=click.Choice(["own", "published"]),
            default="published",
            show_default=True,
            help="Our own draft (questions go to its author first) or published by others.",
        ),
    ):
        command = option(command)
    return command


def formats_of(given: str) -> tuple[Format, ...]:
    """Return the formats that --format names, in one order; raises ConfigError for others and for none."""
    asked = [each.strip().lower() for each in given.split(",") if each.strip()]
    unknown = [each for each in asked if each not in get_args(Format)]
    if unknown or not asked:
        named = ", ".join(unknown) or "nothing"
        raise ConfigError(f"--format {given!r}: {named} is not a format; choose from md, json, html")
    return tuple(form for form in get_args(Format) if form in asked)
