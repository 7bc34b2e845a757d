"""`briefs export`: briefs as markup for publishing, spreadsheet, annotated script and call sheet."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from briefs.cli.options import quiet_option, report, reporting
from briefs.cli.terminal import printable
from briefs.domain.brief import ArticleBriefs
from briefs.errors import ConfigError, InputError
from briefs.export import FORMS, Form
from briefs.export.calls import Noted, noted, sheet
from briefs.export.claims import exportable
from briefs.export.folder import ExportFolder
from briefs.export.reviews import Publisher, reviews
from briefs.steps.render.wording import count
from briefs.store.aliases import load_aliases
from briefs.store.reading import briefs_in, read_briefs

SPREADSHEET = "fact-check.csv"
CALL_SHEET = "call-sheet.md"


@click.command("export")
@click.argument("outputs", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder.")
@click.option(
    "--to",
    "forms",
    type=click.Choice(FORMS),
    multiple=True,
    required=True,
    help="May be given several times.",
)
@click.option("--publisher", metavar="NAME", help="claimreview: the organisation that publishes the reviews.")
@click.option("--publisher-url", metavar="URL", help="claimreview: the organisation's address.")
@click.option(
    "--review-url",
    metavar="URL",
    help="claimreview: address of the page with a review; {slug} and {claim} are filled in.",
)
@quiet_option
def command(
    outputs: Path,
    out: Path,
    forms: tuple[Form, ...],
    publisher: str | None,
    publisher_url: str | None,
    review_url: str | None,
    quiet: bool,
) -> None:
    """Write briefs for other programs and other people.

    OUTPUTS is the JSON file of an article's briefs, or a folder of them.

    \b
    claimreview  NAME.jsonld: schema.org ClaimReview for claims that an editor has signed off with a
                 rating of their own, schema.org Claim for the others
    csv          fact-check.csv: one row a claim, for a spreadsheet
    docx         NAME.docx: the article with its claims marked and a comment at each
    callsheet    call-sheet.md: all open questions by whom to ask

    Claims that an editor dismissed are left out. A file in --out that somebody has changed stays; the new
    one is written beside it.

    \b
    Exit codes: 0 all done, 1 some files could not be read and the rest is exported, 2 wrong usage.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    with reporting():
        whose = _publisher(publisher, publisher_url, review_url)
        paths = _paths(outputs)
        export = _Export(ExportFolder(out), tuple(dict.fromkeys(forms)), whose)
        try:
            for path in paths:
                try:
                    export.add(read_briefs(path))
                except InputError as error:
                    export.failed += 1
                    report(error)
            if not export.articles:
                raise ConfigError(f"{outputs}: holds no briefs that can be read; nothing is exported")
            export.close(_links(outputs, out, paths), outputs if outputs.is_dir() else outputs.parent)
        finally:
            export.folder.finish()
        for line in () if quiet else export.told():
            click.echo(printable(line), err=True)
    sys.exit(1 if export.failed else 0)


def _publisher(name: str | None, url: str | None, review_url: str | None) -> Publisher | None:
    if name is None or not name.strip():
        if url or review_url:
            raise ConfigError("--publisher-url and --review-url say nothing without --publisher NAME")
        return None
    for option, given in (("--publisher-url", url), ("--review-url", review_url)):
        if given is not None and not given.startswith(("https://", "http://")):
            raise ConfigError(f"{option} {given!r}: give an address that begins with https://")
    return Publisher(" ".join(name.split()), url, review_url)


def _paths(outputs: Path) -> Sequence[Path]:
    if not outputs.exists():
        raise ConfigError(f"{outputs}: is not there; name the folder that `briefs run` wrote to")
    if not outputs.is_dir():
        return (outputs,)
    found = briefs_in(outputs)
    if not found:
        raise ConfigError(f"{outputs}: holds no briefs as JSON; name the folder that `briefs run` wrote to")
    return found


def _links(outputs: Path, out: Path, paths: Iterable[Path]) -> dict[str, str]:
    """Return where the briefs that a person reads lie, seen from the folder of exports, by name."""
    folder = outputs if outputs.is_dir() else outputs.parent
    way = os.path.relpath(os.path.realpath(folder), os.path.realpath(out)).replace(os.sep, "/")
    found = {}
    for path in paths:
        there = (f"{path.stem}.{suffix}" for suffix in ("html", "md"))
        name = next((name for name in there if (folder / name).is_file()), None)
        if name is not None:
            found[path.stem] = name if way == "." else f"{way}/{name}"
    return found


class _Export:
    """One export: takes article after article, and keeps what is to be told of it."""

    def __init__(self, folder: ExportFolder, forms: Sequence[Form], publisher: Publisher | None) -> None:
        self.folder = folder
        self.articles = self.failed = 0
        self._forms, self._publisher = forms, publisher
        self._claims = self._dismissed = self._gone = self._again = self._former = self._reviews = 0
        self._not_reviews: Counter[str] = Counter()
        self._rows: list[tuple[str, ...]] = []
        self._noted: list[Noted] = []
        self._lines: list[str] = []
        self._notes: list[str] = []
        self._slugs: set[str] = set()

    def add(self, result: ArticleBriefs) -> None:
        """Export one article; raises InputError where another one has had its name."""
        slug = result.article.slug
        if slug in self._slugs:
            raise InputError(slug, "two files hold briefs of this name", "name one of them alone")
        self._slugs.add(slug)
        self.articles += 1
        exported = exportable(result)
        self._claims += len(exported.sections)
        self._dismissed += exported.dismissed
        self._gone += sum(section.brief.desk.gone for section in exported.sections)
        self._former += len(exported.former)
        self._again += sum(bool(section.brief.desk.changed) for section in exported.sections)
        if "claimreview" in self._forms:
            made = reviews(exported, self._publisher)
            self._reviews += made.reviews
            self._not_reviews.update(made.not_reviews)
            self._put(f"{slug}.jsonld", made.content)
        if "csv" in self._forms:
            from briefs.export.spreadsheet import rows  # noqa: PLC0415

            self._rows.extend(rows(exported))
        if "docx" in self._forms:
            from briefs.export.script import script  # noqa: PLC0415 - python-docx is slow to import

            self._put(f"{slug}.docx", script(exported))
        if "callsheet" in self._forms:
            self._noted.append(noted(result))

    def close(self, links: dict[str, str], folder: Path) -> None:
        """Write what is made of all articles together."""
        if "claimreview" in self._forms:
            self._lines.append(self._reviewed())
            if self._reviews and self._publisher is not None and self._publisher.review_url is None:
                self._notes.append("search engines want the page of each review: give --review-url")
        if "csv" in self._forms:
            from briefs.export.spreadsheet import spreadsheet  # noqa: PLC0415

            self._put(SPREADSHEET, spreadsheet(self._rows))
            self._lines.append(f"csv: {count(len(self._rows), 'row', 'rows')} in {SPREADSHEET}")
        if "docx" in self._forms:
            self._lines.append(f"docx: {count(self.articles, 'annotated script', 'annotated scripts')}")
        if "callsheet" in self._forms:
            made = sheet(self._noted, links, load_aliases(None, (folder, Path())))
            self._put(CALL_SHEET, made.content)
            self._lines.append(
                f"callsheet: {count(made.open, 'open question', 'open questions')} and {made.done} done in "
                f"{CALL_SHEET}; left out: {made.settled} about claims that an editor has decided or dismissed"
            )

    def told(self) -> Iterable[str]:
        """Yield what a person should know: what was exported, and what was not."""
        articles, claims = count(self.articles, "article", "articles"), count(self._claims, "claim", "claims")
        yield f"Exported {claims} of {articles}."
        yield from self._lines
        if self._dismissed:
            yield f"Left out: {count(self._dismissed, 'claim', 'claims')} that an editor dismissed."
        if self._gone:
            yield f"Marked: {count(self._gone, 'claim', 'claims')} that the tool no longer finds."
        if self._former:
            former = count(self._former, "claim that is", "claims that are")
            yield f"{former} no longer in the article: listed in csv and docx, left out of claimreview."
        if self._again:
            yield f"Marked: {count(self._again, 'claim', 'claims')} open again, because the article changed."
        yield from (f"note: {note}" for note in self._notes)

    def _reviewed(self) -> str:
        others = sum(self._not_reviews.values())
        line = f"claimreview: {self._reviews} as ClaimReview, {others} as Claim"
        reasons = "; ".join(f"{number} {reason}" for reason, number in self._not_reviews.most_common())
        return f"{line} ({reasons})" if reasons else line

    def _put(self, name: str, content: bytes) -> None:
        placed = self.folder.put(name, content)
        if placed.note:
            self._notes.append(placed.note)
