"""The command line: flags, exit codes, progress and messages for people. Commands load when called.

`briefs --help` must stay quick: this module imports click alone, and each command imports the rest.
"""

from importlib import import_module
from typing import Any, NamedTuple

import click

from briefs import __version__
from briefs.cli.terminal import guarded, heed_termination, prepare_streams

EXIT_CODES = """\b
Exit codes:
  0    all done
  1    some articles failed and the rest are written; or something no longer holds (verify), or a
       signed-off claim is affected (diff)
  2    wrong usage or configuration: nothing was done
  130  interrupted with Ctrl-C; what was written before is whole
"""


class _Command(NamedTuple):
    module: str
    summary: str


_COMMANDS = {
    "run": _Command("briefs.cli.run", "Draft a fact-check brief for every claim of each article."),
    "batch": _Command("briefs.cli.batch", "The same at half the price, a day later."),
    "scan": _Command(
        "briefs.cli.scan", "Show what articles say of themselves: who says what, figures, dates."
    ),
    "verify": _Command("briefs.cli.verify", "Prove every quotation of briefs against the article again."),
    "desk": _Command("briefs.cli.desk", "Review claims and sign them off in a browser, on this machine."),
    "store": _Command("briefs.cli.store", "Show or tidy the index through which articles are related."),
    "diff": _Command("briefs.cli.diff", "Show what differs between two versions of briefs."),
    "export": _Command("briefs.cli.export", "Write briefs as markup, spreadsheet, script or call sheet."),
    "doctor": _Command("briefs.cli.doctor", "Show which model would be asked and why, and where text goes."),
}


class _LazyGroup(click.Group):
    """A group that knows its commands' names and summaries without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name].module).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{cmd_name} is not a command")
        return command

    def main(self, *args: Any, **extra: Any) -> Any:
        prepare_streams()
        heed_termination()
        with guarded():
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        # Guarded here too: click would report an interrupt as exit code 1.
        with guarded():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in _COMMANDS.items()])


@click.group(cls=_LazyGroup, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefs")
def main() -> None:
    """Turn news articles into fact-check briefs: claims, their sources, what is missing, what to ask.

    Every quotation is an exact slice of the article. Nothing leaves this machine unless you name a model
    elsewhere; the first line printed says where text goes. It never says true or false: an editor decides.
    """
