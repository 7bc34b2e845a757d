"""Requests on their way: what is sent, what comes back, and what is sent again.

The server is `batch_server`, over real HTTP; no article is read here.
"""

import asyncio
import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from errno import ENOSPC
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from batch_server import BatchServer, Body, Fault, Spoilt
from office import Office, cut, number_of, request, requests, said

from briefs.batch import sending
from briefs.batch.fetching import fetch, tidy
from briefs.batch.job import BatchJob
from briefs.batch.post import BatchPost
from briefs.batch.sending import send
from briefs.batch.state import BatchState
from briefs.errors import ConfigError, ModelCallError, StoreError
from briefs.llm import batch_lines
from briefs.llm.batch_api import BatchApi
from briefs.llm.engines import engine
from briefs.llm.port import FailureKind, Reply
from briefs.llm.put_off import letter_id


@pytest.fixture
def server() -> Iterator[BatchServer]:
    """Return a server that answers with what it was asked."""
    with BatchServer(said) as running:
        yield running


def texts(replies: list[Reply | None]) -> list[str | None]:
    """Return the texts of replies, none for one that is put off."""
    return [reply.text if reply else None for reply in replies]


def test_a_batch_sends_what_a_call_sends_and_reads_what_a_call_reads(
    tmp_path: Path, server: BatchServer
) -> None:
    """Bodies are equal to those of calls made at once, and so are the replies: cache and prices hold."""
    office = Office(tmp_path, server)
    assert office.ask(requests(3)) == [None] * 3
    late = office.round(requests(3))

    async def at_once() -> list[Reply]:
        made = engine(office.settings)
        await made.start()
        try:
            return [await made.model.ask(each) for each in requests(3)]
        finally:
            await made.close()

    online = asyncio.run(at_once())
    assert sorted(map(json.dumps, server.online)) == sorted(map(json.dumps, server.bodies.values()))
    assert [each.model_copy(update={"seconds": 0.0}) for each in online] == [
        each.model_copy(update={"seconds": 0.0}) for each in late if each
    ]
    assert {letter_id(json.dumps(body).encode()) for body in server.online} == set(server.bodies)
    assert texts(office.ask(requests(3))) == [each.text for each in online]
    assert set(server.carried_out.values()) == {1}


class Case(NamedTuple):
    """A spoilt line, what a call comes to in the end, and how often it was sent."""

    spoilt: Spoilt
    kind: FailureKind | None
    times: int


SPOILT = {
    "too many calls": Case(Spoilt("status", 429), FailureKind.RATE_LIMITED, 3),
    "a server's trouble": Case(Spoilt("status", 503), FailureKind.SERVER_ERROR, 3),
    "expired": Case(Spoilt("expired"), FailureKind.TIMED_OUT, 3),
    "in neither file": Case(Spoilt("none"), FailureKind.SERVER_ERROR, 3),
    "another's custom_id": Case(Spoilt("unknown"), FailureKind.SERVER_ERROR, 3),
    "a torn line": Case(Spoilt("torn"), FailureKind.SERVER_ERROR, 3),
    "no completion": Case(Spoilt("body", body={"object": "nothing"}), FailureKind.SERVER_ERROR, 3),
    "twice": Case(Spoilt("twice"), None, 1),
    "no request that it takes": Case(Spoilt("status", 400), FailureKind.BAD_REQUEST, 1),
    "too long": Case(
        Spoilt("status", 400, {"code": "context_length_exceeded"}),
        FailureKind.CONTEXT_LENGTH,
        1,
    ),
    "no such model": Case(Spoilt("status", 404, {"code": "model_not_found"}), FailureKind.BAD_REQUEST, 1),
    "a spent account": Case(Spoilt("status", 402), FailureKind.QUOTA, 1),
}


def test_what_comes_back_without_an_answer_is_sent_again_and_then_fails_as_a_call_does(
    tmp_path: Path, server: BatchServer
) -> None:
    """A spoilt line costs no other; it is sent three times, or once where more would help nothing."""
    cases = [*SPOILT.values()]
    server.spoil = lambda body, _: cases[at].spoilt if (at := number_of(body)) < len(cases) else None
    office = Office(tmp_path, server)
    asked = requests(len(cases) + 1)
    for _ in range(3):
        replies = office.round(asked)
    failures = [reply.failure.kind if reply and reply.failure else None for reply in replies]
    assert dict(zip(SPOILT, failures, strict=False)) == {name: case.kind for name, case in SPOILT.items()}
    assert texts(replies)[-1] == said({"messages": [{"content": asked[-1].messages[-1].text}]})
    counts = {number_of(server.bodies[name]): count for name, count in server.carried_out.items()}
    assert [counts[at] for at in range(len(asked))] == [*(case.times for case in cases), 1]
    assert server.files == {}


def test_a_second_round_may_do_better(tmp_path: Path, server: BatchServer) -> None:
    """A line that failed once is answered in the next round, and nothing says that it ever failed."""
    server.spoil = lambda _, times: Spoilt("status", 500) if times == 1 else None
    office = Office(tmp_path, server)
    assert office.round(requests(2)) == [None, None]
    replies = office.round(requests(2))
    assert [reply.failure for reply in replies if reply] == [None, None]


def test_an_answer_that_was_cut_off_or_filtered_is_an_answer(tmp_path: Path, server: BatchServer) -> None:
    """As with calls: it is kept and not asked for again, since the same words would be paid for twice."""

    def finished(body: Body, _: int) -> Spoilt:
        reason = "length" if number_of(body) == 0 else "content_filter"
        whole = server.completion(body)
        whole["choices"][0]["finish_reason"] = reason
        return Spoilt("body", body=whole)

    server.spoil = finished
    office = Office(tmp_path, server)
    kinds = [reply.failure.kind for reply in office.round(requests(2)) if reply and reply.failure]
    assert kinds == [FailureKind.TRUNCATED, FailureKind.CONTENT_FILTER]
    assert set(server.carried_out.values()) == {1}


def test_a_schema_that_is_refused_goes_out_in_the_next_form(tmp_path: Path, server: BatchServer) -> None:
    """A server that refuses bounds is asked without them in the next round, and from then on at once."""

    def strict(body: Body, _: int) -> Spoilt | None:
        bounded = "maxLength" in json.dumps(body.get("response_format"))
        told = {"message": "Invalid schema for response_format", "param": "response_format"}
        return Spoilt("status", 400, told) if bounded else None

    server.spoil = strict
    office = Office(tmp_path, server)
    assert office.round(requests(2)) == [None, None]
    assert all(reply and reply.failure is None for reply in office.round(requests(2)))
    carried_out = len(server.carried_out)
    assert all(reply and reply.failure is None for reply in office.round(requests(4)))
    assert len(server.carried_out) == carried_out + 2


@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_of_a_batch_that_ended_early_what_was_done_counts_and_the_rest_goes_again(
    status: str, tmp_path: Path, server: BatchServer
) -> None:
    """Half of it is answered in the first round, the other half in the second; nothing is asked twice."""
    office = Office(tmp_path, server)
    office.ask(requests(6))
    office.send()
    server.finish(status, share=0.5)
    fetched = office.fetch()
    assert f"batch 1: {status}; 3 of its 6 requests unanswered" in fetched.notes or status == "expired"
    assert sum(reply is not None for reply in office.ask(requests(6))) == 3
    assert all(reply and reply.failure is None for reply in office.round(requests(6)))
    assert sorted(server.carried_out.values()) == [1] * 6


def test_a_file_that_does_not_pass_names_the_lines_that_fail(
    tmp_path: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a batch that failed validation the named line is refused, and the others go again without it."""
    line = batch_lines.request_line

    def another_model(letter: Any) -> bytes:
        written = line(letter)
        return (
            written.replace(b'"model":"stub"', b'"model":"other"')
            if "“2”" in str(letter.request)
            else written
        )

    monkeypatch.setattr(batch_lines, "request_line", another_model)
    office = Office(tmp_path, server)
    office.ask(requests(4))
    office.send()
    server.finish()
    fetched = office.fetch()
    assert any("failed (mismatched_model)" in note for note in fetched.notes)
    replies = office.round(requests(4))
    assert [reply.failure.kind if reply and reply.failure else None for reply in replies] == [
        *(None, None, FailureKind.BAD_REQUEST, None)
    ]


def test_files_are_split_where_the_api_ends_them(
    tmp_path: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file has more requests or bytes than the API takes, and none of the requests is in two."""
    office = Office(tmp_path, server)
    monkeypatch.setattr(batch_lines, "MOST_REQUESTS", 4)
    server.most_requests = 4
    office.carry(requests(9))
    assert office.send().requests == 9
    assert [batch["request_counts"]["total"] for batch in _done(server)] == [4, 4, 1]
    monkeypatch.setattr(batch_lines, "MOST_FILE_BYTES", 1000)
    server.most_bytes = 1000
    office.fetch()
    more = [request(number, "x" * 200) for number in range(20, 26)]
    office.carry(more)
    assert office.send().requests == 6
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


def test_an_output_that_somebody_deleted_is_asked_for_again(tmp_path: Path, server: BatchServer) -> None:
    """A file that is gone is told of, and its requests go again as if they had not been answered."""
    office = Office(tmp_path, server)
    office.ask(requests(2))
    office.send()
    server.finish()
    server.files = {name: each for name, each in server.files.items() if each.purpose == "batch"}
    assert any("no longer there" in note for note in office.fetch().notes)
    assert all(reply and reply.failure is None for reply in office.round(requests(2)))


def test_a_budget_holds_over_all_rounds(tmp_path: Path, server: BatchServer) -> None:
    """What is on its way counts at its most; what does not fit waits, and fails once nothing is under way."""
    office = Office(tmp_path, server, budget_tokens=250)
    assert office.ask(requests(5)) == [None] * 5
    assert office.written + office.waiting == 5
    first = office.written
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


def test_a_server_without_batches_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    """Ollama and others have no /batches: the message says what to use."""
    with BatchServer(said, batch_api=False) as server:
        api = Office(tmp_path, server).api()
        with pytest.raises(ConfigError, match="has no batch API; use `briefs run`"):
            api.check()
        api.close()


def test_what_was_learned_of_a_limit_is_kept_to(tmp_path: Path) -> None:
    """The number that a server names is used, with a tenth to spare; without one, half of what was tried."""
    with BatchState(tmp_path) as state:
        number = state.new_batch("briefs-x")
        state.written(number, 10, 1000, 5000)
        (batch,) = state.batches()
    assert sending.smaller_than(batch, 2000) == 1800
    assert sending.smaller_than(batch) == 2500
    assert sending.smaller_than(batch, 90_000) == 2500


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


def test_a_full_disk_fails_no_call(
    tmp_path: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a request cannot be written its article waits, the command says why, and the next one goes on."""
    office = Office(tmp_path, server)
    written = BatchPost._write

    def full(self: BatchPost, letter: Any, tokens: Any) -> None:
        if self.written == 1:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        written(self, letter, tokens)

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
    assert any("has lost its file" in note for note in office.send().notes)
    office.carry(requests(2))
    office.send()
    server.finish()
    office.fetch()
    assert all(office.carry(requests(2)))


def test_answers_that_no_article_has_had_outlive_a_submission(tmp_path: Path, server: BatchServer) -> None:
    """What was paid for an article that could not be read then is there when it is submitted again."""
    office = Office(tmp_path, server)
    office.carry(requests(2))
    office.send()
    server.finish()
    office.fetch()
    with BatchState(office.out) as state:
        state.begin(office.job)
        assert state.sums() == (0, 0, 0, 0)
    assert all(office.carry(requests(2)))
    assert set(server.carried_out.values()) == {1}


def test_a_submission_goes_on_with_another_budget_and_not_with_another_model(tmp_path: Path) -> None:
    """What changes a request makes another submission; how much it may cost does not."""
    job = BatchJob(paths=("a",), folder=str(tmp_path), formats=("md",), settings={"model": "openai:a"})
    dearer = job.model_copy(update={"settings": job.settings | {"budget_cost": 9}, "rounds": 5})
    assert job.same_as(dearer)
    assert not job.same_as(job.model_copy(update={"settings": {"model": "openai:b"}}))
    assert not job.same_as(job.model_copy(update={"copy_kind": "own"}))
