"""Fuzzing of every reader: what any bytes at all make of it, by coverage where atheris is there.

    python -m benchmarks.fuzz [TARGET ...] [--minutes 10] [--folder DIR] [--list]

Each target runs in a process of its own, one after the other, for so many minutes of CPU time: with atheris
(`pip install --require-hashes -r requirements-fuzz.lock`) guided by the coverage of this project, else
blindly. The process may use 1 GB of address space more than it begins with;
one that dies, or spends 20 seconds of CPU on one input, is started again, and its input kept. Allowed is an
article (or what else the target reads), held to all that is promised of it, or an error of the project in one
printable line. Anything else is a finding: DIR/TARGET/findings holds the smallest input of each kind, and
what happened. Prints a row a target; inputs that reached new code stay in DIR/TARGET/corpus, to go on from.
"""

import argparse
import json
import mmap
import os
import random
import resource
import struct
import subprocess
import sys
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from benchmarks.fuzz_targets import Target

_HANG = 20.0
"""Seconds of CPU time on one input."""
_STALLED = 300.0
"""Seconds on one input by the clock: a machine with other work is slow, not wrong."""
_SLOW = 5.0
_GROWTH = 1 << 30
"""Bytes of address space that reading may take."""
_SWOLLEN = 400 * 1024
"""Kilobytes by which one input may raise the most memory that the process has held."""
_HEAD = struct.Struct("dddI")
_SHARED = 1 << 22
_LIBRARIES = ("briefs",)
_RESTARTS = 200
_SEED = 7


class Figures(NamedTuple):
    """What fuzzing one target came to."""

    inputs: int = 0
    read: int = 0
    """Inputs of which an article (or what the target reads) came."""
    seconds: float = 0.0
    """Of CPU time."""
    peak: int = 0
    """Most memory that the process has held, in kilobytes."""

    def __add__(self, other: "Figures") -> "Figures":  # type: ignore[override]
        """Return both together."""
        added = (self.inputs + other.inputs, self.read + other.read, self.seconds + other.seconds)
        return Figures(*added, max(self.peak, other.peak))


def main() -> None:
    """Fuzz the targets that are named, or all, and print a row for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="*")
    parser.add_argument("--minutes", type=float, default=10.0, help="of CPU time a target")
    parser.add_argument("--folder", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--list", action="store_true", help="print the targets' names")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        _Child(given.target[0], given.folder, given.minutes * 60).fuzz()
        return
    names = given.target or _names()
    if given.list:
        print("\n".join(names))
        return
    print(
        f"{'target':10} {'CPU min':>8} {'inputs':>9} {'read':>9} {'peak MB':>8} {'starts':>6}  findings",
        flush=True,
    )
    for name in names:
        print(_row(name, given.folder / name, given.minutes * 60), flush=True)


def _names() -> list[str]:
    from benchmarks.fuzz_targets import targets  # noqa: PLC0415 - a child imports it under instrumentation

    return [each.name for each in targets()]


def _row(name: str, folder: Path, seconds: float) -> str:
    for inner in ("corpus", "seeds", "findings"):
        (folder / inner).mkdir(parents=True, exist_ok=True)
    shared = folder / "current"
    shared.write_bytes(bytes(_SHARED))
    done, starts = Figures(), 0
    while done.seconds < seconds - 1 and starts < _RESTARTS:
        starts += 1
        (folder / "figures.json").unlink(missing_ok=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ended = _watched(name, folder, seconds - done.seconds)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        done += _figures(folder)._replace(seconds=used)
        if ended is not None:
            _keep(folder / "findings", ended, _current(shared), ended)
    found = sorted(path.stem for path in (folder / "findings").glob("*.txt"))
    counted = f"{done.seconds / 60:8.1f} {done.inputs:9,} {done.read:9,} {done.peak // 1024:8,} {starts:6}"
    return f"{name:10} {counted}  {len(found)}: {', '.join(found)}"


def _watched(name: str, folder: Path, seconds: float) -> str | None:
    """Run a child until it is done or must be ended; returns what was wrong, if anything."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.fuzz",
        name,
        "--child",
        "--folder",
        str(folder),
        "--minutes",
        str(seconds / 60),
    ]
    with (folder / "log").open("ab") as log, subprocess.Popen(command, stdout=log, stderr=log) as child:
        while child.poll() is None:
            time.sleep(0.5)
            if _hangs(child.pid, folder / "current"):
                child.kill()
                child.wait()
                return "hang"
    return None if child.returncode == 0 else f"died-{child.returncode}"


def _hangs(child: int, shared: Path) -> bool:
    with shared.open("rb") as file:
        clock, cpu, _, _ = _HEAD.unpack(file.read(_HEAD.size))
    if not clock:
        return False
    try:
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended meanwhile
        return False
    used = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return bool(used - cpu > _HANG) or time.time() - clock > _STALLED


def _current(shared: Path) -> bytes:
    content = shared.read_bytes()
    length = _HEAD.unpack_from(content)[3]
    return content[_HEAD.size : _HEAD.size + length]


def _figures(folder: Path) -> Figures:
    try:
        return Figures(*json.loads((folder / "figures.json").read_text()))
    except (OSError, ValueError):  # ended before the first were written
        return Figures()


def _keep(findings: Path, kind: str, data: bytes, what: str) -> None:
    """Keep the smallest input of a kind, and what happened with it."""
    path = findings / f"{kind}.bin"
    if path.exists() and path.stat().st_size <= len(data):
        return
    path.write_bytes(data)
    (findings / f"{kind}.txt").write_text(what, "utf-8", "backslashreplace")


def _end() -> NoReturn:
    """End the process on an error that is the fuzzer's own: the engine would stand still for ever."""
    traceback.print_exc()
    sys.stderr.flush()
    os._exit(70)


class _Child:
    """One process that fuzzes one target."""

    def __init__(self, name: str, folder: Path, seconds: float) -> None:
        self._folder, self._seconds = folder, seconds
        with (folder / "current").open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _SHARED)
        self._inputs = self._read = 0
        self._written = 0.0
        self._name = name

    def fuzz(self) -> None:
        """Fuzz until the CPU time is spent."""
        try:
            import atheris  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415 - no dependency
        except ImportError:
            self._blindly(self._target())
            return
        with atheris.instrument_imports(include=list(_LIBRARIES)):
            target = self._target()
            self._seed(target)
        _limit()

        def changed(data: bytes, most: int, seed: int) -> bytes:
            draw = random.Random(seed)  # noqa: S311 - inputs are no secret
            try:
                made: bytes = target.mutate(
                    data, draw, lambda plain: bytes(atheris.Mutate(plain, max(most, len(plain) + 64)))
                )
            except Exception:
                _end()
            return made if len(made) <= most else data  # more than it says, the engine does not take

        folders = [str(self._folder / "corpus"), str(self._folder / "seeds")]
        options = [
            "-max_len=131072",
            "-rss_limit_mb=0",
            "-timeout=100000",
            "-len_control=0",
            "-reload=0",
            "-verbosity=0",
        ]
        atheris.Setup(
            [self._name, *folders, *options], lambda data: self._one(target, data), custom_mutator=changed
        )
        try:
            atheris.Fuzz()
        except Exception:
            _end()

    def _target(self) -> "Target":
        from benchmarks.fuzz_targets import targets  # noqa: PLC0415 - under instrumentation

        return next(each for each in targets() if each.name == self._name)

    def _seed(self, target: "Target") -> None:
        """Write the seeds and run each, so that whatever the target imports is imported now."""
        for number, data in enumerate(target.seeds()):
            (self._folder / "seeds" / f"{number:03}").write_bytes(data)
            self._one(target, data)

    def _blindly(self, target: "Target") -> None:
        from benchmarks.fuzz_mutate import blind  # noqa: PLC0415 - see `_target`

        self._seed(target)
        _limit()
        draw = random.Random(f"{_SEED} {os.getpid()}")  # noqa: S311 - inputs are no secret
        pool = target.seeds()
        while True:
            data = target.mutate(draw.choice(pool), draw, blind(draw))
            if self._one(target, data) and draw.random() < 0.02:
                pool.append(data)

    def _one(self, target: "Target", data: bytes) -> bool:
        """Run one input; tells whether it was read, keeps what is a finding, ends when the time is spent."""
        from benchmarks.fuzz_targets import REFUSALS, said  # noqa: PLC0415 - see `_target`

        data = bytes(data)
        begun, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        kept = data[: _SHARED - _HEAD.size]
        self._shared[_HEAD.size : _HEAD.size + len(kept)] = kept
        _HEAD.pack_into(self._shared, 0, time.time(), begun, 0.0, len(kept))
        read = False
        try:
            target.run(data)
            read = True
        except REFUSALS as error:
            wrong = said(error)
            if wrong:
                self._found(f"said-{type(error).__name__}-{_line(error)}", data, f"{wrong}: {error!r}")
        except Exception as error:
            self._found(
                f"{type(error).__name__}-{_line(error)}", data, "".join(traceback.format_exception(error))
            )
        _HEAD.pack_into(self._shared, 0, 0.0, 0.0, 0.0, 0)
        self._inputs += 1
        self._read += read
        used = time.process_time()
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held
        if used - begun > _SLOW:
            self._found("slow", data, f"{used - begun:.1f} seconds of CPU time for {len(data):,} bytes")
        if grown > _SWOLLEN:
            self._found("memory", data, f"{grown // 1024} MB more for {len(data):,} bytes")
        if used - self._written > 1 or used > self._seconds:
            self._written = used
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            (self._folder / "figures.json").write_text(json.dumps([self._inputs, self._read, used, peak]))
        if used > self._seconds:
            os._exit(0)  # the engine knows no other end than a crash
        return read

    def _found(self, kind: str, data: bytes, what: str) -> None:
        _keep(
            self._folder / "findings",
            "".join(c if c.isalnum() or c in "-._" else "_" for c in kind),
            data,
            what,
        )


def _limit() -> None:
    """Let the process take a gigabyte of address space more than it has."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + _GROWTH
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _line(error: BaseException) -> str:
    """Return the last line of this project that an error passed, for telling kinds apart."""
    place, at = "", error.__traceback__
    while at is not None:
        name = at.tb_frame.f_code.co_filename
        if "/briefs/" in name or "fuzz_properties" in name or not place:
            place = _named(at)
        at = at.tb_next
    return place


def _named(at: TracebackType) -> str:
    return f"{Path(at.tb_frame.f_code.co_filename).name}-{at.tb_lineno}"


if __name__ == "__main__":
    main()
