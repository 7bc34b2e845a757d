"""Inputs: what a person typed, turned into a stream of articles to read; none is kept before its turn.

Nothing raises while the stream is made: what cannot be read raises InputError when it is loaded, so that the
other articles still run.
"""

import os
import stat
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from briefs.errors import ConfigError, InputError
from briefs.readers.dispatch import EXTENSIONS, is_brief
from briefs.readers.rows import Row

MOST_BYTES = 50 * 1024 * 1024
"""Files over this size are refused before they are read."""
STANDARD_INPUT = "-"
EVIDENCE = "evidence"
"""A folder of this name right in an input folder holds documents that the newsroom trusts, not articles."""
_GIVE = "give a .txt, .md, .html, .pdf or .docx file"


class Input(NamedTuple):
    """One article to be read."""

    id: str
    """Path within the input folder with forward slashes, file name, or URL: the article's id."""
    path: str
    """What opens it: a path, a URL or "-"; of a text in a manifest, the manifest and the article's id."""
    kind: Literal["file", "url", "stdin", "row"]
    row: Row | None = None
    """What a manifest says of it."""

    @property
    def name(self) -> str:
        """Return how a message names it: no two inputs of a run have one name."""
        return self.path if self.row is None else self.row.place


class Loaded(NamedTuple):
    """An input's bytes, and for a URL its header, final address and the time (ISO 8601, UTC)."""

    data: bytes
    content_type: str | None = None
    url: str | None = None
    retrieved: str | None = None
    text: str | None = None
    """The bytes as text, where they never were anything else."""


def is_url(typed: str) -> bool:
    """Tell whether a person typed an http(s) address."""
    return typed.lower().startswith(("http://", "https://"))


def inputs(typed: Sequence[str], leave_out: Iterable[Path] = ()) -> Iterator[Input]:
    """Yield the inputs behind files, folders, URLs and "-", each once, in the order typed.

    A folder is read through, sorted by path; hidden files, other extensions, symbolic links that lead out
    of it, briefs of earlier runs, its folder of evidence and the folders in `leave_out` (where outputs go)
    are skipped. Two files that would have one id get their paths below their deepest common folder.
    """
    found: list[Input] = []
    seen: set[str] = set()
    skipped = frozenset(map(os.path.realpath, leave_out))
    for item in typed:
        for candidate in _behind(item, skipped):
            is_name = candidate.kind == "file" and "\0" not in candidate.path
            key = os.path.realpath(candidate.path) if is_name else candidate.path
            if key not in seen:
                seen.add(key)
                found.append(candidate)
    yield from _distinct(found)


def files_in(folder: Path, endings: Collection[str]) -> list[Input]:
    """Return a folder's files with these endings (lower case, with their dot), by their path within it.

    Hidden files, briefs of earlier runs and symbolic links that lead out of it are left out; a folder in it
    that may not be read stands among them, to be told of when its turn comes.
    """
    return sorted(_inside(folder, frozenset(), endings), key=lambda found: found.id)


def evidence_folder(typed: Sequence[str]) -> Path | None:
    """Return the folder `evidence` of an input folder, or none; raises ConfigError where several have one."""
    found = [Path(item) / EVIDENCE for item in dict.fromkeys(typed) if not is_url(item)]
    there = [folder for folder in found if folder.is_dir()]
    if len(there) > 1:
        named = " and ".join(map(str, there[:2]))
        raise ConfigError(f"{named} both hold evidence; name the folder to use with --evidence")
    return there[0] if there else None


def load(source: Input, *, allow_private: bool = False) -> Loaded:
    """Return an input's bytes; raises InputError if it is missing, too large or cannot be read.

    `allow_private` lets URLs lead to private addresses: for tests, never for people's input.
    """
    if source.kind == "url":
        from briefs.readers.url import Limits, fetch  # noqa: PLC0415 - urllib3 only where a URL is given

        fetched = fetch(source.path, Limits(most_bytes=MOST_BYTES, allow_private=allow_private))
        now = datetime.now(UTC).replace(microsecond=0).isoformat()
        return Loaded(fetched.data, fetched.content_type, fetched.url, now)
    if source.kind == "stdin":
        return Loaded(_standard_input())
    if source.row is not None and source.kind == "row":
        return _in_row(source.row)
    return Loaded(_file(source.path))


def _in_row(row: Row) -> Loaded:
    if row.trouble is not None:
        raise InputError(row.place, *row.trouble)
    content = row.text if row.html is None else row.html
    data = (content or "").encode("utf-8", "surrogatepass")
    if len(data) > MOST_BYTES:
        raise InputError(row.place, _too_large(len(data)), "give the article alone")
    if row.html is not None:
        return Loaded(data, "text/html; charset=utf-8")
    return Loaded(data, text=row.text)


def _standard_input() -> bytes:
    name = "standard input"
    if sys.stdin is None:
        raise InputError(name, "is closed", "give a file, or pipe an article in")
    try:
        return _limited(sys.stdin.buffer.read(MOST_BYTES + 1), name)
    except OSError as error:
        raise InputError(name, f"cannot be read ({error.strerror})", "give a file") from error


def _file(path: str) -> bytes:
    if not path:
        raise InputError("(no name)", "a path is empty", _GIVE)
    try:
        state = os.stat(path)
        if stat.S_ISDIR(state.st_mode):
            raise InputError(path, "is a folder with no article in it", _GIVE)
        if not stat.S_ISREG(state.st_mode):
            raise InputError(path, "is not a regular file", _GIVE)
        if state.st_size > MOST_BYTES:
            raise InputError(path, _too_large(state.st_size), "give the article alone")
        with open(path, "rb") as file:
            return _limited(file.read(MOST_BYTES + 1), path)
    except FileNotFoundError as error:
        raise InputError(path, "does not exist", "check the path") from error
    except PermissionError as error:
        raise InputError(path, "may not be read", "change its permissions") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(path, f"cannot be read ({reason})", "check the path") from error


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > MOST_BYTES:
        raise InputError(name, f"is larger than {MOST_BYTES // 2**20} MB", "give the article alone")
    return data


def _too_large(size: int) -> str:
    return f"is a {size / 2**20:.0f} MB file; the most is {MOST_BYTES // 2**20} MB"


def _behind(typed: str, skipped: frozenset[str]) -> Iterator[Input]:
    if typed == STANDARD_INPUT:
        yield Input(STANDARD_INPUT, STANDARD_INPUT, "stdin")
    elif is_url(typed):
        yield Input(typed, typed, "url")
    elif os.path.isdir(typed):
        evidence = os.path.realpath(Path(typed) / EVIDENCE)
        inside = sorted(_inside(Path(typed), skipped | {evidence}), key=lambda found: found.id)
        # An empty folder is told of when its turn comes.
        yield from inside or [Input(shown(Path(typed).name or typed), typed, "file")]
    else:
        yield Input(shown(Path(typed).name or typed), typed, "file")


def _inside(folder: Path, skipped: frozenset[str], endings: Collection[str] = EXTENSIONS) -> Iterator[Input]:
    """Yield a folder's files and, to be told of later, the folders in it that may not be read."""
    root = os.path.join(os.path.realpath(folder), "")
    refused: list[str] = []
    walk = os.walk(folder, onerror=lambda error: refused.append(str(error.filename)))
    for place, folders, files in walk:
        here = Path(place)
        folders[:] = [
            name for name in folders if name[0] != "." and os.path.realpath(here / name) not in skipped
        ]
        for name in files:
            path = here / name
            if name[0] == "." or path.suffix.lower() not in endings:
                continue
            # realpath, because Path.resolve raises for a link that leads to itself.
            if path.is_symlink() and not os.path.realpath(path).startswith(root):
                continue
            if _is_ours(path):
                continue
            yield Input(shown(path.relative_to(folder).as_posix()), str(path), "file")
    for path_refused in refused:
        yield Input(shown(Path(path_refused).relative_to(folder).as_posix()), path_refused, "file")


def _is_ours(path: Path) -> bool:
    """Tell whether a file in a folder is an earlier run's output: nobody asks for briefs of briefs."""
    if path.suffix.lower() not in (".md", ".html") or not path.is_file():
        return False
    try:
        return path.stat().st_size <= MOST_BYTES and is_brief(path.read_bytes())
    except OSError:  # told of when its turn comes
        return False


def _distinct(found: Sequence[Input]) -> list[Input]:
    """Give files that share an id their path below the deepest common folder; all files, if need be."""
    counts = Counter(source.id for source in found)
    clashing = [source for source in found if source.kind == "file" and counts[source.id] > 1]
    if not clashing:
        return list(found)
    renamed = _below_common(found, clashing)
    if len({source.id for source in renamed}) < len(renamed):
        return _below_common(found, [source for source in found if source.kind == "file"])
    return renamed


def _below_common(found: Sequence[Input], some: Sequence[Input]) -> list[Input]:
    paths = {source.path: os.path.abspath(source.path) for source in some}
    common = os.path.commonpath([os.path.dirname(path) for path in paths.values()])
    return [
        source._replace(id=shown(Path(os.path.relpath(paths[source.path], common)).as_posix()))
        if source.path in paths
        else source
        for source in found
    ]


def shown(name: str) -> str:
    r"""Return a file name that can be written as UTF-8: bytes that are no character are spelled \xff."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
