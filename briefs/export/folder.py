"""The folder that exports go to: nothing that a person has changed there is ever written over.

A hidden list in it holds the hash of each file as it was written. A file that is not as the list says is a
person's: it stays, and the new one goes beside it (NAME.new.csv, NAME.new-2.csv, …).
"""

import json
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from briefs.domain.article import sha256
from briefs.domain.spans import Frozen
from briefs.errors import ConfigError
from briefs.store.files import candidates, holds, prepare, replace

LIST = ".briefs-export.json"


class Placed(NamedTuple):
    """Where a file went."""

    path: Path
    changed: bool
    """It did not hold this content before."""
    note: str | None
    """One line for a person, where there is something to say."""


class _Listed(Frozen):
    version: int = 1
    files: dict[str, str]
    """Name of a file to the SHA-256 of what was written into it."""


class ExportFolder:
    """A folder for exports; `finish` must be called when all is written."""

    def __init__(self, folder: Path) -> None:
        """Make the folder; raises ConfigError when it cannot be written."""
        prepare(folder)
        self._folder = folder
        self._files = dict(_listed(folder / LIST))

    def put(self, name: str, content: bytes) -> Placed:
        """Write a file whole, or leave it where it holds the content already; raises ConfigError."""
        if name in ("", ".", "..") or Path(name).name != name:
            raise ConfigError(f"{name!r}: not a file name; give the article another id")
        target = next(path for path in candidates(self._folder / name) if self._is_ours(path, content))
        changed = not holds(target, content)
        if changed:
            replace(target, content)
        self._files[target.name] = sha256(content)
        note = None
        if target.name != name:
            note = f"{name} is not as it was written and stays as it is; the new one is {target.name}"
        return Placed(target, changed, note)

    def finish(self) -> None:
        """Write down what was written; raises ConfigError when that cannot be."""
        there = {name: digest for name, digest in self._files.items() if (self._folder / name).is_file()}
        listed = _Listed(files=dict(sorted(there.items())))
        content = (listed.model_dump_json(indent=1) + "\n").encode("utf-8", "backslashreplace")
        if not holds(self._folder / LIST, content):
            replace(self._folder / LIST, content)

    def _is_ours(self, target: Path, content: bytes) -> bool:
        """Tell whether nothing is there, or the content itself, or what we wrote and nobody has changed."""
        if target.is_symlink():
            return False
        if not target.exists() or holds(target, content):
            return True
        try:
            return target.is_file() and self._files.get(target.name) == sha256(target.read_bytes())
        except OSError:
            return False


def _listed(path: Path) -> dict[str, str]:
    """Return what the list says; without a list that can be read, every file is a person's."""
    try:
        return _Listed.model_validate(json.loads(path.read_bytes())).files
    except (OSError, ValueError, ValidationError, RecursionError):
        return {}
