"""The folder of evidence as a run uses it: read and indexed once, for all articles, processes and later runs.

What is kept of a folder is found again by what its files hold and by the rules that read them: an unchanged
folder is not read again, and no rule of yesterday's answers for today's. It lies with the user's other
caches, for their eyes alone, never in the output folder: who hands on briefs does not hand on the newsroom's
documents.
"""

import hashlib
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from briefs import __version__
from briefs.domain.article import sha256
from briefs.errors import BriefsError, ConfigError, StoreError
from briefs.leftovers import in_use
from briefs.readers.inputs import files_in, load
from briefs.readers.shelf import DOCUMENTS, read_shelf
from briefs.steps.shelve import shelve
from briefs.store.passages import Folder, PassageIndex, write

_DAY = 86_400
_KEPT = 7 * _DAY
"""Seconds after its last use for which an index is kept."""
_SUPERSEDED = _DAY // 2
"""The same, of one whose folder has changed since: a run may still be reading it."""
_RULES = (
    "readers",
    "text",
    "data",
    "steps/shelve",
    "language/terms.py",
    "domain/documents.py",
    "store/passages.py",
)
"""The code and word lists that decide what stands in an index."""
_LIBRARIES = (
    "pypdfium2",
    "python-docx",
    "trafilatura",
    "lxml",
    "markdown-it-py",
    "nupunkt",
    "snowballstemmer",
)


@contextmanager
def library_of(folder: Path, caches: Path | None) -> Iterator[Path]:
    """Give the file of a folder's passages, made where there is none of today's folder.

    It is kept below `caches`; without that, or where it cannot be kept there, it goes when the run ends.
    Raises ConfigError when the folder is none, or there is no room for the file.
    """
    if not folder.is_dir():
        raise ConfigError(f"--evidence {folder}: is not a folder; name one that holds documents")
    kept = None if caches is None else _kept(folder, caches / "evidence")
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="briefs-", ignore_cleanup_errors=True) as place:
        file = Path(place) / "evidence.sqlite"
        try:
            index(folder, file)
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(f"--evidence {folder}: there is no room for its index ({error})") from error
        yield file


def index(folder: Path, file: Path) -> None:
    """Read a folder's documents and write the file of their passages; raises OSError or sqlite3.Error."""
    shelf = read_shelf(folder)
    about = Folder(tuple(each.source for each in shelf.documents), shelf.notes, shelf.left_out)
    write(file, about, (each for document in shelf.documents for each in shelve(document)))


def _kept(folder: Path, place: Path) -> Path | None:
    """Return the file that is kept of a folder, made anew if need be; none where none can be kept."""
    name = sha256(str(folder.resolve()).encode("utf-8", "surrogateescape"))[:16]
    file = place / f"{name}-{_state(folder)[:32]}.sqlite"
    try:
        if not _is_whole(file):
            index(folder, file)
        os.utime(file)
    except (OSError, sqlite3.Error):
        return None
    _clear(place, name, file)
    return file


def _is_whole(file: Path) -> bool:
    try:
        PassageIndex(file).close()
    except StoreError:  # there is none, or something else
        return False
    return True


def _clear(place: Path, name: str, file: Path) -> None:
    """Remove what has not been used for long, and leftovers of killed runs."""
    now = time.time()
    for each in (*place.glob("*.sqlite"), *place.glob("*.tmp")):
        most = _SUPERSEDED if each.name.startswith(name) or each.suffix == ".tmp" else _KEPT
        with suppress(OSError):  # another run was quicker, or has it open
            killed = each.suffix == ".tmp" and not in_use(each.name.removesuffix(".tmp").split(".")[-1])
            if killed or (each != file and now - each.stat().st_mtime > most):
                each.unlink()


def _state(folder: Path) -> str:
    """Return the hash of what a folder's files hold, and of the rules that read them."""
    state = hashlib.sha256(_rules().encode())
    for found in files_in(folder, DOCUMENTS):
        try:
            held = sha256(load(found).data)
        except BriefsError as error:
            held = str(error)
        state.update(f"{found.id}\n{held}\n".encode("utf-8", "surrogateescape"))
    return state.hexdigest()


@cache
def _rules() -> str:
    """Return the hash of all that decides what stands in an index: code, word lists, libraries."""
    rules = hashlib.sha256(__version__.encode())
    package = Path(__file__).parent.parent
    for each in _RULES:
        files = sorted((package / each).rglob("*")) if (package / each).is_dir() else [package / each]
        for file in files:
            if file.suffix in (".py", ".toml"):
                rules.update(file.read_bytes())
    for each in _LIBRARIES:
        rules.update(f"{each} {version(each)}\n".encode())
    return rules.hexdigest()
