"""Manners of speaking in a piece of text, told by its words alone."""

from functools import cache
from typing import NamedTuple

from briefs.data import load


class Manner(NamedTuple):
    """Yes/no facts about how something is worded; each is a list of `wording.toml`."""

    talk: bool = False
    """It addresses an audience: thanks, greetings, turns of talk."""
    obliges: bool = False
    """It says what ought to be."""
    supposes: bool = False
    """It says what may come or might be."""
    condition: bool = False
    thought: bool = False
    """Thinking, wishing, feeling."""
    others: bool = False
    """It speaks of somebody else."""
    address: bool = False
    """It speaks to somebody."""
    self: bool = False
    """It speaks of the speaker."""
    amounts: bool = False
    """It says how many or how often without a number."""
    denies: bool = False
    """It says that something was not so or did not happen."""
    public: bool = False
    """It is about a matter of public concern."""
    rhetoric: bool = False
    """It is a figure of speech that judges."""
    compares: bool = False
    """It sets one measure beside another."""
    definite: bool = False
    """It opens with words for something that the reader has met: "the unit", "these cases", "its"."""


class _List(NamedTuple):
    words: frozenset[str]
    phrases: tuple[str, ...]


@cache
def _lists() -> tuple[_List, ...]:
    """Return the lists in the order of `Manner`'s fields."""
    given = load("wording")
    return tuple(
        _List(
            frozenset(entry for entry in given[name] if " " not in entry),
            tuple(f" {entry} " for entry in given[name] if " " in entry),
        )
        for name in Manner._fields
    )


def manner(said: list[str]) -> Manner:
    """Return the manners found in `said`, the words of a piece in lower case and in order."""
    known = frozenset(said)
    joined = f" {' '.join(said)} "
    *anywhere, definite = _lists()
    found = [
        not each.words.isdisjoint(known) or any(phrase in joined for phrase in each.phrases)
        for each in anywhere
    ]
    return Manner._make((*found, bool(said) and said[0] in definite.words))
