"""A reading actor: loads the parser once and works on one article after another, in a process of the cluster.

It needs nothing of the driver's disk: an article's content comes with its job, the user's prompts and the
index of evidence when it starts. Of what it is given nothing stays on its machine's disk: prompts are read
and deleted, an index is opened and unlinked. It says nothing: what a library prints would go to Ray's logs.
"""

import hashlib
import logging
import os
import platform
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from briefs.cluster.make import Make, make


class Machine(NamedTuple):
    """Which computer a process runs on: two that are equal share its disk and its loopback."""

    name: str
    boot: str

    @classmethod
    def here(cls) -> "Machine":
        """Return this computer."""
        try:
            boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        except OSError:  # not Linux
            boot = ""
        return cls(platform.node(), boot)


class Introduction(NamedTuple):
    """What a worker says of itself."""

    make: Make
    machine: Machine


class Bundle(NamedTuple):
    """A file or a folder of the driver's disk that work needs, by what it holds."""

    root: Path
    """The path that jobs name it by."""
    files: tuple[tuple[str, str], ...]
    """Path of each file within it ("" where it is a file itself) and the SHA-256 of what it holds."""

    @classmethod
    def of(cls, root: Path) -> "Bundle":
        """Return what a file or folder holds now; hidden files are left out."""
        within = sorted(each for each in root.iterdir() if each.name[0] != ".") if root.is_dir() else [root]
        named = ((each.name if each != root else "", each) for each in within)
        return cls(root, tuple((name, _sha256(each)) for name, each in named))

    def contents(self) -> tuple[bytes, ...]:
        """Return what its files hold, in their order."""
        return tuple((self.root / name if name else self.root).read_bytes() for name, _ in self.files)

    def is_here(self) -> bool:
        """Tell whether the same path holds the same on this machine."""
        try:
            return Bundle.of(self.root) == self
        except OSError:
            return False


class Reader:
    """Does pieces of work, one after another; an actor by what `briefs.cluster.site` makes of it."""

    def __init__(self) -> None:
        fall_silent()
        self._places: dict[Path, Path] = {}

    def introduce(self) -> Introduction:
        """Return who is there, before anything of an article is sent."""
        return Introduction(make(), Machine.here())

    def lacks(self, bundles: tuple[Bundle, ...]) -> tuple[Bundle, ...]:
        """Return which of these are not on this machine's disk, and load the parser."""
        from briefs.pipeline.work import warm  # noqa: PLC0415 - seconds

        warm()
        return tuple(each for each in bundles if not each.is_here())

    def take(self, bundle: Bundle, contents: tuple[bytes, ...]) -> None:
        """Open what a bundle holds, out of a folder that is gone when this returns."""
        from briefs.pipeline.work import library_at, prompts_at  # noqa: PLC0415

        is_file = bundle.files[0][0] == ""
        with tempfile.TemporaryDirectory(prefix="briefs-", ignore_cleanup_errors=True) as place:
            root = Path(place) / "bundle"
            if not is_file:
                root.mkdir()
            for (name, _), content in zip(bundle.files, contents, strict=True):
                (root / name if name else root).write_bytes(content)
            (library_at if is_file else prompts_at)(root)
        self._places[bundle.root] = root

    def do(self, work: Callable[..., object], arguments: tuple[object, ...]) -> object:
        """Return what `work` gives for these arguments."""
        return work(*map(self._moved, arguments))

    def _moved(self, argument: object) -> object:
        """Name what was taken by where it was opened here."""
        from briefs.pipeline.work import Adviser, Job  # noqa: PLC0415

        if isinstance(argument, Job) and argument.wanted.evidence in self._places:
            here = self._places[argument.wanted.evidence]
            return argument._replace(wanted=argument.wanted._replace(evidence=here))
        if isinstance(argument, Adviser) and argument.prompts in self._places:
            return argument._replace(prompts=self._places[argument.prompts])
        return argument


def fall_silent() -> None:
    """Keep what libraries print out of Ray's logs, and leave Ctrl-C to the driver."""
    with suppress(
        ValueError
    ):  # an asynchronous actor is not in the main thread, and Ray blocks Ctrl-C anyway
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
