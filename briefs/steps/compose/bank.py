"""The question bank: many wordings of each kind of question, from `briefs/data/question_bank.toml`."""

from collections.abc import Mapping
from functools import cache
from itertools import zip_longest
from string import Formatter
from typing import Any, NamedTuple

from briefs.data import load


class Wording(NamedTuple):
    """One way to put a question, with the slots it needs filled."""

    kind: str
    number: int
    """Its place among the wordings of its kind, from 0."""
    text: str
    settles: str
    slots: frozenset[str]
    look_up: bool
    """The answer lies in something that can be looked up without a call."""

    @property
    def key(self) -> str:
        """Return what is the same for two questions that differ only in names and figures."""
        return f"{self.kind}/{self.number}"


@cache
def bank() -> Mapping[str, tuple[Wording, ...]]:
    """Return every kind of question with its wordings, in the order of preference."""
    return {kind: _wordings(kind, groups) for kind, groups in load("question_bank").items()}


def _wordings(kind: str, groups: list[dict[str, Any]]) -> tuple[Wording, ...]:
    """Take the wordings of a kind's groups in turn, so that the first two settle different things."""
    columns = [[(text, group) for text in group["texts"]] for group in groups]
    rows = [pair for row in zip_longest(*columns) for pair in row if pair is not None]
    return tuple(
        Wording(
            kind,
            number,
            text,
            str(group["settles"]),
            _slots(text) | _slots(group["settles"]),
            bool(group.get("look_up", False)),
        )
        for number, (text, group) in enumerate(rows)
    )


def _slots(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
