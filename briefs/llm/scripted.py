"""A model that says what it was told to: for tests, here and in programs that use briefs."""

from collections.abc import Callable, Iterable

from briefs.llm.port import CallFailure, FailureKind, Reply, Request

Line = Reply | str | FailureKind
"""A whole reply, the text of one, or a failure of that kind."""


class Scripted:
    """A model that gives the lines of a script one after another, or what a function makes of a request.

    `requests` holds what it was asked. A script that has ended answers with nothing, as a failure.
    """

    def __init__(
        self,
        script: Iterable[Line] | Callable[[Request], Line] = (),
        *,
        id: str = "scripted:test",  # noqa: A002 - the name in the port
    ) -> None:
        self._answer = script if callable(script) else None
        self._lines = iter(()) if callable(script) else iter(script)
        self._id = id
        self.requests: list[Request] = []
        self.closed = False

    @property
    def id(self) -> str:
        """Return what `drafted_by` says."""
        return self._id

    @property
    def address(self) -> str:
        """Return where calls would go: nowhere."""
        return "scripted:"

    def body(self, request: Request) -> str:
        """Return the request itself, as canonical as its own JSON."""
        return request.model_dump_json()

    async def ask(self, request: Request) -> Reply:
        """Return the next line of the script as a reply."""
        self.requests.append(request)
        line = self._answer(request) if self._answer is not None else next(self._lines, FailureKind.EMPTY)
        if isinstance(line, Reply):
            return line
        if isinstance(line, FailureKind):
            failure = CallFailure(kind=line, message=f"scripted: {line.value.replace('_', ' ')}")
            return Reply(failure=failure, attempts=1)
        return Reply(text=line, attempts=1)

    async def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True
