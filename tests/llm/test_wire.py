"""Wire: a strict schema that bounds everything and has no default, as strict modes and grammars need it."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from briefs.domain.claims import ClaimType
from briefs.domain.proposals import LeaveReason
from briefs.llm.wire import MOST_CLAIMS, ExtractAnswer, WireClaim, WireLeftOut, json_schema

SCHEMA = json.loads(json_schema(ExtractAnswer))
KNOWN = {
    "type", "properties", "required", "additionalProperties", "items", "enum",
    "minimum", "maximum", "maxLength", "maxItems",
}  # fmt: skip


def nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a schema and every schema within it."""
    inner = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]
    return [node, *(each for child in inner for each in nodes(child))]


def test_every_object_is_strict() -> None:
    """Strict modes refuse an object with an optional or an additional property."""
    for node in nodes(SCHEMA):
        if node["type"] == "object":
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])


def test_everything_is_bounded() -> None:
    """Small models ramble in whatever has no bound."""
    for node in nodes(SCHEMA):
        assert set(node) <= KNOWN
        if node["type"] == "string":
            assert "enum" in node or node["maxLength"] <= 400
        if node["type"] == "array":
            assert node["maxItems"] <= 60
        if node["type"] == "integer":
            assert {"minimum", "maximum"} <= set(node)


def test_fields_keep_their_order() -> None:
    """Models write fields in the schema's order: the words before what is said of them."""
    assert list(SCHEMA["properties"]["claims"]["items"]["properties"]) == [
        "n",
        "words",
        "source",
        "via",
        "type",
        "names",
    ]
    assert SCHEMA["properties"]["claims"]["maxItems"] == MOST_CLAIMS


def test_names_are_the_domain_s() -> None:
    """Types and reasons that a model may write are those that the brief knows."""
    types = SCHEMA["properties"]["claims"]["items"]["properties"]["type"]["enum"]
    assert set(types) < {kind.value for kind in ClaimType}
    assert list(WireLeftOut.model_fields) == [why.value for why in LeaveReason]


def test_no_default() -> None:
    """A field with a default would be optional in the schema."""
    for model in (ExtractAnswer, WireClaim, WireLeftOut):
        assert all(field.is_required() for field in model.model_fields.values())


@pytest.mark.parametrize(
    "change", [{"n": 0}, {"n": "1"}, {"words": "w" * 241}, {"via": ["a"] * 4}, {"more": 1}, {"type": "lie"}]
)
def test_bounds_hold_here_too(change: dict[str, Any]) -> None:
    """A server that ignores the schema does not widen it."""
    claim = {"n": 1, "words": "a b", "source": "", "via": [], "type": "event", "names": []}
    WireClaim.model_validate(claim)
    with pytest.raises(ValidationError):
        WireClaim.model_validate(claim | change)
