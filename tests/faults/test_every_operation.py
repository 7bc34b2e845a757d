"""Each operation on the disk fails once, by the system's own hand: nothing confirmed is lost, nothing is torn."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.faults_shim import How, Shim

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in memory where there is one: nothing here asks whether a disk keeps what was synced."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    shim = Shim.made(tmp_path_factory.mktemp("shim"), memory)
    if shim is None:
        pytest.skip("a C compiler and Linux are wanted for this")
    shim.close()
    return memory if os.access(memory, os.W_OK) else tmp_path_factory.mktemp("place")


@pytest.mark.parametrize(
    ("scenario", "modes", "every"),
    [
        ("files", "eio,enospc,tear", 1),
        ("calls", "tear", 1),
        ("calls", "enospc", 3),
        ("evidence", "enospc,tear", 3),
        ("desk", "tear", 3),
    ],
)
def test_no_operation_that_fails_costs_what_was_confirmed(
    place: Path, scenario: str, modes: str, every: int
) -> None:
    """Protects files, paid calls and sign-offs: the n-th write, sync or rename fails, or is the last, for all or many n."""
    command = f"{sys.executable} -m benchmarks.faults_sweep --only {scenario} --modes {modes}"
    done = subprocess.run(
        [*command.split(), "--every", str(every), "--folder", str(place)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" 0 wrong") == len(modes.split(","))
    assert " 0 operations" not in done.stdout


def test_the_shim_fails_what_it_is_told_to(tmp_path: Path) -> None:
    """Protects the sweep from passing because nothing fails: the second file that is made meets a full disk."""
    (tmp_path / "disk").mkdir()
    shim = Shim.made(tmp_path, tmp_path / "disk")
    if shim is None:
        pytest.skip("a C compiler and Linux are wanted for this")
    shim.arm(How.FAIL, turn=2, error=28)
    code = "import sys; open(sys.argv[1] + '/one', 'x'); open(sys.argv[1] + '/two', 'x')"
    given = [sys.executable, "-c", code, str(tmp_path / "disk")]
    failed = subprocess.run(
        given, env={**os.environ, **shim.environment}, capture_output=True, text=True, check=False
    )
    assert "No space left on device" in failed.stderr
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["one"]
    assert shim.count == 2
    shim.close()
