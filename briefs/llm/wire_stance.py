"""What a model answers when it is asked what passages say to claims: the shape, bounded throughout.

No field has a default and every string and list has a bound: small models ramble without. The words come
before the stance, so that a model looks before it says.
"""

from typing import Annotated, Literal

from pydantic import Field

from briefs.llm.wire import Wire

SCHEMA_NAME = "stance_answer"
TOKENS = 60
TOKENS_A_PAIR = 70
"""Bound on an answer: so much and so much more a pair."""
MOST_PAIRS = 8
"""Pairs asked about in one call."""
MOST_CALLS = 2
"""Calls for one article."""
LONGEST = 600
"""The most characters of a claim that are shown; a passage has no more either."""


class WireStance(Wire):
    """What one passage says to one claim, by the number that the pair has in the call."""

    n: Annotated[int, Field(ge=1, le=99)]
    words: Annotated[str, Field(max_length=240)]
    """Of the passage, to the letter."""
    stance: Literal["supports", "refutes", "not_enough"]


class StanceAnswer(Wire):
    """A whole answer."""

    claims: Annotated[list[WireStance], Field(max_length=MOST_PAIRS)]
