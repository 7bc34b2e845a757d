"""`briefs batch` as a person meets it: submit, status, collect; and the very briefs that `briefs run` writes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from alone import alone
from assisting import MODEL, WEIR, sound
from batch_server import BatchServer, Fault
from click.testing import CliRunner

from briefs.batch.rows import Page
from briefs.batch.state import BatchState
from briefs.cli import main
from briefs.cli.batch_round import _KeptPages
from briefs.config import desk_key_file
from briefs.errors import StoreError
from briefs.pipeline.corpus import Corpus
from briefs.pipeline.work import Job, Wanted
from briefs.readers.inputs import Input
from briefs.steps.ingest import Given

PRICED = '[prices."stub"]\nin = 2.0\nout = 8.0\n'


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    output: str
    errors: str


def briefs(*arguments: str) -> Ran:
    """Run a command in this process."""
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of its own, without the settings, keys and caches of the machine."""
    return alone(tmp_path, monkeypatch)


@pytest.fixture
def server() -> Iterator[BatchServer]:
    """Return a server with a sound model behind it."""
    with BatchServer(sound) as running:
        yield running


def record(out: str) -> dict[str, Any]:
    """Return the record of a run."""
    found: dict[str, Any] = json.loads(Path(out, "run.json").read_text("utf-8"))
    return found


def briefs_in(out: str) -> dict[str, bytes]:
    """Return the outputs, without records and databases."""
    return {
        path.name: path.read_bytes()
        for path in sorted(Path(out).iterdir())
        if path.is_file() and path.suffix != ".sqlite" and path.name != "run.json"
    }


def test_a_batch_writes_what_a_run_writes_at_half_the_price(
    folder: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte; each request asked once, as a call would; what came to it is in the record."""
    (folder / "in").mkdir()
    (folder / "in/weir.txt").write_text(WEIR, "utf-8")
    (folder / "in/lock.txt").write_text(WEIR.replace("Tolmarsh", "Quillhaven").replace("18,000", "21,500"))
    (folder / "briefs.toml").write_text(PRICED)
    model = ("--model", MODEL, "--base-url", server.url)
    assert briefs("run", "in", *model, "--out", "online").code == 0
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "another"))

    submitted = briefs("batch", "submit", "in", *model, "--out", "late")
    assert submitted.code == 0
    assert "it lies there in files" in submitted.errors
    assert "2 requests in 1 batch under way; later: briefs batch collect --out late" in submitted.output
    refused = briefs("batch", "submit", "in", *model, "--out", "late", "--copy", "own")
    assert (refused.code, "is not collected yet" in refused.errors) == (2, True)
    (folder / "in/later.txt").write_text(WEIR)
    early = briefs("batch", "collect", "--out", "late")
    assert (early.code, server.uploads() != []) == (3, True)

    server.finish()
    assert briefs("batch", "collect", "--out", "late").code == 3
    shown = briefs("batch", "status", "--out", "late")
    assert shown.code == 3
    assert "batch 1 batch_000002: collected, 2 of 2 answered" in shown.output
    server.faults.append(Fault("GET /v1/batches", 401))
    assert briefs("batch", "status", "--out", "late").code == 2
    server.finish()
    done = briefs("batch", "collect", "--out", "late")
    assert (done.code, "2 articles written, 0 waiting" in done.output) == (0, True)

    assert briefs_in("late") == briefs_in("online")
    assert sorted(map(json.dumps, server.online)) == sorted(map(json.dumps, server.bodies.values()))
    assert set(server.carried_out.values()) == {1}
    assert server.files == {}
    late, online = record("late"), record("online")
    assert [use["calls"] for use in late["use"]] == [use["calls"] for use in online["use"]]
    cost = sum(use["cost"] for use in online["use"])
    assert sum(use["cost"] for use in late["use"]) == pytest.approx(cost / 2)
    report = json.loads(briefs("batch", "status", "--out", "late", "--json").output)
    assert report["cost"] == pytest.approx(cost / 2, abs=1e-6)
    assert (report["articles_done"], report["articles_open"]) == (2, 0)
    again = briefs("batch", "collect", "--out", "late")
    assert (again.code, len(server.batches)) == (0, 2)


WRONG = {
    "no model": ((), "no model is named"),
    "offline": (("--model", "offline"), "no model is named"),
    "a model file": (("--model", "local:model.gguf"), "cannot be asked by batch"),
    "no cache": (("--model", MODEL, "--base-url", "http://127.0.0.1:9/v1", "--no-cache"), "call cache"),
    "no key": (("--model", "openai:gpt-5-mini"), "OPENAI_API_KEY"),
    "a limit a minute": (("--model", MODEL, "--requests-per-minute", "3"), "No such option"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_makes_no_sense_is_refused_before_anything_is_read(name: str, folder: Path) -> None:
    """Exit code 2, with what to do instead, and no state is left behind."""
    given, message = WRONG[name]
    Path("weir.txt").write_text(WEIR, "utf-8")
    ran = briefs("batch", "submit", "weir.txt", *given)
    assert ran.code == 2
    assert message in ran.errors
    assert not (folder / "outputs").exists()


def test_standard_input_and_servers_without_batches_are_refused(folder: Path) -> None:
    """What is gone when the replies come, and what has no batches, is said at once."""
    (folder / "weir.txt").write_text(WEIR, "utf-8")
    with BatchServer(sound, batch_api=False) as other:
        model = ("--model", MODEL, "--base-url", other.url)
        assert "standard input is gone" in briefs("batch", "submit", "-", *model).errors
        ran = briefs("batch", "submit", "weir.txt", *model)
    assert (ran.code, "has no batch API; use `briefs run`" in ran.errors) == (2, True)
    assert "nothing was submitted here" in briefs("batch", "collect").errors
    assert briefs("batch", "status", "--out", "nowhere").code == 2


def test_an_estimate_is_of_half_the_price_and_sends_nothing(folder: Path, server: BatchServer) -> None:
    """The same tokens as a run's, at half of its dollars."""
    (folder / "weir.txt").write_text(WEIR, "utf-8")
    (folder / "briefs.toml").write_text(PRICED)
    model = ("--model", MODEL, "--base-url", server.url)
    run = briefs("run", "weir.txt", *model, "--estimate").output
    batch = briefs("batch", "submit", "weir.txt", *model, "--estimate").output
    assert _dollars(batch) == pytest.approx(_dollars(run) / 2, abs=1e-4)
    assert run.splitlines()[0] == batch.splitlines()[0]
    assert server.seen == []
    assert not Path("outputs").exists()


@pytest.fixture
def answered(folder: Path, server: BatchServer) -> BatchServer:
    """Return a server that has answered all of a submission of one article in `late`, nothing collected yet."""
    (folder / "weir.txt").write_text(WEIR, "utf-8")
    assert _submit(server).code == 0
    server.finish()
    assert briefs("batch", "collect", "--out", "late").code == 3
    server.finish()
    return server


def _submit(server: BatchServer) -> Ran:
    return briefs("batch", "submit", "weir.txt", "--model", MODEL, "--base-url", server.url, "--out", "late")


def test_a_batch_that_is_gone_is_told_and_asked_again_by_the_next_submit(answered: BatchServer) -> None:
    """Waiting would help nothing: the exit code says so, and a person decides, since it was paid for."""
    gone = [*answered.batches][-1]
    del answered.batches[gone]
    ran = briefs("batch", "collect", "--out", "late", "--quiet")
    assert ran.code == 1
    assert "batch 2: the batch is not known at" in ran.errors
    assert "say `submit` again" in ran.errors
    shown = briefs("batch", "status", "--out", "late")
    assert (shown.code, f"batch 2 {gone}: not known to the provider" in shown.output) == (1, True)
    assert _submit(answered).code == 0
    answered.finish()
    assert briefs("batch", "collect", "--out", "late").code == 0
    assert {Path(name).suffix for name in briefs_in("late")} == {".json", ".md"}


def test_a_record_that_cannot_be_written_is_told(answered: BatchServer) -> None:
    """As with a run: the briefs are written, the exit code is 1, and no place is named where no record is."""
    Path("late/run.json").mkdir()
    ran = briefs("batch", "collect", "--out", "late")
    assert (ran.code, "late/run.json" in ran.errors) == (1, True)
    assert "record of the run" not in ran.output
    assert answered.files == {}


def test_what_is_written_when_an_error_ends_a_collection_is_on_record(
    answered: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is said as what it is, not as an interruption, and the next collection ends the work."""

    def full(*_: object) -> None:
        raise StoreError("late/batch.sqlite: cannot be used (database or disk is full)")

    with monkeypatch.context() as patch:
        patch.setattr(BatchState, "article_is", full)
        ran = briefs("batch", "collect", "--out", "late")
    assert (ran.code, "disk is full" in ran.errors, "interrupted" in ran.errors) == (1, True, False)
    assert (record("late")["done"], record("late")["interrupted"]) == (1, True)
    assert briefs("batch", "collect", "--out", "late").code == 0
    assert set(answered.carried_out.values()) == {1}


@pytest.mark.usefixtures("answered")
def test_an_interruption_while_articles_are_related_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130, one line, and a record of what is written."""

    def stopped(_: Corpus) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Corpus, "settle", stopped)
    ran = briefs("batch", "collect", "--out", "late")
    assert (ran.code, ran.errors.count("interrupted")) == (130, 1)
    assert (record("late")["done"], record("late")["interrupted"]) == (1, True)


def test_what_was_not_related_is_related_by_the_next_collection(
    folder: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C after the last article is written: the outputs become those of a run, and no call is repeated."""
    (folder / "in").mkdir()
    (folder / "in/weir.txt").write_text(WEIR, "utf-8")
    (folder / "in/other.txt").write_text(WEIR.replace("18,000", "21,500"), "utf-8")
    model = ("--model", MODEL, "--base-url", server.url)
    assert briefs("run", "in", *model, "--out", "online").code == 0
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "another"))

    def stopped(_: Corpus) -> None:
        raise KeyboardInterrupt

    assert briefs("batch", "submit", "in", *model, "--out", "late").code == 0
    server.finish()
    assert briefs("batch", "collect", "--out", "late").code == 3
    server.finish()
    with monkeypatch.context() as patch:
        patch.setattr(Corpus, "settle", stopped)
        assert briefs("batch", "collect", "--out", "late").code == 130
    assert briefs_in("late") != briefs_in("online")
    shown = briefs("batch", "status", "--out", "late")
    assert (shown.code, "still to be held against the others" in shown.output) == (3, True)
    assert briefs("batch", "collect", "--out", "late").code == 0
    assert briefs_in("late") == briefs_in("online")
    assert briefs("batch", "status", "--out", "late").code == 0
    assert set(server.carried_out.values()) == {1}


def test_a_server_that_a_file_named_gets_no_key_later(
    folder: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Submitted without a key, collected with one: it goes to no address that a person has not named."""
    (folder / "weir.txt").write_text(WEIR, "utf-8")
    (folder / "briefs.toml").write_text(f'model = "{MODEL}"\nbase_url = "{server.url}"\n')
    assert briefs("batch", "submit", "weir.txt", "--out", "late").code == 0
    server.finish()
    monkeypatch.setenv("BRIEFS_API_KEY", "k" * 24)
    for command in ("collect", "status"):
        refused = briefs("batch", command, "--out", "late")
        assert (refused.code, "names the server that BRIEFS_API_KEY" in refused.errors) == (2, True)
    monkeypatch.setenv("BRIEFS_BASE_URL", server.url)
    assert briefs("batch", "submit", "weir.txt", "--out", "late").code == 0
    assert briefs("batch", "collect", "--out", "late").code == 3
    assert set(server.carried_out.values()) == {1}


def test_a_submission_whose_seal_cannot_be_kept_sends_nothing(folder: Path, server: BatchServer) -> None:
    """It would be paid for, and no collection could know it again."""
    (folder / "weir.txt").write_text(WEIR, "utf-8")
    secret = desk_key_file()
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.mkdir()
    refused = _submit(server)
    assert (refused.code, f"{secret}: cannot be kept" in refused.errors) == (2, True)
    assert server.uploads() == []
    assert server.batches == {}


def test_a_collection_that_waits_comes_back_by_itself(
    answered: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --wait one command sees a submission through; between two looks others may use the folder."""
    for batch in answered.batches.values():
        batch["status"] = "in_progress" if batch["id"] == max(answered.batches) else batch["status"]

    def meanwhile(_: float) -> None:
        assert briefs("batch", "status", "--out", "late").code == 3
        answered.finish()

    monkeypatch.setattr("briefs.cli.batch.time.sleep", meanwhile)
    assert briefs("batch", "collect", "--out", "late", "--wait").code == 0


def test_help_loads_no_model_and_no_network() -> None:
    """`briefs batch submit --help` must stay as quick as that of the other commands."""
    code = "import sys; from briefs.cli import main; main(sys.argv[1:], standalone_mode=False); print([*sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", code, "batch", "submit", "--help"], check=True, capture_output=True, text=True
    )
    assert "--rounds" in ran.stdout
    loaded = ran.stdout.splitlines()[-1]
    assert [
        each for each in ("httpx2", "tenacity", "rich", "briefs.batch.state") if repr(each) in loaded
    ] == []


def _dollars(estimate: str) -> float:
    line = next(line for line in estimate.splitlines() if line.startswith("Cost"))
    return float(line.split("at most $")[1].split(",")[0].rstrip("."))


def test_a_planted_submission_sends_nothing(
    folder: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A state that somebody put into an output folder names files and a server: it is not gone on with."""
    (folder / "diary.txt").write_text(WEIR, "utf-8")
    words = ("diary.txt", "--model", MODEL, "--base-url", server.url, "--out", "out")
    with monkeypatch.context() as theirs:
        theirs.setenv("XDG_CACHE_HOME", str(folder / "theirs"))
        assert briefs("batch", "submit", *words).code == 0
    asked = len(server.seen)
    refused = briefs("batch", "collect", "--out", "out")
    assert (refused.code, "was not submitted by you" in refused.errors) == (2, True)
    assert len(server.seen) == asked
    assert briefs("batch", "submit", *words).code == 0
    collected = briefs("batch", "collect", "--out", "out")
    assert "The article's text goes to that server" in collected.errors
    assert collected.code == 3


def test_a_page_is_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Briefs are of the page that was submitted, whatever is there when the replies come."""
    found = Input("https://example.org/a", "https://example.org/a", "url")
    job = Job(found, Given(), Wanted(("json",)))
    with BatchState(tmp_path) as state:
        page = Page(b"<p>as it was</p>", "text/html", found.path, "2026-01-02T03:04:05+00:00")
        state.keep_page(found.name, page)
        monkeypatch.setattr("briefs.cli.batch_round.load", lambda _: pytest.fail("fetched again"))
        loaded = _KeptPages(state).content(job)
    assert loaded is not None
    assert (loaded.data, loaded.retrieved) == (page.data, page.retrieved)
