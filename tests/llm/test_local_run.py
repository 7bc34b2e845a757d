"""`briefs run --model local:FILE.gguf`, whole, with a small real model: its words do not matter here.

That the brief is whole and proved does, that what was called is kept, and that no process stays behind.
"""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from smollm import smollm_file

_ARTICLE = "The port of Quenby carried 310,000 passengers last year, its chairman Tomas Reed said.\n"
_MARK = "LOCAL_RUN_OF_A_TEST"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment of its own, by which the processes of the run can be found."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BRIEFS_")}
    return {**own, "BRIEFS_CACHE_DIR": str(tmp_path / "calls"), _MARK: secrets.token_hex(8)}


def _run(folder: Path) -> list[str]:
    (folder / "a.txt").write_text(_ARTICLE)
    command = [sys.executable, "-m", "briefs", "run", str(folder / "a.txt"), "--out", str(folder / "out")]
    return [*command, "--model", f"local:{smollm_file()}", "--prompts", str(_brief_prompts(folder))]


def _brief_prompts(folder: Path) -> Path:
    """Return a folder with our prompts without their worked examples, which take half of the time."""
    (folder / "prompts").mkdir(exist_ok=True)
    for prompt in Path("prompts").glob("*.md"):
        text = re.sub(r"^# Example: .*?(?=^# )", "", prompt.read_text(), flags=re.MULTILINE | re.DOTALL)
        (folder / "prompts" / prompt.name).write_text(text)
    return folder / "prompts"


@pytest.mark.timeout(600)
def test_a_run_with_a_model_file_is_whole_proved_and_not_paid_twice(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """The way of a user with a model on disk: brief, proof, and nothing asked again the next time."""
    first = subprocess.run(_run(tmp_path), check=False, capture_output=True, text=True, env=environment)
    assert first.returncode in {0, 1}, first.stderr
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert "extract" in {each["step"] for each in record["use"]}
    assert all(each["attempts"] >= 1 and each["tokens_out"] > 0 for each in record["use"])

    (path,) = (path for path in (tmp_path / "out").glob("*.json") if path.name != "run.json")
    briefs = json.loads(path.read_text())
    assert briefs["made"]["model"] == f"local:{smollm_file().name}"
    quotes = [brief["claim"]["quote"] for brief in briefs["briefs"]]
    assert "310,000 passengers" in quotes[0]["text"]
    assert all(_ARTICLE[quote["start"] : quote["end"]] == quote["text"] for quote in quotes)
    verify = [sys.executable, "-m", "briefs", "verify", str(path.with_suffix(".md"))]
    assert subprocess.run(verify, check=False, capture_output=True, env=environment).returncode == 0

    again = subprocess.run(_run(tmp_path), check=False, capture_output=True, text=True, env=environment)
    assert again.returncode == first.returncode, again.stderr
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert {each["attempts"] for each in record["use"]} == {0}
    assert _of_the_run(environment) == []


@pytest.mark.timeout(120)
def test_a_file_that_cannot_be_loaded_ends_the_run(tmp_path: Path, environment: dict[str, str]) -> None:
    """A broken model file is a wrong configuration, told once, and not a thousand articles drafted without it."""
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(200))
    (tmp_path / "a.txt").write_text(_ARTICLE)
    command = [sys.executable, "-m", "briefs", "run", "a.txt", "--model", "local:broken.gguf"]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=tmp_path)
    assert ran.returncode == 2
    assert "local:broken.gguf" in ran.stderr
    assert "download it again" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert _of_the_run(environment) == []


@pytest.mark.timeout(600)
def test_a_killed_run_leaves_no_process(tmp_path: Path, environment: dict[str, str]) -> None:
    """After kill -9, in the midst of a call, neither workers nor the model's server go on."""
    with subprocess.Popen(
        _run(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as run:
        until = time.monotonic() + 120
        while not any("local_server.py" in each for each in _of_the_run(environment)):
            assert run.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
    until = time.monotonic() + 60
    while (left := _of_the_run(environment)) and time.monotonic() < until:
        time.sleep(0.05)
    assert left == []


def _of_the_run(environment: dict[str, str]) -> list[str]:
    """Return the command lines of the processes that have the mark in their environment."""
    mark = f"{_MARK}={environment[_MARK]}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it has ended, or is another user's
            continue
    return found
