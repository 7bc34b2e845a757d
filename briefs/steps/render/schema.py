"""The JSON Schema of the contract, made from the types: `python -m briefs.steps.render.schema` writes it."""

import json
from pathlib import Path
from typing import Any

from briefs.domain.brief import SCHEMA_VERSION, ArticleBriefs

PATH = Path(__file__).parents[3] / "docs" / "schema" / f"briefs-{SCHEMA_VERSION}.json"
"""Where the schema is kept, in a clone of the project."""


def schema() -> str:
    """Return the JSON Schema (draft 2020-12) of the files that `render` writes.

    It describes what is written, so every field is required; later versions may add fields, so
    unknown ones are allowed.
    """
    made = ArticleBriefs.model_json_schema(by_alias=True, mode="serialization")
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"briefs-{SCHEMA_VERSION}.json",
        **_open(made),
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _open(node: Any) -> Any:
    """Return a schema without its ban on additional fields."""
    if isinstance(node, list):
        return [_open(item) for item in node]
    if isinstance(node, dict):
        closed = {"additionalProperties": False}.items()
        return {key: _open(value) for key, value in node.items() if (key, value) not in closed}
    return node


if __name__ == "__main__":
    PATH.parent.mkdir(parents=True, exist_ok=True)
    PATH.write_text(schema(), "utf-8", newline="\n")
