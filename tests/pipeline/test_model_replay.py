"""Recorded calls through the whole pipeline: they replay for the same article, prompt and schema, and no other."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from assisting import WEIR, article_of, assisted, sound, undisturbed
from fault_server import FaultServer

from briefs.errors import ReplayError
from briefs.llm.wire import json_schema
from briefs.steps import propose

PROMPTS = Path(__file__).parents[2] / "prompts"
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the recorded calls of one article."""
    folder = tmp_path_factory.mktemp("calls")
    with FaultServer(answer=sound) as server:
        made = assisted(server.url, record=folder)
        assert made.briefs == undisturbed().briefs
        assert len(server.requests) == 2
    return folder


def test_a_replay_is_the_run_again(recorded: Path) -> None:
    """The same briefs come of it, with no server at all."""
    made = assisted(None, replay=recorded)
    assert made.briefs == undisturbed().briefs
    assert sum(use.calls for use in made.use) == 2


def prompted(name: str, folder: Path) -> Path:
    """Return a folder of prompts in which one letter of one prompt is another."""
    own = folder / "prompts"
    shutil.copytree(PROMPTS, own)
    path = own / f"{name}.md"
    head, mark, rest = path.read_text("utf-8").partition("# System\n\nYou ")
    assert mark
    path.write_text(f"{head}# System\n\nYou  {rest}".replace("You  ", "Yoo "), "utf-8")
    return own


def spoiled(schema: str) -> str:
    """Return a schema with one character more."""
    return schema.replace("400", "401", 1) if "400" in schema else schema.replace("240", "241", 1)


ALTERED: dict[str, Callable[[Patch, Path, Path], object]] = {
    "article": lambda _, __, calls: assisted(
        None, article_of(WEIR.replace("18,000", "18,001")), replay=calls
    ),
    "prompt of extract": lambda _, folder, calls: assisted(
        None, replay=calls, prompts=prompted("extract", folder)
    ),
    "prompt of compose": lambda _, folder, calls: assisted(
        None, replay=calls, prompts=prompted("compose", folder)
    ),
    "schema of extract": lambda patch, _, calls: (
        patch.setattr(propose, "_SCHEMA", spoiled(propose._SCHEMA)),
        assisted(None, replay=calls),
    ),
    "schema of compose": lambda patch, _, calls: (
        patch.setattr(
            "briefs.steps.suggest.asking.json_schema",
            lambda answer: json_schema(answer).replace("220", "221", 1),
        ),
        assisted(None, replay=calls),
    ),
}


@pytest.mark.parametrize("name", ALTERED)
def test_one_altered_character_is_a_call_that_was_not_recorded(
    name: str, recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recording that would replay for another article, prompt or schema would prove nothing."""
    with pytest.raises(ReplayError, match="is not in the recording") as raised:
        ALTERED[name](monkeypatch, tmp_path, recorded)
    assert f"--record {recorded}" in str(raised.value)
    assert "weir.txt" in str(raised.value)
