"""Requests on their way: what is sent, what comes back, and what is sent again.

The server is `batch_server`, over real HTTP; no article is read here.
"""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import batch_provider
import pytest
from batch_provider import Body, Spoilt
from batch_server import BatchServer
from office import Office, number_of, requests, said

from briefs.batch.state import BatchState
from briefs.llm import batch_lines
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
    assert office.fetch() == (f"batch 1: {status}; 3 of its 6 requests unanswered",)
    assert sum(reply is not None for reply in office.ask(requests(6))) == 3
    assert all(reply and reply.failure is None for reply in office.round(requests(6)))
    assert sorted(server.carried_out.values()) == [1] * 6


def test_a_word_of_the_providers_that_may_be_a_key_is_not_repeated(
    tmp_path: Path, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gateway may give back a passphrase as the code of a validation: known codes alone are shown and kept."""
    words = "correct_horse_battery_staple"
    monkeypatch.setattr(
        batch_provider, "complaint", lambda _, line: {"code": words, "line": line, "message": words}
    )
    monkeypatch.setattr(batch_lines, "request_line", lambda _: b"not JSON\n")
    office = Office(tmp_path, server)
    office.ask(requests(2))
    office.send()
    server.finish()
    notes = office.fetch()
    assert any("failed; 2 of its 2 requests unanswered" in note for note in notes)
    assert words not in " ".join(notes)
    for path in filter(Path.is_file, tmp_path.rglob("*")):
        assert words.encode() not in path.read_bytes()


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
    assert any("failed (mismatched_model)" in note for note in office.fetch())
    replies = office.round(requests(4))
    assert [reply.failure.kind if reply and reply.failure else None for reply in replies] == [
        *(None, None, FailureKind.BAD_REQUEST, None)
    ]


def test_an_output_that_somebody_deleted_is_asked_for_again(tmp_path: Path, server: BatchServer) -> None:
    """A file that is gone is told of, and its requests go again as if they had not been answered."""
    office = Office(tmp_path, server)
    office.ask(requests(2))
    office.send()
    server.finish()
    server.files = {name: each for name, each in server.files.items() if each.purpose == "batch"}
    assert any("no longer there" in note for note in office.fetch())
    assert all(reply and reply.failure is None for reply in office.round(requests(2)))


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
