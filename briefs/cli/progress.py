"""What a person sees of a run: a bar on a terminal, a line an article elsewhere, a table at the end."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from briefs.cli.terminal import printable
from briefs.domain.run import ArticleRun, RunRecord

_LISTED = 50
"""A closing table with more articles than this says the rest in one line."""


class Progress:
    """Progress on standard error: a bar where that is a terminal, else one line an article."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Bar | None = None
        if not quiet and sys.stderr.isatty():
            self._bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            self._bar.start()
            self._task = self._bar.add_task("articles", total=total)

    def done(self, article: ArticleRun) -> None:
        """Report one article; errors are printed even when quiet."""
        if article.error is not None:
            self._line(f"briefs: {printable(article.error)}")
        elif self._bar is None and not self._quiet:
            self._line(f"{printable(article.input)}: {article.claims} claims, {article.seconds:.1f} s")
        if not self._quiet:
            for note in article.notes:
                self._line(f"{printable(article.input)}: note: {printable(note)}")
        if self._bar is not None:
            self._bar.advance(self._task)

    def _line(self, line: str) -> None:
        if self._bar is not None:
            self._bar.console.print(escape(line), highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


def closing_table(record: RunRecord, out: Path) -> None:
    """Print what was done, and which files to open, on standard output."""
    # A file's name must be whole, so that it can be copied: folded on a terminal, on one line elsewhere.
    console = Console(width=None if sys.stdout.isatty() else 10_000, highlight=False)
    table = Table(box=None, pad_edge=False)
    for heading in ("Claims", "High", "Flags"):
        table.add_column(heading, justify="right")
    table.add_column("Open", overflow="fold")
    for article in record.articles[:_LISTED]:
        if article.error is not None:
            table.add_row("-", "-", "-", f"{escape(printable(article.input))}: failed, see above")
            continue
        name = article.beside or next(iter(article.files), "")
        row = (str(article.claims), str(article.high), str(article.flags), str(out / name))
        table.add_row(*(escape(printable(cell)) for cell in row))
    console.print(table)
    if len(record.articles) > _LISTED:
        console.print(f"and {len(record.articles) - _LISTED} more, in {escape(printable(str(out)))}")
    total = f"{record.done} written, {record.failed} failed, {record.seconds:.1f} s"
    console.print(f"{total}; record of the run: {escape(printable(str(out / 'run.json')))}")
