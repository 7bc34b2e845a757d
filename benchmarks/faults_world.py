"""A run whose surroundings fail: the disk, its folder, its databases, the clock, the model's server.

    python -m benchmarks.faults_world [--only WORDS] [--folder DIR]

Each situation is a run of `briefs run` over a few short articles, in a process of its own. Printed of each:
the exit code, the seconds, the first line that a person is told, and what is wrong: a traceback, a file that
is half written, something that was whole before and is not, or outputs that, once the trouble is over and the
same command has run again, are not those of an undisturbed run. A small disk wants root, and another clock
a C compiler; a situation that cannot be had here is skipped, with the reason.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import faults_articles, faults_check
from benchmarks.faults_child import Child, started, warm
from benchmarks.faults_shim import Shim

_ARTICLES = 4
_SEED = 8
_NOBODY = 65_534


class Told(NamedTuple):
    """What one situation came to."""

    code: int
    seconds: float
    said: str
    wrong: tuple[str, ...] = ()


class Skipped(Exception):  # noqa: N818 - no error
    """A situation that cannot be had here; `str()` is the reason."""


class World:
    """Articles, and a place for each situation."""

    def __init__(self, place: Path, shim: Shim | None) -> None:
        self.place, self.shim = place, shim
        (place / "logs").mkdir()
        faults_articles.write(place / "in", _ARTICLES, _SEED)
        faults_articles.write(place / "later" / "in", _ARTICLES, _SEED, version=2)
        self._alone: dict[str, Path] = {}

    def folder(self, name: str) -> Path:
        """Return an empty folder for a situation."""
        folder = self.place / re.sub(r"\W+", "-", name)
        folder.mkdir()
        return folder

    def start(self, folder: Path, *more: str, out: Path | None = None, later: bool = False) -> Child:
        """Start a run of the articles into `folder`/out."""
        os.environ["BRIEFS_CACHE_DIR"] = str(folder / "cache")
        given = ["run", "in", "--out", str(out or folder / "out"), *more]
        # Not in the folder itself, whose disk may be full: what is said must be seen.
        log = self.place / "logs" / folder.name
        return started(given, log, self.place / "later" if later else self.place, warm_workers=True)

    def ran(self, folder: Path, *more: str, out: Path | None = None, later: bool = False) -> Told:
        """Run the articles and return what came of it."""
        begun = time.monotonic()
        child = self.start(folder, *more, out=out, later=later)
        code = child.wait()
        return told(child, code, time.monotonic() - begun, out or folder / "out")

    def again(self, folder: Path, before: Told, *more: str, later: bool = False) -> Told:
        """Run once more, undisturbed, and add to `before` what is wrong now."""
        after = self.ran(folder, *more, later=later)
        wrong = [*before.wrong, *after.wrong]
        if after.code:
            wrong.append(f"again: exit code {after.code}: {after.said}")
        else:
            wanted = self.alone(more, later=later)
            wrong += [f"again: {each}" for each in faults_check.differences(folder / "out", wanted)]
            wrong += [f"left over: {name}" for name in faults_check.left_over(folder)]
        return before._replace(wrong=tuple(wrong))

    def alone(self, more: tuple[str, ...], *, later: bool = False) -> Path:
        """Return the outputs of an undisturbed run."""
        key = f"{more} {later}"
        if key not in self._alone:
            folder = self.folder(f"undisturbed {len(self._alone)}")
            if later:
                self.ran(folder, *more)
            if self.ran(folder, *more, later=later).code:
                raise SystemExit("the undisturbed run fails")
            self._alone[key] = folder / "out"
        return self._alone[key]


def told(child: Child, code: int, seconds: float, out: Path) -> Told:
    """Return what a run that has ended said and left."""
    said, wrong = child.said(), []
    found = re.search("Traceback|unexpected|unforeseen", said)
    if found:
        wrong.append(f"not told in words: {said[max(0, found.start() - 200) : found.start() + 1500]}")
    if code and "briefs:" not in said:
        wrong.append("exit code without a word")
    if out.is_dir() and os.access(out, os.R_OK):
        wrong += [*faults_check.half_written(out), *faults_check.damaged(out)]
    lines = [line for line in said.splitlines() if line.startswith(("briefs:", "note:")) or ": note:" in line]
    return Told(code, seconds, lines[0] if lines else "", tuple(wrong))


Situation = Callable[[World, str], Told]


def main() -> None:
    """Play the situations, and print a line of each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="situations in whose name these words are")
    parser.add_argument("--folder", type=Path, help="where to work; default: a temporary folder")
    given = parser.parse_args()
    place = Path(os.environ.get("FAULTS_PLACE") or tempfile.mkdtemp(prefix="briefs-world-", dir=given.folder))
    if "FAULTS_PLACE" not in os.environ:
        shim = Shim.made(place, place)
        environment = {**os.environ, "FAULTS_PLACE": str(place), **(shim.environment if shim else {})}
        command = [sys.executable, "-m", "benchmarks.faults_world", *sys.argv[1:]]
        os.execve(sys.executable, command, environment)  # noqa: S606 - ourselves
    from benchmarks.faults_world_disk import BASES, DISKS  # noqa: PLC0415 - they import this module
    from benchmarks.faults_world_server import CLOCKS, SERVERS  # noqa: PLC0415

    state = place / "faults_state"
    warm(read_once=True)
    world = World(place, Shim(place / "faults_shim.so", state, place) if state.exists() else None)
    wrong = 0
    for name, situation in (DISKS | BASES | CLOCKS | SERVERS).items():
        if given.only not in name:
            continue
        try:
            found = situation(world, name)
        except Skipped as reason:
            print(f"{name}: skipped, {reason}", flush=True)
            continue
        wrong += bool(found.wrong)
        said = found.said.replace(str(place), "")
        print(
            f"{name}: exit {found.code}, {found.seconds:.1f} s. {said}",
            *found.wrong[:8],
            sep="\n    wrong: ",
            flush=True,
        )
    shutil.rmtree(place, ignore_errors=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    from benchmarks.faults_world import main as play

    play()
