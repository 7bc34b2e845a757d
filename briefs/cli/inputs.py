"""The options that say how PATHs are meant: articles, or manifests that list them."""

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from briefs.errors import ConfigError
from briefs.readers.inputs import Input, evidence_folder, inputs
from briefs.readers.manifest import Manifests


class InputOptions(NamedTuple):
    """What a person said of the inputs."""

    paths: tuple[str, ...]
    manifest: bool
    root: Path | None

    def found(self, *leave_out: Path | None) -> "Found":
        """Return the inputs but for what lies in `leave_out`; raises ConfigError for an unusable manifest."""
        if self.manifest:
            return Found(manifests=Manifests(self.paths, self.root))
        if self.root is not None:
            raise ConfigError("--root says where the paths of a manifest lead; add --manifest")
        return Found(tuple(inputs(self.paths, (each for each in leave_out if each is not None))))

    def documents(self, said: Path | None) -> Path | None:
        """Return the folder of evidence: the one that was named, or that of an input folder, or none.

        Raises ConfigError where it is no folder, or several input folders have one.
        """
        folder = said or (None if self.manifest else evidence_folder(self.paths))
        if folder is not None and not folder.is_dir():
            raise ConfigError(f"--evidence {folder}: is not a folder; name one that holds documents")
        return folder


class Found:
    """The inputs of a run: those that were typed, or the rows of manifests, read as they are handed out."""

    def __init__(self, typed: tuple[Input, ...] = (), manifests: Manifests | None = None) -> None:
        self._typed, self._manifests = typed, manifests

    def __iter__(self) -> Iterator[Input]:
        """Yield the inputs."""
        return iter(self._typed if self._manifests is None else self._manifests)

    @property
    def total(self) -> int | None:
        """Return how many they are, where that is known."""
        return len(self._typed) if self._manifests is None else self._manifests.total

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what a person should know of those handed out so far."""
        return () if self._manifests is None else self._manifests.notes


def input_options(command: Callable[..., object]) -> Callable[..., object]:
    """Add PATH and what is said of it; the command is handed them as one `InputOptions`, named `articles`."""

    @wraps(command)
    def gathered(*arguments: Any, **given: Any) -> object:
        options = InputOptions(**{name: given.pop(name) for name in InputOptions._fields})
        return command(*arguments, articles=options, **given)

    result: Callable[..., object] = gathered
    for option in reversed(_OPTIONS):
        result = option(result)
    return result


_OPTIONS = (
    click.argument("paths", metavar="PATH...", nargs=-1, required=True),
    click.option(
        "--manifest",
        is_flag=True,
        help="PATHs list articles, a row each: .jsonl, .csv or .parquet, or - for JSONL.",
    ),
    click.option(
        "--root",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Folder that the paths in a manifest start from and stay in. Default: the manifest's.",
    ),
)
