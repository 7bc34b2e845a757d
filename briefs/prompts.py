"""Prompt files: front matter, version, declared variables; and the folder that a run takes them from."""

from pathlib import Path
from typing import NamedTuple

from briefs.llm.port import Message, PromptRef


class Prompt(NamedTuple):
    """One prompt file, checked."""

    ref: PromptRef

    def messages(self, **variables: str) -> tuple[Message, ...]:
        """Return the turns to send; raises PromptError for a variable too many or too few."""
        raise NotImplementedError


class Prompts(NamedTuple):
    """The prompts of a run."""

    extract: Prompt
    compose: Prompt
    repair: Prompt


def load_prompts(folder: Path | None = None) -> Prompts:
    """Return the prompts of `folder`, or those that ship with briefs; raises PromptError."""
    raise NotImplementedError
