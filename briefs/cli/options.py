"""Options that several commands share, and the one way in which commands report errors."""

import sys
from collections.abc import Callable
from typing import NoReturn, TypeVar, get_args

import click

from briefs.cli.terminal import printable
from briefs.errors import BriefsError, ConfigError
from briefs.steps.render import Format

Command = TypeVar("Command", bound=Callable[..., object])


def stop(error: BriefsError) -> NoReturn:
    """Leave the command that cannot go on: one line for a person, and the error's own exit code."""
    report(error)
    sys.exit(error.exit_code)


def report(error: BriefsError) -> None:
    """Say what is wrong in one line on standard error."""
    click.echo(f"briefs: {printable(' '.join(str(error).split()))}", err=True)


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
