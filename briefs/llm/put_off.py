"""Calls that are answered another day: what would be sent is handed to a post, which may have the answer.

`briefs.llm.post_transport` hands it over, `briefs.batch` keeps it.
"""

import hashlib
from typing import NamedTuple, Protocol

from briefs.errors import BriefsError
from briefs.llm.cached import Payers
from briefs.llm.cassette_body import canonical
from briefs.llm.payload import Form
from briefs.llm.port import Request


class PutOffError(BriefsError):
    """A call will be answered later: the article waits until then."""

    def __init__(self, calls: int = 1) -> None:
        """Take how many calls an article waits for."""
        self.calls = calls
        super().__init__(f"{calls} calls are put off")


class Letter(NamedTuple):
    """One call as it would be sent."""

    id: str
    """The same for the same body, whoever sends it: 32 hexadecimal digits."""
    body: bytes
    """JSON on one line."""
    request: Request
    article: str
    """Slug of the article that it is made for; empty outside of one."""


class Posted(NamedTuple):
    """What the server answered to a letter."""

    status: int
    """Of HTTP."""
    body: bytes


class Post(Payers, Protocol):
    """Whoever carries letters, keeps what came back, and knows who paid for it."""

    @property
    def form(self) -> Form:
        """Return how a schema is first asked for."""

    def stepped(self, form: Form) -> None:
        """Note that the server takes schemas in this form alone."""

    def answer(self, letter: Letter) -> Posted | None:
        """Return what came back, or none: the letter is, or will be, on its way.

        Raises NoRoomError where the budget does not allow it.
        """


def letter_id(body: bytes) -> str:
    """Return the id of a letter: SHA-256 of its canonical body, in hexadecimal, the first 32 digits."""
    return hashlib.sha256(canonical(body)).hexdigest()[:32]
