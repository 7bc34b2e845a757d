"""`briefs run` with a model, as a person meets it: what is said, what is spent, what a second run repeats.

The model is a server on loopback. The command runs in this process where that is enough, in one of its own
where signals are sent. The call cache and all settings lie in the test's folder.
"""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from alone import alone
from assisting import MODEL, WEIR, chooses, claim, shown, sound
from click.testing import CliRunner
from fault_server import Body, Fault, FaultServer, Received, status

from briefs.cli import main

LONG = "\n\n".join(
    f"In week {n} the yard at Quillhaven repaired {n * 13 + 100} boats, its manager, Peer Oskam, said. "
    f"The town paid {n * 7 + 20},000 crowns for the work on pier {n}, according to the harbour office. "
    f"“We counted every plank on pier {n} and found no fault,” Mr Oskam told the Quillhaven Post in week {n}."
    for n in range(1, 81)
)


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    output: str
    errors: str


class Desk:
    """A folder to run in, and a model to ask."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str | Path, stdin: str = "") -> Ran:
        """Run `briefs run` in this process."""
        result = CliRunner().invoke(main, ["run", *map(str, arguments)], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    def write(self, name: str, text: str) -> str:
        """Write an article; return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return name

    def record(self, out: str = "outputs") -> dict[str, Any]:
        """Return the record of the run."""
        found: dict[str, Any] = json.loads((self.folder / out / "run.json").read_text("utf-8"))
        return found

    def files(self, out: str = "outputs") -> dict[str, bytes]:
        """Return every output but the record of the run and the index of claims."""
        folder = self.folder / out
        own = ("run.json", "claims.sqlite", "desk.sqlite")
        return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if not p.name.startswith(own)}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a folder of its own, without the settings, keys and caches of the machine."""
    return Desk(alone(tmp_path, monkeypatch))


@pytest.fixture
def server() -> Iterator[FaultServer]:
    """Return a server with a sound model behind it."""
    with FaultServer(answer=sound) as running:
        yield running


def model(server: FaultServer) -> tuple[str, ...]:
    """Return the options that name the server's model."""
    return ("--model", MODEL, "--base-url", server.url)


def failing(words: str, fault: Fault) -> Callable[[Received], Fault | None]:
    """Return what plays a fault to every call about an article that holds `words`."""
    return lambda received: fault if words in shown(received.body).text else None


def test_offline_is_the_default_and_said(
    desk: Desk, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first line names the engine; with nothing set, and with "offline", no model is asked."""
    desk.write("weir.txt", WEIR)
    plain = desk.run("weir.txt")
    assert plain.errors.splitlines()[0].startswith("Engine: offline.")
    monkeypatch.setenv("BRIEFS_MODEL", MODEL)
    monkeypatch.setenv("BRIEFS_BASE_URL", server.url)
    estimate = desk.run("weir.txt", "--estimate")
    assert MODEL in estimate.output
    assert "tokens" in estimate.output
    assert server.requests == []
    monkeypatch.delenv("BRIEFS_BASE_URL")
    named = desk.run("weir.txt", "--model", "offline", "--out", "named")
    assert named.errors.splitlines()[0] == plain.errors.splitlines()[0]
    assert (plain.code, named.code) == (0, 0)
    assert desk.files() == desk.files("named")
    record = desk.record("named")
    assert (record["engine"], record["model"], record["use"]) == ("offline", None, [])


def test_a_run_is_recorded_and_repeats_nothing(
    desk: Desk, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calls, tokens, rejections and prompts are in the record; a second run makes no call and the same files."""
    desk.write("in/weir.txt", WEIR)
    desk.write("in/pier.txt", LONG[:900])
    monkeypatch.setenv("BRIEFS_MODEL", MODEL)
    monkeypatch.setenv("BRIEFS_BASE_URL", server.url)
    first = desk.run("in")
    assert first.code == 0, first.errors
    assert first.errors.splitlines()[0].startswith(f"Engine: {MODEL} at 127.0.0.1")
    record = desk.record()
    assert (record["engine"], record["model"], set(record["prompts"])) == (
        "model",
        MODEL,
        {"extract", "compose", "repair"},
    )
    calls = len(server.requests)
    assert (
        sum(use["calls"] for use in record["use"]) == sum(use["attempts"] for use in record["use"]) == calls
    )
    assert sum(use["tokens_in"] for use in record["use"]) == 11 * calls
    by_name = {Path(each["input"]).name: each for each in record["articles"]}
    steps = {use["step"]: use for use in by_name["weir.txt"]["use"]}
    assert set(steps) == {"extract", "compose"}
    assert all(use["tokens_out"] == 7 and use["cost"] is not None for use in steps.values())
    assert any(use["rejected"] for use in record["use"])
    assert f"{sum(use['calls'] for use in record['use'])} calls" in first.output

    again = desk.run("in", "--out", "again")
    assert again.code == 0, again.errors
    assert len(server.requests) == calls
    assert desk.files("again") == desk.files()
    hits = desk.record("again")["use"]
    assert [(use["calls"], use["tokens_in"]) for use in hits] == [(0, 0)] * len(hits)
    assert sum(use["cache_hits"] for use in hits) == calls
    assert "kept from before" in again.errors

    two = desk.run("in", "--out", "two", "--jobs", "2", "--no-cache")
    assert two.code == 0, two.errors
    assert len(server.requests) == 2 * calls
    assert desk.files("two") == desk.files()


def eager(body: Body) -> str:
    """Choose the first sentence of every request, and suggest nothing."""
    seen = shown(body)
    return chooses([claim(seen.lines[0].rstrip("."))] if seen.lines else [])(body)


def test_a_changed_paragraph_costs_its_own_chunks_alone(desk: Desk) -> None:
    """Of a long article only the chunks that hold the change, or stand right after it, are asked about again."""
    desk.write("long.txt", LONG)
    with FaultServer(answer=eager) as server:
        assert desk.run("long.txt", *model(server)).code == 0
        whole = len(server.requests)
        assert whole >= 10
        server.requests.clear()
        desk.write(
            "long.txt",
            LONG.replace(
                "no fault,” Mr Oskam told the Quillhaven Post in week 40", "a fault,” he said in week 40"
            ),
        )
        assert desk.run("long.txt", *model(server)).code == 0
    assert 1 <= len(server.requests) <= 4
    assert any("a fault,” he said" in shown(each.body).text for each in server.requests)
    [use] = [each for each in desk.record()["use"] if each["step"] == "extract"]
    assert use["calls"] <= 2
    assert use["cache_hits"] >= 3


def test_a_part_that_fell_back_is_said_everywhere(desk: Desk) -> None:
    """One article's calls fail: exit code 1, one line on the screen, header and record; the other is whole."""
    desk.write("in/weir.txt", WEIR)
    desk.write("in/pier.txt", LONG[:900])
    with FaultServer(answer=sound, choose=failing("Quillhaven", status(400))) as server:
        ran = desk.run("in", *model(server), "--format", "md,json")
    assert ran.code == 1
    lines = [line for line in ran.errors.splitlines() if line.startswith("briefs: ")]
    assert len(lines) == 1
    assert "pier.txt" in lines[0]
    assert "offline" in lines[0]
    by_name = {Path(each["input"]).name: each for each in desk.record()["articles"]}
    assert by_name["pier.txt"]["failures"][0]["kind"] == "bad_request"
    assert by_name["weir.txt"]["failures"] == []
    assert by_name["pier.txt"]["error"] is None
    [page] = list((desk.folder / "outputs").glob("*pier*.md"))
    assert "drafted by the offline rules alone" in page.read_text("utf-8").partition("\n## ")[0]
    assert "1 of them with parts drafted offline" in ran.output


def test_a_spent_budget_leaves_the_offline_draft(desk: Desk, server: FaultServer) -> None:
    """No call is made for which the budget has no room; the rest is the offline draft, and that is said."""
    desk.write("weir.txt", WEIR)
    ran = desk.run("weir.txt", *model(server), "--budget-tokens", "50")
    assert ran.code == 1
    assert server.requests == []
    assert "budget" in ran.errors
    [article] = desk.record()["articles"]
    assert [failure["kind"] for failure in article["failures"]] == ["budget"]
    assert [use["calls"] for use in article["use"]] == [0]
    [page] = (desk.folder / "outputs").glob("*-??????.md")
    assert "budget" in page.read_text("utf-8").partition("\n## ")[0]


def test_standard_input_and_the_same_article_twice(desk: Desk, server: FaultServer) -> None:
    """`-` is an article like any other; of two inputs that are one article, one is refused, and asked nothing."""
    desk.write("a.html", PAGE)
    desk.write("b.html", PAGE)
    ran = desk.run("-", "a.html", "b.html", *model(server), stdin=WEIR)
    assert ran.code == 1
    [line] = [line for line in ran.errors.splitlines() if line.startswith("briefs: ")]
    assert "is the same article as a.html" in line
    record = desk.record()
    assert (record["done"], record["failed"]) == (2, 1)
    assert len(server.requests) == sum(use["calls"] for use in record["use"])
    assert all(each["use"] for each in record["articles"] if each["error"] is None)


PAGE = f"""<!doctype html><html><head><title>Tolmarsh</title><link rel="canonical" href="https://ledger.example/weir">
</head><body><article><h1>Tolmarsh weir failed three inspections</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in WEIR.split(chr(10) * 2)[1:])}</article></body></html>
"""


def test_record_and_replay(desk: Desk, server: FaultServer) -> None:
    """A replay gives the same bytes and makes no call; what is not recorded fails alone, with the command."""
    desk.write("in/weir.txt", WEIR)
    desk.write("in/pier.txt", LONG[:900])
    recorded = desk.run("in", *model(server), "--record", "calls")
    assert recorded.code == 0, recorded.errors
    server.requests.clear()
    replayed = desk.run("in", "--replay", "calls", "--out", "replayed")
    assert replayed.code == 0, replayed.errors
    assert "replayed from calls" in replayed.errors.splitlines()[0]
    assert desk.files("replayed") == desk.files()

    desk.write("in/weir.txt", WEIR.replace("18,000", "18,001"))
    desk.write("in/new.txt", LONG[900:1800])
    altered = desk.run("in", "--replay", "calls", "--out", "altered")
    assert altered.code == 1
    lines = [line for line in altered.errors.splitlines() if line.startswith("briefs: ")]
    assert [next(name for name in ("new", "weir") if name in line) for line in lines] == ["new", "weir"]
    for line in lines:
        assert "extract" in line
        assert "chunk 1" in line
        assert f"--record calls --model {MODEL}" in line
    assert {name for name in desk.files("altered") if name in desk.files()} == {
        name for name in desk.files() if "pier" in name
    }

    prompts = desk.folder / "prompts"
    prompts.mkdir()
    for path in (Path(__file__).parents[2] / "prompts").glob("*.md"):
        text = path.read_text("utf-8")
        system = text.replace("claims", "claimz") if path.stem == "extract" else text
        (prompts / path.name).write_text(system, "utf-8")
    prompted = desk.run("in/pier.txt", "--replay", "calls", "--prompts", prompts, "--out", "prompted")
    assert prompted.code == 1
    assert "not in the recording" in prompted.errors
    assert not desk.files("prompted")
    assert server.requests == []


def command(desk: Desk, server: FaultServer, *more: str) -> subprocess.Popen[str]:
    """Start `briefs run` in a process group of its own."""
    arguments = [sys.executable, "-m", "briefs", "run", "in", *model(server), "--concurrency", "2", *more]
    return subprocess.Popen(
        arguments,
        cwd=desk.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def left_of(group: int) -> list[str]:
    """Return the command lines of the processes that are left of a process group."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group and fields[0] != "Z":
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except (OSError, ValueError, IndexError):
            continue
    return found


def until(reached: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + 180
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize(
    "how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["Ctrl-C", "kill", "kill -9"]
)
def test_an_interrupted_run_repeats_no_finished_call(desk: Desk, how: signal.Signals) -> None:
    """Stopped in the midst of calls, a run leaves no process and no half file; the next makes the rest alone."""
    for number in range(8):
        desk.write(f"in/{number}.txt", WEIR.replace("18,000", f"{number + 3}8,000"))
    enough = random.randint(3, 9)  # noqa: S311 - a moment, not a secret
    with FaultServer(answer=sound, seconds=0.2) as server:
        with command(desk, server) as process:
            until(lambda: len(server.requests) >= enough)
            process.send_signal(how)
            _, errors = process.communicate(timeout=60)
        until(lambda: not left_of(process.pid))
        asked = [json.dumps(each.body, sort_keys=True) for each in server.requests]
        assert "Traceback" not in errors
        if how is not signal.SIGKILL:
            assert process.returncode == 130
            assert desk.record()["interrupted"] is True
        for path in (desk.folder / "outputs").glob("*.json"):
            json.loads(path.read_text("utf-8"))
        assert not list((desk.folder / "outputs").glob("*.tmp"))
        again = desk.run("in", *model(server))
    assert again.code == 0, again.errors
    later = [json.dumps(each.body, sort_keys=True) for each in server.requests[len(asked) :]]
    # At most those that were under way when it was stopped are made twice; killed, those that were being kept too.
    lost = 4 if how is signal.SIGKILL else 2
    assert len(set(asked) & set(later)) <= lost
    assert len(asked) > len(set(asked) & set(later))
    assert sum(use["cache_hits"] for use in desk.record()["use"]) >= len(asked) - lost
    assert len(desk.files()) == 16 + 3, "two files an article, and the overview"
