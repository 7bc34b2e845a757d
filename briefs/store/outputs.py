"""An article's files in the output folder, never over the work of a person."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from briefs.domain.run import RunRecord
from briefs.errors import ConfigError
from briefs.seal import as_written
from briefs.store.files import candidates, content_of, holds, replace_all, replace_with

RUN_RECORD = "run.json"
OVERVIEW = "index.json"
NO_BRIEFS = frozenset({RUN_RECORD, OVERVIEW})
"""Names of the JSON files of an output folder that are no article's briefs."""
MARKDOWN = "md"
_NOTHING: Mapping[Path, bytes] = MappingProxyType({})


class Written(NamedTuple):
    """What writing an article's files came to."""

    files: tuple[Path, ...]
    """Every file that now holds this content, changed or not."""
    changed: tuple[Path, ...]
    """Those that did not hold it before."""
    beside: Path | None
    """The Markdown file written beside one that a person has edited."""
    notes: tuple[str, ...] = ()
    """For a person, where there is something to say."""

    @property
    def note(self) -> str | None:
        """Return what there is to say in one line."""
        return "; ".join(self.notes) or None


def write(
    folder: Path, slug: str, files: Mapping[str, str], read: Mapping[Path, bytes] = _NOTHING
) -> Written:
    """Write an article's files into `folder`; `files` maps a suffix without its dot to the content.

    JSON and HTML are projections and are replaced. Markdown is replaced only where it is as we wrote it
    (see `briefs.seal`); else the new one goes beside it: NAME.new.md, or NAME.new-2.md where that one
    has been edited too. A file that already holds its content is not touched.

    `read` is what files held when what is written was made of them: they are replaced whoever wrote them, as
    long as they hold just that. Raises FileChanged when they do not, ConfigError when the folder cannot be
    written.
    """
    if slug in ("", ".", "..") or Path(slug).name != slug:
        raise ConfigError(f"{slug!r}: not a file name; give the article another id")
    done: list[Path] = []
    changes: dict[Path, bytes] = {}
    beside: Path | None = None
    # The JSON last: where that is up to date, so are the others.
    for suffix, content in sorted(files.items(), key=lambda each: each[0] == "json"):
        # surrogatepass: half a character in hostile input must not stop the article.
        data = content.encode("utf-8", "surrogatepass")
        target = folder / f"{slug}.{suffix}"
        if suffix == MARKDOWN and target not in read:
            target = _free(target, data)
            if target.name != f"{slug}.{suffix}":
                beside = target
        if not holds(target, data):
            changes[target] = data
        done.append(target)
    replace_all(changes, read)
    notes: tuple[str, ...] = ()
    if beside is not None:
        notes = (f"{slug}.{MARKDOWN} has been edited and stays as it is; the new brief is {beside.name}",)
    return Written(tuple(done), tuple(changes), beside, notes)


class Removed(NamedTuple):
    """What removing an article's files came to."""

    gone: tuple[Path, ...]
    kept: tuple[Path, ...]
    """Markdown files that a person has edited."""


def remove(folder: Path, slug: str) -> Removed:
    """Remove an article's files, but for Markdown that a person has edited.

    Raises ConfigError when a file cannot be removed.
    """
    gone: list[Path] = []
    kept: list[Path] = []
    beside = sorted(path for path in folder.glob("*.md") if _is_beside(path, slug))
    for path in (folder / f"{slug}.json", folder / f"{slug}.html", folder / f"{slug}.{MARKDOWN}", *beside):
        if not path.is_file() and not path.is_symlink():
            continue
        if path.suffix == f".{MARKDOWN}" and not _is_ours(path, b""):
            kept.append(path)
            continue
        try:
            path.unlink()
        except OSError as error:
            raise ConfigError(f"{path}: cannot be removed ({error.strerror})") from error
        gone.append(path)
    return Removed(tuple(gone), tuple(kept))


def write_record(folder: Path, record: RunRecord, articles: Iterable[Mapping[str, Any]] = ()) -> Path:
    """Write the record of a run into `folder`; raises ConfigError when it cannot be written.

    `articles` are those that come after the record's own, as `ArticleRun.model_dump` gives them; they are
    written as they come, and none is kept.
    """
    target = folder / RUN_RECORD
    replace_with(target, _record_lines(record, articles))
    return target


def _record_lines(record: RunRecord, articles: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield the JSON of a record, piece by piece: the same bytes as dumping it whole."""
    whole = record.model_dump()
    rows = chain(whole.pop("articles"), articles)  # the record's last field
    yield _dumped(whole, 0).removesuffix(b"\n}") + b',\n  "articles": ['
    between = b"\n    "
    for row in rows:
        yield between + _dumped(row, 4)
        between = b",\n    "
    yield b"]\n}\n" if between == b"\n    " else b"\n  ]\n}\n"


def _dumped(value: object, indent: int) -> bytes:
    text = json.dumps(value, indent=2, ensure_ascii=False).replace("\n", "\n" + " " * indent)
    # A path that is no valid Unicode holds surrogates; JSON's own escapes spell them.
    return text.encode("utf-8", "backslashreplace")


def _free(target: Path, data: bytes) -> Path:
    """Return the first of NAME.md, NAME.new.md, NAME.new-2.md … that holds no person's work."""
    return next(path for path in candidates(target) if _is_ours(path, data))


def _is_beside(path: Path, slug: str) -> bool:
    """Tell whether a file is one that `_free` named: NAME.new.md, NAME.new-2.md."""
    return (
        path.name.startswith(f"{slug}.new")
        and re.fullmatch(r"\.new(-\d+)?\.md", path.name[len(slug) :]) is not None
    )


def _is_ours(target: Path, data: bytes) -> bool:
    """Tell whether nothing is at `target`, or only what we wrote and nobody has edited."""
    if target.is_symlink():
        return False
    if not target.exists() or holds(target, data):
        return True
    try:
        return as_written(content_of(target).decode("utf-8", "surrogatepass"))
    except (OSError, UnicodeDecodeError):
        return False
