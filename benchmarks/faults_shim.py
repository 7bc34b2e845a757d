"""The shim of `faults_shim.c`, built where it is wanted, and its state: what shall fail, and what time it is.

shim = Shim.made(folder, below=out)          # None where there is no C compiler, or no Linux
subprocess.Popen(..., env={**os.environ, **shim.environment})
shim.arm(How.FAIL, turn=17, error=errno.ENOSPC)
"""

import mmap
import shutil
import struct
import subprocess
import sys
from enum import IntEnum
from pathlib import Path
from typing import Self

_SOURCE = Path(__file__).with_suffix(".c")
_STATE = struct.Struct("=6q")


class How(IntEnum):
    """What becomes of the operation whose turn it is; the numbers are the shim's."""

    COUNT = 0
    """Nothing: operations are counted."""
    FAIL = 1
    """It fails with an error; the next ones do not."""
    FAIL_ON = 2
    """It fails, and all that need room after it, as on a disk that stays full."""
    KILL = 3
    """The process and its workers are killed before it."""
    TEAR = 4
    """They are killed when half of what is written is on the disk."""


class Shim:
    """A built shim and the file through which it is told what to do; the folder it looks at is fixed."""

    def __init__(self, library: Path, state: Path, below: Path) -> None:
        """Use `Shim.made`."""
        self._file = state.open("r+b")
        self._map = mmap.mmap(self._file.fileno(), _STATE.size)
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAULTS_STATE": str(state),
            "FAULTS_BELOW": str(below.resolve()),
        }
        """What a process must be started with."""

    @classmethod
    def made(cls, folder: Path, below: Path) -> Self | None:
        """Build a shim in `folder` for files below `below`; none where that cannot be done."""
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None or not sys.platform.startswith("linux"):
            return None
        library, state = folder / "faults_shim.so", folder / "faults_state"
        command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE), "-ldl"]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
        state.write_bytes(bytes(_STATE.size))
        return cls(library, state, below)

    def arm(self, how: How = How.COUNT, turn: int = 0, error: int = 0, *, reads: bool = False) -> None:
        """Begin to count anew; operation number `turn`, from 1, meets its fate.

        With `reads` those that read are counted, else those that change something.
        """
        offset = _STATE.unpack(self._map[:])[5]
        self._map[:] = _STATE.pack(how, turn, error, 0, reads, offset)

    def set_clock(self, seconds: int) -> None:
        """Put the time of day forward by so many seconds, or back where they are negative."""
        self._map[40:48] = struct.pack("=q", seconds)

    @property
    def count(self) -> int:
        """Return how many operations there were since `arm`."""
        return int(_STATE.unpack(self._map[:])[3])

    def close(self) -> None:
        """Let go of the state."""
        self._map.close()
        self._file.close()
