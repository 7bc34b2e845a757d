"""The workflow that newsrooms copy: it parses, and every command in it is one that exists."""

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from briefs.cli import main as cli
from briefs.llm.cassette_check import main as check

DOCS = Path(__file__).parents[2] / "docs"
WORKFLOW = DOCS / "ci-workflow.yml"


def _commands(text: str) -> list[list[str]]:
    return [
        shlex.split(line.split(" #")[0])
        for line in re.findall(r"^(?:.*run: )?(briefs .*)$", text, re.MULTILINE)
    ]


def test_the_workflow_is_one() -> None:
    """Protects the copy-and-paste: YAML with a trigger, a job, and steps that run or use something."""
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert set(workflow[True]) == {"pull_request", "push"}  # YAML 1.1 reads the key "on" as true
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["replay"]["steps"]
    assert all(("run" in step) is not ("uses" in step) for step in steps)
    assert [step["run"].split()[0] for step in steps if "run" in step] == [
        "python",
        "briefs",
        "briefs",
        "python",
    ]


@pytest.mark.parametrize("page", [WORKFLOW, DOCS / "ci.md"], ids=lambda page: page.name)
def test_its_commands_exist(page: Path) -> None:
    """Protects readers from commands and options that are not there."""
    commands = _commands(page.read_text("utf-8"))
    assert len(commands) >= 2
    for command in commands:
        with click.Context(cli) as context:
            found = cli.get_command(context, command[1])
        assert found is not None, command
        options = {name for parameter in found.params for name in parameter.opts}
        assert {word for word in command if word.startswith("--")} <= options, command


def test_the_check_finds_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Protects the last step of the workflow: it is red for a secret, a stray and a broken file, else green."""
    recorded, outputs = tmp_path / "recorded", tmp_path / "out"
    recorded.mkdir()
    outputs.mkdir()
    (outputs / "fire-1.json").write_text("{}")
    (recorded / "recording.json").write_text('{"model": "openai:plain"}')
    (recorded / "fire-1.yaml").write_text("a: 1\n")
    assert check([str(recorded), str(outputs)]) == 0
    (recorded / "fire-1.yaml").write_text("a: ghp_" + "a" * 36 + "\n")
    (recorded / "gone-2.yaml").write_text("a: [\n")
    assert check([str(recorded), str(outputs)]) == 1
    printed = capsys.readouterr().out
    assert f"{recorded / 'fire-1.yaml'}:1: a GitHub token\n" in printed
    assert f"{recorded / 'gone-2.yaml'}: cannot be read (ParserError)" in printed
    assert f"{recorded / 'gone-2.yaml'}: belongs to no article; delete it\n" in printed
    assert "aaaa" not in printed
    assert check([str(tmp_path / "nothing")]) == 2
