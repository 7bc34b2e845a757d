"""Two wordings in one: which words both have, and which one alone has."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rapidfuzz.distance import Indel

from briefs.compare.comparison import Run
from briefs.text.equality import collapsed

_WORD = re.compile(r"\w+(?:[.,:/’'-]\w+)*\s?%?|[^\w\s]")
"""A word with what is inside it, so that no figure, name or contraction is cut; or one mark."""
_MOST = 4_000
"""Words of a wording that are compared one by one; of a longer one, the whole is marked."""
_BRIDGE = 2
"""Equal words between two changes that are marked with them, if they are but marks or small words."""


def marked(old: str, new: str) -> tuple[Run, ...]:
    """Return both wordings in one, with white space collapsed; equal words are in the new one's spelling.

    What only the old one has comes before what the new one has in its place. The words are found by the
    longest common subsequence (rapidfuzz); a lone small word between two changes is marked with them.
    """
    before, after = _split(collapsed(old)), _split(collapsed(new))
    if max(len(before), len(after)) > _MOST:
        whole = (Run(kind="old", text=collapsed(old)), Run(kind="new", text=collapsed(new)))
        return tuple(run for run in whole if run.text)
    pieces: list[tuple[str, int, int, int, int]] = [
        (code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Indel.opcodes([w.strip() for w in before], [w.strip() for w in after])
    ]
    runs = list(_runs(pieces, before, after))
    return tuple(_joined(_bridged(runs)))


def words_of(text: str) -> list[str]:
    """Return the words of a text, case folded, without marks: what overlap is measured in."""
    return [word.casefold().strip() for word in _WORD.findall(text) if word[0].isalnum()]


def _split(text: str) -> list[str]:
    """Return the words of a text, each with the white space behind it, so that they join to the text."""
    found = list(_WORD.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [text[match.start() : end] for match, end in zip(found, ends, strict=True)]


def _runs(
    pieces: Sequence[tuple[str, int, int, int, int]], before: Sequence[str], after: Sequence[str]
) -> Iterator[Run]:
    for tag, start, end, at, to in pieces:
        if tag == "equal":
            yield Run(kind="same", text="".join(after[at:to]))
            continue
        if end > start:
            yield Run(kind="old", text="".join(before[start:end]))
        if to > at:
            yield Run(kind="new", text="".join(after[at:to]))


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
