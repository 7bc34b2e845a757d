"""What a model answers when it is asked what is missing and what to ask: the shape, bounded throughout.

No field has a default and every string and list has a bound: small models ramble without. `ask` and `holder`
come first, so that a model settles on somebody before it writes the question.
"""

from typing import Annotated

from pydantic import Field

from briefs.llm.wire import Wire

SCHEMA_NAME = "compose_answer"
TOKENS = 80
TOKENS_A_CLAIM = 160
"""Bound on an answer: so much and so much more a claim. Answers of about 80 tokens a claim were met."""
MOST_CLAIMS = 6
"""Claims asked about in one call: with more, small models lose count and answers grow past 700 tokens."""

Party = Annotated[str, Field(min_length=2, max_length=80)]
Short = Annotated[str, Field(min_length=3, max_length=140)]


class WireMissing(Wire):
    """Evidence that would settle a claim and is not in the article."""

    holder: Party
    what: Short
    why: Short


class WireQuestion(Wire):
    """A question, whom to put it to, and what its answer decides."""

    ask: Party
    text: Annotated[str, Field(min_length=12, max_length=220)]
    settles: Short


class WireSuggestions(Wire):
    """What the model has to say about one claim, by the number that the claim has in the call."""

    claim: Annotated[int, Field(ge=1, le=99)]
    about: Annotated[str, Field(min_length=2, max_length=80)]
    """What it is about, in a few words: writing it down holds a small model to its claim. Read by nobody."""
    missing: Annotated[list[WireMissing], Field(max_length=1)]
    questions: Annotated[list[WireQuestion], Field(max_length=1)]
    """The one that would settle most; it joins those of the offline draft."""


class ComposeAnswer(Wire):
    """A whole answer."""

    claims: Annotated[list[WireSuggestions], Field(max_length=MOST_CLAIMS)]
