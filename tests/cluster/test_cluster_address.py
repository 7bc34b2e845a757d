"""What --on takes, which installations may work together, and what is said where Ray is missing."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefs.cluster import address, connection
from briefs.cluster.make import difference, make
from briefs.cluster.reader import Bundle, Introduction, Machine
from briefs.cluster.site import check
from briefs.config import Settings
from briefs.errors import ConfigError
from briefs.llm.plan import plan
from briefs.pipeline.worker import UnfitWorkerError


@pytest.mark.parametrize(
    ("given", "taken", "host", "port"),
    [
        ("ray", "local", "", 0),
        ("ray://", "local", "", 0),
        ("ray://head.example:10001", "ray://head.example:10001", "head.example", 10001),
        ("10.0.0.7:6379", "10.0.0.7:6379", "10.0.0.7", 6379),
        ("ray://[fd00::7]:10001", "ray://[fd00::7]:10001", "fd00::7", 10001),
    ],
)
def test_an_address_is_one_of_rays_own(given: str, taken: str, host: str, port: int) -> None:
    """Protects --on: a Ray of the run's own, a client's port, a head's."""
    assert address(given) == (taken, host, port)
    assert address(given).own == (taken == "local")


@pytest.mark.parametrize(
    "given",
    ["", "spark", "ray://head", "head:0", "head:99999", "ray://a b:1", "http://head:1", "ray://:1", "a/b:1"],
)
def test_what_is_no_address_is_refused(given: str) -> None:
    """A typing error costs one line, not minutes of waiting for a machine that is not there."""
    with pytest.raises(ConfigError, match="is no address; give ray"):
        address(given)


def test_nobody_is_told_that_nothing_leaves_this_machine_when_it_does() -> None:
    """Protects confidence: the first line of a run says where an article's text goes."""
    alone = plan(Settings())
    assert "nothing of an article leaves this machine" in address("ray").sentence(alone)
    far = address("ray://head.example:10001").sentence(alone)
    assert "leaves this machine" not in far
    assert "Ray cluster at head.example:10001: their text goes there" in far


def test_another_installation_is_named_by_what_differs() -> None:
    """Protects the promise of the same bytes everywhere: version, libraries and files are compared."""
    ours = make()
    assert difference(ours, ours) is None
    (python, own), *others = ours.libraries
    for theirs, told in (
        (ours._replace(briefs="0.0.9"), f"has briefs 0.0.9, and this machine {ours.briefs}"),
        (ours._replace(libraries=((python, "3.9"), *others)), f"has Python 3.9, and this machine {own}"),
        (ours._replace(files="0" * 64), f"has other files of briefs {ours.briefs} than this machine"),
    ):
        with pytest.raises(UnfitWorkerError, match=told):
            check(Introduction(theirs, Machine("node-7", "")))


def test_a_bundle_is_here_only_where_it_holds_the_same(tmp_path: Path) -> None:
    """Protects workers that share a path but not a disk: what a file holds decides, not its name."""
    file = tmp_path / "evidence.sqlite"
    file.write_bytes(b"one")
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "extract.md").write_bytes(b"p")
    (tmp_path / "prompts" / ".hidden").write_bytes(b"h")
    single, folder = Bundle.of(file), Bundle.of(tmp_path / "prompts")
    assert single.is_here()
    assert folder.is_here()
    assert single.contents() == (b"one",)
    assert [name for name, _ in folder.files] == ["extract.md"]
    file.write_bytes(b"two")
    (tmp_path / "prompts" / "extract.md").unlink()
    assert not single.is_here()
    assert not folder.is_here()


def test_without_ray_the_extra_is_named(tmp_path: Path) -> None:
    """Protects whoever installed briefs alone: one line, exit 2, nothing half-done."""
    article = tmp_path / "a.txt"
    article.write_text("Nothing.", "utf-8")
    code = "import sys; sys.modules['ray'] = None; from briefs.cli import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", code, "run", str(article), "--out", str(tmp_path / "out"), "--on", "ray"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 2
    assert "--on: needs the package ray; pip install 'briefs[ray]'" in told.stderr
    assert "Traceback" not in told.stderr


def test_where_nobody_listens_the_run_ends_at_once(tmp_path: Path) -> None:
    """A cluster that is not there costs a line, not the five minutes that Ray would try for."""
    article = tmp_path / "a.txt"
    article.write_text("Nothing.", "utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "briefs", "run", str(article), "--out", str(tmp_path / "out"), "--on", "127.0.0.1:9"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 2
    assert "--on 127.0.0.1:9: nobody answers there (Connection refused)" in told.stderr


@pytest.mark.parametrize("fails", [0, 2, 3])
def test_a_ray_that_is_slow_to_start_is_started_again(
    fails: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects busy machines: Ray gives itself half a minute; three times that, and then a line that says so."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted")
    seen: list[bool] = []
    ended: list[bool] = []

    def init(*_: object, **__: object) -> None:
        seen.append("OPENAI_API_KEY" in os.environ)
        if len(seen) <= fails:
            raise Exception("The current node timed out during startup.")

    ray = SimpleNamespace(
        init=init, shutdown=lambda: ended.append(True), nodes=lambda: [{"NodeManagerAddress": "127.0.0.1"}]
    )
    if fails < 3:
        connection._start(ray, tmp_path, 2, "a-token-that-nobody-has")
    else:
        with pytest.raises(ConfigError, match=r"Ray did not start \(The current node timed out"):
            connection._start(ray, tmp_path, 2, "a-token-that-nobody-has")
    assert seen == [False] * min(fails + 1, 3)
    assert len(ended) == fails
    assert os.environ["OPENAI_API_KEY"] == "sk-planted"
    ray.nodes = lambda: [{"NodeManagerAddress": "192.0.2.7"}]
    if not fails:
        with pytest.raises(ConfigError, match="would listen to other computers"):
            connection._start(ray, tmp_path, 2, "a-token-that-nobody-has")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_a_ray_leaves_behind_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the machine: by the run's token or an open log, and nobody else's processes, nor this one."""
    monkeypatch.setattr(connection, "_DYING", 0.0)
    (tmp_path / "mine").mkdir()
    with (tmp_path / "mine" / "agent.log").open("w") as log, (tmp_path / "other.log").open("w") as other:
        started = [
            subprocess.Popen(["sleep", "600"], stdout=output, env=environment)
            for output, environment in (
                (log, {}),
                (other, {"RAY_AUTH_TOKEN": "token-of-a-test"}),
                (other, {}),
            )
        ]
        try:
            connection._see_off("token-of-a-test", tmp_path / "mine")
            codes = [each.poll() for each in started]
        finally:
            for each in started:
                each.kill()
                each.wait()
    assert codes == [-9, -9, None]


def test_the_model_is_asked_elsewhere_without_what_recordings_need() -> None:
    """Protects the start of a run that records and replays nothing: vcrpy is not loaded for it."""
    code = "import sys, briefs.cluster.model; sys.exit('vcr' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("owner", "stays"), [("4194305", False), ("1", True)], ids=["of nobody", "of a process that runs"]
)
def test_a_killed_runs_folder_goes_and_a_running_ones_stays(tmp_path: Path, owner: str, stays: bool) -> None:
    """Protects the words of drafts that a killed run left, and the sockets of a run that works for hours."""
    folder = tmp_path / f"briefs-ray-{owner}-x"
    folder.mkdir()
    connection._remove_left(folder)
    assert folder.exists() is stays


def test_a_sockets_path_has_room_below_a_long_tmpdir(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray refuses to start where the path of its longest socket passes what the system takes (macOS: 103)."""
    with tempfile.TemporaryDirectory() as place:
        monkeypatch.setattr(tempfile, "tempdir", place)
        with connection._folder() as folder:
            within = f"{folder}/session_2026-11-23_01-21-09_896682_4194304/sockets/plasma_store"
            assert len(within.replace(f"-{os.getpid()}-", "-4194304-")) <= 103
