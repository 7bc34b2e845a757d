"""`briefs diff`: what differs between two versions of briefs, and whether a sign-off is affected."""

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import click

from briefs.cli.options import report, stop
from briefs.cli.terminal import printable
from briefs.compare import FolderComparison, compare, version
from briefs.compare.articles import Head, head_of, paired
from briefs.compare.comparison import Comparison, Version
from briefs.compare.markdown import markdown
from briefs.compare.report import Line, Piece, Style, of_article, of_folders
from briefs.errors import BriefsError, ConfigError, InputError
from briefs.store.reading import briefs_in, read_briefs

AFFECTED = 1
"""Exit code where a signed-off claim has changed words or is gone."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What could steer a terminal; Markdown has no use for it."""
_BLANK = re.compile(r"\s")
_STARTS = {"title": "", "text": "", "claim": "  ", "change": "      "}
_MARKS: dict[Style, str] = {"old": "[-{}-]", "new": "{{+{}+}}"}
_COLOURS: dict[Style, dict[str, Any]] = {
    "old": {"fg": "red", "strikethrough": True},
    "new": {"fg": "green"},
    "gone": {"fg": "red"},
    "come": {"fg": "green"},
    "strong": {"bold": True},
    "warning": {"fg": "yellow", "bold": True},
}


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "form", flag_value="json", help="Print JSON, with every change of drafting.")
@click.option("--md", "form", flag_value="md", help="Print Markdown.")
def command(old: Path, new: Path, form: str | None) -> None:
    """Show what differs between two versions of briefs: claims, words, sources, hedges, figures.

    OLD and NEW are the JSON files of one article's briefs, or two folders of them: of two versions of
    the article, of two versions of a prompt, or made with two models. In folders articles are paired by
    their id, then by their files' name, then by nearly equal text.

    \b
    Exit codes: 0 no signed-off claim is affected, 1 at least one has changed words or is gone,
    2 wrong usage, or a file could not be read.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    try:
        _checked(old, new)
        if old.is_dir():
            folders = _folders(old, new)
            _print(of_folders(folders), folders, form)
            code = ConfigError.exit_code if folders.not_read else AFFECTED if folders.affected else 0
        else:
            found = compare(read_briefs(old), read_briefs(new))
            _print(of_article(found), found, form)
            code = AFFECTED if found.affected else 0
    except BriefsError as error:
        if isinstance(error, InputError):  # 1 would say that a sign-off is affected
            report(error)
            sys.exit(ConfigError.exit_code)
        stop(error)
    sys.exit(code)


def _checked(old: Path, new: Path) -> None:
    for path in (old, new):
        if not path.exists():
            raise ConfigError(f"{path}: is not there; name the JSON of briefs, or a folder of them")
    if old.is_dir() != new.is_dir():
        folder, file = (old, new) if old.is_dir() else (new, old)
        raise ConfigError(f"{folder} is a folder and {file} is not; name two files or two folders")
    if os.path.realpath(old) == os.path.realpath(new):
        raise ConfigError(f"{old} and {new} are one and the same; name two versions")


class _Read(NamedTuple):
    """What a folder holds, without the briefs themselves."""

    heads: tuple[Head, ...]
    alone: dict[str, Version]
    """What is said of an article without a partner, by its file."""
    not_read: tuple[str, ...]


def _folders(old: Path, new: Path) -> FolderComparison:
    """Compare two folders, two articles in memory at a time."""
    before, after = _read(old), _read(new)
    found = paired(before.heads, after.heads)
    return FolderComparison(
        articles=tuple(
            compare(read_briefs(Path(pair.old.key)), read_briefs(Path(pair.new.key))) for pair in found.pairs
        ),
        only_old=tuple(before.alone[head.key] for head in found.only_old),
        only_new=tuple(after.alone[head.key] for head in found.only_new),
        not_read=(*before.not_read, *after.not_read),
    )


def _read(folder: Path) -> _Read:
    heads: list[Head] = []
    alone: dict[str, Version] = {}
    errors: list[str] = []
    for path in briefs_in(folder):
        try:
            result = read_briefs(path)
        except InputError as error:
            report(error)
            errors.append(str(error))
            continue
        heads.append(head_of(str(path), result))
        alone[str(path)] = version(result)
    if not heads:
        raise ConfigError(f"{folder}: holds no briefs as JSON; name the folder that `briefs run` wrote to")
    return _Read(tuple(heads), alone, tuple(errors))


def _print(lines: Iterable[Line], found: Comparison | FolderComparison, form: str | None) -> None:
    if form == "json":
        written = found.model_dump_json(indent=2) + "\n"
        sys.stdout.buffer.write(written.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
        return
    if form == "md":
        written = _CONTROL.sub("\ufffd", markdown(lines))
        sys.stdout.buffer.write(written.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for number, line in enumerate(lines):
        if number and line.level == "title":
            click.echo()
        click.echo(
            _STARTS[line.level] + "".join(_shown(p, line, coloured) for p in line.pieces), color=coloured
        )


def _shown(piece: Piece, line: Line, coloured: bool) -> str:
    text = printable(_BLANK.sub(" ", piece.text))
    if not text.strip():
        return text
    if coloured:
        style = {"bold": True} if line.level == "title" else _COLOURS.get(piece.style)
        return click.style(text, **style) if style else text
    return _MARKS.get(piece.style, "{}").format(text)
