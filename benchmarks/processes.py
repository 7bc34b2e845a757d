"""Processes under measurement: what one holds, the processor's time it took, and a desk that serves.

Linux alone: all of it is read from /proc.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple


class Held(NamedTuple):
    """What a process holds at a moment; memory in MB."""

    resident: float
    proportional: float
    """Pages that several processes share are counted by their share."""
    private: float
    handles: int
    threads: int


class Desk(NamedTuple):
    """A desk that serves: its process, where, and when it was started."""

    process: "subprocess.Popen[str]"
    url: str
    begun: float


def held(pid: int) -> Held:
    """Return what a process of this user holds; raises OSError where it has ended."""
    status = Path(f"/proc/{pid}/status").read_text()
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return Held(
        resident=_number(status, "VmRSS") / 1024,
        proportional=_number(rollup, "Pss") / 1024,
        private=(_number(rollup, "Private_Clean") + _number(rollup, "Private_Dirty")) / 1024,
        handles=len(os.listdir(f"/proc/{pid}/fd")),
        threads=_number(status, "Threads"),
    )


def peak(pid: int | None = None) -> float:
    """Return the most memory in MB that a process, or this one, has held so far.

    Not by getrusage: a child's figure there begins with its parent's.
    """
    return _number(Path(f"/proc/{pid or 'self'}/status").read_text(), "VmHWM") / 1024


def handles(pid: int) -> dict[str, int]:
    """Return what a process's open files are, by kind or name, for whoever looks for a leak."""
    found: dict[str, int] = {}
    for name in os.listdir(f"/proc/{pid}/fd"):
        try:
            target = os.readlink(f"/proc/{pid}/fd/{name}")
        except OSError:
            continue
        kind = re.sub(r":?\[.*", "", target)
        kind = Path(kind).name if kind.startswith("/") else kind
        found[kind] = found.get(kind, 0) + 1
    return dict(sorted(found.items()))


def cpu(pid: int, *, waited: bool = True) -> float:
    """Return the processor's seconds that a process took, with those of children that it has `waited` for."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if waited else 13])) / os.sysconf("SC_CLK_TCK")


def cpu_of_children() -> float:
    """Return the processor's seconds of all children that this process has waited for, and of theirs."""
    now = os.times()
    return now.children_user + now.children_system


@contextmanager
def desk(
    folder: Path, *, log: IO[str] | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[Desk]:
    """Serve a folder's desk on a free port, in a process of its own, until the block is left."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "briefs", "desk", str(folder), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=log,
        env=environment,
        text=True,
    )
    assert process.stdout is not None
    try:
        found = re.search(r"http://\S+/", process.stdout.readline())
        assert found is not None, "the desk did not start"
        yield Desk(process, found[0], begun)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _number(text: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) if found else 0
