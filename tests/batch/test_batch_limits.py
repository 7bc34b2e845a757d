"""What a file, an account and a budget hold: requests go out in as many batches as that takes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_provider import Body
from batch_server import BatchServer, Fault
from office import Office, request, requests, said

from briefs.batch import sending
from briefs.batch.state import BatchState
from briefs.llm import batch_lines
from briefs.llm.port import FailureKind


@pytest.fixture
def server() -> Iterator[BatchServer]:
    """Return a server that answers with what it was asked."""
    with BatchServer(said) as running:
        yield running


def test_files_are_split_where_the_api_ends_them(
    tmp_path: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file has more requests or bytes than the API takes, and none of the requests is in two."""
    office = Office(tmp_path, server)
    monkeypatch.setattr(batch_lines, "MOST_REQUESTS", 4)
    server.most_requests = 4
    office.carry(requests(9))
    assert office.send() == ()
    assert [batch["request_counts"]["total"] for batch in _done(server)] == [4, 4, 1]
    monkeypatch.setattr(batch_lines, "MOST_FILE_BYTES", 1000)
    server.most_bytes = 1000
    office.fetch()
    more = [request(number, "x" * 200) for number in range(20, 26)]
    office.carry(more)
    assert office.send() == ()
    assert len(_done(server)) > 5
    office.fetch()
    assert all(office.carry([*requests(9), *more]))
    assert set(server.carried_out.values()) == {1}


def _done(server: BatchServer) -> list[Body]:
    server.finish()
    assert {batch["status"] for batch in server.batches.values()} == {"completed"}
    return list(server.batches.values())


def test_an_account_that_may_queue_few_tokens_gets_smaller_batches(
    tmp_path: Path, server: BatchServer
) -> None:
    """More tokens than may be queued cost no round: smaller files follow, as many as have room."""
    server.most_tokens = 60
    office = Office(tmp_path, server)
    asked = requests(8)
    for _ in range(30):
        if all(office.carry(asked)):
            break
        office.send()
        server.finish()
        office.fetch()
    assert all(office.carry(asked))
    assert set(server.carried_out.values()) == {1}
    assert len(server.batches) > 2


def test_a_budget_holds_over_all_rounds(tmp_path: Path, server: BatchServer) -> None:
    """What is on its way counts at its most; what does not fit waits, and fails once nothing is under way."""
    office = Office(tmp_path, server, budget_tokens=250)
    assert office.ask(requests(5)) == [None] * 5
    first = 5 - office.waiting
    assert 0 < first < 5
    asked = requests(5)
    for _ in range(5):
        office.send()
        server.finish()
        office.fetch()
        replies = office.ask(asked)
    failures = [reply.failure for reply in replies if reply and reply.failure]
    assert {failure.kind for failure in failures} == {FailureKind.BUDGET}
    assert first < len(server.carried_out) < 5
    with BatchState(office.out) as state:
        sums = state.sums()
    assert sums.spent_in + sums.spent_out <= 250


def test_what_was_learned_of_a_limit_is_kept_to(tmp_path: Path) -> None:
    """The number that a server names is used, with a tenth to spare; without one, half of what was tried."""
    with BatchState(tmp_path) as state:
        number = state.new_batch("briefs-x")
        state.written(number, 10, 1000, 5000)
        (batch,) = state.batches()
    assert sending.smaller_than(batch, 2000) == 1800
    assert sending.smaller_than(batch) == 2500
    assert sending.smaller_than(batch, 90_000) == 2500


def test_one_request_that_is_too_much_for_an_account_fails_in_the_end(
    tmp_path: Path, server: BatchServer
) -> None:
    """It is not sent for ever: it counts as sent, and after its rounds stands as a failed call."""
    server.most_tokens = 1
    office = Office(tmp_path, server)
    for _ in range(3):
        office.round(requests(1))
    (reply,) = office.ask(requests(1))
    assert reply is not None
    assert reply.failure is not None
    assert server.carried_out == {}


def test_an_account_that_takes_no_such_batch_is_told_apart_by_its_code(
    tmp_path: Path, server: BatchServer
) -> None:
    """Too many tokens make smaller batches at once; an account that is merely busy is asked again later."""
    office = Office(tmp_path, server)
    office.carry(requests(4))
    server.faults.append(Fault("POST /v1/batches", 400, error={"message": "token_limit_exceeded"}))
    assert "is not sent" in office.send()[0]
    busy = {"code": "rate_limit_exceeded", "message": "token_limit_exceeded"}
    server.faults.append(Fault("POST /v1/batches", 429, error=busy, times=9))
    assert "is not sent yet" in office.send()[0]
    server.faults[:] = [Fault("POST /v1/batches", 400, error={"code": "token_limit_exceeded"})]
    assert "smaller ones follow" in office.send()[0]
    for _ in range(9):
        if all(office.carry(requests(4))):
            break
        office.send()
        server.finish()
        office.fetch()
    assert set(server.carried_out.values()) == {1}
    assert len(server.batches) > 1
