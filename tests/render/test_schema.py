"""The committed JSON Schema is the one that the types give."""

from briefs.steps.render.schema import PATH, schema


def test_committed_schema_is_current() -> None:
    """A changed type changes the committed schema: `python -m briefs.steps.render.schema`."""
    assert PATH.read_text("utf-8") == schema()
