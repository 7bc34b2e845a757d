"""`briefs verify`: prove every quotation and offset of briefs against the article again."""

import sys
from pathlib import Path

import click

from briefs.cli.options import report, stop
from briefs.cli.terminal import printable
from briefs.errors import BriefsError, InputError
from briefs.verify import verify


@click.command("verify")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--article",
    type=click.Path(path_type=Path),
    help="The article of a lone Markdown file, where it is not found by itself.",
)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    help="The folder of documents that the briefs quote; without it those are not checked.",
)
@click.option("--quiet", is_flag=True, help="Print only what no longer holds.")
def command(paths: tuple[Path, ...], article: Path | None, evidence: Path | None, quiet: bool) -> None:
    """Check briefs (.json, .md or a folder of them) against their articles, also after editing.

    Every listed quotation must stand unaltered, and every block quote and every quoted run of five words
    must be in the article, or in another article whose JSON lies beside the briefs; white space and
    Markdown escapes aside, one wrong character is caught. What is not at hand is named as not checked.
    Exit code 1 lists what no longer holds.
    """
    broken = False
    for path in paths:
        try:
            verdict = verify(path, article, evidence)
        except InputError as error:
            broken = True
            report(error)
            continue
        except BriefsError as error:
            stop(error)
        broken = broken or bool(verdict.problems)
        for problem in verdict.problems:
            click.echo(printable(str(problem)))
        if not quiet:
            for note in verdict.notes:
                click.echo(printable(f"note: {note}"))
            click.echo(printable(f"{path}: {verdict.summary}"))
    sys.exit(1 if broken else 0)
