"""The question bank: many wordings of each kind of question, from `briefs/data/question_bank.toml`."""

from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import NamedTuple

from briefs.data import load


class Wording(NamedTuple):
    """One way to put a question, with the slots it needs filled."""

    kind: str
    number: int
    """Its place among the wordings of its kind, from 0."""
    text: str
    settles: str
    slots: frozenset[str]

    @property
    def key(self) -> str:
        """Return what is the same for two questions that differ only in names and figures."""
        return f"{self.kind}/{self.number}"


@cache
def bank() -> Mapping[str, tuple[Wording, ...]]:
    """Return every kind of question with its wordings, in the order of preference."""
    kinds: dict[str, tuple[Wording, ...]] = {}
    for kind, entry in load("question_bank").items():
        kinds[kind] = tuple(
            Wording(
                kind=kind,
                number=number,
                text=text,
                settles=entry["settles"][number % len(entry["settles"])],
                slots=_slots(text) | _slots(entry["settles"][number % len(entry["settles"])]),
            )
            for number, text in enumerate(entry["texts"])
        )
    return kinds


def _slots(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
