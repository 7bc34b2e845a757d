"""The JSON Schema of the contract, made from the types: `python -m briefs.steps.render.schema` writes it."""

import json
from pathlib import Path
from typing import Any

from briefs.domain.brief import SCHEMA_VERSION, ArticleBriefs
from briefs.domain.spans import Frozen
from briefs.domain.story import STORY_VERSION, Story

_FOLDER = Path(__file__).parents[3] / "docs" / "schema"
PATH = _FOLDER / f"briefs-{SCHEMA_VERSION}.json"
"""Where the schema is kept, in a clone of the project."""
STORY_PATH = _FOLDER / f"story-{STORY_VERSION}.json"
"""Where that of the overview is kept."""


def schema() -> str:
    """Return the JSON Schema (draft 2020-12) of the files that `render` writes.

    It describes what is written, so every field is required; later versions may add fields, so
    unknown ones are allowed.
    """
    return _described(ArticleBriefs, PATH.name)


def story_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of `index.json`, the overview of a story."""
    return _described(Story, STORY_PATH.name)


def _described(contract: type[Frozen], name: str) -> str:
    made = contract.model_json_schema(by_alias=True, mode="serialization")
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, **_open(made)}
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
    STORY_PATH.write_text(story_schema(), "utf-8", newline="\n")
