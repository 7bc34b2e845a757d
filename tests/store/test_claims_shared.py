"""The claim index in the hands of several runs: each waits for the other, and one that is killed costs nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from claim_entries import entry

from briefs.errors import StoreError
from briefs.store.claims import ClaimIndex

_WRITER = """
import sys
from pathlib import Path
from claim_entries import entry, relation
from briefs.store.claims import ClaimIndex
index = ClaimIndex(Path(sys.argv[1]))
print("begun", flush=True)
for number in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}{number}"
    with index.writing():
        index.put(entry(name, ("k l", "t")), Path(sys.argv[1]).parent)
        pairs = index.candidates(name).pairs
        index.relate_to(name, [relation(*pair) for pair in pairs])
assert index.note is None, index.note
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a run keeps its index."""
    return tmp_path / "out" / "claims.sqlite"


def _writer(path: Path, name: str, count: int) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    command = [sys.executable, "-c", _WRITER, str(path), name, str(count)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_a_file_held_by_another_run_is_waited_for(path: Path) -> None:
    """Protects a run from one that hangs: it says so and goes on without."""
    index = ClaimIndex(path, wait=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert index.articles() == {}  # reading goes on
        with pytest.raises(StoreError, match="database is locked"):
            index.put(entry("a", ("k", "t")), path.parent)
        other.execute("ROLLBACK")
    assert not index.usable


def test_two_runs_on_one_index_lose_nothing(path: Path) -> None:
    """Protects a newsroom's common index: neither run fails, and each sees what the other put."""
    path.parent.mkdir()
    runs = [_writer(path, name, 8) for name in "ab"]
    assert [run.communicate()[1] is None and run.returncode for run in runs] == [0, 0]
    index = ClaimIndex(path)
    names = [f"{run}{number}" for run in "ab" for number in range(8)]
    assert sorted(index.articles()) == sorted(names)
    found = {(each.one, each.other) for each in index.relations([f"{name}.0" for name in names])}
    offered = {tuple(sorted(pair)) for name in names for pair in index.candidates(name).pairs}
    assert found == offered
    assert len(found) == 16 * 15 / 2
    index.close()


def test_a_killed_run_leaves_an_index_that_opens(path: Path) -> None:
    """Protects against kill -9 at any moment: every article has its relations, or waits for them."""
    path.parent.mkdir()
    for delay in (0.0, 0.05, 0.2):
        run = _writer(path, f"k{delay}-", 1000)
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(delay)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        index = ClaimIndex(path)
        assert index.note is None
        settled = sorted(set(index.articles()) - set(index.unrelated()))
        for name in settled[:50]:
            kept = {(each.one, each.other) for each in index.relations([f"{name}.0"])}
            assert kept == {tuple(sorted(pair)) for pair in index.candidates(name).pairs}
        assert index._file.database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        index.put(entry("after", ("k", "t")), path.parent)
        index.remove("after")
        index.close()
