"""What a person sees of a run: a bar on a terminal, a line an article elsewhere, a table at the end."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from briefs.cli.terminal import printable
from briefs.domain.brief import Failure
from briefs.domain.run import ArticleRun, Relating, RunRecord, StepUse

if TYPE_CHECKING:
    from briefs.llm.meter import Meter

LISTED = 50
"""A closing table with more articles than this says the rest in one line."""


class Progress:
    """Progress on standard error: a bar where that is a terminal, else one line an article."""

    def __init__(self, total: int | None, *, quiet: bool, meter: "Meter | None" = None) -> None:
        self._quiet = quiet
        self._meter = meter
        self._bar: Bar | None = None
        if not quiet and sys.stderr.isatty():
            self._bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
                *((_SpentColumn(meter),) if meter is not None else ()),
                console=Console(stderr=True),
            )
            self._bar.start()
            self._task = self._bar.add_task("articles", total=total)

    def done(self, article: ArticleRun) -> None:
        """Report one article; errors are printed even when quiet."""
        if article.error is not None:
            self._line(f"briefs: {printable(article.error)}")
        elif self._bar is None and not self._quiet:
            took = f"{article.claims} claims, {article.seconds:.1f} s{_took(article)}"
            self._line(f"{named(article)}: {took}")
        self._fallen_back(article)
        if not self._quiet:
            for note in article.notes:
                self._line(f"{named(article)}: note: {printable(note)}")
        if self._bar is not None:
            self._bar.advance(self._task)

    def _fallen_back(self, article: ArticleRun) -> None:
        """Say which parts are the offline draft, and why; one line a kind, even when quiet."""
        by_kind: dict[str, list[Failure]] = {}
        for failure in article.failures:
            by_kind.setdefault(failure.kind, []).append(failure)
        for same in by_kind.values():
            more = f" (and {len(same) - 1} more)" if len(same) > 1 else ""
            line = f"{same[0].where}{more}: {same[0].message}"
            self._line(f"briefs: {named(article)}: {printable(line)}")

    def _line(self, line: str) -> None:
        if self._bar is not None:
            self._bar.console.print(escape(line), highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


def named(article: ArticleRun) -> str:
    """Return an input as a person knows it, with its row in the manifest that lists it."""
    row = f", row {article.row}" if article.row is not None else ""
    return f"{printable(article.input)}{row}"


class _SpentColumn(ProgressColumn):
    """Tokens and dollars so far, at every refresh of the bar."""

    def __init__(self, meter: "Meter") -> None:
        super().__init__()
        self._meter = meter

    def render(self, task: Task) -> Text:  # noqa: ARG002 (rich's signature)
        """Return what the run's calls took up to now."""
        live = self._meter.live()
        return Text(spent(live.calls, live.cache_hits, live.tokens_in + live.tokens_out, live.cost))


def spent(calls: int, hits: int, tokens: int, cost: float | None) -> str:
    """Return calls, tokens and, where the price is known, dollars, in one phrase."""
    parts = [f"{calls:,} call{'' if calls == 1 else 's'}"]
    if hits:
        parts.append(f"{hits:,} kept from before")
    parts.append(f"{tokens:,} tokens")
    if cost is not None:
        parts.append(f"${cost:.4f}")
    return ", ".join(parts)


def _took(article: ArticleRun) -> str:
    return f"; {_spent(article.use)}" if article.use else ""


def _spent(uses: tuple[StepUse, ...]) -> str:
    priced = all(use.cost is not None for use in uses)
    return spent(
        sum(use.calls for use in uses),
        sum(use.cache_hits for use in uses),
        sum(use.tokens_in + use.tokens_out for use in uses),
        sum(use.cost or 0.0 for use in uses) if priced else None,
    )


def related(relating: Relating) -> str:
    """Return in one phrase what relating found and changed."""
    names = {"conflict": "conflict", "same": "claim that says the same", "related": "related claim"}
    many = {"conflict": "conflicts", "same": "claims that say the same", "related": "related claims"}
    found = [(kind, relating.relations.get(kind, 0)) for kind in names]
    said = [f"{number:,} {names[kind] if number == 1 else many[kind]}" for kind, number in found if number]
    again = f", {relating.rewritten:,} briefs brought up to date" if relating.rewritten else ""
    return f"newly related: {', '.join(said) or 'nothing'}{again}"


class Closing(NamedTuple):
    """What the closing table tells."""

    record: RunRecord
    """Of the run as a whole; its articles are not looked at."""
    first: tuple[ArticleRun, ...]
    """The first `LISTED` articles."""
    partly: int
    """Articles with parts that are the offline draft because calls failed."""
    recorded: bool = True
    """Whether the record could be written."""


def closing_table(closing: Closing, out: Path) -> None:
    """Print what was done, and which files to open, on standard output."""
    record, partly = closing.record, closing.partly
    # A file's name must be whole, so that it can be copied: folded on a terminal, on one line elsewhere.
    console = Console(width=None if sys.stdout.isatty() else 10_000, highlight=False)
    table = Table(box=None, pad_edge=False)
    for heading in ("Claims", "High", "Flags"):
        table.add_column(heading, justify="right")
    table.add_column("Open", overflow="fold")
    for article in closing.first:
        if article.error is not None:
            table.add_row("-", "-", "-", f"{escape(named(article))}: failed, see above")
            continue
        name = article.beside or next(iter(article.files), "")
        row = (str(article.claims), str(article.high), str(article.flags), str(out / name))
        table.add_row(*(escape(printable(cell)) for cell in row))
    console.print(table)
    if record.relating is not None and record.relating.overview is not None:
        console.print(f"The story as a whole: {escape(printable(str(out / record.relating.overview)))}")
    if (more := record.done + record.failed - len(closing.first)) > 0:
        console.print(f"and {more:,} more, in {escape(printable(str(out)))}")
    total = f"{record.done} written, {record.failed} failed, {record.seconds:.1f} s"
    if record.use:
        total += f"; {_spent(record.use)}"
    if partly:
        total += (
            f"; {partly} of them with parts drafted offline, because calls failed (see their first lines)"
        )
    if record.relating is not None:
        total += f"; {related(record.relating)}"
    if closing.recorded:
        total += f"; record of the run: {escape(printable(str(out / 'run.json')))}"
    console.print(total)
