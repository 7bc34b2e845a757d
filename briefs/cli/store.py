"""`briefs store`: what the claim index holds, and taking articles out of it with all their traces."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import click

from briefs.cli.options import out_option, report, reporting, tell
from briefs.cli.relating import STORE
from briefs.cli.terminal import printable
from briefs.errors import ConfigError, InputError, StoreError
from briefs.store.claim_index.entry import Listed
from briefs.store.claims import ClaimIndex
from briefs.store.outputs import OVERVIEW, remove
from briefs.store.run_record import leave_out

_HEADINGS = ("DATE", "OUTLET", "CLAIMS", "RELATIONS", "ARTICLE")
_WIDEST = 30


@click.group("store")
def command() -> None:
    """Show or tidy the index of claims, through which articles are related to one another.

    It holds nothing that the outputs do not: it may be deleted, and the next run fills it again.
    """


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option(
            "--store",
            "given",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="The index. [default: claims.sqlite in --out]",
        ),
        out_option,
    ):
        function = option(function)
    return function


@command.command("list")
@_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_articles(out: Path, given: Path | None, as_json: bool) -> None:
    """List the articles in the index: date, outlet, claims, relations to other articles."""
    with reporting():
        path = _there(out, given)
        with closing(_opened(path)) as index:
            articles = index.listing()
        if as_json:
            click.echo(json.dumps([_record(each) for each in articles], indent=2, ensure_ascii=False))
            return
        for line in _table(articles):
            click.echo(line)
        claims = sum(each.claims for each in articles)
        click.echo(f"{len(articles)} articles, {claims} claims in {printable(str(path))}", err=True)


@command.command("remove")
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@_options
def remove_articles(articles: tuple[str, ...], out: Path, given: Path | None) -> None:
    """Take articles out, with their briefs and what the briefs of others say of them.

    ARTICLE is an id, the name of its briefs without suffix, or the path of one of them. Markdown that
    somebody has edited stays, and is named. The words are gone from the index's file after
    `briefs store vacuum`.
    """
    unknown = 0
    with reporting():
        path = _there(out, given)
        with closing(_opened(path)) as index:
            listed = index.listing()
        found: dict[str, Listed] = {}
        for name in articles:
            try:
                each = _named(name, listed)
                found[each.id] = each
            except InputError as error:
                unknown += 1
                report(error)
        if found:
            _removed(path, out, tuple(found.values()))
    sys.exit(1 if unknown else 0)


@command.command("vacuum")
@_options
def vacuum(out: Path, given: Path | None) -> None:
    """Make the index small: drop articles whose briefs are gone, and every word of what was removed.

    Copies of the index that earlier versions and damage left beside it are deleted too.
    """
    with reporting():
        path = _there(out, given)
        before = path.stat().st_size
        with closing(_opened(path)) as index:
            count = len(index.articles())
            for folder in index.folders():
                if not folder.is_dir():
                    index.drop(folder)
        _settled(path, out, ())
        with closing(_opened(path)) as index:
            dropped = max(0, count - len(index.articles()))  # some may be new in the folder
            index.vacuum()
        copies = sorted(
            each for word in ("backup", "damaged") for each in path.parent.glob(f"{path.name}.{word}-*")
        )
        for copy in copies:
            copy.unlink()
        click.echo(
            f"{printable(str(path))}: {before:,} bytes before, {path.stat().st_size:,} now; articles whose "
            f"briefs are gone: {dropped}; copies deleted: {len(copies)}"
        )


def _there(out: Path, given: Path | None) -> Path:
    path = given or out / STORE
    if not path.is_file():
        raise ConfigError(f"{path}: no index of claims; name one with --store, or its folder with --out")
    return path


def _opened(path: Path) -> ClaimIndex:
    index = ClaimIndex(path)
    if index.note:
        tell((index.note,))
    if not index.usable:
        raise StoreError(f"{path}: cannot be used; see the note above")
    return index


def _named(name: str, listed: Sequence[Listed]) -> Listed:
    """Return the article that a person means; raises InputError where there is none, or several."""
    path = Path(name)
    found = [each for each in listed if each.id == name] or [
        each for each in listed if name == each.slug or _is_output(path, each)
    ]
    if not found:
        raise InputError(name, "is not in the index", "`briefs store list` shows what is")
    if len(found) > 1:
        raise InputError(name, "names several articles", "give the id, or the path of its briefs")
    return found[0]


def _is_output(path: Path, article: Listed) -> bool:
    names = {f"{article.slug}.{suffix}" for suffix in ("json", "md", "html")}
    return path.name in names and path.parent.resolve() == article.folder.resolve()


def _removed(path: Path, out: Path, articles: Sequence[Listed]) -> None:
    """Remove articles' files first: an article whose JSON lies there would be taken in again."""
    for each in articles:
        files = remove(each.folder, each.slug)
        click.echo(f"{printable(each.slug)}: removed, {len(files.gone)} files deleted")
        tell(f"{kept} has been edited and stays as it is" for kept in files.kept)
    ids = frozenset(each.id for each in articles)
    for folder in {out, *(each.folder for each in articles)}:
        leave_out(folder, ids)
    _settled(path, out, tuple(each.id for each in articles))
    click.echo("the words are gone from the index's file after `briefs store vacuum`", err=True)


def _settled(path: Path, out: Path, gone: Sequence[str]) -> None:
    """Take articles out of the index and of what others say, and write the overview anew."""
    from briefs.pipeline.corpus import Corpus  # noqa: PLC0415 - `list` needs no steps
    from briefs.pipeline.living import Living  # noqa: PLC0415 - the same
    from briefs.store.aliases import load_aliases  # noqa: PLC0415 - the same

    living = Living.open(out, create=False)
    corpus = Corpus.at(path, out, load_aliases(None, (out, Path())), living)
    with closing(living), closing(corpus):
        for article in gone:
            corpus.forget(article)
        corpus.settle()
        if (out / OVERVIEW).is_file() and corpus.overview() is None:  # one article is no story
            remove(out, Path(OVERVIEW).stem)
    tell(corpus.notes)


def _record(article: Listed) -> dict[str, object]:
    return article._asdict() | {"folder": str(article.folder)}


def _table(articles: Sequence[Listed]) -> Iterator[str]:
    folders = {each.folder for each in articles}
    rows = [
        (
            (each.published or "undated")[:10],
            _short(each.outlet or ""),
            str(each.claims),
            str(each.relations),
            printable(each.slug if len(folders) == 1 else str(each.folder / each.slug)),
        )
        for each in articles
    ]
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    for row in (_HEADINGS, *rows):
        cells = [
            cell.rjust(width) if place in (2, 3) else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _short(text: str) -> str:
    shown = printable(text)
    return shown if len(shown) <= _WIDEST else shown[: _WIDEST - 1] + "…"
