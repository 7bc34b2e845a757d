"""Two wordings in one: which words both have, and which one alone has."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import Indel

from briefs.compare.comparison import Run
from briefs.text.equality import collapsed
from briefs.text.wordings import tokens

_MOST = 4_000
"""Words of a wording that are compared one by one; of a longer one, the whole is marked."""
_BRIDGE = 2
"""Equal words between two changes that are marked with them, if they are but marks or small words."""


class _Word(NamedTuple):
    plain: str
    """Without regard to the shape of marks."""
    text: str
    """With the white space behind it, so that words join to the text."""


def marked(old: str, new: str) -> tuple[Run, ...]:
    """Return both wordings in one, with white space collapsed; equal words are in the new one's spelling.

    What only the old one has comes before what the new one has in its place. The words are found by the
    longest common subsequence (rapidfuzz); a lone small word between two changes is marked with them. Words
    are equal as `briefs.text.wordings` has it: the shape of marks does not count.
    """
    before, after = _split(collapsed(old)), _split(collapsed(new))
    if max(len(before), len(after)) > _MOST:
        whole = (Run(kind="old", text=collapsed(old)), Run(kind="new", text=collapsed(new)))
        return tuple(run for run in whole if run.text)
    pieces: list[tuple[str, int, int, int, int]] = [
        (code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Indel.opcodes([word.plain for word in before], [word.plain for word in after])
    ]
    runs = list(_runs(pieces, before, after))
    return tuple(_joined(_bridged(runs)))


def words_of(text: str) -> list[str]:
    """Return the words of a text, case folded, without marks: what overlap is measured in."""
    return [token.text.casefold() for token in tokens(text) if token.text[0].isalnum()]


def _split(text: str) -> list[_Word]:
    found = list(tokens(text))
    ends = [*(token.start for token in found[1:]), len(text)]
    return [
        _Word(token.text, text[token.start : end])
        for token, end in zip(found, ends[: len(found)], strict=True)
    ]


def _runs(
    pieces: Sequence[tuple[str, int, int, int, int]], before: Sequence[_Word], after: Sequence[_Word]
) -> Iterator[Run]:
    for tag, start, end, at, to in pieces:
        if tag == "equal":
            yield Run(kind="same", text=_text(after[at:to]))
            continue
        if end > start:
            yield Run(kind="old", text=_text(before[start:end]))
        if to > at:
            yield Run(kind="new", text=_text(after[at:to]))


def _text(words: Sequence[_Word]) -> str:
    return "".join(word.text for word in words)


def _bridged(runs: Sequence[Run]) -> Iterator[Run]:
    """Turn equal words that only part two changes into words of both."""
    for place, run in enumerate(runs):
        inside = 0 < place < len(runs) - 1
        words = run.text.split()
        small = len(words) <= _BRIDGE and all(len(word) <= 3 and not word[0].isdigit() for word in words)
        if run.kind == "same" and inside and small:
            yield Run(kind="old", text=run.text)
            yield Run(kind="new", text=run.text)
        else:
            yield run


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Join runs of one kind; within one change all old words come before the new ones."""
    for same, group in groupby(runs, key=lambda run: run.kind == "same"):
        held = list(group)
        kinds = ("same",) if same else ("old", "new")
        for kind in kinds:
            text = "".join(run.text for run in held if run.kind == kind).strip()
            if text:
                yield Run(kind=kind, text=text)
