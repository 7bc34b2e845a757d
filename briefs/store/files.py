"""One file on disk: there whole or not at all, whatever happens while it is written."""

import itertools
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from errno import EINVAL, EISDIR
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType

from briefs.errors import ConfigError, FileChanged
from briefs.leftovers import in_use

_PREFIX, _SUFFIX = ".briefs-", ".tmp"
_numbers = itertools.count()
_NOTHING: Mapping[Path, bytes] = MappingProxyType({})


def prepare(folder: Path) -> None:
    """Make an output folder, prove that it can be written, and clear what a killed run left in it.

    Raises ConfigError, naming the folder and what to do, when it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            if not in_use(leftover.name.removeprefix(_PREFIX)):
                leftover.unlink(missing_ok=True)
        probe = _temporary(folder)
        os.close(_create(probe))
        probe.unlink()
    except OSError as error:
        raise _unwritable(folder, error) from error


def replace(target: Path, content: bytes) -> None:
    """Put a whole file in the place of `target`; where that is a link, the link is replaced.

    Raises ConfigError when the folder cannot be written; then `target` is as it was.
    """
    replace_all({target: content})


def replace_with(target: Path, pieces: Iterable[bytes]) -> None:
    """Put a whole file, written piece by piece, in the place of `target`; raises as `replace` does."""
    replace_all({target: pieces})


def replace_all(
    contents: Mapping[Path, bytes | Iterable[bytes]], expected: Mapping[Path, bytes] = _NOTHING
) -> None:
    """Put whole files in the places of several: all are written aside before the first takes its place.

    `expected` is what files held when they were read. Raises FileChanged when one of them holds something
    else by now, ConfigError when one cannot be written, because the disk is full or a folder has its name;
    then every target is as it was.
    """
    staged: dict[Path, Path] = {}
    target = Path()
    try:
        for target, content in contents.items():
            if target.is_dir():
                raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
            temporary = staged[target] = _temporary(target.parent)
            with os.fdopen(_create(temporary), "wb") as file:
                file.writelines((content,) if isinstance(content, bytes) else content)
                file.flush()
                os.fsync(file.fileno())
        for read, held in expected.items():
            if not holds(read, held):
                raise FileChanged(f"{read}: somebody has changed it meanwhile; it stays as it is, try again")
        for target, temporary in staged.items():
            temporary.replace(target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def content_of(path: Path, most: int = -1, *, follow: bool = True) -> bytes:
    """Return what a file holds, at most so many bytes of it.

    Raises OSError where there is none: a pipe or a device in its place might never begin, or never end; and
    for a link, unless told to `follow`.
    """
    never = 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | never)
    with os.fdopen(handle, "rb") as file:
        if not S_ISREG(os.fstat(handle).st_mode):
            raise OSError(EINVAL, os.strerror(EINVAL), str(path))
        return file.read(most)


def holds(target: Path, content: bytes) -> bool:
    """Tell whether `target` is a file, not a link, with exactly this content."""
    try:
        if target.is_symlink() or target.stat().st_size != len(content):
            return False
        return target.read_bytes() == content
    except OSError:
        return False


def candidates(target: Path) -> Iterator[Path]:
    """Yield where a file may go: NAME.md, else beside what must stay, NAME.new.md, NAME.new-2.md, …."""
    yield target
    for number in itertools.count(1):
        ending = "new" if number == 1 else f"new-{number}"
        yield target.with_name(f"{target.stem}.{ending}{target.suffix}")


def _temporary(folder: Path) -> Path:
    return folder / f"{_PREFIX}{os.getpid()}-{next(_numbers)}{_SUFFIX}"


def _create(path: Path) -> int:
    """Open a new file for writing, with the permissions that the user's mask gives."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _unwritable(path: Path, error: OSError) -> ConfigError:
    reason = error.strerror or type(error).__name__
    return ConfigError(f"{path}: cannot be written ({reason}); choose another folder with --out")
