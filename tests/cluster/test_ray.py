"""Ray for real: one of the run's own, and a cluster on loopback that the module starts and stops.

What is asked of it: the bytes of one machine, whoever dies on the way; limits that hold for all workers; and
nothing left behind, neither processes nor words of an article nor a key. Ray gives its own processes half a
minute to start: on a machine with much other work they do not, so that these tests run only where they are
asked for (BRIEFS_RAY=required).
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from fault_server import FaultServer

from briefs.cli import main

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
RECORDED = CORPUS / "recorded"
ARTICLES = 13
KEY = "sk-planted-4f1d07c2"
PATIENCE = 240.0
"""Seconds until a test gives up waiting; nothing is asserted of how long anything takes."""
pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
    pytest.mark.skipif(
        os.environ.get("BRIEFS_RAY") != "required", reason="starts Ray; asked for by BRIEFS_RAY=required"
    ),
]


class Process(NamedTuple):
    """A process of this machine that has a mark in its environment."""

    pid: int
    title: str
    environment: bytes


def marked(mark: str, place: Path) -> list[Process]:
    """Return the processes that have inherited a mark, or have a file below a folder open.

    One that gives itself a title, as Ray's workers do, writes over its environment.
    """
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            if f"TEST_MARK={mark}\0".encode() in environment or has_open(folder, place):
                title = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found.append(Process(int(folder.name), title, environment))
        except OSError:  # it has ended meanwhile, or is another user's
            continue
    return found


def has_open(process: Path, place: Path) -> bool:
    """Tell whether a process has a file below a folder open."""
    for link in (process / "fd").glob("*"):
        try:
            if os.readlink(link).startswith(f"{place}{os.sep}"):
                return True
        except OSError:
            continue
    return False


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(0.2)


def environment(mark: str, token: str | None = None) -> dict[str, str]:
    """Return the environment of a process under test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RAY_", "BRIEFS_"))}
    own = {"TEST_MARK": mark, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"}
    if token is not None:
        own |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token}
    return kept | own


def start(arguments: list[str], given: Mapping[str, str]) -> "subprocess.Popen[str]":
    """Start briefs in a session of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-m", "briefs", "run", *arguments],
        env=dict(given), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
        cwd=CORPUS.parent,
    )  # fmt: skip


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Return a process's exit code and what it said."""
    try:
        _, said = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()
    return process.returncode, said


def outputs(folder: Path) -> dict[str, bytes]:
    """Return what a run wrote of articles: not its record (seconds, times), not the databases' pages."""
    left_out = {"run.json"}
    return {
        each.name: each.read_bytes()
        for each in sorted(folder.iterdir())
        if each.is_file() and each.name not in left_out and ".sqlite" not in each.name
    }


def written(folder: Path) -> int:
    """Return how many articles a run has written."""
    return len(list(folder.glob("*-??????.json"))) if folder.is_dir() else 0


@pytest.fixture(scope="module")
def one_machine(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """Return what one process makes of the corpus, offline and replayed."""
    made = {}
    for name, more in (("offline", []), ("replayed", ["--replay", str(RECORDED)])):
        out = tmp_path_factory.mktemp(name) / "out"
        told = CliRunner().invoke(main, ["run", str(CORPUS), "--out", str(out), "--quiet", *more])
        assert told.exit_code == 0, told.output
        made[name] = outputs(out)
        assert len(made[name]) >= 2 * ARTICLES
    return made


class Head(NamedTuple):
    """A cluster of one machine."""

    mark: str
    token: str
    port: int
    client: int
    folder: Path

    def run(self, out: Path, on: str, *more: str) -> "subprocess.Popen[str]":
        """Start a run on it."""
        arguments = [str(CORPUS), "--out", str(out), "--jobs", "2", "--on", on, *more]
        return start(arguments, environment(secrets.token_hex(8), self.token))

    def actors(self, kind: str) -> list[Process]:
        """Return its actors of a kind that live now."""
        return [each for each in marked(self.mark, self.folder) if each.title.startswith(f"ray::{kind}")]


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def head() -> Iterator[Head]:
    """Start a head on loopback with free ports, and stop it."""
    folder = Path(tempfile.mkdtemp(prefix="rt-", dir="/tmp"))  # a socket's path has little room
    made = Head(secrets.token_hex(8), secrets.token_hex(32), free_port(), free_port(), folder)
    given = environment(made.mark, made.token) | {
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # listens on loopback alone
        "RAY_USAGE_STATS_ENABLED": "0",
    }
    command = [
        "ray", "start", "--head", "--block", "--node-ip-address=127.0.0.1", f"--port={made.port}",
        f"--ray-client-server-port={made.client}", "--include-dashboard=false", "--num-cpus=2",
        f"--temp-dir={folder}", f"--object-store-memory={80 * 2**20}", "--disable-usage-stats",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        cwd=CORPUS.parent,
    )  # fmt: skip
    try:
        for port in (made.port, made.client):
            until(lambda port=port: answers(port) or process.poll() is not None, "the head to answer")  # type: ignore[misc]
        assert process.poll() is None
        yield made
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        finally:
            for each in marked(made.mark, made.folder):
                os.kill(each.pid, signal.SIGKILL)
            until(lambda: not marked(made.mark, made.folder), "the cluster to be gone")
            shutil.rmtree(folder, ignore_errors=True)


def answers(port: int) -> bool:
    """Tell whether somebody listens."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def short_folder() -> Path:
    """Return a new folder whose path leaves room for those of Ray's sockets."""
    place = Path("/tmp", secrets.token_hex(2))  # noqa: S108 - made new, for this user alone
    place.mkdir(mode=0o700)
    return place


def test_a_ray_of_its_own_gives_the_same_bytes_and_leaves_nothing(
    tmp_path: Path, one_machine: dict[str, dict[str, bytes]]
) -> None:
    """Protects drafts: a replay inside workers, with loopback alone, no key, no word in Ray's folder, no trace."""
    mark, out = secrets.token_hex(8), tmp_path / "out"
    arguments = [str(CORPUS), "--out", str(out), "--jobs", "2", "--on", "ray", "--replay", str(RECORDED)]
    # Some other folder for temporary files: what is there can only be this run's.
    place = short_folder()
    given = environment(mark) | {"TMPDIR": str(place), "OPENAI_API_KEY": KEY}
    process = start(arguments, given)
    try:
        until(lambda: written(out) > 3 or process.poll() is not None, "the first articles")
        (folder,) = place.glob("briefs-ray-*")
        assert folder.stat().st_mode & 0o077 == 0
        rays = [each for each in marked(mark, place) if each.pid != process.pid]
        assert sum(each.title.startswith("ray::Reader") for each in rays) == 2
        assert sum(each.title.startswith("ray::Asker") for each in rays) == 1
        assert not [each.title for each in rays if KEY.encode() in each.environment]
        assert not {each for each in listening([each.pid for each in rays]) if each not in LOOPBACK}
        assert told_in(folder, (b"nurses", b"Halmen", b"terminal", KEY.encode())) == []
        code, said = ended(process)
        assert code == 0, said
        assert list(place.glob("briefs-*")) == []
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(place, ignore_errors=True)
    assert outputs(out) == one_machine["replayed"]
    assert "nothing of an article leaves" not in said
    until(lambda: not marked(mark, place), "Ray's processes to be gone")


def test_a_run_that_is_killed_takes_its_ray_with_it(tmp_path: Path) -> None:
    """Protects the machine: kill -9 of the command leaves no process."""
    mark, place = secrets.token_hex(8), short_folder()
    arguments = [str(CORPUS), "--out", str(tmp_path / "out"), "--on", "ray", "--jobs", "2"]
    process = start(arguments, environment(mark) | {"TMPDIR": str(place)})
    try:
        until(
            lambda: any("raylet" in each.title for each in marked(mark, place)) or process.poll() is not None,
            "the raylet",
        )
        assert process.poll() is None, "it ended by itself"
        process.kill()
        process.communicate()
        until(lambda: not marked(mark, place), "Ray's processes to be gone")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def test_a_killed_workers_articles_are_done_again_elsewhere(
    tmp_path: Path, head: Head, one_machine: dict[str, dict[str, bytes]]
) -> None:
    """Protects a long run on a cluster: kill -9 in mid-run, and the outputs are those of one machine, once each."""
    out = tmp_path / "out"
    process = head.run(out, f"127.0.0.1:{head.port}")
    until(lambda: written(out) > 0 or process.poll() is not None, "the first article")
    before = head.actors("Reader")
    assert len(before) == 2
    os.kill(before[0].pid, signal.SIGKILL)
    code, said = ended(process)
    assert code == 0, said
    assert said.count(" claims, ") == ARTICLES
    assert outputs(out) == one_machine["offline"]
    until(lambda: not head.actors("Reader"), "the readers to be gone")


def test_limits_hold_for_all_workers_and_ctrl_c_stops_them(tmp_path: Path, head: Head) -> None:
    """Protects the account: three calls a minute are three, whoever reads; then Ctrl-C leaves no actor behind."""
    with FaultServer(answer=lambda _: '{"claims": [], "left_out": []}') as server:
        process = head.run(
            tmp_path / "out", f"ray://127.0.0.1:{head.client}",
            "--model", "openai:stub", "--base-url", server.url, "--requests-per-minute", "3", "--no-cache",
        )  # fmt: skip
        until(lambda: len(server.requests) > 0 or process.poll() is not None, "a call")
        begun = time.monotonic()
        until(lambda: len(server.requests) >= 3 or process.poll() is not None, "three calls")
        time.sleep(3)
        seen = len(server.requests)
        if time.monotonic() - begun < 55:  # on a machine that slow, a new minute may have begun
            assert seen == 3
        assert len(head.actors("Reader")) == 2
        assert len(head.actors("Asker")) == 1
        os.killpg(process.pid, signal.SIGINT)
        code, said = ended(process)
    assert code == 130, said
    assert "interrupted" in said
    until(lambda: not [*head.actors("Reader"), *head.actors("Asker")], "the actors to be gone")


def test_another_version_on_the_cluster_is_refused(tmp_path: Path, head: Head) -> None:
    """Protects the same bytes everywhere: a worker of another version gets nothing to read."""
    code = "import briefs; briefs.__version__ = '0.0.9'; from briefs.cli import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", code, "run", str(CORPUS), "--out", str(tmp_path), "--on", f"127.0.0.1:{head.port}"],
        env=environment(secrets.token_hex(8), head.token), cwd=CORPUS.parent,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 2
    assert "and this machine 0.0.9; install the same on every machine of the cluster" in told.stderr
    assert written(tmp_path) == 0
    assert "Traceback" not in told.stderr


LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
"""127.0.0.1, the same as an IPv6 address, and ::1, as /proc writes them."""


def listening(pids: list[int]) -> set[str]:
    """Return the addresses on which processes take connections, as /proc writes them."""
    inodes = set()
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                inodes.add(os.readlink(link))
            except OSError:
                continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in inodes:
                found.add(fields[1].partition(":")[0])
    return found


def told_in(folder: Path, words: tuple[bytes, ...]) -> list[str]:
    """Return the files of a folder that hold any of these words."""
    return [
        str(each)
        for each in folder.rglob("*")
        if each.is_file() and any(word.lower() in each.read_bytes().lower() for word in words)
    ]
