"""MinHash sketches of texts: how much wording two texts share, without either text at hand.

The sketch is a one-permutation MinHash (Li, Owen and Zhang 2012): each shingle of words is hashed once, the
hash picks a bin and the bin keeps its least value. A text's sketch is the same on every machine and Python.
It is an estimate: with 256 bins, within some four percentage points for two news texts.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from unicodedata import combining, normalize

SHINGLE = 4
"""Words in a shingle: longer ones miss a lightly rewritten text, shorter ones meet by chance."""
BINS = 256
BANDS, ROWS = 64, 2
LEAST = 20
"""A text with fewer shingles has no sketch: a caption or two would be a copy of any with the same words."""
_EMPTY = -1
_WORD = re.compile(r"\w+")


def sketch(text: str) -> tuple[int, ...]:
    """Return the MinHash signature of a text's wording; empty for a text of a few words.

    Letter case, accents, punctuation and white space do not count. The first number is how many different
    shingles the text has, the others are the bins, -1 where a bin is empty.
    """
    values = {_hashed(each) for each in _shingles(text)}
    if len(values) < LEAST:
        return ()
    bins = [_EMPTY] * BINS
    for value in values:
        place, rest = value % BINS, value // BINS
        if bins[place] == _EMPTY or rest < bins[place]:
            bins[place] = rest
    return (len(values), *bins)


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the estimated Jaccard similarity of two texts' shingles, 0 to 1; 0 where a sketch is missing."""
    if len(one) != BINS + 1 or len(other) != BINS + 1:
        return 0.0
    equal = filled = 0
    for left, right in zip(one[1:], other[1:], strict=True):
        if left == right:
            equal += left != _EMPTY
            filled += left != _EMPTY
        else:
            filled += 1
    return equal / filled if filled else 0.0


def shared(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the estimated share of the shorter text's wording that stands in the other text, 0 to 1.

    A wire story within a longer article has a low Jaccard similarity to it and is shared whole.
    """
    similarity = alike(one, other)
    if not similarity:
        return 0.0
    both = similarity * (one[0] + other[0]) / (1 + similarity)
    return min(1.0, both / min(one[0], other[0]))


def bands(signature: tuple[int, ...]) -> tuple[str, ...]:
    """Return the keys under which nearly equal texts meet (Indyk and Motwani 1998).

    Two texts with a Jaccard similarity of 0.25 share a key in 98 of 100 cases, unrelated ones in one.
    """
    if len(signature) != BINS + 1:
        return ()
    keys = []
    for band in range(BANDS):
        rows = signature[1 + band * ROWS : 1 + (band + 1) * ROWS]
        if _EMPTY not in rows:
            keys.append(f"{band:02d}:" + blake2b(repr(rows).encode(), digest_size=6).hexdigest())
    return tuple(keys)


def plain(text: str) -> str:
    """Return `text` in lower case, without accents, in compatibility form."""
    folded = normalize("NFKD", text).casefold()
    return folded if folded.isascii() else "".join(c for c in folded if not combining(c))


def _shingles(text: str) -> Iterator[str]:
    words = _WORD.findall(plain(text))
    for start in range(len(words) - SHINGLE + 1):
        yield " ".join(words[start : start + SHINGLE])


def _hashed(words: str) -> int:
    # surrogatepass: a lone surrogate in hostile input must not stop the run.
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=5).digest())
