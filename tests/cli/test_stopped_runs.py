"""Runs that are interrupted or killed, and workers that are: no process and no half file stays."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bad_files import ARTICLE
from whole_outputs import whole

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups")


def group(leader: int) -> list[str]:
    """Return the commands of the processes in a process group that still run."""
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pgid,stat,pid,args"], capture_output=True, text=True, check=True
    )
    rows = (line.split(maxsplit=3) for line in listed.stdout.splitlines()[1:])
    return [f"{row[2]} {row[3]}" for row in rows if row[0] == str(leader) and "Z" not in row[1]]


def start(folder: Path, jobs: str, articles: int = 30) -> subprocess.Popen[str]:
    """Start a run over many articles in a process group of its own."""
    (folder / "in").mkdir(exist_ok=True)
    for number in range(articles):
        (folder / "in" / f"{number:02}.txt").write_text(ARTICLE * 12, "utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "briefs", "run", "in", "--jobs", jobs],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def gone(leader: int) -> bool:
    """Wait for the processes of a group to end."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if not group(leader):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(("jobs", "seconds"), [("1", 0.0), ("1", 2.0), ("2", 0.0), ("2", 1.5)])
def test_interrupted_at_any_moment(tmp_path: Path, jobs: str, seconds: float) -> None:
    """Ctrl-C, which the whole group gets: exit 130, one line, no process and no half file stays."""
    process = start(tmp_path, jobs)
    assert process.stderr is not None
    assert process.stderr.readline().startswith("Engine:")  # before that, Python itself is still loading
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    # `python -m` ends itself by the signal when Ctrl-C came while a module was made from a string; in a
    # shell both are 130.
    assert process.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in errors
    assert errors.count("briefs: interrupted") == 1
    assert gone(process.pid), group(process.pid)
    whole(tmp_path / "outputs")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_run_leaves_no_process(tmp_path: Path, how: signal.Signals) -> None:
    """When the run itself is killed, its workers end too."""
    process = start(tmp_path, "2")
    time.sleep(2.0)
    process.send_signal(how)
    process.communicate(timeout=30)
    assert gone(process.pid), group(process.pid)


def test_a_killed_worker_loses_no_article(tmp_path: Path) -> None:
    """A worker that the system kills: the articles that it held are tried again, and all are written."""
    process = start(tmp_path, "2", articles=16)
    deadline = time.monotonic() + 60
    # By the sixth article both workers are at work; one that is still starting would speak for itself.
    while len(list((tmp_path / "outputs").glob("*.json"))) < 6 and time.monotonic() < deadline:
        time.sleep(0.05)
    worker = next(line for line in group(process.pid) if "spawn_main" in line)
    os.kill(int(worker.split()[0]), signal.SIGKILL)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert len(whole(tmp_path / "outputs")) == 32
