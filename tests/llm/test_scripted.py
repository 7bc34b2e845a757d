"""The scripted model, which tests and users' programs ask instead of a real one."""

import asyncio

from asking import a_request

from briefs.llm.port import FailureKind, Model, Reply
from briefs.llm.scripted import Scripted


def test_a_script_is_read_line_by_line() -> None:
    """Text, failures and whole replies come in order; after the end there is nothing, said as a failure."""
    whole = Reply(text="whole", attempts=3)
    model: Model = Scripted(["text", FailureKind.REFUSED, whole])

    async def four() -> list[Reply]:
        return [await model.ask(a_request()) for _ in range(4)]

    first, second, third, fourth = asyncio.run(four())
    assert (first.text, first.failure) == ("text", None)
    assert second.failure is not None
    assert second.failure.kind is FailureKind.REFUSED
    assert third is whole
    assert fourth.failure is not None


def test_a_function_sees_the_request() -> None:
    """An answer can depend on what was asked, and what was asked is remembered."""
    model = Scripted(lambda request: request.messages[-1].text.upper(), id="scripted:upper")
    assert asyncio.run(model.ask(a_request("abc"))).text == "ABC"
    assert [each.messages[-1].text for each in model.requests] == ["abc"]
    assert model.id == "scripted:upper"
