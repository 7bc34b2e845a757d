"""Every operation on the disk fails once, the first, the second, … the last; at each the process is killed.

    python -m benchmarks.faults_sweep [--only NAME] [--modes MODE,...] [--every 1] [--folder DIR]

A scenario is a piece of work on files (a call is kept, an editor signs off, an article's files are replaced,
`briefs run` briefs two articles over their former version). It is done once undisturbed, and its operations
that change the disk are counted: files made, writes, syncs, renames, removals. Then it is done again for each
of them, which meets a fate:

    eio      it fails with "Input/output error"; what follows works again
    enospc   it fails with "No space left on device", and so does all that needs room from then on
    kill     the process is killed before it, as by kill -9
    tear     the process is killed when half of what it writes there is written
    read     an operation that reads fails with "Input/output error"

Whatever happens, what was confirmed is there, files are old or new and whole, databases pass SQLite's check,
what goes wrong is told in words and not in a traceback; and done again undisturbed, the work comes out as if
nothing had happened. The faults are the system's own, from `faults_shim.c`, so that SQLite meets them too.
"""

import argparse
import errno
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from benchmarks.faults_shim import How, Shim


class Mode(NamedTuple):
    """A fate, and on which operations it falls."""

    how: How
    error: int = 0
    reads: bool = False

    @property
    def kills(self) -> bool:
        """Tell whether the process is killed."""
        return self.how in (How.KILL, How.TEAR)


MODES = {
    "eio": Mode(How.FAIL, errno.EIO),
    "enospc": Mode(How.FAIL_ON, errno.ENOSPC),
    "kill": Mode(How.KILL),
    "tear": Mode(How.TEAR),
    "read": Mode(How.FAIL, errno.EIO, reads=True),
}


class Scenario(NamedTuple):
    """A piece of work in a folder, and what is checked of it."""

    name: str
    prepare: Callable[[Path], object]
    """Put into an empty folder what is there before."""
    act: Callable[[Path, Callable[[str], None]], object]
    """Do the work, in a process of its own; what is confirmed is told. An error of ours may be raised."""
    check: Callable[[Path, list[str], bool], Iterator[str]]
    """Yield what is wrong after a fault, given what was confirmed and whether the process was killed."""
    same: Callable[[Path, Path], Iterator[str]]
    """Yield what differs between a folder in which the work was done again and an undisturbed one."""


class Swept(NamedTuple):
    """What became of a scenario in one mode."""

    scenario: str
    mode: str
    operations: int
    played: int
    wrong: tuple[str, ...]


class Turns(NamedTuple):
    """Which operations meet their fate."""

    first: int = 1
    every: int = 1


EVERY = Turns()


def sweep(shim: Shim, place: Path, scenario: Scenario, mode: str, chosen: Turns = EVERY) -> Swept:
    """Do a scenario once for each operation that is chosen; `place` is the folder that the shim looks at."""
    wanted, work = place.parent / "undisturbed", place / "work"
    for folder in (wanted, work):
        shutil.rmtree(folder, ignore_errors=True)
    fate = MODES[mode]
    _prepared(scenario, work)
    shim.arm(reads=fate.reads)
    ended = _acted(scenario, work)
    count = shim.count
    shim.arm()
    if ended.code:
        raise RuntimeError(f"{scenario.name}: fails undisturbed: {ended.said}")
    shutil.move(work, wanted)
    wrong: list[str] = []
    turns = range(chosen.first, count + 1, chosen.every)
    for turn in turns:
        _prepared(scenario, work)
        shim.arm(fate.how, turn, fate.error, reads=fate.reads)
        ended = _acted(scenario, work)
        shim.arm()
        found = list(_wrong(scenario, fate, work, ended))
        again = _acted(scenario, work)
        if again.code:
            found.append(f"done again: {again.said[-300:]}")
        else:
            found += [f"done again: {each}" for each in scenario.same(work, wanted)]
        wrong += [f"{scenario.name}, {mode} at {turn} of {count}: {each}" for each in found]
        shutil.rmtree(work)
    return Swept(scenario.name, mode, count, len(turns), tuple(wrong))


class _Ended(NamedTuple):
    code: int
    """Exit code: 0 done, 1 an error of ours, 3 anything else; negative: a signal."""
    confirmed: list[str]
    said: str


def _prepared(scenario: Scenario, work: Path) -> None:
    work.mkdir(parents=True)
    scenario.prepare(work)


def _wrong(scenario: Scenario, fate: Mode, work: Path, ended: _Ended) -> Iterator[str]:
    if ended.code == 3:
        yield f"not told in words: {ended.said[-400:]}"
    if ended.code < 0 and not fate.kills:
        yield f"ended by signal {-ended.code}"
    yield from scenario.check(work, ended.confirmed, ended.code < 0)


def _acted(scenario: Scenario, work: Path) -> _Ended:
    """Do the work in a forked process, which a fault may kill."""
    told, tell = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(told)
        os.setpgid(0, 0)
        os._exit(_act(scenario, work, tell))
    with suppress(OSError):
        os.setpgid(pid, pid)
    os.close(tell)
    with os.fdopen(told, "rb") as lines:
        said = lines.read().decode("utf-8", "replace")
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    head, _, tail = said.partition("\0")
    return _Ended(code, head.splitlines(), tail)


def _act(scenario: Scenario, work: Path, tell: int) -> int:
    from briefs.errors import BriefsError  # noqa: PLC0415 - loaded before the fork

    def confirm(words: str) -> None:
        os.write(tell, f"{words}\n".encode())

    try:
        scenario.act(work, confirm)
    except BriefsError as error:
        os.write(tell, f"\0{error}".encode())
        return 1
    except BaseException:
        os.write(tell, f"\0{traceback.format_exc()}".encode())
        return 3
    return 0


def main() -> None:
    """Sweep, and print what became of each scenario in each mode."""
    from benchmarks.faults_scenarios import STORES, Run  # noqa: PLC0415 - loads the parser

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", help="names of scenarios, with commas between them")
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=1, help="number of the first operation that fails")
    parser.add_argument("--folder", type=Path, help="where to work; default: a temporary folder")
    given = parser.parse_args()
    if "FAULTS_STATE" not in os.environ:
        _again_with_shim(given.folder)
    place = Path(os.environ["FAULTS_BELOW"])
    shim = Shim(Path(os.environ["LD_PRELOAD"]), Path(os.environ["FAULTS_STATE"]), place)
    wrong, only = 0, given.only.split(",") if given.only else None
    runs = (Run(place.parent / "run").scenario,) if only is None or "run" in only else ()
    for scenario in (*STORES, *runs):
        if only is not None and scenario.name not in only:
            continue
        for mode in given.modes.split(","):
            begun = time.monotonic()
            swept = sweep(shim, place, scenario, mode, Turns(given.first, given.every))
            wrong += len(swept.wrong)
            seconds = time.monotonic() - begun
            print(
                f"{swept.scenario}, {swept.mode}: {swept.operations} operations, "
                f"{swept.played} failed in turn: {len(swept.wrong)} wrong ({seconds:.0f} s)",
                *swept.wrong[:40],
                sep="\n  ",
                flush=True,
            )
    shutil.rmtree(place.parent, ignore_errors=True)
    sys.exit(1 if wrong else 0)


def _again_with_shim(folder: Path | None) -> None:
    place = Path(tempfile.mkdtemp(prefix="briefs-sweep-", dir=folder))
    shim = Shim.made(place, place / "disk")
    if shim is None:
        sys.exit("a C compiler and Linux are wanted for this")
    (place / "disk").mkdir()
    os.execve(  # noqa: S606 - ourselves
        sys.executable,
        [sys.executable, "-m", "benchmarks.faults_sweep", *sys.argv[1:]],
        {**os.environ, **shim.environment},
    )


if __name__ == "__main__":
    main()
