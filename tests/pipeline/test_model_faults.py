"""Every fault that a server or a network may have, through the whole pipeline: the brief is whole and says it.

A real server on loopback plays the fault, to the calls of one step or to all; waits take no time.
"""

from pathlib import Path
from typing import Any, NamedTuple

import fault_server as played
import pytest
from assisting import (
    CHOSEN,
    Drafted,
    answered,
    article_of,
    assert_nothing_lost,
    assert_proved,
    assisted,
    chooses,
    first_screen,
    offline,
    shown,
    sound,
    undisturbed,
)
from fault_server import Body, Certificate, Fault, FaultServer

from briefs.llm.port import FailureKind
from briefs.steps.render.wording import FAILURES

K = FailureKind


class Case(NamedTuple):
    """A fault, what it is called in the header, and the settings that make it quick to play."""

    fault: Fault
    kind: FailureKind
    compose: FailureKind | None = None
    """What it is called where it meets `compose`, if not the same."""
    passes: bool = True
    """Asking again may help."""
    settings: dict[str, Any] = {}  # noqa: RUF012 - never written to


CASES = {
    "429, Retry-After 2": Case(played.RATE_LIMITED, K.RATE_LIMITED),
    "429, Retry-After a date": Case(played.retry_after_date(30), K.RATE_LIMITED),
    "429, Retry-After 9,999": Case(played.RATE_LIMITED_LONG, K.RATE_LIMITED, passes=False),
    "500": Case(played.status(500), K.SERVER_ERROR),
    "502": Case(played.page(502), K.SERVER_ERROR),
    "503": Case(played.status(503), K.SERVER_ERROR),
    "529": Case(played.status(529), K.SERVER_ERROR),
    "reset in mid-body": Case(played.RESET, K.UNREACHABLE),
    "a body that never ends": Case(played.ENDLESS, K.TIMED_OUT, passes=False, settings={"total_time": 0.2}),
    "silence": Case(played.SILENCE, K.TIMED_OUT, settings={"timeout": 0.3, "total_time": 10}),
    "401": Case(played.status(401), K.NOT_AUTHORISED, passes=False),
    "403": Case(played.status(403), K.NOT_AUTHORISED, passes=False),
    "quota": Case(played.QUOTA, K.QUOTA, passes=False),
    "context length": Case(played.CONTEXT_LENGTH, K.CONTEXT_LENGTH),
    "truncated": Case(played.TRUNCATED, K.MALFORMED, K.TRUNCATED),
    "truncated JSON": Case(played.TRUNCATED_JSON, K.MALFORMED),
    "wrong shape": Case(played.WRONG_SHAPE, K.MALFORMED),
    "another shape": Case(played.says("[]"), K.MALFORMED),
    "empty content": Case(played.EMPTY, K.EMPTY, passes=False),
    "refusal": Case(played.REFUSAL, K.REFUSED, passes=False),
    "content filter": Case(played.CONTENT_FILTER, K.CONTENT_FILTER, passes=False),
}
each_fault = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


@each_fault
def test_a_fault_of_every_call_leaves_the_offline_draft(case: Case, tmp_path: Path) -> None:
    """When no call gives an answer the brief is the offline one, to the last line, and its header says why."""
    with FaultServer(after=case.fault) as server:
        made = assisted(server.url, **case.settings)
    before = offline(made.article)
    assert made.briefs.briefs == before.briefs
    assert made.briefs.ledger == before.ledger
    assert made.briefs.overview == before.overview
    assert_said(made, case.kind, "chunk 1", tmp_path)
    assert {use.step for use in made.use} == {"extract"}
    assert set(made.use[0].failed) <= {case.kind.value, K.CONTEXT_LENGTH.value, K.TRUNCATED.value}


@each_fault
def test_a_fault_of_later_calls_costs_suggestions_alone(case: Case, tmp_path: Path) -> None:
    """What the model chose before its server failed stands; the offline questions stand without its own."""
    with FaultServer([None], sound, after=case.fault) as server:
        made = assisted(server.url, **case.settings)
    chosen = answered(chooses(CHOSEN))
    assert made.briefs.briefs == chosen.briefs.briefs
    assert made.briefs.ledger == chosen.briefs.ledger
    assert made.briefs.overview == chosen.briefs.overview
    assert_said(made, case.compose or case.kind, "questions", tmp_path)
    assert_nothing_lost(made.briefs)


PASSING = {name: case for name, case in CASES.items() if case.passes}


@pytest.mark.parametrize("step", ["extract", "compose"])
@pytest.mark.parametrize("case", PASSING.values(), ids=PASSING.keys())
def test_a_fault_that_passes_leaves_no_trace(case: Case, step: str) -> None:
    """A call that is made again, in smaller parts or with its answer given back, gives the same brief."""
    faults = iter([case.fault])
    first: dict[str, Body] = {}

    def choose(received: played.Received) -> Fault | None:
        seen = shown(received.body)
        first.setdefault(seen.step, received.body)
        return next(faults, None) if seen.step == step else None

    def answer(body: Body) -> str:
        seen = shown(body)
        return sound(body if seen.lines else first[seen.step])  # a repair shows no article

    with FaultServer(answer=answer, choose=choose) as server:
        made = assisted(server.url, **case.settings)
    assert made.briefs == undisturbed().briefs
    assert not made.briefs.made.failures
    assert len(server.requests) >= 3


def assert_said(made: Drafted, kind: FailureKind, where: str, folder: Path) -> None:
    """Assert that the header says what failed, in the record and in words on the first screen."""
    assert made.kinds == {kind.value}
    assert all(failure.message for failure in made.briefs.made.failures)
    screen = first_screen(assert_proved(made.briefs, folder)).casefold()
    assert FAILURES[kind].casefold() in screen
    assert where in screen


def test_a_chunk_that_is_too_long_is_asked_about_in_halves() -> None:
    """A model that reads three sentences at once is asked about three at once, and no sentence is left out."""
    asked: list[int] = []

    def choose(received: played.Received) -> Fault | None:
        seen = shown(received.body)
        if seen.step == "extract":
            asked.append(len(seen.lines))
            return played.CONTEXT_LENGTH if len(seen.lines) > 3 else None
        return None

    with FaultServer(choose=choose, answer=sound) as server:
        made = assisted(server.url)
    assert made.briefs == undisturbed().briefs
    sentences = max(asked)
    assert sum(lines for lines in asked if lines <= 3) == sentences


def test_a_server_whose_certificate_nobody_vouches_for(tmp_path: Path) -> None:
    """TLS that is refused: no draft leaves, and the brief is the offline one."""
    try:
        certificate = Certificate.made(tmp_path)
    except FileNotFoundError:
        pytest.skip("there is no openssl command here")
    with FaultServer(tls=certificate) as server:
        made = assisted(server.url)
    assert server.requests == []
    assert made.briefs.briefs == offline(article_of()).briefs
    assert_said(made, K.UNREACHABLE, "certificate", tmp_path)


@pytest.mark.parametrize("url", ["http://model.invalid/v1", "http://127.0.0.1:9/v1"], ids=["DNS", "nobody"])
def test_a_server_that_is_not_there(url: str, tmp_path: Path) -> None:
    """A name that does not exist, or a port where nobody listens, costs the model's part alone."""
    made = assisted(url, allow_http=True)
    assert made.briefs.briefs == offline(article_of()).briefs
    assert_said(made, K.UNREACHABLE, "chunk 1", tmp_path)
