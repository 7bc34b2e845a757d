"""Commands that are killed, networks and disks that fail, files and batches that are gone: nothing is asked twice."""

import os
from collections.abc import Iterator
from contextlib import suppress
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from batch_server import BatchServer, Fault
from office import Office, cut, requests, said

from briefs.batch.fetching import fetch, tidy
from briefs.batch.post import BatchPost
from briefs.batch.sending import send
from briefs.batch.state import BatchState
from briefs.errors import ModelCallError, StoreError
from briefs.llm import batch_lines


@pytest.fixture
def server() -> Iterator[BatchServer]:
    """Return a server that answers with what it was asked."""
    with BatchServer(said) as running:
        yield running


@pytest.mark.parametrize("moment", range(37))
def test_killed_at_any_moment_nothing_is_asked_twice_and_nothing_lost(
    moment: int, tmp_path: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command is cut off at its nth write to the state, before it or after; then all goes on."""
    office = Office(tmp_path, server)
    asked = requests(5)
    monkeypatch.setattr(batch_lines, "MOST_REQUESTS", 3)
    assert _cut_off(office, asked, moment) == (moment < 36)  # 18 writes, before each and after
    for _ in range(3):
        office.carry(asked)
        office.send()
        server.finish()
        office.fetch()
    assert all(office.carry(asked))
    assert sorted(server.carried_out.values()) == [1] * 5
    assert server.files == {}
    assert len(server.batches) == 2
    assert [path.name for path in (office.out / ".batch").glob("*")] == []


class _Killed(BaseException):
    """The end of a process."""


def _cut_off(office: Office, asked: Any, moment: int) -> bool:
    """Ask, send, carry out and fetch in one go, and end at one of the durable writes; tell whether it was met."""
    state = BatchState(office.out)
    written = 0
    durably = BatchState.durably

    def watched(self: BatchState) -> Any:
        nonlocal written
        written += 1
        if written == moment // 2 + 1 and moment % 2 == 0:
            raise _Killed
        return _After(durably(self), written == moment // 2 + 1)

    api = office.api()
    patch = pytest.MonkeyPatch()
    patch.setattr(BatchState, "durably", watched)
    try:
        office.carry(asked, state)
        send(state, api)
        office.server.finish()
        fetch(state, api)
        tidy(state, api, keep=False)
    except _Killed:
        return True
    finally:
        patch.undo()
        cut(state)
        api.close()
    return False


class _After:
    """A piece of durable work after which the process ends, if it is the one."""

    def __init__(self, work: Any, last: bool) -> None:
        self._work, self._last = work, last

    def __enter__(self) -> Any:
        return self._work.__enter__()

    def __exit__(self, *about: Any) -> None:
        self._work.__exit__(*about)
        if self._last and about[0] is None:
            raise _Killed


FAULTS = {
    "upload refused for a moment": Fault("POST /v1/files", 503, times=2),
    "upload cut off before": Fault("POST /v1/files", how="reset"),
    "upload done, answer lost": Fault("POST /v1/files", how="lost"),
    "upload done, answer lost each time": Fault("POST /v1/files", how="lost", times=9),
    "creation limited": Fault("POST /v1/batches", 429, headers=(("retry-after", "3"),), times=2),
    "creation cut off before": Fault("POST /v1/batches", how="reset", times=2),
    "creation done, answer lost": Fault("POST /v1/batches", how="lost"),
    "creation done, answer lost each time": Fault("POST /v1/batches", how="lost", times=9),
    "too many batches for now": Fault("POST /v1/batches", 429, headers=(("retry-after", "3600"),)),
    "creation refused": Fault("POST /v1/batches", 400),
    "looks refused": Fault("GET /v1/batches", 500, times=2),
    "output cut off half way": Fault("/content", how="half", times=2),
    "output refused for long": Fault("/content", 502, times=9),
    "deletion refused": Fault("DELETE", 500, times=9),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_network_costs_no_request_and_no_money(
    name: str, tmp_path: Path, server: BatchServer
) -> None:
    """Whatever breaks, commands said again in the end have each request answered once, and no file left."""
    office = Office(tmp_path, server)
    asked = requests(3)
    server.faults.append(FAULTS[name])
    for _ in range(4):
        office.carry(asked)
        office.send()
        server.finish()
        with suppress(ModelCallError):  # said, and the next command goes on
            office.fetch()
    office.fetch()
    assert all(office.carry(asked))
    assert FAULTS[name] not in server.faults
    assert sorted(server.carried_out.values()) == [1] * 3
    assert server.files == {}


def test_a_full_disk_fails_no_call(
    tmp_path: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a request cannot be written its article waits, the command says why, and the next one goes on."""
    office = Office(tmp_path, server)
    write = BatchPost._write
    written: list[Any] = []

    def full(self: BatchPost, letter: Any, tokens: Any) -> None:
        if written:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        write(self, letter, tokens)
        written.append(letter)

    with monkeypatch.context() as patch:
        patch.setattr(BatchPost, "_write", full)
        with pytest.raises(StoreError, match="No space left"):
            office.ask(requests(3))
    office.carry(requests(3))
    office.send()
    server.finish()
    office.fetch()
    assert all(office.carry(requests(3)))
    assert sorted(server.carried_out.values()) == [1] * 3


def test_a_file_that_was_deleted_before_it_was_sent_is_written_again(
    tmp_path: Path, server: BatchServer
) -> None:
    """Nothing hangs on the files in the folder: requests are made again from the articles."""
    office = Office(tmp_path, server)
    office.carry(requests(2))
    for path in (office.out / ".batch").iterdir():
        path.unlink()
    assert any("has lost its file" in note for note in office.send())
    office.carry(requests(2))
    office.send()
    server.finish()
    office.fetch()
    assert all(office.carry(requests(2)))


def test_a_batch_that_the_provider_does_not_know_holds_up_no_other(
    tmp_path: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told each time and costs no other; its requests go again when a person says so, and cost no round."""
    monkeypatch.setattr(batch_lines, "MOST_REQUESTS", 2)
    office = Office(tmp_path, server, rounds=1)
    asked = requests(4)
    office.carry(asked)
    office.send()
    server.finish()
    hidden = server.batches.pop(next(iter(server.batches)))
    for _ in range(2):
        (note,) = office.fetch()
        assert note.startswith("batch 1: the batch is not known")
        assert office.carry(asked) == [False, False, True, True]
        with BatchState(office.out) as state:
            assert state.unfinished
            assert [each.state for each in state.batches()] == ["gone", "closed"]
    office.give_up()
    office.carry(asked)
    office.send()
    server.finish()
    office.fetch()
    assert all(office.carry(asked))
    assert sorted(server.carried_out.values()) == [1, 1, 2, 2]
    assert list(server.files) == [hidden["output_file_id"]]


def test_a_batch_that_another_key_finds_is_fetched(tmp_path: Path, server: BatchServer) -> None:
    """A key of another project hides a batch; with its own it is there again, and nothing is asked twice."""
    office = Office(tmp_path, server)
    office.carry(requests(2))
    office.send()
    server.finish()
    hidden, server.batches = server.batches, {}
    assert "not known" in office.fetch()[0]
    server.batches = hidden
    office.give_up()
    assert office.fetch() == ()
    assert all(office.carry(requests(2)))
    assert sorted(server.carried_out.values()) == [1, 1]
