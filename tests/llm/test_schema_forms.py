"""A server that does not take a schema as it is asked for is asked in another way, once, and so is its replay."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from asking import SCHEMA, a_request, adapter
from fault_server import Fault, FaultServer, Received, status

from briefs.config import Settings
from briefs.llm import exchange
from briefs.llm.engines import engine
from briefs.llm.payload import Form, without_bounds
from briefs.llm.port import FailureKind, Reply, Request

BOUNDED = json.dumps(
    {
        "type": "object",
        "properties": {"pattern": {"type": "string", "maxLength": 9}, "a": {"type": "array", "maxItems": 2}},
        "$defs": {"format": {"enum": ["minimum"], "minimum": 1}},
    }
)


def form_of(body: dict[str, Any]) -> Form:
    """Return how a request asks for its schema."""
    if "response_format" not in body:
        return Form.TOLD
    return Form.BOUNDED if "maxLength" in json.dumps(body["response_format"]) else Form.UNBOUNDED


def takes(*forms: Form, error: dict[str, Any]) -> Callable[[Received], Fault | None]:
    """Return a server's choice: to refuse, with `error`, what is not asked for in one of `forms`."""
    return lambda received: None if form_of(received.body) in forms else status(400, error=error)


def asked(text: str = "Who said so?") -> Request:
    """Return a request with a schema that has bounds."""
    return a_request(text).model_copy(update={"json_schema": BOUNDED})


REFUSALS = {
    "a keyword": (Form.UNBOUNDED, {"message": "Invalid schema for response_format 'answer': 'maxLength'"}),
    "the field": (Form.TOLD, {"message": "This response_format type is unavailable now"}),
    "its parameter": (Form.TOLD, {"message": "not supported", "param": "response_format"}),
    "a grammar": (Form.UNBOUNDED, {"message": "failed to parse grammar"}),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_a_refused_schema_is_asked_for_in_another_form(why: str) -> None:
    """The call is answered all the same, the way is remembered, and the body that keys the cache stays."""
    form, error = REFUSALS[why]
    with FaultServer(choose=takes(form, error=error)) as server:
        model = adapter(server.url, attempts=1)
        before = model.body(asked())

        async def two() -> list[Reply]:
            try:
                return [await model.ask(asked()), await model.ask(asked("And who else?"))]
            finally:
                await model.close()

        first, second = asyncio.run(two())
        sent = [form_of(each.body) for each in server.requests]
        told = server.requests[-1].body["messages"][0]["content"]
    steps = [each for each in Form if list(Form).index(each) < list(Form).index(form)]
    assert sent == [*steps, form, form]
    assert (first.failure, first.attempts) == (None, len(steps) + 1)
    assert (second.failure, second.attempts) == (None, 1)
    assert ('"maxLength": 9' in told) is (form is Form.TOLD)
    assert model.body(asked()) == before


def test_calls_that_are_under_way_together_step_down_once() -> None:
    """Eight first calls that are all refused do not take one another for a refusal of the next form."""
    error = {"message": "'maxLength' is not permitted", "param": "response_format"}
    with FaultServer(choose=takes(Form.UNBOUNDED, Form.TOLD, error=error)) as server:
        model = adapter(server.url)

        async def all_at_once() -> list[Reply]:
            try:
                return await asyncio.gather(*(model.ask(asked(str(number))) for number in range(8)))
            finally:
                await model.close()

        replies = asyncio.run(all_at_once())
        sent = {form_of(each.body) for each in server.requests}
    assert [reply.failure for reply in replies] == [None] * 8
    assert Form.TOLD not in sent


@pytest.mark.parametrize(
    "words", ["the messages are wrong", "json_validate_failed: does not match the schema"]
)
def test_other_refusals_change_nothing(words: str) -> None:
    """A request that is wrong in itself, and an answer that is, cost no further calls."""
    with FaultServer(after=status(400, error={"message": words})) as server:
        model = adapter(server.url)
        reply = asyncio.run(_one(model.ask(asked()), model.close))
        assert len(server.requests) == 1
    assert reply.failure is not None
    assert reply.failure.kind is FailureKind.BAD_REQUEST


async def _one(call: Any, close: Callable[[], Any]) -> Reply:
    try:
        reply: Reply = await call
        return reply
    finally:
        await close()


def test_a_recording_notes_the_form_and_every_article_replays_by_itself(tmp_path: Path) -> None:
    """The second article was never asked about in the form that was refused, and replays without the first."""
    error = {"message": "Invalid schema", "param": "response_format"}
    refs = [exchange.ArticleRef(slug=name, path=f"{name}.txt") for name in ("harbour", "weir")]

    def run(made: Any, *articles: exchange.ArticleRef) -> list[Reply]:
        async def whole() -> list[Reply]:
            replies = []
            try:
                await made.start()
                for ref in articles:
                    with exchange.article(ref):
                        replies.append(await made.model.ask(asked(ref.slug)))
                    await made.finish(ref.slug)
                return replies
            finally:
                await made.close()

        return asyncio.run(whole())

    with FaultServer(choose=takes(Form.UNBOUNDED, error=error)) as server:
        given = Settings(model="openai:stub", base_url=server.url)
        run(engine(given, record=tmp_path / "calls"), *refs)
        assert len(server.requests) == 3
        run(engine(given, record=tmp_path / "calls"), *refs)
        assert len(server.requests) == 3, "recorded again, it asks as it was answered"
    for order in ((refs[1],), refs, refs[::-1]):
        replay = engine(Settings(), replay=tmp_path / "calls")
        assert [reply.failure for reply in run(replay, *order)] == [None] * len(order)
        assert replay.notes == ()


def test_bounds_are_taken_out_and_names_are_not() -> None:
    """A field may be called "pattern" or "format"."""
    assert without_bounds(json.loads(BOUNDED)) == {
        "type": "object",
        "properties": {"pattern": {"type": "string"}, "a": {"type": "array"}},
        "$defs": {"format": {"enum": ["minimum"]}},
    }
    assert without_bounds(json.loads(SCHEMA)) == json.loads(SCHEMA)
