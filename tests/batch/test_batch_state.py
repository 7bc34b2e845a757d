"""A submission's state is its owner's alone, held by one command; and what a provider is told of it."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from batch_server import BatchServer, Fault
from office import Office, requests, said

from briefs.batch.job import BatchJob
from briefs.batch.state import BatchState
from briefs.errors import ConfigError, StoreError
from briefs.llm.batch_api import BatchApi


@pytest.fixture
def server() -> Iterator[BatchServer]:
    """Return a server that answers with what it was asked."""
    with BatchServer(said) as running:
        yield running


def test_no_key_is_written_or_sent_elsewhere(
    tmp_path: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key goes to the server in a header, and is in no file and no message."""
    key = "sk-" + "q7" * 20
    monkeypatch.setenv("BRIEFS_API_KEY", key)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    office = Office(tmp_path, server)
    office.ask(requests(1))
    server.faults.append(Fault("POST /v1/batches", 401, error={"message": f"wrong key {key}"}))
    with pytest.raises(ConfigError) as raised:
        office.send()
    assert key not in str(raised.value)
    office.round(requests(1))
    assert {headers["authorization"] for headers in server.headers} == {f"Bearer {key}"}
    assert all("org-secret" not in str(headers) for headers in server.headers)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert key.encode() not in written


def test_files_of_articles_are_their_owners_alone(tmp_path: Path, server: BatchServer) -> None:
    """What goes out and what comes back can be read by nobody else on the machine."""
    office = Office(tmp_path, server)
    office.ask(requests(1))
    paths = [office.out / "batch.sqlite", *(office.out / ".batch").iterdir()]
    assert len(paths) == 2
    assert {stat.S_IMODE(os.stat(path).st_mode) for path in paths} == {0o600}
    assert stat.S_IMODE(os.stat(office.out / ".batch").st_mode) == 0o700


def test_one_command_at_a_time(tmp_path: Path, server: BatchServer) -> None:
    """A second command on the same folder stops at once, and the first goes on."""
    office = Office(tmp_path, server)
    with BatchState(office.out) as state:
        with pytest.raises(StoreError, match="at work here"):
            BatchState(office.out)
        state.remember("still", "here")


def test_a_state_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """Nothing is sent from a state that this version does not understand."""
    with BatchState(tmp_path) as state:
        state._db.execute("PRAGMA user_version = 99")
    with pytest.raises(ConfigError, match="newer version"):
        BatchState(tmp_path)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A file of the state's name gets no table of ours, and no byte of it changes."""
    other = tmp_path / "batch.sqlite"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE cookies (value TEXT)")
    before = other.read_bytes()
    with pytest.raises(ConfigError, match="another program's database"):
        BatchState(tmp_path)
    assert other.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [other.name]


def test_files_on_their_way_lie_in_no_other_folder(tmp_path: Path) -> None:
    """A link in the place of the folder leads to somebody's work: nothing of it is deleted."""
    (tmp_path / "theirs").mkdir()
    thesis = tmp_path / "theirs" / "thesis.docx"
    thesis.write_bytes(b"three years")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".batch").symlink_to(tmp_path / "theirs")
    with pytest.raises(ConfigError, match="is a link"):
        BatchState(tmp_path / "out")
    (tmp_path / "out" / ".batch").unlink()
    (tmp_path / "out" / ".batch").mkdir(mode=0o755)
    note, left = (tmp_path / "out" / ".batch" / name for name in ("note.txt", f"briefs-{'0' * 16}.jsonl"))
    note.write_bytes(b"n")
    left.write_bytes(b"{}")
    with BatchState(tmp_path / "out") as state:
        assert state.folder.stat().st_mode & 0o777 == 0o700
    assert (thesis.exists(), note.exists(), left.exists()) == (True, True, False)


def test_a_server_without_batches_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    """Ollama and others have no /batches: the message says what to use."""
    with BatchServer(said, batch_api=False) as server:
        api = Office(tmp_path, server).api()
        with pytest.raises(ConfigError, match="has no batch API; use `briefs run`"):
            api.check()
        api.close()


def test_openai_itself_is_told_when_to_forget(tmp_path: Path, server: BatchServer) -> None:
    """Should nobody ever collect, the articles' text is deleted there after three days; elsewhere none is said."""
    office = Office(tmp_path, server)
    office.carry(requests(1))
    office.send()
    assert server.expiries == [None, None]
    api = BatchApi(server.url, None, hosted=True)
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"{}\n")
    file = api.upload(path, "briefs-x.jsonl")
    api.create(file, "briefs-x")
    api.close()
    assert server.expiries[2:] == [3 * 24 * 3600, 30 * 24 * 3600]


def test_a_submission_goes_on_with_another_budget_and_not_with_another_model(tmp_path: Path) -> None:
    """What changes a request makes another submission; how much it may cost does not."""
    job = BatchJob(paths=("a",), folder=str(tmp_path), formats=("md",), settings={"model": "openai:a"})
    dearer = job.model_copy(update={"settings": job.settings | {"budget_cost": 9}, "rounds": 5})
    assert job.same_as(dearer)
    assert not job.same_as(job.model_copy(update={"settings": {"model": "openai:b"}}))
    assert not job.same_as(job.model_copy(update={"copy_kind": "own"}))


def test_names_of_files_that_are_no_unicode_are_kept(tmp_path: Path) -> None:
    """An old archive's names stop no submission: its articles are known again, each by its own name."""
    names = ("a\udcff.txt", "a\udcfe.txt")
    job = BatchJob(paths=names, folder=tmp_path / names[0], formats=("md",), settings={"model": "openai:a"})
    with BatchState(tmp_path) as state:
        state.begin(job)
        state.article_is(names[0], "failed")
        assert (state.job, state.article(names[0]), state.article(names[1])) == (job, "failed", None)


def test_a_submission_is_unfinished_until_all_is_written(tmp_path: Path) -> None:
    """Also where a command was killed before it had gone through the articles, and with nothing on its way."""
    with BatchState(tmp_path) as state:

        def standing() -> tuple[bool, bool]:
            return state.unfinished, state.to_draft

        assert standing() == (False, True)
        state.begin(BatchJob(paths=("a",), folder=tmp_path, formats=("md",), settings={}))
        assert standing() == (True, True)
        state.article_is("a", "open")
        state.drafted()
        assert standing() == (True, False)
        number = state.new_batch("briefs-x")
        state.written(number, 1, 10, 10)
        state.article_is("a", "partly")
        assert standing() == (True, False)
        state.taken_back(number, "no more")
        assert standing() == (False, False)
