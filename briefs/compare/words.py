"""Two wordings in one: which words both have, and which one alone has."""

from collections.abc import Iterable, Iterator, Sequence
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


class _Piece(NamedTuple):
    same: bool
    old: str
    new: str


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
    codes = Indel.opcodes([word.plain for word in before], [word.plain for word in after])
    pieces = [
        _Piece(
            code.tag == "equal",
            _text(before[code.src_start : code.src_end]),
            _text(after[code.dest_start : code.dest_end]),
        )
        for code in codes
    ]
    return tuple(_runs(_bridged(pieces)))


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


def _text(words: Sequence[_Word]) -> str:
    return "".join(word.text for word in words)


def _bridged(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Turn equal words that only part two changes into words that differ."""
    for place, piece in enumerate(pieces):
        words = piece.new.split()
        small = len(words) <= _BRIDGE and all(len(word) <= 3 and not word[0].isdigit() for word in words)
        yield piece._replace(same=False) if small and 0 < place < len(pieces) - 1 else piece


def _runs(pieces: Iterable[_Piece]) -> Iterator[Run]:
    """Yield runs; within one change all old words come before the new ones."""
    for same, group in groupby(pieces, key=lambda piece: piece.same):
        held = list(group)
        old, new = (
            "".join(texts).strip() for texts in zip(*((each.old, each.new) for each in held), strict=True)
        )
        if same:
            yield Run(kind="same", text=new)
            continue
        if old:
            yield Run(kind="old", text=old)
        if new:
            yield Run(kind="new", text=new)
