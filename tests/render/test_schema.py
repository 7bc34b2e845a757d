"""The committed JSON Schema is the one that the types give."""

from briefs.steps.render.schema import PATH, STORY_PATH, schema, story_schema


def test_committed_schema_is_current() -> None:
    """A changed type changes the committed schema: `python -m briefs.steps.render.schema`."""
    assert PATH.read_text("utf-8") == schema()


def test_committed_schema_of_the_overview_is_current() -> None:
    """What other programs read of `index.json` is written down, and changes with the types."""
    assert STORY_PATH.read_text("utf-8") == story_schema()
