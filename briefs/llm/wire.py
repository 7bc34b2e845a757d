"""Wire: the shape that a model's answer to extract must have, and its strict JSON schema.

Every field is required and has no default, every string, list and number is bounded: small models ramble
without, and OpenAI's strict mode asks for the first. The schema is one that OpenAI's strict mode and
llama.cpp's grammar both take: no references, no unions, no additional properties. Names are short, because
they are written once a claim. The order of the fields is the order in which they are written.
"""

import json
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_CLAIMS = 12
"""The most claims of one answer."""
MOST_WORDS = 240
"""The most characters of a claim's words."""

SentenceNumber = Annotated[int, Field(ge=1, le=999)]
Name = Annotated[str, Field(max_length=80)]


class Wire(BaseModel):
    """Base of what models write: strict about its fields and their types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class WireStandIn(Wire):
    """A word that a wording which stands alone cannot keep, and the name to put in its place.

    The wording itself is not asked for: it could hold nothing else, and small models write the whole
    claim again, which was two fifths of their answers.
    """

    word: str = Field(max_length=40)
    name: Name


class WireClaim(Wire):
    """One claim, as a model writes it; nothing in it is checked against the article yet."""

    n: SentenceNumber
    words: str = Field(max_length=MOST_WORDS)
    source: Name
    via: list[Name] = Field(max_length=2)
    type: Literal["quantity", "event", "statement", "cause", "rule", "other"]
    """Opinions and predictions are not to be chosen, so they have no name here."""
    names: list[WireStandIn] = Field(max_length=2)


MOST_LEFT_OUT = 60
"""The most sentences that one answer leaves out for one reason."""
Numbers = Annotated[list[SentenceNumber], Field(max_length=MOST_LEFT_OUT)]


class WireLeftOut(Wire):
    """Numbers of sentences that the model would leave out, by reason: the names of `LeaveReason`."""

    opinion: Numbers
    prediction: Numbers
    vague: Numbers
    background: Numbers
    repeated: Numbers
    not_a_claim: Numbers


class ExtractAnswer(Wire):
    """The whole answer to one request of extract."""

    claims: list[WireClaim] = Field(max_length=MOST_CLAIMS)
    left_out: WireLeftOut


@cache
def json_schema(answer: type[BaseModel]) -> str:
    """Return the strict JSON schema of an answer's type: compact, no references, fields in their order."""
    schema = answer.model_json_schema()
    plain = _plain(schema, schema.get("$defs", {}))
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(node: Any, definitions: dict[str, Any]) -> Any:
    """Put definitions in the place of references; leave out titles and descriptions, which cost tokens."""
    if isinstance(node, list):
        return [_plain(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _plain(definitions[node["$ref"].removeprefix("#/$defs/")], definitions)
    return {
        key: {name: _plain(value, definitions) for name, value in item.items()}
        if key == "properties"
        else _plain(item, definitions)
        for key, item in node.items()
        if key not in {"title", "description", "$defs"}
    }
